import { Principal } from '@dfinity/principal';
import type { AgentType } from '../../../src/client/index.ts';
import { type Recipient, type RecipientKind, recipientInput } from '../../../src/client/sealing/recipient.ts';
import { sealSecret } from '../../../src/client/sealing/seal-secret.ts';
import type { SecretField, SecretPlace } from '../../../src/client/sealing/secret-place.ts';
import {
  FIRST_PARTY,
  GRANTED,
  masterKey,
  OWNER,
  PLACE,
  recipientKey,
  serviceKey,
} from './support/test-keys.ts';

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

export interface Vectors {
  readonly about: string;
  readonly master_key: string;
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
    sealed: await Promise.all(CASES.map(vectorOf)),
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
