import type { Outcome, Reject } from '../messages/outcome.ts';

/** A call or query that was answered with a reject, which says why. */
export class CallRejected extends Error {
  override readonly name = 'CallRejected';
  readonly reject: Reject;

  constructor(reject: Reject) {
    super(`${reject.errorCode}: ${reject.message}`);
    this.reject = reject;
  }
}

/** The bytes of a reply. Throws a CallRejected for a reject. */
export function replyOf(outcome: Outcome): Uint8Array {
  if (outcome.kind === 'rejected') throw new CallRejected(outcome.reject);
  return outcome.reply;
}
