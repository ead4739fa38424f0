import {
  AgentError,
  CborDecodeErrorCode,
  CertificateVerificationErrorCode,
  HttpErrorCode,
  HttpFetchErrorCode,
  IC_ROOT_KEY,
  RejectError,
  TransportError,
  TrustError,
  UnexpectedErrorCode,
} from '@dfinity/agent';
import {
  AgentServiceError,
  CallRejectedError,
  ClockError,
  ConflictError,
  type ErrorDetails,
  ExpiredError,
  InvalidArgumentError,
  NetworkError,
  NotFoundError,
  OutcomeUnknownError,
  QuotaExceededError,
  RateLimitedError,
  type RefusalError,
  UnauthorizedError,
  UnexpectedReplyError,
  VerificationFailedError,
} from '../errors.ts';
import { wasNotSent } from '../network/sent-requests.ts';
import { isTimeout } from '../network/time-limit.ts';

/** What failed, so that an error can tell of it. */
export interface FailedCall {
  /** URL of the network. */
  readonly host: string;
  /** Within which it had to have its answer. */
  readonly timeoutMs: number;
  /** Whether the call changes something. */
  readonly isUpdate: boolean;
  /** The method's name in the interface; absent where none was called yet. */
  readonly method?: string;
  /** DER; the Internet Computer's where it is absent. */
  readonly rootKey?: Uint8Array | undefined;
}

/** Reject code 4: the canister's own `msg_reject`. */
const CANISTER_REJECT = 4;
/** Reject code 5: a trap. */
const CANISTER_ERROR = 5;
const SERVER_ERROR = 500;

/** What @dfinity/agent threw, as an error of the client. */
export function callFailure(error: unknown, call: FailedCall): AgentServiceError {
  if (error instanceof AgentServiceError) return error;
  if (error instanceof RejectError) return rejectionOf(error);
  const chain = chainOf(error);
  const clock = chain.find((each) => each instanceof ClockError);
  if (clock !== undefined) return clock;
  const http = chain.find((each) => each instanceof HttpErrorCode);
  const details = { cause: error, code: codeOf(error) };
  if (chain.some(isTimeout)) {
    return call.isUpdate && call.method !== undefined
      ? new OutcomeUnknownError(call.method, { ...details, code: 'timeout' })
      : new NetworkError(notInTime(call.host, call.timeoutMs), { ...details, code: 'timeout' });
  }
  // The agent takes a network that is not there for one whose answers it cannot trust.
  const isTransport = chain.some(
    (each) => each instanceof TransportError || each instanceof HttpFetchErrorCode,
  );
  if (http !== undefined) {
    if (call.isUpdate && call.method !== undefined && http.status >= SERVER_ERROR) {
      return new OutcomeUnknownError(call.method, details);
    }
    return answered(http.status, call, error);
  }
  if (isTransport) {
    if (call.isUpdate && call.method !== undefined && !chain.some(wasNotSent)) {
      return new OutcomeUnknownError(call.method, details);
    }
    return new NetworkError(notReached(call.host), { ...details, code: 'not_reached' });
  }
  if (chain.some((each) => each instanceof CborDecodeErrorCode)) {
    return new VerificationFailedError('an answer is not CBOR', details);
  }
  if (error instanceof TrustError) return new VerificationFailedError(distrust(chain, call), details);
  if (error instanceof AgentError && call.isUpdate && call.method !== undefined) {
    return new OutcomeUnknownError(call.method, details);
  }
  if (error instanceof AgentError) {
    return new NetworkError(
      `the network at ${call.host} did not answer as it should: ${firstLine(error)}`,
      details,
    );
  }
  return new UnexpectedReplyError(
    `the reply is of a type that this version does not know: ${firstLine(error)}`,
    details,
  );
}

function answered(status: number, { host }: FailedCall, cause: unknown): NetworkError {
  return new NetworkError(`the network at ${host} answered ${status}`, {
    cause,
    code: `http_${status}`,
    status,
  });
}

/** What is said of a network that does not answer; the same in every client. */
export function notReached(host: string): string {
  return `the network is not reached at ${host}`;
}

/** What is said of a network that was asked and has not answered in time; the same in every client. */
function notInTime(host: string, ms: number): string {
  return `the network at ${host} did not answer within ${ms / 1000} s`;
}

