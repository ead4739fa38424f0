import { createHash } from 'node:crypto';

/** SHA-256 over the concatenation of the parts. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** SHA-224 of the bytes, as self-authenticating principals use it. */
export function sha224(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha224').update(bytes).digest());
}
