import { mapHashToField } from '@noble/curves/abstract/modular';
import { bls12_381 } from '@noble/curves/bls12-381';
import { concatBytes, equalBytes } from '../codec/bytes.ts';
import { toNumber } from './extended-key.ts';
import type { VetKdKey } from './vetkd-key.ts';

const { G1, G2, fields } = bls12_381;
type G1Point = InstanceType<typeof G1.Point>;

const CIPHERSUITE = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_AUG_';

/** How long a transport key is, in bytes. */
export const TRANSPORT_KEY_BYTES = 48;
/** Random bytes that an encryption takes: enough for a number below the groups' order without a bias. */
export const ENCRYPTION_RANDOM_BYTES = 48;

/**
 * The point of G1 that a transport key is; undefined for bytes that are none, or not in the form that it has. The identity is one: a key
 * for it is as good as in clear, which is what signatures by BLS are made of.
 */
export function readTransportKey(bytes: Uint8Array): G1Point | undefined {
  if (bytes.length !== TRANSPORT_KEY_BYTES) return undefined;
  try {
    const point = G1.Point.fromBytes(bytes);
    // The library reduces a coordinate that is too large, and overlooks a sign of the identity.
    return equalBytes(point.toBytes(), bytes) ? point : undefined;
  } catch {
    // The library's complaint about a point that is on no curve, or outside of the group.
    return undefined;
  }
}

/** What a vetKey is derived for, and how it is encrypted. */
export interface Derivation {
  readonly input: Uint8Array;
  readonly transportKey: G1Point;
  /** As many as `ENCRYPTION_RANDOM_BYTES`. */
  readonly random: Uint8Array;
}

/**
 * The vetKey of an input, encrypted by a transport key ("IC method vetkd_derive_key"): points of G1, G2 and G1, 192 bytes. The vetKey
 * is the signature of the input by augmented BLS.
 */
export function deriveEncrypted(
  { secret, publicKey }: VetKdKey,
  { input, transportKey, random }: Derivation,
): Uint8Array {
  const hash = G1.hashToCurve(concatBytes(publicKey, input), { DST: CIPHERSUITE });
  const vetKey = G1.Point.fromAffine(hash.toAffine()).multiply(secret);
  const mask = toNumber(mapHashToField(random, fields.Fr.ORDER));
  return concatBytes(
    G1.Point.BASE.multiply(mask).toBytes(),
    G2.Point.BASE.multiply(mask).toBytes(),
    transportKey.multiply(mask).add(vetKey).toBytes(),
  );
}
