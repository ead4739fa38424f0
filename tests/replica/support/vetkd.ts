import { IDL } from '@dfinity/candid';
import { fromHex } from '../../../src/replica/codec/bytes.ts';
import {
  VetKdDeriveKeyArg,
  VetKdDeriveKeyResult,
  VetKdPublicKeyArg,
  VetKdPublicKeyResult,
} from '../../../src/replica/management/vetkd-types.ts';
import type { RelayedCall } from './relay.ts';

const TYPES = { vetkd_public_key: VetKdPublicKeyArg, vetkd_derive_key: VetKdDeriveKeyArg };
/** More than any derivation costs. */
const CYCLES = 10n ** 11n;

/** The generator of G1, as a transport key. */
export const GENERATOR = fromHex(
  '97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb',
);

/** The id of a key, as Candid has it. */
export function vetKdKeyId(name = 'key_1') {
  return { curve: { bls12_381_g2: null }, name };
}

/** A call of vetKD, for a relay. */
export function vetKdCall(method: keyof typeof TYPES, value: object, cycles = CYCLES): RelayedCall {
  const arg = new Uint8Array(
    IDL.encode([TYPES[method]], [{ canister_id: [], key_id: vetKdKeyId(), ...value }]),
  );
  return { callee: new Uint8Array(), method, arg, cycles };
}

/** The key of a reply of `vetkd_public_key`. */
export function publicKeyOf(reply: Uint8Array): Uint8Array {
  const [{ public_key }] = IDL.decode([VetKdPublicKeyResult], reply.slice()) as unknown as [
    { public_key: Uint8Array },
  ];
  return Uint8Array.from(public_key);
}

/** The encrypted key of a reply of `vetkd_derive_key`. */
export function encryptedKeyOf(reply: Uint8Array): Uint8Array {
  const [{ encrypted_key }] = IDL.decode([VetKdDeriveKeyResult], reply.slice()) as unknown as [
    { encrypted_key: Uint8Array },
  ];
  return Uint8Array.from(encrypted_key);
}
