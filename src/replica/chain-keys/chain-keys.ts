import { hkdfSync } from 'node:crypto';
import { ED25519_DERIVATION } from './ed25519-key.ts';
import type { ExtendedKey, KeyDerivation } from './extended-key.ts';
import { type VetKdKey, vetKdKeyOf, vetKdMaster } from './vetkd-key.ts';
import { P256_DERIVATION, SECP256K1_DERIVATION } from './weierstrass-derivation.ts';

/** What a key signs, by the names of the interface. */
export type KeyScheme = 'secp256k1' | 'secp256r1' | 'bip340secp256k1' | 'ed25519';

const DERIVATIONS: Readonly<Record<KeyScheme, KeyDerivation>> = {
  secp256k1: SECP256K1_DERIVATION,
  secp256r1: P256_DERIVATION,
  bip340secp256k1: SECP256K1_DERIVATION,
  ed25519: ED25519_DERIVATION,
};

/** The names of the keys of each scheme: those of the public network and the one that local networks have. */
export const KEY_NAMES = ['dfx_test_key', 'test_key_1', 'key_1'] as const;
const MASTER_BYTES = 64;

function isKeyName(name: string): boolean {
  return KEY_NAMES.some((each) => each === name);
}

/**
 * The keys with which a network signs for its canisters, made of a secret seed of 32 bytes, and those from which it derives keys for
 * them, which are the same on all networks. On the public network no node has a whole key; here the one node has.
 */
export class ChainKeys {
  readonly #seed: Uint8Array;
  readonly #masters = new Map<string, ExtendedKey>();
  readonly #vetKdMasters = new Map<string, VetKdKey>();

  constructor(seed: Uint8Array) {
    this.#seed = seed;
  }

  /** The key of a canister at a path; undefined for a name that no key has. */
  derive(scheme: KeyScheme, name: string, path: readonly Uint8Array[]): ExtendedKey | undefined {
    if (!isKeyName(name)) return undefined;
    return path.reduce(DERIVATIONS[scheme].child, this.#master(scheme, name));
  }

  /** The key of a canister for a context, from which keys are derived encrypted; undefined for a name that no key has. */
  vetKd(name: string, canisterId: Uint8Array, context: Uint8Array): VetKdKey | undefined {
    if (!isKeyName(name)) return undefined;
    const master = this.#vetKdMasters.get(name) ?? vetKdMaster(name);
    this.#vetKdMasters.set(name, master);
    return vetKdKeyOf(master, canisterId, context);
  }

  #master(scheme: KeyScheme, name: string): ExtendedKey {
    const id = `${scheme} ${name}`;
    const known = this.#masters.get(id);
    if (known !== undefined) return known;
    const random = new Uint8Array(hkdfSync('sha256', this.#seed, '', `chain key ${id}`, MASTER_BYTES));
    const master = DERIVATIONS[scheme].master(random);
    this.#masters.set(id, master);
    return master;
  }
}
