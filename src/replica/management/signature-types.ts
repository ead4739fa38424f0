import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import type { KeyScheme } from '../chain-keys/chain-keys.ts';

/** The Candid types of signatures by the network, and what @dfinity/candid makes of them. */

const { Null, Opt, Record, Text, Variant, Vec } = IDL;
const Blob = Vec(IDL.Nat8);

const EcdsaKeyId = Record({ curve: Variant({ secp256k1: Null, secp256r1: Null }), name: Text });
const SchnorrKeyId = Record({ algorithm: Variant({ bip340secp256k1: Null, ed25519: Null }), name: Text });

export const EcdsaPublicKeyArg = Record({
  canister_id: Opt(IDL.Principal),
  derivation_path: Vec(Blob),
  key_id: EcdsaKeyId,
});
export const SchnorrPublicKeyArg = Record({
  canister_id: Opt(IDL.Principal),
  derivation_path: Vec(Blob),
  key_id: SchnorrKeyId,
});
export const PublicKeyResult = Record({ public_key: Blob, chain_code: Blob });

export const SignWithEcdsaArg = Record({
  message_hash: Blob,
  derivation_path: Vec(Blob),
  key_id: EcdsaKeyId,
});
export const SignWithSchnorrArg = Record({
  message: Blob,
  derivation_path: Vec(Blob),
  key_id: SchnorrKeyId,
  aux: Opt(Variant({ bip341: Record({ merkle_root_hash: Blob }) })),
});
export const SignatureResult = Record({ signature: Blob });

type OneOf<T extends KeyScheme> = Readonly<Partial<Record<T, null>>>;

export interface EcdsaKeyIdValue {
  readonly curve: OneOf<'secp256k1' | 'secp256r1'>;
  readonly name: string;
}
export interface SchnorrKeyIdValue {
  readonly algorithm: OneOf<'bip340secp256k1' | 'ed25519'>;
  readonly name: string;
}
export interface PublicKeyValue<K> {
  readonly canister_id: [] | [Principal];
  readonly derivation_path: readonly Uint8Array[];
  readonly key_id: K;
}
export interface SignWithEcdsaValue {
  readonly message_hash: Uint8Array;
  readonly derivation_path: readonly Uint8Array[];
  readonly key_id: EcdsaKeyIdValue;
}
export interface SignWithSchnorrValue {
  readonly message: Uint8Array;
  readonly derivation_path: readonly Uint8Array[];
  readonly key_id: SchnorrKeyIdValue;
  readonly aux: [] | [{ readonly bip341: { readonly merkle_root_hash: Uint8Array } }];
}
