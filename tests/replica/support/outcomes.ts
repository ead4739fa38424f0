import { expect } from 'vitest';
import type { Outcome, Reject } from '../../../src/replica/messages/outcome.ts';

/** The reply's bytes; fails for a reject and says which. */
export function expectReply(outcome: Outcome): Uint8Array {
  if (outcome.kind === 'replied') return outcome.reply;
  throw new Error(`rejected: ${outcome.reject.errorCode} ${outcome.reject.message}`);
}

/** Expects a reject of the replica's error code, and a part of its message. Its reject code has to be the code's digit. */
export function expectReject(outcome: Outcome, errorCode: string, message: string | RegExp = ''): Reject {
  if (outcome.kind === 'replied') throw new Error(`replied, not rejected with ${errorCode}`);
  const { reject } = outcome;
  expect(reject.errorCode, reject.message).toBe(errorCode);
  expect(reject.message).toMatch(message);
  expect(reject.code).toBe(Number(errorCode.charAt(3)));
  return reject;
}

/** A reply that is one little-endian i32. */
export function replyI32(outcome: Outcome): number {
  return view(expectReply(outcome)).getInt32(0, true);
}

/** A reply that is one little-endian unsigned i64. */
export function replyI64(outcome: Outcome): bigint {
  return view(expectReply(outcome)).getBigUint64(0, true);
}

export function replyText(outcome: Outcome): string {
  return new TextDecoder().decode(expectReply(outcome));
}

/** The bytes of a little-endian i32. */
export function i32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  view(bytes).setInt32(0, value, true);
  return bytes;
}

/** The bytes of a little-endian i64. */
export function i64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  view(bytes).setBigUint64(0, value, true);
  return bytes;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
