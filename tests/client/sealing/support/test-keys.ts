import { Principal } from '@dfinity/principal';
import {
  augmentedHashToG1,
  type DerivedPublicKey,
  hashToScalar,
  MasterPublicKey,
  VetKey,
} from '@dfinity/vetkeys';
import { bls12_381 } from '@noble/curves/bls12-381';
import { lengthPrefixed } from '../../../../src/client/sealing/length-prefixed.ts';
import { type Recipient, recipientInput } from '../../../../src/client/sealing/recipient.ts';
import { SEALING_CONTEXT, sealingKey } from '../../../../src/client/sealing/sealing-key.ts';
import type { SecretPlace } from '../../../../src/client/sealing/secret-place.ts';

const { G2, fields } = bls12_381;

/** The master key of local networks by its name: derived from the name, so that everybody knows the secret one. */
const secretMaster = (name: string) =>
  hashToScalar(new TextEncoder().encode(name), 'ic-crypto-vetkd-test-utils-generate-test-key');

const publicOf = (secret: bigint) => G2.Point.BASE.multiply(secret).toBytes(true);

export function masterKey(name: string): MasterPublicKey {
  return MasterPublicKey.deserialize(publicOf(secretMaster(name)));
}

/** The public key of a service on a local network. */
export function serviceKey(canisterId: Principal, name = 'dfx_test_key'): DerivedPublicKey {
  return sealingKey(masterKey(name), canisterId);
}

/** What the network derives for a recipient: with the secret key, as the specification of vetKeys has it. */
export function recipientKey(recipient: Recipient, place: SecretPlace, name = 'dfx_test_key'): VetKey {
  const master = secretMaster(name);
  const offset = (key: Uint8Array, input: Uint8Array, domain: string) =>
    hashToScalar(lengthPrefixed([key, input]), `ic-vetkd-bls12-381-g2-${domain}`);
  const ofCanister = fields.Fr.add(
    master,
    offset(publicOf(master), place.canisterId.toUint8Array(), 'canister-id'),
  );
  const ofContext = fields.Fr.add(ofCanister, offset(publicOf(ofCanister), SEALING_CONTEXT, 'context'));
  const hashed = augmentedHashToG1(serviceKey(place.canisterId, name), recipientInput(recipient, place));
  return new VetKey(hashed.multiply(ofContext));
}

/** A place of the tests. */
export const PLACE: SecretPlace = {
  canisterId: Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai'),
  userId: 'maya.okafor',
  agentType: 'GitHub',
  account: 'work',
  field: 'token',
};

export const OWNER: Recipient = { kind: 'owner', epoch: 0n };
export const GRANTED: Recipient = { kind: 'user', epoch: 7n };
export const FIRST_PARTY: Recipient = { kind: 'type', epoch: 2n ** 64n - 1n };
