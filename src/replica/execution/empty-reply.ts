import { IDL } from '@dfinity/candid';
import type { Outcome } from '../messages/outcome.ts';

const EMPTY = IDL.encode([], []);

/** A reply without values, as Candid. */
export function emptyReply(): Outcome {
  return { kind: 'replied', reply: new Uint8Array(EMPTY) };
}
