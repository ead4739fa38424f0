import {
  CallRejectedError,
  ClockError,
  ConflictError,
  ExpiredError,
  InvalidArgumentError,
  NotFoundError,
  QuotaExceededError,
  RateLimitedError,
  UnauthorizedError,
  VerificationFailedError,
} from '../../client/index.ts';
import { texts } from '../texts/en.ts';
import { bytesInWords } from './words.ts';

const { errors } = texts;
const NS_PER_SECOND = 1_000_000_000n;

/** What a person reads when a call failed: what happened, and what they can do. */
export function errorMessage(error: unknown): string {
  if (error instanceof NotFoundError) return errors.notFound;
  if (error instanceof UnauthorizedError) return errors.unauthorized;
  if (error instanceof ConflictError) return errors.conflict(error.message);
  if (error instanceof ExpiredError) return errors.expired;
  if (error instanceof RateLimitedError) {
    return errors.rateLimited(Number(error.retryAfterNs / NS_PER_SECOND) + 1);
  }
  if (error instanceof QuotaExceededError && error.resource === 'cycles') return errors.noCycles;
  if (error instanceof QuotaExceededError)
    return errors.quotaExceeded(
      errors.resources[error.resource] ?? error.resource.replaceAll('_', ' '),
      error.resource === 'bytes' ? bytesInWords(error.limit) : error.limit.toLocaleString('en'),
    );
  if (error instanceof InvalidArgumentError) return errors.invalidArgument(error.message);
  if (error instanceof CallRejectedError) return errors.rejected(error.message);
  if (error instanceof ClockError) return errors.clock(error.message);
  const sealed = error instanceof VerificationFailedError && errors.sealed[error.code];
  if (typeof sealed === 'string') return sealed;
  if (!navigator.onLine) return errors.offline;
  return errors.unreachable(error instanceof Error ? error.message : String(error));
}
