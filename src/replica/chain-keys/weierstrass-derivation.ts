import { createHmac } from 'node:crypto';
import { p256 } from '@noble/curves/nist';
import { secp256k1 } from '@noble/curves/secp256k1';
import { concatBytes } from '../codec/bytes.ts';
import {
  type ExtendedKey,
  type KeyDerivation,
  MASTER_CHAIN_CODE,
  to32Bytes,
  toNumber,
} from './extended-key.ts';

type Curve = typeof secp256k1;

const RETRY = Uint8Array.of(1);

/** BIP-32 for indices of any bytes ("IC method ecdsa_public_key"); for the P-256 curve as SLIP-10 has it. */
function derivationOn(curve: Curve): KeyDerivation {
  const { n } = curve.Point.CURVE();
  const keyOf = (secret: bigint, chainCode: Uint8Array): ExtendedKey => ({
    secret,
    publicKey: curve.getPublicKey(to32Bytes(secret), true),
    chainCode,
  });
  return {
    master: (random) => keyOf((toNumber(random) % (n - 1n)) + 1n, MASTER_CHAIN_CODE),
    child: ({ secret, publicKey, chainCode }, index) => {
      for (let input = publicKey; ; ) {
        const digest = createHmac('sha512', chainCode).update(input).update(index).digest();
        const [left, right] = [toNumber(digest.subarray(0, 32)), new Uint8Array(digest.subarray(32))];
        const next = (secret + left) % n;
        if (left < n && next !== 0n) return keyOf(next, right);
        input = concatBytes(RETRY, right);
      }
    },
  };
}

export const SECP256K1_DERIVATION: KeyDerivation = derivationOn(secp256k1);
export const P256_DERIVATION: KeyDerivation = derivationOn(p256);

/** An ECDSA signature of a hash of 32 bytes: r and s, 32 bytes each. */
export function signEcdsa(
  curve: 'secp256k1' | 'secp256r1',
  { secret }: ExtendedKey,
  hash: Uint8Array,
): Uint8Array {
  const signer = curve === 'secp256k1' ? secp256k1 : p256;
  return signer.sign(hash, to32Bytes(secret), { prehash: false }).toBytes('compact');
}
