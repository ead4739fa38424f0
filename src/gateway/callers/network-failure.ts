import { AgentError, TransportError, TrustError } from '@dfinity/agent';
import { ClockError } from '../../client/errors.ts';

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

/** What a call of @dfinity/agent failed with, told as a failure of the network where it is one. */
export function asNetworkFailure(error: unknown): unknown {
  if (error instanceof ClockError) {
    return new NetworkFailure('UntrustedAnswer', error.message, { cause: error });
  }
  if (error instanceof TrustError) {
    return new NetworkFailure('UntrustedAnswer', "the network's answer does not verify", { cause: error });
  }
  if (error instanceof TransportError) {
    return new NetworkFailure('NetworkUnreachable', 'the network was not reached', { cause: error });
  }
  if (error instanceof AgentError) {
    return new NetworkFailure('NetworkTimeout', 'the network did not answer as it should', { cause: error });
  }
  return error;
}
