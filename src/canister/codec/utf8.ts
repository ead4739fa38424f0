import { CandidError } from './errors.ts';

/**
 * UTF-8 by way of the engine's native functions. A canister's TextEncoder and TextDecoder are written in JavaScript and cost
 * some 13,000 instructions a byte; this costs about 200 for ASCII.
 */
const CHUNK = 0x4000;

const ASCII = /^[\x00-\x7f]*$/;

/** Whether all bytes are ASCII, without a string of them, which takes longer than to look at it. */
export function isAscii(bytes: Uint8Array): boolean {
  const { length } = bytes;
  // The values of typed arrays are array-like, which is all that `apply` asks for.
  if (length <= CHUNK) return Math.max.apply(null, bytes as unknown as number[]) < 0x80;
  for (let at = 0; at < length; at += CHUNK) if (!isAscii(bytes.subarray(at, at + CHUNK))) return false;
  return true;
}

/** The text of UTF-8 bytes; fails where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  const latin1 = decodeLatin1(bytes);
  if (ASCII.test(latin1)) return latin1;
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only native way from UTF-8; it is not going away
    return decodeURIComponent(escape(latin1));
  } catch {
    throw new CandidError('the text is not valid UTF-8');
  }
}

/** Fails where bytes are not UTF-8. */
export function checkUtf8(bytes: Uint8Array): void {
  if (!isAscii(bytes)) decodeUtf8(bytes);
}

/** The UTF-8 bytes of a text. A lone surrogate, which UTF-8 has no form for, throws a URIError. */
export function encodeUtf8(text: string): Uint8Array {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- as above
  const latin1 = ASCII.test(text) ? text : unescape(encodeURIComponent(text));
  const bytes = new Uint8Array(latin1.length);
  for (let i = 0; i < latin1.length; i++) bytes[i] = latin1.charCodeAt(i);
  return bytes;
}

/** One character a byte: a form of bytes that can be a map's key. */
export function decodeLatin1(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += decodeLatin1(bytes.subarray(at, at + CHUNK));
  return text;
}

/** Whether two byte strings are equal; natively, since a loop in JavaScript costs some 2,000 instructions a byte. It ends at the first part that differs. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  const { length } = left;
  if (length !== right.length) return false;
  // Most are short: without a view of each part.
  if (length <= CHUNK) return length === 0 || decodeLatin1(left) === decodeLatin1(right);
  for (let at = 0; at < length; at += CHUNK) {
    const end = at + CHUNK;
    if (decodeLatin1(left.subarray(at, end)) !== decodeLatin1(right.subarray(at, end))) return false;
  }
  return true;
}

/** The same of texts that may be left out. */
export function sameOptional(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  return left === undefined || right === undefined ? left === right : sameBytes(left, right);
}
