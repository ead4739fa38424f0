import { IDL } from '@dfinity/candid';
import { refuse } from './management-error.ts';

/** Decodes the only argument of a method; the caller names the interface that stands beside the type. */
export function decodeArgument<T>(type: IDL.Type, arg: Uint8Array): T {
  try {
    // A copy: the decoder reads a view from its buffer's start. The interfaces in arguments.ts mirror the types.
    return IDL.decode([type], arg.slice())[0] as T;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return refuse('IC0408', `Error decoding candid: ${error.message}`);
  }
}

/** Refuses an argument that is not Candid's empty sequence, or something that subtyping makes of it. */
export function decodeNothing(arg: Uint8Array): void {
  try {
    IDL.decode([], arg.slice());
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    refuse('IC0408', `Error decoding candid: ${error.message}`);
  }
}

/** Encodes the only value of a reply. */
export function encodeResult(type: IDL.Type, value: unknown): Uint8Array {
  return new Uint8Array(IDL.encode([type], [value]));
}

/** A reply without values. */
export function encodeNothing(): Uint8Array {
  return new Uint8Array(IDL.encode([], []));
}
