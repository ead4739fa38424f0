import { AgentError, RejectError } from '@dfinity/agent';
import type { AgentError as WireError } from '../candid/agent_service.did.ts';

/** Why the service refuses a call: the options of the interface's `AgentError`. */
export type RefusalKind =
  | 'NotFound'
  | 'InvalidArgument'
  | 'Unauthorized'
  | 'Conflict'
  | 'RateLimited'
  | 'QuotaExceeded'
  | 'Expired';

/** The service refused a call; nothing was changed. Each kind has a class of its own. */
export abstract class AgentServiceError extends Error {
  abstract readonly kind: RefusalKind;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** There is no such record. */
export class NotFoundError extends AgentServiceError {
  readonly kind = 'NotFound';
}

/** An argument is not acceptable; the message says the limit. */
export class InvalidArgumentError extends AgentServiceError {
  readonly kind = 'InvalidArgument';
  /** The argument's name in the interface. */
  readonly field: string;

  constructor(field: string, message: string, options?: ErrorOptions) {
    super(`${field} ${message}`, options);
    this.field = field;
  }
}

/** The caller may not do this. */
export class UnauthorizedError extends AgentServiceError {
  readonly kind = 'Unauthorized';
}

/** The record is not in a state that allows this. */
export class ConflictError extends AgentServiceError {
  readonly kind = 'Conflict';
}

/** Too many calls. */
export class RateLimitedError extends AgentServiceError {
  readonly kind = 'RateLimited';
  /** ns after which a call is accepted again. */
  readonly retryAfterNs: bigint;

  constructor(retryAfterNs: bigint, options?: ErrorOptions) {
    super(`too many calls; the next is accepted in ${retryAfterNs} ns`, options);
    this.retryAfterNs = retryAfterNs;
  }
}

/** No more of this resource. */
export class QuotaExceededError extends AgentServiceError {
  readonly kind = 'QuotaExceeded';
  readonly resource: string;
  readonly limit: bigint;

  constructor(resource: string, limit: bigint, options?: ErrorOptions) {
    super(`no more than ${limit} ${resource}`, options);
    this.resource = resource;
    this.limit = limit;
  }
}

/** The record's time is over. */
export class ExpiredError extends AgentServiceError {
  readonly kind = 'Expired';
}

/** The network or the canister rejected a call: it does not exist, is stopped, trapped, or could not read the arguments. */
export class CallRejectedError extends Error {
  override readonly name = 'CallRejectedError';
  /** "Reject codes" of the interface specification, 1 to 6. */
  readonly rejectCode: number;
  /** The network's finer code, such as IC0503. */
  readonly errorCode: string | undefined;

  constructor(rejectCode: number, message: string, errorCode: string | undefined, options?: ErrorOptions) {
    super(message, options);
    this.rejectCode = rejectCode;
    this.errorCode = errorCode;
  }
}

/**
 * This machine's clock is not the network's, and the call cannot be made by the network's time: the two differ by more than a day, or the
 * network does not prove its time. Nothing was changed.
 */
export class ClockError extends Error {
  override readonly name = 'ClockError';
  /** By how many ms this machine's clock is ahead of the network's; negative where it is behind. */
  readonly aheadMs: number;

  /** `networkAheadMs`: by how many ms the network's clock is ahead; `reason`: what is wrong beside that. */
  constructor(networkAheadMs: number, reason?: string, options?: ErrorOptions) {
    const direction = networkAheadMs < 0 ? 'ahead of' : 'behind';
    const difference = `this machine's clock is ${duration(Math.abs(networkAheadMs))} ${direction} the network's`;
    super(
      reason === undefined
        ? `${difference}; set the clock of this machine`
        : `${reason}: by it ${difference}`,
      options,
    );
    this.aheadMs = -networkAheadMs;
  }
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** The two greatest units of a time in ms, such as `6 min 2 s`. */
function duration(ms: number): string {
  let seconds = Math.round(ms / 1000);
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    return { count, text: `${count} ${unit}` };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  const told = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(({ count }) => count > 0);
  return told.map(({ text }) => text).join(' ');
}

/** The refusal that a result's `Err` is. */
export function refusalOf(error: WireError): AgentServiceError {
  if ('NotFound' in error) return new NotFoundError('there is no such record');
  if ('InvalidArgument' in error) {
    return new InvalidArgumentError(error.InvalidArgument.field, error.InvalidArgument.message);
  }
  if ('Unauthorized' in error) return new UnauthorizedError(error.Unauthorized.message);
  if ('Conflict' in error) return new ConflictError(error.Conflict.message);
  if ('Expired' in error) return new ExpiredError(error.Expired.message);
  if ('RateLimited' in error) return new RateLimitedError(error.RateLimited.retry_after_ns);
  return new QuotaExceededError(error.QuotaExceeded.resource, error.QuotaExceeded.limit);
}

/** Reject code 4: the canister's own `msg_reject`. */
const CANISTER_REJECT = 4;

/**
 * What a failed call is thrown as: a refusal where the canister rejected with one (methods whose result has no `Err`), a
 * `CallRejectedError` for other rejects, and else what the agent threw: the network was not reached, or its answer could
 * not be trusted.
 */
export function errorOf(error: unknown): unknown {
  if (!(error instanceof AgentError) || !(error instanceof RejectError)) return error;
  const { code } = error;
  if (!('rejectCode' in code) || !('rejectMessage' in code)) return error;
  const rejectCode = Number(code.rejectCode);
  const message = String(code.rejectMessage);
  const errorCode =
    'rejectErrorCode' in code && typeof code.rejectErrorCode === 'string' ? code.rejectErrorCode : undefined;
  return (
    (rejectCode === CANISTER_REJECT ? refusalIn(message, error) : undefined) ??
    new CallRejectedError(rejectCode, message, errorCode, { cause: error })
  );
}

/** The canister rejects with the refusal's kind, a colon and the message; an invalid argument's begins with the field. */
function refusalIn(text: string, cause: unknown): AgentServiceError | undefined {
  const [, kind, message = ''] = /^(\w+): (.*)$/s.exec(text) ?? [];
  switch (kind) {
    case 'NotFound':
      return new NotFoundError(message, { cause });
    case 'Unauthorized':
      return new UnauthorizedError(message, { cause });
    case 'Conflict':
      return new ConflictError(message, { cause });
    case 'Expired':
      return new ExpiredError(message, { cause });
    case 'InvalidArgument': {
      const [field = '', ...words] = message.split(' ');
      return new InvalidArgumentError(field, words.join(' '), { cause });
    }
    case 'RateLimited': {
      const [, wait = ''] = /^retry after (\d+) ns$/.exec(message) ?? [];
      return new RateLimitedError(BigInt(wait), { cause });
    }
    case 'QuotaExceeded': {
      const [, limit = '', resource = ''] = /^no more than (\d+) (\w+)$/.exec(message) ?? [];
      return new QuotaExceededError(resource, BigInt(limit), { cause });
    }
    default:
      return undefined;
  }
}
