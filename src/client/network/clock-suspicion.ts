import {
  AgentError,
  CertificateOutdatedErrorCode,
  CertificateTimeErrorCode,
  HttpErrorCode,
  IngressExpiryInvalidErrorCode,
  UnexpectedErrorCode,
} from '@dfinity/agent';
import { ClockError } from '../errors.ts';

const OF_CLOCKS = [CertificateOutdatedErrorCode, CertificateTimeErrorCode, IngressExpiryInvalidErrorCode];
const BAD_REQUEST = 400;
/** How the network begins what it says of a request whose expiry has passed by its clock, or is too far ahead. */
const EXPIRY_REFUSED = 'Invalid request expiry';

/** Whether a call can have failed because this machine's clock and the network's differ. */
export function suspectsClock(error: unknown): boolean {
  if (!(error instanceof AgentError)) return false;
  const { code } = error;
  if (code instanceof HttpErrorCode) {
    return code.status === BAD_REQUEST && (code.bodyText ?? '').startsWith(EXPIRY_REFUSED);
  }
  if (code instanceof UnexpectedErrorCode) return suspectsClock(code.error);
  return OF_CLOCKS.some((kind) => code instanceof kind);
}

/** The ClockError that @dfinity/agent wrapped, where it is one. */
export function clockErrorIn(error: unknown): ClockError | undefined {
  if (error instanceof ClockError) return error;
  if (error instanceof AgentError && error.code instanceof UnexpectedErrorCode) {
    return clockErrorIn(error.code.error);
  }
  return undefined;
}
