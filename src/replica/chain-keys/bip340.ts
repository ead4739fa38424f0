import { schnorr, secp256k1 } from '@noble/curves/secp256k1';
import { type ExtendedKey, to32Bytes, toNumber } from './extended-key.ts';

const { n } = secp256k1.Point.CURVE();
const EVEN = 2;

/**
 * A signature of 64 bytes by BIP-340, with 32 random bytes. With the root of a tree of scripts, of 32 bytes or none, it is by the key
 * that BIP-341 makes of this one.
 */
export function signBip340(
  key: ExtendedKey,
  message: Uint8Array,
  { random, merkleRoot }: { readonly random: Uint8Array; readonly merkleRoot: Uint8Array | undefined },
): Uint8Array {
  const secret = merkleRoot === undefined ? key.secret : tweaked(key, merkleRoot);
  return schnorr.sign(message, to32Bytes(secret), random);
}

/** The secret of the output key ("taproot_tweak_seckey" of BIP-341). */
function tweaked({ secret, publicKey }: ExtendedKey, merkleRoot: Uint8Array): bigint {
  const even = publicKey[0] === EVEN ? secret : n - secret;
  const tweak = toNumber(schnorr.utils.taggedHash('TapTweak', publicKey.subarray(1), merkleRoot));
  return (even + tweak) % n;
}
