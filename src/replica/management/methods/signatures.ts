import { signBip340 } from '../../chain-keys/bip340.ts';
import type { KeyScheme } from '../../chain-keys/chain-keys.ts';
import { signEd25519 } from '../../chain-keys/ed25519-key.ts';
import type { ExtendedKey } from '../../chain-keys/extended-key.ts';
import { signEcdsa } from '../../chain-keys/weierstrass-derivation.ts';
import type { ExecutionWorld } from '../../execution/world.ts';
import { decodeArgument, encodeResult } from '../candid.ts';
import { chargeForKey } from '../chain-key-fee.ts';
import type { ManagementCall, ManagementMethod, ManagementReply } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import {
  type EcdsaKeyIdValue,
  EcdsaPublicKeyArg,
  PublicKeyResult,
  type PublicKeyValue,
  type SchnorrKeyIdValue,
  SchnorrPublicKeyArg,
  SignatureResult,
  SignWithEcdsaArg,
  type SignWithEcdsaValue,
  SignWithSchnorrArg,
  type SignWithSchnorrValue,
} from '../signature-types.ts';

const MAX_PATH = 255;
const HASH_BYTES = 32;
const RANDOM_BYTES = 32;

/** Which key of a canister is meant. */
interface WantedKey<S extends KeyScheme> {
  readonly scheme: S;
  readonly name: string;
  readonly canisterId: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** "IC method ecdsa_public_key". */
export const ecdsaPublicKey: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, origin, arg }) => {
    const value = decodeArgument<PublicKeyValue<EcdsaKeyIdValue>>(EcdsaPublicKeyArg, arg);
    return publicKeyOf(world, wanted(value, curveOf(value.key_id), ownerOf(value, origin.sender)));
  },
};

/** "IC method schnorr_public_key". */
export const schnorrPublicKey: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, origin, arg }) => {
    const value = decodeArgument<PublicKeyValue<SchnorrKeyIdValue>>(SchnorrPublicKeyArg, arg);
    return publicKeyOf(world, wanted(value, algorithmOf(value.key_id), ownerOf(value, origin.sender)));
  },
};

/** "IC method sign_with_ecdsa". */
export const signWithEcdsa: ManagementMethod = {
  callers: 'canisters',
  run: (call) => {
    const value = decodeArgument<SignWithEcdsaValue>(SignWithEcdsaArg, call.arg);
    const { message_hash } = value;
    if (message_hash.length !== HASH_BYTES) {
      refuse('IC0408', `message_hash expects ${HASH_BYTES} bytes, got ${message_hash.length}`);
    }
    const key = wanted(value, curveOf(value.key_id), call.origin.sender);
    return signed(call, key, (derived) => signEcdsa(key.scheme, derived, message_hash));
  },
};

/** "IC method sign_with_schnorr". */
export const signWithSchnorr: ManagementMethod = {
  callers: 'canisters',
  run: (call) => {
    const value = decodeArgument<SignWithSchnorrValue>(SignWithSchnorrArg, call.arg);
    const key = wanted(value, algorithmOf(value.key_id), call.origin.sender);
    const merkleRoot = value.aux[0]?.bip341.merkle_root_hash;
    if (merkleRoot !== undefined && key.scheme === 'ed25519') {
      refuse('IC0408', 'aux.bip341 expects the algorithm bip340secp256k1, got ed25519');
    }
    if (merkleRoot !== undefined && merkleRoot.length !== 0 && merkleRoot.length !== HASH_BYTES) {
      refuse('IC0408', `merkle_root_hash expects 0 or ${HASH_BYTES} bytes, got ${merkleRoot.length}`);
    }
    return signed(call, key, (derived) => {
      const random = call.random(RANDOM_BYTES);
      return key.scheme === 'ed25519'
        ? signEd25519(derived, value.message, random)
        : signBip340(derived, value.message, { random, merkleRoot });
    });
  },
};

function curveOf({ curve }: EcdsaKeyIdValue): 'secp256k1' | 'secp256r1' {
  return 'secp256k1' in curve ? 'secp256k1' : 'secp256r1';
}

function algorithmOf({ algorithm }: SchnorrKeyIdValue): 'bip340secp256k1' | 'ed25519' {
  return 'ed25519' in algorithm ? 'ed25519' : 'bip340secp256k1';
}

function ownerOf({ canister_id: [id] }: PublicKeyValue<unknown>, caller: Uint8Array): Uint8Array {
  return id?.toUint8Array() ?? caller;
}

function wanted<S extends KeyScheme>(
  {
    derivation_path,
    key_id: { name },
  }: { readonly derivation_path: readonly Uint8Array[]; readonly key_id: { readonly name: string } },
  scheme: S,
  canisterId: Uint8Array,
): WantedKey<S> {
  if (derivation_path.length > MAX_PATH) {
    refuse('IC0408', `derivation_path has ${derivation_path.length} entries, ${MAX_PATH} is the most`);
  }
  return { scheme, name, canisterId, path: derivation_path };
}

/** A canister's keys lie below its id, so that none is another's. */
function derive(
  world: ExecutionWorld,
  { scheme, name, canisterId, path }: WantedKey<KeyScheme>,
): ExtendedKey {
  const key = world.chainKeys?.derive(scheme, name, [canisterId, ...path]);
  return key ?? refuse('IC0406', `This network has no key ${name} for ${scheme}`);
}

function publicKeyOf(world: ExecutionWorld, key: WantedKey<KeyScheme>): ManagementReply {
  const { publicKey, chainCode } = derive(world, key);
  return { data: encodeResult(PublicKeyResult, { public_key: publicKey, chain_code: chainCode }) };
}

/** Signs for the fee of the key, which the cycles that came have to cover. */
function signed(
  call: ManagementCall,
  key: WantedKey<KeyScheme>,
  sign: (derived: ExtendedKey) => Uint8Array,
): ManagementReply {
  const derived = derive(call.world, key);
  const fee = chargeForKey(call, key.name, 'A signature');
  return { data: encodeResult(SignatureResult, { signature: sign(derived) }), accepted: fee };
}
