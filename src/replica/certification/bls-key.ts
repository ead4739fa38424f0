import { hkdfSync } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381';
import { concatBytes, equalBytes, fromHex, toHex, utf8 } from '../codec/bytes.ts';
import { sha256 } from '../codec/sha256.ts';

const CIPHERSUITE = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/** OIDs 1.3.6.1.4.1.44668.5.3.1.2.1 and 1.3.6.1.4.1.44668.5.3.2.1, then a bit string of 96 bytes. */
const DER_PREFIX = fromHex('308182301d060d2b0601040182dc7c0503010201060c2b0601040182dc7c05030201036100');

const KEY_BYTES = 133;
const SIGNATURE_BYTES = 48;

const { G1, G2, fields, shortSignatures } = bls12_381;

/** A BLS12-381 key with 48-byte signatures in G1, as subnets sign their state with ("Certificate"). */
export class BlsKey {
  /** 133 bytes. */
  readonly publicKeyDer: Uint8Array;
  readonly #secret: bigint;

  /** Derives the key from a secret seed of at least 32 bytes; the same seed gives the same key. */
  constructor(seed: Uint8Array) {
    this.#secret = deriveSecret(seed);
    // A copy of the base point: for the base point itself tables are made first, which takes ten times as long as one key.
    const base = G2.Point.fromAffine(G2.Point.BASE.toAffine());
    this.publicKeyDer = concatBytes(DER_PREFIX, base.multiply(this.#secret).toBytes());
  }

  /** The 48-byte signature of a message. Costs several milliseconds. */
  sign(message: Uint8Array): Uint8Array {
    const point = G1.hashToCurve(message, { DST: CIPHERSUITE });
    return G1.Point.fromAffine(point.toAffine()).multiply(this.#secret).toBytes();
  }
}

/** Whether a public key, DER, signed the message. Costs some 25 ms. Never throws: what is not a key or a signature signs nothing. */
export function isSignedBy(publicKeyDer: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const isKey =
    publicKeyDer.length === KEY_BYTES && equalBytes(publicKeyDer.subarray(0, DER_PREFIX.length), DER_PREFIX);
  if (!isKey || signature.length !== SIGNATURE_BYTES) return false;
  try {
    const point = shortSignatures.hash(message, CIPHERSUITE);
    return shortSignatures.verify(signature, point, publicKeyDer.subarray(DER_PREFIX.length));
  } catch {
    // The library's complaint about a point that is on no curve, or outside of the group.
    return false;
  }
}

/** KeyGen of draft-irtf-cfrg-bls-signature-04, section 2.3. */
function deriveSecret(seed: Uint8Array): bigint {
  if (seed.length < 32) throw new RangeError('a BLS key needs a seed of at least 32 bytes');
  const ikm = concatBytes(seed, Uint8Array.of(0));
  const info = Uint8Array.of(0, 48);
  let salt = utf8('BLS-SIG-KEYGEN-SALT-');
  let secret = 0n;
  while (secret === 0n) {
    salt = sha256(salt);
    const okm = new Uint8Array(hkdfSync('sha256', ikm, salt, info, 48));
    secret = fields.Fr.create(BigInt(`0x${toHex(okm)}`));
  }
  return secret;
}
