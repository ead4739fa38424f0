import { Principal } from '@dfinity/principal';
import {
  type DerivedPublicKey,
  EncryptedVetKey,
  MasterPublicKey,
  TransportSecretKey,
  type VetKey,
} from '@dfinity/vetkeys';
import { type Recipient, recipientInput } from '../../../../src/client/sealing/recipient.ts';
import { SEALING_CONTEXT, sealingKey } from '../../../../src/client/sealing/sealing-key.ts';
import type { SecretPlace } from '../../../../src/client/sealing/secret-place.ts';
import {
  deriveEncrypted,
  ENCRYPTION_RANDOM_BYTES,
  readTransportKey,
} from '../../../../src/replica/chain-keys/encrypted-key.ts';
import { vetKdKeyOf, vetKdMaster } from '../../../../src/replica/chain-keys/vetkd-key.ts';

/** The master key of local networks by its name. */
export function masterKey(name: string): MasterPublicKey {
  return MasterPublicKey.deserialize(vetKdMaster(name).publicKey);
}

/** The public key of a service on a local network. */
export function serviceKey(canisterId: Principal, name = 'dfx_test_key'): DerivedPublicKey {
  return sealingKey(masterKey(name), canisterId);
}

interface Encryption {
  readonly name: string;
  readonly transportKey: Uint8Array;
  readonly random: Uint8Array;
}

/** What `vetkd_derive_key` answers for an input of a service's. */
export function encryptedKey(
  input: Uint8Array,
  canisterId: Principal,
  { name, transportKey: bytes, random }: Encryption,
): Uint8Array {
  const transportKey = readTransportKey(bytes);
  if (transportKey === undefined) throw new Error('a transport key is a point');
  const derived = vetKdKeyOf(vetKdMaster(name), canisterId.toUint8Array(), SEALING_CONTEXT);
  return deriveEncrypted(derived, { input, transportKey, random });
}

/** What the network derives for a recipient, as a client gets and checks it. */
export function recipientKey(recipient: Recipient, place: SecretPlace, name = 'dfx_test_key'): VetKey {
  const { canisterId } = place;
  const input = recipientInput(recipient, place);
  const secret = TransportSecretKey.random();
  const random = crypto.getRandomValues(new Uint8Array(ENCRYPTION_RANDOM_BYTES));
  const encrypted = encryptedKey(input, canisterId, { name, transportKey: secret.publicKeyBytes(), random });
  return EncryptedVetKey.deserialize(encrypted).decryptAndVerify(secret, serviceKey(canisterId, name), input);
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
