import {
  ClockError,
  NetworkError,
  OutcomeUnknownError,
  UnexpectedReplyError,
  VerificationFailedError,
} from '../../client/errors.ts';
import { sealedSecretFault } from '../../client/sealing/sealed-secret-error.ts';

/** Why a call has no answer: nobody answered, nobody answered in time, or an answer does not verify. */
type FailureKind = 'NetworkUnreachable' | 'NetworkTimeout' | 'UntrustedAnswer';

/** A call was sent and has no answer that can be trusted. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** What a call of the client failed with, told as a failure of the network where it is one. */
export function asNetworkFailure(error: unknown): unknown {
  // The answer was right, and a secret in it was not opened.
  if (sealedSecretFault(error) !== undefined) return error;
  // A ClockError is one of an answer that proves another time than this machine's.
  if (error instanceof ClockError || error instanceof VerificationFailedError) {
    return new NetworkFailure('UntrustedAnswer', error.message, { cause: error });
  }
  if (error instanceof NetworkError) {
    const kind = error.code === 'timeout' ? 'NetworkTimeout' : 'NetworkUnreachable';
    return new NetworkFailure(kind, error.message, { cause: error });
  }
  if (error instanceof OutcomeUnknownError || error instanceof UnexpectedReplyError) {
    return new NetworkFailure('NetworkTimeout', error.message, { cause: error });
  }
  return error;
}
