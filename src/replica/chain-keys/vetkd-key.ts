import { hash_to_field } from '@noble/curves/abstract/hash-to-curve';
import { bls12_381 } from '@noble/curves/bls12-381';
import { sha256 } from '@noble/hashes/sha2';
import { concatBytes, utf8 } from '../codec/bytes.ts';

const { G2, fields } = bls12_381;

const MASTER = 'ic-crypto-vetkd-test-utils-generate-test-key';
const CANISTER = 'ic-vetkd-bls12-381-g2-canister-id';
const CONTEXT = 'ic-vetkd-bls12-381-g2-context';

/** A key on BLS12-381 from which keys are derived encrypted (vetKD), with its secret. */
export interface VetKdKey {
  /** A number below the order of the groups, and not 0. */
  readonly secret: bigint;
  /** A point of G2, compressed: 96 bytes. */
  readonly publicKey: Uint8Array;
}

/**
 * The master key of a name. It follows from the name alone, as PocketIC's does: its secret is public, and clients of local networks know
 * its public key beforehand.
 */
export function vetKdMaster(name: string): VetKdKey {
  return keyOf(hashToScalar(utf8(name), MASTER));
}

/** The key of a canister for a context ("IC method vetkd_public_key"); an empty context gives the key above the contexts. */
export function vetKdKeyOf(master: VetKdKey, canisterId: Uint8Array, context: Uint8Array): VetKdKey {
  const key = below(master, canisterId, CANISTER);
  return context.length === 0 ? key : below(key, context, CONTEXT);
}

function below({ secret, publicKey }: VetKdKey, index: Uint8Array, domain: string): VetKdKey {
  const offset = hashToScalar(concatBytes(...[publicKey, index].flatMap(withLength)), domain);
  return keyOf(fields.Fr.add(secret, offset));
}

function keyOf(secret: bigint): VetKdKey {
  return { secret, publicKey: G2.Point.BASE.multiply(secret).toBytes() };
}

function withLength(bytes: Uint8Array): readonly Uint8Array[] {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length));
  return [length, bytes];
}

function hashToScalar(message: Uint8Array, domain: string): bigint {
  const options = { DST: domain, p: fields.Fr.ORDER, m: 1, k: 128, expand: 'xmd', hash: sha256 } as const;
  const [[scalar] = []] = hash_to_field(message, 1, options);
  if (scalar === undefined) throw new Error('a hash to one element of a field has one');
  return scalar;
}
