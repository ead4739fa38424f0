import { createHash, hkdfSync } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519';
import { concatBytes } from '../codec/bytes.ts';
import {
  type ExtendedKey,
  type KeyDerivation,
  MASTER_CHAIN_CODE,
  to32Bytes,
  toNumber,
} from './extended-key.ts';

const L = ed25519.Point.CURVE().n;
const TWEAK_BYTES = 64;
const CHAIN_CODE_BYTES = 32;

function keyOf(secret: bigint, chainCode: Uint8Array): ExtendedKey {
  return { secret, publicKey: pointOf(secret), chainCode };
}

/** "Ed25519 hierarchical key derivation". */
export const ED25519_DERIVATION: KeyDerivation = {
  master: (random) => keyOf((toNumber(random) % (L - 1n)) + 1n, MASTER_CHAIN_CODE),
  child: ({ secret, publicKey, chainCode }, index) => {
    const material = concatBytes(publicKey, index);
    const output = new Uint8Array(
      hkdfSync('sha512', material, chainCode, 'Ed25519', TWEAK_BYTES + CHAIN_CODE_BYTES),
    );
    const tweak = toNumber(output.subarray(0, TWEAK_BYTES));
    return keyOf((secret + tweak) % L, output.subarray(TWEAK_BYTES));
  },
};

/** A signature of 64 bytes by RFC 8032 (5.1.6), with 32 random bytes in the place of what is made of a seed: there is none here. */
export function signEd25519(
  { secret, publicKey }: ExtendedKey,
  message: Uint8Array,
  random: Uint8Array,
): Uint8Array {
  const nonce = hashToScalar(random, littleEndian(secret), message);
  const commitment = pointOf(nonce);
  const challenge = hashToScalar(commitment, publicKey, message);
  return concatBytes(commitment, littleEndian((nonce + challenge * secret) % L));
}

function pointOf(scalar: bigint): Uint8Array {
  return ed25519.Point.BASE.multiply(scalar).toBytes();
}

function hashToScalar(...parts: readonly Uint8Array[]): bigint {
  const digest = createHash('sha512')
    .update(concatBytes(...parts))
    .digest();
  return toNumber(new Uint8Array(digest).reverse()) % L;
}

function littleEndian(scalar: bigint): Uint8Array {
  return to32Bytes(scalar).reverse();
}
