import type { FastifyError } from 'fastify';
import {
  CallRejectedError,
  InvalidArgumentError,
  OutcomeUnknownError,
  QuotaExceededError,
  RateLimitedError,
  RefusalError,
} from '../../client/errors.ts';
import { sealedSecretFault } from '../../client/sealing/sealed-secret-error.ts';
import { NetworkFailure } from '../../json-interface/callers/network-failure.ts';
import { type Problem, ProblemError, problem } from './problem.ts';

/** Reject codes of the interface specification: try again later, and an unknown outcome. */
const SYS_TRANSIENT = 2;
const SYS_UNKNOWN = 6;

/** What a request is answered with that failed with this error; `isUpdate` is whether its call changes something. */
export function problemOf(error: unknown, { isUpdate }: { readonly isUpdate: boolean }): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof RefusalError) return problem(error.kind, error.message, membersOf(error));
  if (error instanceof CallRejectedError) return rejected(error);
  const fault = sealedSecretFault(error);
  if (fault !== undefined && error instanceof Error) return problem(fault, error.message);
  if (error instanceof NetworkFailure) {
    // Of a network that was not reached, the client says that nothing was executed; of a lost answer, what that means.
    const isUnknown = isUpdate && error.kind !== 'NetworkUnreachable';
    const isSaid = error.cause instanceof OutcomeUnknownError;
    return problem(error.kind, told(error.message, isUnknown && !isSaid), { outcome_unknown: isUnknown });
  }
  return (
    ofTheServer(error) ??
    problem('Internal', told('the log has more', isUpdate), { outcome_unknown: isUpdate })
  );
}

function told(message: string, isUpdate: boolean): string {
  return isUpdate ? `${message}; the call may have been executed` : message;
}

function membersOf(error: RefusalError): Readonly<Record<string, unknown>> {
  if (error instanceof InvalidArgumentError) return { field: error.field };
  if (error instanceof RateLimitedError) return { retry_after_ns: String(error.retryAfterNs) };
  if (error instanceof QuotaExceededError) return { resource: error.resource, limit: String(error.limit) };
  return {};
}

function rejected({ message, rejectCode, errorCode }: CallRejectedError): Problem {
  return problem(rejectCode === SYS_TRANSIENT ? 'TemporarilyUnavailable' : 'CallRejected', message, {
    reject_code: rejectCode,
    ...(errorCode === undefined ? {} : { error_code: errorCode }),
    outcome_unknown: rejectCode === SYS_UNKNOWN,
  });
}

/** What the HTTP server refuses before any code of ours runs. */
function ofTheServer(error: unknown): Problem | undefined {
  if (!isFastifyError(error)) return undefined;
  switch (error.statusCode) {
    case 400:
      return problem('InvalidRequest', error.message);
    case 413:
      return problem('PayloadTooLarge', 'the body may have at most 2 MiB', { field: 'body' });
    case 415:
      return problem('UnsupportedMediaType', 'the body must be application/json', { field: 'body' });
    default:
      return undefined;
  }
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error && 'code' in error;
}
