import { blake2s } from '../../hashing/blake2s.ts';

const NO_SALT = new Uint8Array(16);

/** By which whoever seals a stored secret (UTF-8) says which one it is: BLAKE2s-256, 32 bytes. */
export function secretDigest(secret: Uint8Array): Uint8Array {
  return blake2s(secret, NO_SALT);
}
