import type { FastifyError } from 'fastify';
import {
  CallRejectedError,
  InvalidArgumentError,
  QuotaExceededError,
  RateLimitedError,
  RefusalError,
} from '../../client/errors.ts';
import { NetworkFailure } from '../callers/network-failure.ts';
import { type Problem, ProblemError, problem } from './problem.ts';

/** Reject codes of the interface specification: try again later, and an unknown outcome. */
const SYS_TRANSIENT = 2;
const SYS_UNKNOWN = 6;

/** What a request is answered with that failed with this error; `isUpdate` is whether its call changes something. */
export function problemOf(error: unknown, { isUpdate }: { readonly isUpdate: boolean }): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof RefusalError) return problem(error.kind, error.message, membersOf(error));
  if (error instanceof CallRejectedError) return rejected(error);
  if (error instanceof NetworkFailure) {
    return problem(error.kind, told(error.message, isUpdate), { outcome_unknown: isUpdate });
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
      return problem('InvalidRequest', detailOf(error), fieldOf(error));
    case 413:
      return problem('PayloadTooLarge', error.message);
    case 415:
      return problem('UnsupportedMediaType', 'the body has to be application/json');
    default:
      return undefined;
  }
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error && 'code' in error;
}

/** What does not fit, and what would: validators leave out what is allowed, or which name is not. Values are left out: any may be a secret. */
function detailOf({ message, validation, validationContext }: FastifyError): string {
  const [first] = validation ?? [];
  if (first === undefined) return message;
  const { additionalProperty, allowedValues } = first.params;
  const where = `${validationContext ?? 'request'}${first.instancePath}`;
  if (typeof additionalProperty === 'string')
    return `${where}: there is no field ${additionalProperty.slice(0, 100)}`;
  if (Array.isArray(allowedValues)) return `${where} must be one of ${allowedValues.join(', ')}`;
  return message;
}

/** The parameter that does not fit its schema, as far as the validator says it. */
function fieldOf({ validation }: FastifyError): Readonly<Record<string, unknown>> {
  const [first] = validation ?? [];
  if (first === undefined) return {};
  const { missingProperty, additionalProperty } = first.params;
  const [, inPath] = first.instancePath.split('/');
  const field = [missingProperty, additionalProperty, inPath].find((name) => typeof name === 'string');
  return field === undefined ? {} : { field };
}
