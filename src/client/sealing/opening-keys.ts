import { type DerivedPublicKey, EncryptedVetKey, TransportSecretKey, type VetKey } from '@dfinity/vetkeys';
import type { OpeningKey } from '../../candid/agent_service.did.ts';
import type { ServiceCalls } from '../calls/canister-calls.ts';
import { NotFoundError, UnauthorizedError } from '../errors.ts';
import { BoundedMap } from './bounded-map.ts';
import { type Recipient, type RecipientKind, recipientInput, recipientText } from './recipient.ts';
import { sealedSecretError, sealedSecretFault, sealingError } from './sealed-secret-error.ts';
import type { SecretLocation } from './secret-location.ts';

/** As whom a secret is opened. */
export interface Opener {
  readonly recipient: Recipient;
  readonly key: VetKey;
}

/** What was refused while the records of one answer are opened, so that it is not asked for again with each of them. */
export type Refusals = Map<string, UnauthorizedError>;

/** The names of the kinds in the interface, in the order in which a caller is taken for one of them. */
const WIRE_KINDS = { type: 'agent_type', user: 'user', owner: 'owner' } as const;
const ORDER = ['type', 'user', 'owner'] as const satisfies readonly RecipientKind[];

const MOST = 1_000;
/** After this time a caller that was not of a kind may be so. */
const REFUSED_MS = 10 * 60_000;

/** Keys that open sealed secrets, in the client's memory alone. */
export class OpeningKeys {
  readonly #calls: ServiceCalls;
  readonly #serviceKey: () => DerivedPublicKey;
  readonly #now: () => number;
  readonly #keys = new BoundedMap<VetKey>(MOST);
  /** Until when the caller is not taken for a recipient of a kind, by `now`. */
  readonly #notOf = new BoundedMap<number>(MOST);
  readonly #derivations = new Map<string, Promise<VetKey>>();
  /** How often all was forgotten. */
  #round = 0;

  /** `serviceKey`: the public key of the service; `now`: a clock in ms that is never set. */
  constructor(calls: ServiceCalls, serviceKey: () => DerivedPublicKey, now: () => number) {
    this.#calls = calls;
    this.#serviceKey = serviceKey;
    this.#now = now;
  }

  /**
   * The key of one of the recipients that a secret names: one that is in memory, or else the first that the service lets the caller have. Rejects with a
   * `VerificationFailedError` where the caller is none of them (SealedSecretForOthers), and as `derive_opening_key` where that fails otherwise.
   */
  async of(
    recipients: readonly Recipient[],
    location: SecretLocation,
    refusals: Refusals = new Map(),
  ): Promise<Opener> {
    const named = ORDER.flatMap((kind) => recipients.filter((recipient) => recipient.kind === kind));
    for (const recipient of named) {
      const key = this.#keys.get(keyId(recipient, location));
      if (key !== undefined) return { recipient, key };
    }
    const likely = named.filter(({ kind }) => !this.#isNotOf(kindId(kind, location)));
    const tried = likely.length > 0 ? likely : named;
    let last: UnauthorizedError | undefined;
    const passed: string[] = [];
    for (const recipient of tried) {
      const id = keyId(recipient, location);
      try {
        const refused = refusals.get(refusalId(recipient, location));
        if (refused !== undefined) throw refused;
        const key = await this.#derivedOnce(id, recipient, location);
        for (const kind of passed) this.#notOf.set(kind, this.#now() + REFUSED_MS);
        return { recipient, key };
      } catch (error) {
        if (!(error instanceof UnauthorizedError)) throw error;
        refusals.set(refusalId(recipient, location), error);
        passed.push(kindId(recipient.kind, location));
        last = error;
      }
    }
    for (const { kind } of named) this.#notOf.delete(kindId(kind, location));
    throw sealedSecretError(
      'SealedSecretForOthers',
      `is for ${recipients.map(recipientText).join(', ')}, and the caller is none of them: ${last?.message ?? ''}`,
      { cause: last },
    );
  }

  /** Forgets all keys, and those that are on their way. */
  clear(): void {
    this.#round += 1;
    this.#keys.clear();
    this.#notOf.clear();
    this.#derivations.clear();
  }

  /** A key that is being derived is not asked for once more. */
  async #derivedOnce(id: string, recipient: Recipient, location: SecretLocation): Promise<VetKey> {
    const others = this.#derivations.get(id);
    if (others !== undefined) {
      try {
        return await others;
      } catch (error) {
        // The other secret was replaced, and this one is still there.
        if (sealedSecretFault(error) !== 'SealedSecretReplaced') throw error;
      }
    }
    const round = this.#round;
    const derivation = this.#derive(recipient, location);
    this.#derivations.set(id, derivation);
    try {
      const key = await derivation;
      if (round === this.#round) this.#keys.set(id, key);
      return key;
    } finally {
      if (this.#derivations.get(id) === derivation) this.#derivations.delete(id);
    }
  }

  async #derive(recipient: Recipient, location: SecretLocation): Promise<VetKey> {
    const { userId, agentType, account, sessionId } = location;
    const transport = TransportSecretKey.random();
    const args = {
      user_id: userId,
      agent_type: { [agentType]: null },
      account: account === undefined ? [] : [account],
      session_id: sessionId === undefined ? [] : [sessionId],
      recipient: { kind: { [WIRE_KINDS[recipient.kind]]: null }, epoch: recipient.epoch },
      transport_public_key: transport.publicKeyBytes(),
    };
    const answer = await this.#calls.call('derive_opening_key', [args]).catch((error: unknown) => {
      throw error instanceof NotFoundError ? replaced(error) : error;
    });
    const { encrypted_key: encrypted } = answer as OpeningKey;
    try {
      return EncryptedVetKey.deserialize(Uint8Array.from(encrypted)).decryptAndVerify(
        transport,
        this.#serviceKey(),
        recipientInput(recipient, location),
      );
    } catch (cause) {
      throw sealingError(
        'OpeningKeyUntrusted',
        `the key that was given for ${recipientText(recipient)} is not that of the service on this network`,
        { cause },
      );
    }
  }

  #isNotOf(id: string): boolean {
    return (this.#notOf.get(id) ?? Number.NEGATIVE_INFINITY) > this.#now();
  }
}

/** The caller could read it, and it is there no more, or sealed for others by now. */
function replaced(cause: unknown): Error {
  return sealedSecretError('SealedSecretReplaced', 'was replaced or removed meanwhile: read it again', {
    cause,
  });
}

function keyId(recipient: Recipient, location: SecretLocation): string {
  return `${kindId(recipient.kind, location)}.${recipient.epoch}`;
}

/** An agent is refused whatever the epoch is; an owner can be refused as one of the past. */
function refusalId(recipient: Recipient, location: SecretLocation): string {
  return recipient.kind === 'owner' ? keyId(recipient, location) : kindId(recipient.kind, location);
}

function kindId(kind: RecipientKind, { userId, agentType }: SecretLocation): string {
  const whose = { owner: [userId], user: [userId, agentType], type: [agentType] }[kind];
  return JSON.stringify([kind, ...whose]);
}
