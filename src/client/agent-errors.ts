import {
  AgentError,
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
} from './errors.ts';

/** What failed, so that an error can tell of it. */
export interface FailedCall {
  /** URL of the network. */
  readonly host: string;
  /** Whether the call changes something. */
  readonly isUpdate: boolean;
  /** The method's name in the interface; absent where none was called yet. */
  readonly method?: string;
  /** DER; the Internet Computer's where it is absent. */
  readonly rootKey?: Uint8Array | undefined;
}

/** Reject code 4: the canister's own `msg_reject`. */
const CANISTER_REJECT = 4;
/** What no request was sent with, as Node tells it. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Of ports of other protocols, to which fetch sends nothing. */
const REFUSED_BY_FETCH = 'bad port';
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
  // The agent takes a network that is not there for one whose answers it cannot trust.
  const isTransport = chain.some(
    (each) => each instanceof TransportError || each instanceof HttpFetchErrorCode,
  );
  if (http !== undefined) {
    if (call.isUpdate && call.method !== undefined && http.status >= SERVER_ERROR) {
      return new OutcomeUnknownError(call.method, details);
    }
    return new NetworkError(
      `the network at ${call.host} answered ${http.status} ${http.statusText}`.trimEnd(),
      {
        ...details,
        code: `http_${http.status}`,
        status: http.status,
      },
    );
  }
  if (isTransport) {
    if (call.isUpdate && call.method !== undefined && !wasNotSent(chain)) {
      return new OutcomeUnknownError(call.method, details);
    }
    return new NetworkError(notReached(call.host), { ...details, code: 'not_reached' });
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

/** What is said of a network that does not answer; the same in every client. */
export function notReached(host: string): string {
  return `the network is not reached at ${host}`;
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
    refusalIn(rejectCode === CANISTER_REJECT ? message : rateIn(message), details) ??
    new CallRejectedError(rejectCode, message, errorCode, details)
  );
}

/** What a command failed with, where it called the network without the client: rejects as errors of the client. */
export function errorOf(error: unknown): unknown {
  return error instanceof RejectError ? rejectionOf(error) : error;
}

/** Where a long message was turned away before it ran, because its caller calls too often: the refusal in the words around it. */
function rateIn(message: string): string {
  return /RateLimited: retry after \d+ ns/.exec(message)?.[0] ?? '';
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
      const [field = '', ...words] = message.split(' ');
      return new InvalidArgumentError(field, words.join(' '), details);
    }
    case 'RateLimited': {
      const [, wait = ''] = /^retry after (\d+) ns$/.exec(message) ?? [];
      return new RateLimitedError(BigInt(wait), details);
    }
    case 'QuotaExceeded': {
      const [, limit = '', resource = ''] = /^no more than (\d+) (\w+)$/.exec(message) ?? [];
      return new QuotaExceededError(resource, BigInt(limit), details);
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

function wasNotSent(chain: readonly unknown[]): boolean {
  return chain.some(
    (each) =>
      each instanceof Error &&
      (('code' in each && NOT_SENT.has(String(each.code))) || each.message === REFUSED_BY_FETCH),
  );
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
