import { Principal } from '@dfinity/principal';

/** The textual form of a principal's bytes ("Textual representation of principals"). */
export function principalText(id: Uint8Array): string {
  return Principal.fromUint8Array(id).toText();
}