function distrust(chain: readonly unknown[], { rootKey }: FailedCall): string {
  const code = chain.find((each) => each instanceof CertificateVerificationErrorCode);
  if (code === undefined || !/signature/i.test(code.reason)) {
    return `the network's answer does not verify: ${firstLine(chain[0])}`;
  }
  const isOwn = rootKey !== undefined && hex(rootKey) !== IC_ROOT_KEY;
  const reason = "the certificate's signature is not the network's";
  return isOwn
    ? `${reason}: root_key is another network's, or the answer was changed on its way`
    : `${reason}: a local network? give root_key`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A reject as an error: a refusal where the canister rejected with one, as methods do whose result has no `Err`. */
export function rejectionOf(error: RejectError): AgentServiceError {
  const { code } = error;
  if (!('rejectCode' in code) || !('rejectMessage' in code)) {
    return new UnexpectedReplyError(firstLine(error), { cause: error });
  }
  const rejectCode = Number(code.rejectCode);
  const message = String(code.rejectMessage);
  const errorCode =
    'rejectErrorCode' in code && typeof code.rejectErrorCode === 'string' ? code.rejectErrorCode : undefined;
  // Of a query, whose signature was verified, the code has the signatures.
  const certified = code.isCertified || ('signatures' in code && code.signatures !== undefined);
  const details = { cause: error, certified };
  return (
    refusalIn(rejectCode === CANISTER_REJECT ? message : saidInTrap(rejectCode, message), details) ??
    new CallRejectedError(rejectCode, message, errorCode, details)
  );
}

/** What a command failed with, where it called the network without the client: rejects as errors of the client. */
export function errorOf(error: unknown): unknown {
  return error instanceof RejectError ? rejectionOf(error) : error;
}

/** What the network says around a trap's words. */
const TRAP = /`ic0\.trap` with message: '?(\w+: .*?)'?\.?(?:\nConsider .*)?$/s;

/** The canister turns a long message away before it runs by a trap with the refusal that a short one gets as a result; the network puts words around it. */
function saidInTrap(rejectCode: number, message: string): string {
  return rejectCode === CANISTER_ERROR ? (TRAP.exec(message)?.[1] ?? '') : '';
}

/** The canister rejects with the refusal's kind, a colon and the message; an invalid argument's begins with the field. */
function refusalIn(text: string, details: ErrorDetails): RefusalError | undefined {
  const [, kind, message = ''] = /^(\w+): (.*)$/s.exec(text) ?? [];
  switch (kind) {
    case 'NotFound':
      return new NotFoundError(message, details);
    case 'Unauthorized':
      return new UnauthorizedError(message, details);
    case 'Conflict':
      return new ConflictError(message, details);
    case 'Expired':
      return new ExpiredError(message, details);
    case 'InvalidArgument': {
      const [, field, said] = /^(\S+) (.*)$/s.exec(message) ?? [];
      return field === undefined || said === undefined
        ? undefined
        : new InvalidArgumentError(field, said, details);
    }
    case 'RateLimited': {
      const [, wait] = /^retry after (\d+) ns$/.exec(message) ?? [];
      return wait === undefined ? undefined : new RateLimitedError(BigInt(wait), details);
    }
    case 'QuotaExceeded': {
      const [, limit, resource] = /^no more than (\d+) (\w+)$/.exec(message) ?? [];
      return limit === undefined || resource === undefined
        ? undefined
        : new QuotaExceededError(resource, BigInt(limit), details);
    }
    default:
      return undefined;
  }
}

const DEEPEST = 8;

/** An error, and what it was caused by, the outer ones first: errors and codes of the agent, and what it wrapped. */
function chainOf(error: unknown, depth = 0): readonly unknown[] {
  if (depth > DEEPEST || typeof error !== 'object' || error === null) return [];
  const inner: unknown[] = [];
  if (error instanceof AgentError) inner.push(error.code);
  else if ('cause' in error) inner.push(error.cause);
  if (error instanceof HttpFetchErrorCode || error instanceof UnexpectedErrorCode) inner.push(error.error);
  if (error instanceof CertificateVerificationErrorCode) inner.push(error.error);
  return [error, ...inner.flatMap((each) => chainOf(each, depth + 1))];
}

/** The name of the agent's code, such as CertificateVerification. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof AgentError) || !('name' in error.code)) return undefined;
  return String(error.code.name).replace(/ErrorCode$/, '');
}

/** The agent's messages go on with the request and its signature. */
function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
}
