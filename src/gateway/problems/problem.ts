/** A refusal as RFC 9457 has it. `type` ends with the kind, which programs act on; other members depend on it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  /** The HTTP status. */
  readonly status: number;
  readonly detail: string;
  readonly [member: string]: unknown;
}

/** The media type of a problem. */
export const PROBLEM_JSON = 'application/problem+json';

/** Every kind of problem: its status, and what it is called. */
const KINDS = {
  MalformedRequest: [400, 'The request is not valid HTTP'],
  InvalidRequest: [400, 'The request does not fit its schema'],
  InvalidArgument: [400, 'An argument is not acceptable'],
  IdempotencyKeyRefused: [400, 'The Idempotency-Key cannot be honoured'],
  Unauthenticated: [401, 'No valid API key'],
  Unauthorized: [403, 'The caller may not do this'],
  SealedSecretForOthers: [403, 'The secret is sealed for others'],
  ForeignHost: [403, 'The Host header names another host'],
  ForeignOrigin: [403, 'Pages of this origin may not call'],
  NotFound: [404, 'There is no such record'],
  NoSuchPath: [404, 'There is nothing at this path'],
  MethodNotAllowed: [405, 'The path does not take this method'],
  RequestTimeout: [408, 'The request did not arrive in time'],
  Conflict: [409, 'The state of the record does not allow this'],
  SealedSecretReplaced: [409, 'The secret was replaced meanwhile'],
  SecretInClear: [409, 'The service has the secret in clear'],
  SealingOff: [409, 'The service does not seal secrets'],
  QuotaExceeded: [409, 'There is no more of this resource'],
  Expired: [410, 'The record has expired'],
  PositionUnknown: [410, 'The log does not reach that far'],
  PayloadTooLarge: [413, 'The body is too large'],
  UriTooLong: [414, 'A parameter in the path is too long'],
  UnsupportedMediaType: [415, 'The body is not JSON'],
  ExpectationFailed: [417, 'The expectation cannot be met'],
  RateLimited: [429, 'Too many calls'],
  TooManyStreams: [429, 'Too many event streams'],
  HeadersTooLarge: [431, 'The headers are too large'],
  AnswerTooLarge: [500, 'The answer is too large'],
  Internal: [500, 'The gateway failed'],
  NotImplemented: [501, 'The gateway does not know this method'],
  CallRejected: [502, 'The network rejected the call'],
  NetworkUnreachable: [502, 'The network was not reached'],
  UntrustedAnswer: [502, "The network's answer does not verify"],
  SealedSecretChanged: [502, 'The sealed secret is not of this place, or was changed'],
  SealedSecretMalformed: [502, 'The sealed secret is of no known form'],
  OpeningKeyUntrusted: [502, 'The key that opens the secret does not verify'],
  TemporarilyUnavailable: [503, 'Not available now'],
  NetworkTimeout: [504, 'The network did not answer'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;

export type ProblemKind = keyof typeof KINDS;

/** The names of all kinds. */
// The keys of a constant are those of its type.
export const PROBLEM_KINDS = Object.keys(KINDS) as readonly ProblemKind[];

/** A problem of a kind. `members` are what the kind has besides. */
export function problem(
  kind: ProblemKind,
  detail: string,
  members: Readonly<Record<string, unknown>> = {},
): Problem {
  const [status, title] = KINDS[kind];
  return { type: `urn:agent-service:problem:${kind}`, title, status, detail, ...members };
}

/** Thrown by the gateway where it refuses a request itself. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(...content: Parameters<typeof problem>) {
    const made = problem(...content);
    super(made.detail);
    this.problem = made;
  }
}
