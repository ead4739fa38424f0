import { Principal } from '@dfinity/principal';
import { EncryptedVetKey, MasterPublicKey, TransportSecretKey } from '@dfinity/vetkeys';
import type { AgentType } from '../../../src/client/index.ts';
import { type Recipient, type RecipientKind, recipientInput } from '../../../src/client/sealing/recipient.ts';
import { sealSecret } from '../../../src/client/sealing/seal-secret.ts';
import type { SecretField, SecretPlace } from '../../../src/client/sealing/secret-place.ts';
import { ENCRYPTION_RANDOM_BYTES } from '../../../src/replica/chain-keys/encrypted-key.ts';
import {
  encryptedKey,
  FIRST_PARTY,
  GRANTED,
  masterKey,
  OWNER,
  PLACE,
  recipientKey,
  serviceKey,
} from './support/test-keys.ts';

/** The master key that services use. */
const KEY_NAME = 'key_1';

/** Bytes are in hex, numbers in decimal. */
interface Vector {
  readonly name: string;
  readonly place: {
    readonly canister_id: string;
    readonly user_id: string;
    readonly agent_type: AgentType;
    readonly field: SecretField;
    readonly account?: string;
  };
  readonly recipients: readonly {
    readonly kind: RecipientKind;
    readonly epoch: string;
    readonly input: string;
    /** The vetKey that the network derives. */
    readonly key: string;
  }[];
  readonly service_key: string;
  /** The content key, a seed for each recipient, the nonce: what is random, in the order in which it is drawn. */
  readonly random: readonly string[];
  readonly secret: string;
  readonly envelope: string;
}

/** A key as `vetkd_derive_key` answers, by `key_1` of local networks, and what it is once it is decrypted. */
interface EncryptedKeyVector {
  readonly canister_id: string;
  readonly service_key: string;
  readonly input: string;
  readonly transport_secret_key: string;
  readonly transport_public_key: string;
  readonly encrypted_key: string;
  readonly key: string;
}

export interface Vectors {
  readonly about: string;
  readonly master_key: string;
  /** `key_1`, which services use: that of local networks and that of the Internet Computer. */
  readonly master_keys: { readonly local_key_1: string; readonly production_key_1: string };
  readonly encrypted_keys: readonly EncryptedKeyVector[];
  readonly sealed: readonly Vector[];
}

const CASES: readonly (readonly [string, Partial<SecretPlace>, readonly Recipient[], string])[] = [
  ['the token of an account', {}, [OWNER, GRANTED, FIRST_PARTY], 'gho_16C7e42F292c6912E7710c838347Ae178B4a'],
  [
    'the grant of the default account',
    { account: undefined, field: 'token_data' },
    [OWNER, GRANTED],
    '{"scope":"repo"}',
  ],
  ['the token of a session', { account: undefined, field: 'session_token' }, [OWNER, FIRST_PARTY], 'session'],
  [
    'every kind of character',
    { userId: 'Жук 🦊', account: '"\\', canisterId: Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai') },
    [OWNER],
    '\u{feff}\u0000\u{10ffff}',
  ],
  ['nothing', { agentType: 'Calendar' }, [GRANTED], ''],
];

/** What every language has to seal and open alike; docs/explanation/sealed-secrets.md has the form. */
export async function makeVectors(): Promise<Vectors> {
  return {
    about:
      'Sealed secrets with the keys that open them; docs/explanation/sealed-secrets.md has their form. The master key is that of local networks. Written by tests/client/sealing/make-vectors.ts.',
    master_key: hex(masterKey('dfx_test_key').publicKeyBytes()),
    master_keys: {
      local_key_1: hex(masterKey(KEY_NAME).publicKeyBytes()),
      production_key_1: hex(MasterPublicKey.productionKey().publicKeyBytes()),
    },
    encrypted_keys: [encryptedKeyOf(OWNER, PLACE)],
    sealed: await Promise.all(CASES.map(vectorOf)),
  };
}

function encryptedKeyOf(recipient: Recipient, place: SecretPlace): EncryptedKeyVector {
  const { canisterId } = place;
  const input = recipientInput(recipient, place);
  const transport = TransportSecretKey.deserialize(Uint8Array.from({ length: 32 }, (_byte, i) => i + 1));
  const encrypted = encryptedKey(input, canisterId, {
    name: KEY_NAME,
    transportKey: transport.publicKeyBytes(),
    random: Uint8Array.from({ length: ENCRYPTION_RANDOM_BYTES }, (_byte, i) => 200 - i),
  });
  const service = serviceKey(canisterId, KEY_NAME);
  return {
    canister_id: canisterId.toText(),
    service_key: hex(service.publicKeyBytes()),
    input: hex(input),
    transport_secret_key: hex(transport.serialize()),
    transport_public_key: hex(transport.publicKeyBytes()),
    encrypted_key: hex(encrypted),
    key: hex(EncryptedVetKey.deserialize(encrypted).decryptAndVerify(transport, service, input).serialize()),
  };
}

async function vectorOf(
  [name, other, recipients, secret]: (typeof CASES)[number],
  at: number,
): Promise<Vector> {
  const place: SecretPlace = { ...PLACE, ...other };
  const random: string[] = [];
  const envelope = await sealSecret(secret, {
    place,
    recipients,
    key: serviceKey(place.canisterId),
    random: (length) => {
      const bytes = Uint8Array.from({ length }, (_byte, i) => 50 * at + 17 * random.length + i);
      random.push(hex(bytes));
      return bytes;
    },
  });
  const { canisterId, userId, agentType, account, field } = place;
  return {
    name,
    place: {
      canister_id: canisterId.toText(),
      user_id: userId,
      agent_type: agentType,
      field,
      ...(account !== undefined && { account }),
    },
    recipients: recipients.map((recipient) => ({
      kind: recipient.kind,
      epoch: String(recipient.epoch),
      input: hex(recipientInput(recipient, place)),
      key: hex(recipientKey(recipient, place).serialize()),
    })),
    service_key: hex(serviceKey(canisterId).publicKeyBytes()),
    random,
    secret,
    envelope,
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
