import type { Principal } from '@dfinity/principal';
import { EncryptedVetKey, TransportSecretKey, type VetKey } from '@dfinity/vetkeys';
import type {
  AgentType,
  GetSealingKeysArgs,
  SealingRecipient,
} from '../../../src/candid/agent_service.did.ts';
import { openSecret } from '../../../src/client/sealing/open-secret.ts';
import { type Recipient, recipientInput } from '../../../src/client/sealing/recipient.ts';
import { sealSecret } from '../../../src/client/sealing/seal-secret.ts';
import type { SecretField, SecretPlace } from '../../../src/client/sealing/secret-place.ts';
import { serviceKey } from '../../client/sealing/support/test-keys.ts';
import { GITHUB, optionOf } from './records.ts';
import type { Result, WasmCanister } from './wasm-canister.ts';

/** The name of the key that the canister asks for. */
const KEY_NAME = 'key_1';

/** Where a secret of the tests is. */
export interface Place {
  readonly userId: string;
  readonly type?: AgentType;
  readonly account?: string;
  readonly sessionId?: string;
  readonly field?: SecretField;
}

/** As `get_sealing_keys` tells a recipient, in the form of the clients. */
function recipientOf({ kind, epoch }: SealingRecipient): Recipient {
  const name = optionOf(kind);
  return { kind: name === 'agent_type' ? 'type' : (name as 'owner' | 'user'), epoch };
}

/** Seals and opens for callers of a canister, as the clients do. */
export class SealingWorld {
  readonly #canister: WasmCanister;
  readonly #id: Principal;

  /** `id` is the canister that secrets are sealed for; this one unless told. */
  constructor(canister: WasmCanister, id = canister.id) {
    this.#canister = canister;
    this.#id = id;
  }

  /** For whom secrets are sealed now. */
  async recipients(place: Place, sender?: Principal): Promise<SealingRecipient[]> {
    const answer = await this.#canister.query('get_sealing_keys', [this.#account(place)], { sender });
    if ('Err' in answer) throw new Error(`get_sealing_keys: ${optionOf(answer.Err)}`);
    return place.sessionId === undefined && place.field !== 'session_token'
      ? answer.Ok.recipients
      : answer.Ok.session_recipients;
  }

  /** Seals a secret for today's recipients. */
  async seal(secret: string, place: Place, recipients?: SealingRecipient[]): Promise<string> {
    const all = recipients ?? (await this.recipients(place));
    const key = serviceKey(this.#id, KEY_NAME);
    return sealSecret(secret, { place: this.#place(place), recipients: all.map(recipientOf), key });
  }

  /** Has a key derived; the answer as it is, with the caller's transport key. */
  async derive(
    place: Place,
    recipient: SealingRecipient,
    sender: Principal,
  ): Promise<{ readonly answer: Result<'derive_opening_key'>; readonly secret: TransportSecretKey }> {
    const secret = TransportSecretKey.random();
    const request = {
      ...this.#account(place),
      session_id: place.sessionId === undefined ? [] : [place.sessionId],
      recipient,
      transport_public_key: secret.publicKeyBytes(),
    } as const;
    const args = { ...request, session_id: [...request.session_id] as [] | [string] };
    const answer = await this.#canister.call('derive_opening_key', [args], { sender });
    return { answer, secret };
  }

  /** The key of a recipient, checked; or the name of the error. */
  async key(place: Place, recipient: SealingRecipient, sender: Principal): Promise<VetKey | string> {
    const { answer, secret } = await this.derive(place, recipient, sender);
    if ('Err' in answer) return optionOf(answer.Err);
    const input = recipientInput(recipientOf(recipient), this.#place(place));
    return EncryptedVetKey.deserialize(Uint8Array.from(answer.Ok.encrypted_key)).decryptAndVerify(
      secret,
      serviceKey(this.#id, KEY_NAME),
      input,
    );
  }

  /** Opens a secret as a caller of a kind; or the name of the error by which the key is refused. */
  async open(sealed: string, place: Place, recipient: SealingRecipient, sender: Principal): Promise<string> {
    const key = await this.key(place, recipient, sender);
    return typeof key === 'string' ? key : this.openWith(sealed, place, recipient, key);
  }

  async openWith(sealed: string, place: Place, recipient: SealingRecipient, key: VetKey): Promise<string> {
    return openSecret(sealed, { place: this.#place(place), recipient: recipientOf(recipient), key });
  }

  #account({ userId, type = GITHUB, account }: Place): GetSealingKeysArgs {
    return { user_id: userId, agent_type: type, account: account === undefined ? [] : [account] };
  }

  #place({ userId, type = GITHUB, account, field = 'token' }: Place): SecretPlace {
    return {
      canisterId: this.#id,
      userId,
      agentType: optionOf(type) as SecretPlace['agentType'],
      account,
      field,
    };
  }
}
