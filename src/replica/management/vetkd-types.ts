import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';

/** The Candid types of vetKD, and what @dfinity/candid makes of them. */

const { Null, Opt, Record, Text, Variant, Vec } = IDL;
const Blob = Vec(IDL.Nat8);

const VetKdKeyId = Record({ curve: Variant({ bls12_381_g2: Null }), name: Text });

export const VetKdPublicKeyArg = Record({
  canister_id: Opt(IDL.Principal),
  context: Blob,
  key_id: VetKdKeyId,
});
export const VetKdPublicKeyResult = Record({ public_key: Blob });

export const VetKdDeriveKeyArg = Record({
  input: Blob,
  context: Blob,
  transport_public_key: Blob,
  key_id: VetKdKeyId,
});
export const VetKdDeriveKeyResult = Record({ encrypted_key: Blob });

/** There is one curve, so that its name need not be read. */
interface VetKdKeyIdValue {
  readonly name: string;
}
export interface VetKdPublicKeyValue {
  readonly canister_id: [] | [Principal];
  readonly context: Uint8Array;
  readonly key_id: VetKdKeyIdValue;
}
export interface VetKdDeriveKeyValue {
  readonly input: Uint8Array;
  readonly context: Uint8Array;
  readonly transport_public_key: Uint8Array;
  readonly key_id: VetKdKeyIdValue;
}
