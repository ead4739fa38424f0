const CHUNK = 0x8000;

/** RFC 4648, section 5, without padding. */
export function toBase64Url(parts: readonly Uint8Array[]): string {
  let binary = '';
  for (const part of parts) {
    // More arguments than this do not fit onto the stack of every browser.
    for (let at = 0; at < part.length; at += CHUNK) {
      binary += String.fromCharCode(...part.subarray(at, at + CHUNK));
    }
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes; undefined where it is none, or not the one text of these bytes. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string;
  try {
    binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return toBase64Url([bytes]) === text ? bytes : undefined;
}
