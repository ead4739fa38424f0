import type { ExecutionState, GuestMemory } from './execution-state.ts';
import { violateContract } from './trap.ts';

function memoryOf(state: ExecutionState): GuestMemory {
  return state.start.instance.memory ?? violateContract('the canister has no memory');
}

/** All of the canister's memory, of which `length` bytes from `start` on are to be read. Traps where it ends before. */
export function guestMemory(state: ExecutionState, start: number, length: number): Uint8Array {
  const { bytes } = memoryOf(state);
  if (start + length > bytes.length) {
    violateContract(`heap out of bounds: ${start} + ${length} exceeds the memory's ${bytes.length} bytes`);
  }
  return bytes;
}

/** The same, of which they are to be written to. */
export function writableGuestMemory(state: ExecutionState, start: number, length: number): Uint8Array {
  const bytes = guestMemory(state, start, length);
  memoryOf(state).mark(start, length);
  return bytes;
}

/** The canister's memory from `start` on, to be read and not copied. Traps where it ends before. */
export function guestBytes(state: ExecutionState, start: number, length: number): Uint8Array {
  return guestMemory(state, start, length).subarray(start, start + length);
}

/** The same, to be written to. */
export function writableGuestBytes(state: ExecutionState, start: number, length: number): Uint8Array {
  return writableGuestMemory(state, start, length).subarray(start, start + length);
}

/** A copy of what is in the canister's memory. */
export function readGuest(state: ExecutionState, start: number, length: number): Uint8Array {
  return guestBytes(state, start, length).slice();
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The longest text that a canister hands over: as long as what it sends in a message. */
const MAX_TEXT_BYTES = 2 * 1024 * 1024;

/** A text in the canister's memory; traps where it is too long, or not UTF-8. */
export function readGuestText(state: ExecutionState, start: number, length: number): string {
  if (length > MAX_TEXT_BYTES) violateContract(`a text has ${length} bytes; ${MAX_TEXT_BYTES} at most`);
  try {
    return decoder.decode(guestBytes(state, start, length));
  } catch (error) {
    if (error instanceof TypeError) violateContract('a text is not valid UTF-8');
    throw error;
  }
}

/** Copies a part of `source` into the canister's memory, as every `..._copy` function does. */
export function copyToGuest(
  state: ExecutionState,
  source: Uint8Array,
  target: number,
  offset: number,
  size: number,
): void {
  if (offset + size > source.length) {
    violateContract(`offset ${offset} + size ${size} exceeds the ${source.length} bytes that there are`);
  }
  writableGuestBytes(state, target, size).set(source.subarray(offset, offset + size));
}

/** Writes 16 bytes, little-endian: how amounts of cycles are given to a canister. */
export function writeAmount(state: ExecutionState, target: number, amount: bigint): void {
  const bytes = writableGuestBytes(state, target, 16);
  const data = new DataView(bytes.buffer, bytes.byteOffset, 16);
  data.setBigUint64(0, BigInt.asUintN(64, amount), true);
  data.setBigUint64(8, BigInt.asUintN(64, amount >> 64n), true);
}

/** An amount of cycles that a canister gives in two halves. */
export function joinAmount(high: bigint, low: bigint): bigint {
  return (high << 64n) | low;
}
