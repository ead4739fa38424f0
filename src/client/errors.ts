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

/** Why a call failed; docs/reference/errors.md says what causes each, and what to do. */
export type ErrorKind =
  | RefusalKind
  | 'CallRejected'
  | 'OutcomeUnknown'
  | 'NetworkError'
  | 'ClockError'
  | 'VerificationFailed'
  | 'UnexpectedReply'
  | 'AuditLog';

/** What is known of an error beside its message. */
export interface ErrorDetails extends ErrorOptions {
  /** The finer code; the kind unless told. */
  readonly code?: string | undefined;
  /** Whether the network signed it, or for a query a machine of it; not unless told. */
  readonly certified?: boolean | undefined;
}

/** A call did not do what it should. Every error of the client is one, and each kind has a class of its own. */
export abstract class AgentServiceError extends Error {
  abstract readonly kind: ErrorKind;
  readonly #code: string | undefined;
  /** Whether the network signed what this tells, or for a query a machine of it. Else it is the client's word, or that of one machine. */
  readonly certified: boolean;

  constructor(message: string, { code, certified = false, ...options }: ErrorDetails = {}) {
    super(message, options);
    this.name = new.target.name;
    this.#code = code;
    this.certified = certified;
  }

  /** The finer code within the kind, for programs: the network's own for rejects, such as IC0503; often the kind itself. */
  get code(): string {
    return this.#code ?? this.kind;
  }
}

/** The service refused a call, or the client an argument; nothing was changed. */
export abstract class RefusalError extends AgentServiceError {
  abstract override readonly kind: RefusalKind;
}

/** There is no such record. */
export class NotFoundError extends RefusalError {
  readonly kind = 'NotFound';
}

/** An argument is not acceptable; the message says what is. Where it is not certified, the client found that, and nothing was sent. */
export class InvalidArgumentError extends RefusalError {
  readonly kind = 'InvalidArgument';
  /** The argument's name in the interface, or that of an option of the client. */
  readonly field: string;

  constructor(field: string, message: string, options?: ErrorDetails) {
    super(`${field} ${message}`, options);
    this.field = field;
  }
}

/** The caller may not do this. */
export class UnauthorizedError extends RefusalError {
  readonly kind = 'Unauthorized';
}

/** The record is not in a state that allows this. */
export class ConflictError extends RefusalError {
  readonly kind = 'Conflict';
}

/** Too many calls. */
export class RateLimitedError extends RefusalError {
  readonly kind = 'RateLimited';
  /** ns after which a call is accepted again. */
  readonly retryAfterNs: bigint;

  constructor(retryAfterNs: bigint, options?: ErrorDetails) {
    super(`too many calls; the next is accepted in ${retryAfterNs} ns`, options);
    this.retryAfterNs = retryAfterNs;
  }
}

/** No more of this resource. */
export class QuotaExceededError extends RefusalError {
  readonly kind = 'QuotaExceeded';
  readonly resource: string;
  readonly limit: bigint;

  constructor(resource: string, limit: bigint, options?: ErrorDetails) {
    super(`no more than ${limit} ${resource}`, options);
    this.resource = resource;
    this.limit = limit;
  }
}

/** The record's time is over. */
export class ExpiredError extends RefusalError {
  readonly kind = 'Expired';
}

/** The network or the canister rejected a call: it does not exist, is stopped, trapped, or could not read the arguments. */
export class CallRejectedError extends AgentServiceError {
  readonly kind = 'CallRejected';
  /** "Reject codes" of the interface specification, 1 to 6. */
  readonly rejectCode: number;
  /** The network's finer code, such as IC0503. */
  readonly errorCode: string | undefined;

  constructor(rejectCode: number, message: string, errorCode: string | undefined, options?: ErrorDetails) {
    super(message, { code: errorCode, ...options });
    this.rejectCode = rejectCode;
    this.errorCode = errorCode;
  }
}

/** An update was sent and its answer did not arrive: it may have been executed. With a `requestId` it can be sent again. */
export class OutcomeUnknownError extends AgentServiceError {
  readonly kind = 'OutcomeUnknown';
  /** The method's name in the interface. */
  readonly method: string;

  constructor(method: string, options?: ErrorDetails) {
    super(
      `${method}: the network's answer did not arrive; it is unknown whether the call was executed`,
      options,
    );
    this.method = method;
  }
}

/** The network was not reached, or turned the request away; nothing was executed. */
export class NetworkError extends AgentServiceError {
  readonly kind = 'NetworkError';
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(message: string, { status, ...options }: ErrorDetails & { readonly status?: number } = {}) {
    super(message, options);
    this.status = status;
  }
}

/** An answer is not what the network signed, or too old: do not trust the machine that gave it. An update may have been executed. */
export class VerificationFailedError extends AgentServiceError {
  readonly kind = 'VerificationFailed';
}

/** A reply is of another type than this version of the client knows, or a failure of a kind that it does not know. */
export class UnexpectedReplyError extends AgentServiceError {
  readonly kind = 'UnexpectedReply';
}

/**
 * This machine's clock is not the network's, and the call cannot be made by the network's time: the two differ by more than a day, or the
 * network does not prove its time. Nothing was changed.
 */
export class ClockError extends AgentServiceError {
  readonly kind = 'ClockError';
  /** By how many ms this machine's clock is ahead of the network's; negative where it is behind. */
  readonly aheadMs: number;

  /** `networkAheadMs`: by how many ms the network's clock is ahead; `reason`: what is wrong beside that. */
  constructor(networkAheadMs: number, reason?: string, options?: ErrorDetails) {
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
export function refusalOf(error: WireError, details: ErrorDetails = { certified: true }): RefusalError {
  if ('NotFound' in error) return new NotFoundError('there is no such record', details);
  if ('InvalidArgument' in error) {
    return new InvalidArgumentError(error.InvalidArgument.field, error.InvalidArgument.message, details);
  }
  if ('Unauthorized' in error) return new UnauthorizedError(error.Unauthorized.message, details);
  if ('Conflict' in error) return new ConflictError(error.Conflict.message, details);
  if ('Expired' in error) return new ExpiredError(error.Expired.message, details);
  if ('RateLimited' in error) return new RateLimitedError(error.RateLimited.retry_after_ns, details);
  return new QuotaExceededError(error.QuotaExceeded.resource, error.QuotaExceeded.limit, details);
}
