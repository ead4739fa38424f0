import {
  deriveEncrypted,
  ENCRYPTION_RANDOM_BYTES,
  readTransportKey,
  TRANSPORT_KEY_BYTES,
} from '../../chain-keys/encrypted-key.ts';
import type { VetKdKey } from '../../chain-keys/vetkd-key.ts';
import type { ExecutionWorld } from '../../execution/world.ts';
import { decodeArgument, encodeResult } from '../candid.ts';
import { chargeForKey } from '../chain-key-fee.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import {
  VetKdDeriveKeyArg,
  VetKdDeriveKeyResult,
  type VetKdDeriveKeyValue,
  VetKdPublicKeyArg,
  VetKdPublicKeyResult,
  type VetKdPublicKeyValue,
} from '../vetkd-types.ts';

/** "IC method vetkd_public_key". */
export const vetKdPublicKey: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, origin, arg }) => {
    const { key_id, canister_id, context } = decodeArgument<VetKdPublicKeyValue>(VetKdPublicKeyArg, arg);
    const owner = canister_id[0]?.toUint8Array() ?? origin.sender;
    const { publicKey } = keyOf(world, { name: key_id.name, owner, context });
    return { data: encodeResult(VetKdPublicKeyResult, { public_key: publicKey }) };
  },
};

/** "IC method vetkd_derive_key". */
export const vetKdDeriveKey: ManagementMethod = {
  callers: 'canisters',
  run: (call) => {
    const { world, origin, arg, random } = call;
    const value = decodeArgument<VetKdDeriveKeyValue>(VetKdDeriveKeyArg, arg);
    const { transport_public_key: transport, input, context } = value;
    if (transport.length !== TRANSPORT_KEY_BYTES) {
      refuse('IC0408', `transport_public_key expects ${TRANSPORT_KEY_BYTES} bytes, got ${transport.length}`);
    }
    const { name } = value.key_id;
    const key = keyOf(world, { name, owner: origin.sender, context });
    const transportKey =
      readTransportKey(transport) ?? refuse('IC0406', 'The provided transport public key is invalid.');
    const fee = chargeForKey(call, name, 'A derivation');
    const encrypted = deriveEncrypted(key, { input, transportKey, random: random(ENCRYPTION_RANDOM_BYTES) });
    return { data: encodeResult(VetKdDeriveKeyResult, { encrypted_key: encrypted }), accepted: fee };
  },
};

/** The key of a canister for a context, by the name of its master key. */
function keyOf(
  { chainKeys }: ExecutionWorld,
  wanted: { readonly name: string; readonly owner: Uint8Array; readonly context: Uint8Array },
): VetKdKey {
  const { name, owner, context } = wanted;
  const key = chainKeys?.vetKd(name, owner, context);
  return key ?? refuse('IC0406', `This network has no key ${name} for bls12_381_g2`);
}
