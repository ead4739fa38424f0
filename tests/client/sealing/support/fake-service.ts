import type { AgentServiceClient, SealingPolicy } from '../../../../src/client/index.ts';
import { masterKeyOf } from '../../../../src/client/sealing/master-keys.ts';
import type { Recipient, RecipientKind } from '../../../../src/client/sealing/recipient.ts';
import { recipientInput } from '../../../../src/client/sealing/recipient.ts';
import { sealSecret } from '../../../../src/client/sealing/seal-secret.ts';
import { SEALING_CONTEXT, sealingKey } from '../../../../src/client/sealing/sealing-key.ts';
import type { SecretPlace } from '../../../../src/client/sealing/secret-place.ts';
import {
  deriveEncrypted,
  ENCRYPTION_RANDOM_BYTES,
  readTransportKey,
} from '../../../../src/replica/chain-keys/encrypted-key.ts';
import { vetKdKeyOf, vetKdMaster } from '../../../../src/replica/chain-keys/vetkd-key.ts';
import { type Answer, CANISTER, type Received, setupClient } from '../../support/fake-network.ts';

type Wire = Readonly<Record<string, unknown>>;

const KINDS = { owner: 'owner', user: 'user', type: 'agent_type' } as const;
/** Which key any local network has; that of the client of the tests is one. */
const KEY = sealingKey(masterKeyOf(new Uint8Array()), CANISTER);

/** A service as a client sees it: it has recipients, refuses secrets that are sealed for others, and gives keys to those whom it takes for a recipient. */
export class FakeService {
  mode: 'off' | 'accept' = 'accept';
  recipients: readonly Recipient[] = [
    { kind: 'owner', epoch: 0n },
    { kind: 'user', epoch: 3n },
    { kind: 'type', epoch: 1n },
  ];
  sessionRecipients: readonly Recipient[] = [{ kind: 'owner', epoch: 0n }];
  /** What the caller is. */
  caller: RecipientKind = 'owner';
  /** In the place of what one machine would answer honestly. */
  lie: ((call: Received) => Answer | undefined) | undefined;
  /** In the place of what the network would answer. */
  refuse: ((call: Received) => Answer | undefined) | undefined;
  /** What is read, by method. */
  readonly answers = new Map<string, unknown>();
  /** What arrived: the endpoint, the method and its arguments. */
  readonly calls: {
    readonly endpoint: string;
    readonly method: string;
    readonly args: readonly unknown[];
  }[] = [];
  readonly requests: Uint8Array[] = [];
  /** Of the last derivation, on another network. */
  master = vetKdMaster('key_1');

  async client(sealing: SealingPolicy = 'auto'): Promise<AgentServiceClient> {
    return setupClient(
      {
        answer: (call, endpoint) => this.#answer(call, endpoint),
        onRequest: (bytes) => void this.requests.push(bytes),
      },
      sealing,
    );
  }

  /** How often a method was called. */
  count(method: string): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  /** The arguments of the last call of a method. */
  last(method: string): readonly unknown[] {
    return this.calls.findLast((call) => call.method === method)?.args ?? [];
  }

  /** Whether a text left the client, in any request. */
  saw(text: string): boolean {
    return this.requests.some((bytes) => Buffer.from(bytes).includes(text));
  }

  /** A secret as another client of the service would seal it. */
  seal(
    secret: string,
    place: Partial<SecretPlace> = {},
    recipients: readonly Recipient[] = this.recipients,
  ): Promise<string> {
    const whole = { canisterId: CANISTER, userId: 'alice', agentType: 'GitHub', field: 'token' } as const;
    return sealSecret(secret, { place: { ...whole, ...place }, recipients, key: KEY });
  }

  #answer(call: Received, endpoint: 'query' | 'call'): Answer {
    this.calls.push({ endpoint, ...call });
    const given = endpoint === 'query' ? this.lie?.(call) : this.refuse?.(call);
    if (given !== undefined) return given;
    if (call.method === 'get_sealing_keys') return { value: { Ok: this.#sealingKeys() } };
    if (call.method === 'derive_opening_key') return { value: this.#derived(call.args[0] as Wire) };
    return { value: this.answers.get(call.method) ?? { Ok: null } };
  }

  #sealingKeys(): Wire {
    return {
      sealing: { [this.mode]: null },
      recipients: this.recipients.map(wireRecipient),
      session_recipients: this.sessionRecipients.map(wireRecipient),
    };
  }

  #derived(args: Wire): Wire {
    const { kind, epoch } = args['recipient'] as { kind: Wire; epoch: bigint };
    const named = recipientKind(kind);
    if (named !== this.caller) return { Err: { Unauthorized: { message: `only ${named} may have it` } } };
    const transportKey = readTransportKey(Uint8Array.from(args['transport_public_key'] as Uint8Array));
    if (transportKey === undefined) throw new TypeError('the transport key is no point');
    const agentType = Object.keys(args['agent_type'] as Wire)[0] as SecretPlace['agentType'];
    const input = recipientInput({ kind: named, epoch }, { userId: String(args['user_id']), agentType });
    const random = crypto.getRandomValues(new Uint8Array(ENCRYPTION_RANDOM_BYTES));
    const key = vetKdKeyOf(this.master, CANISTER.toUint8Array(), SEALING_CONTEXT);
    return { Ok: { encrypted_key: deriveEncrypted(key, { input, transportKey, random }) } };
  }
}

export function wireRecipient({ kind, epoch }: Recipient): Wire {
  return { kind: { [KINDS[kind]]: null }, epoch };
}

function recipientKind(kind: Wire): RecipientKind {
  if ('owner' in kind) return 'owner';
  return 'user' in kind ? 'user' : 'type';
}
