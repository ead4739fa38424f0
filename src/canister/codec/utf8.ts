import { CandidError } from './errors.ts';

/**
 * UTF-8 by way of native functions. A canister's TextEncoder and TextDecoder are written in JavaScript and cost some 13,000 instructions a
 * byte; reading costs about 200 for ASCII here, and writing 120 by the host's encoder of Candid, 2,700 without.
 */
const CHUNK = 0x4000;

/** Encodes a value that is written as Candid's text format has it (`("abc")`); throws where it is none. */
type NativeEncoder = (candid: string) => Uint8Array;

let nativeEncoder: NativeEncoder | undefined;

/** Has texts encoded by the host, which only a canister has. */
export function useNativeEncoder(encode: NativeEncoder): void {
  nativeEncoder = encode;
}

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
  if (nativeEncoder === undefined) return encodeByCharacters(text);
  const literal = JSON.stringify(text);
  // JSON escapes control characters and lone surrogates in ways that Candid's text format does not know.
  const isCandid = !/\\[ubf]/.test(literal) || !/[\x00-\x1f]|\p{Surrogate}/u.test(text);
  return isCandid ? textOf(nativeEncoder(`(${literal})`)) : encodeByCharacters(text);
}

/** As `encodeUtf8`, for a text that has neither control characters nor lone surrogates, as JSON has none. */
export function encodeJson(json: string): Uint8Array {
  return nativeEncoder === undefined
    ? encodeByCharacters(json)
    : textOf(nativeEncoder(`(${JSON.stringify(json)})`));
}

function encodeByCharacters(text: string): Uint8Array {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only native way to UTF-8 without a host; it is not going away
  const latin1 = ASCII.test(text) ? text : unescape(encodeURIComponent(text));
  const bytes = new Uint8Array(latin1.length);
  for (let i = 0; i < latin1.length; i++) bytes[i] = latin1.charCodeAt(i);
  return bytes;
}

/** "DIDL", no types, one argument, and that a text. */
const TEXT_HEADER = 7;

/** The text of a Candid message that is one text: its length as LEB128, then the text. */
function textOf(message: Uint8Array): Uint8Array {
  let at = TEXT_HEADER;
  while ((message[at++] ?? 0) >= 0x80);
  return message.subarray(at);
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
