import { sameBytes } from '../../codec/index.ts';
import { agentTypes } from '../../models/agent-type.ts';
import { holdsSecrets, type StateRecord } from '../../models/credentials/credential-state.ts';
import {
  type Credentials,
  encodeCredentials,
  isSealedWhole,
  StoredCredentials,
  stateRecordOf,
} from '../../models/credentials/credentials.ts';
import { dueOf } from '../../models/credentials/due.ts';
import type { RecordMap } from '../byte-map.ts';
import { credentialKey } from '../keys.ts';
import type { SealingStore } from '../sealing/sealing-store.ts';
import type { ExpiryQueue } from '../tasks/expiry-queue.ts';
import type { DueIndex } from './due-index.ts';

/** The slot of the account that methods without accounts use. */
const DEFAULT_SLOT = 0;

const ALL_TYPES = [...agentTypes.names.keys()];

/** Where a walk over a user's accounts is. A slot is never given up, so that a place stays the same. */
export interface AccountPlace {
  readonly typeCode: number;
  readonly slot: number;
}

export interface FoundAccount extends AccountPlace {
  readonly stored: StoredCredentials;
}

/** Where credentials lie, and what is there. */
export interface CredentialPlace {
  readonly key: Uint8Array;
  readonly stored: StoredCredentials | undefined;
}

/** What of credentials ends by itself, each by the `expires_at` of the access token. */
export interface CredentialQueues {
  /** Those that have an access token. */
  readonly tokens: ExpiryQueue;
  /** Those that have a grant alone, which ends some days later: how many, a setting says when it is asked. */
  readonly grants: ExpiryQueue;
}

interface CredentialStoreParts {
  readonly map: RecordMap;
  readonly queues: CredentialQueues;
  readonly sealing: SealingStore;
  readonly due: DueIndex;
}

/**
 * Credentials by user, agent type and account. The default account has slot 0 of each agent type, those with a label the slots from 1 on, without a
 * gap: a record stays when its token goes, so that a walk ends at the first slot that is free.
 */
export class CredentialStore {
  readonly #map: RecordMap;
  readonly #queues: CredentialQueues;
  readonly #sealing: SealingStore;
  readonly #due: DueIndex;

  constructor({ map, queues, sealing, due }: CredentialStoreParts) {
    this.#map = map;
    this.#queues = queues;
    this.#sealing = sealing;
    this.#due = due;
  }

  /** How many accounts there are, those without a token included. */
  size(): number {
    return this.#map.size();
  }

  at(key: Uint8Array): StoredCredentials | undefined {
    const stored = this.#map.get(key);
    return stored === undefined ? undefined : new StoredCredentials(stored);
  }

  /** The place of an account: undefined is the default one, any other label must have been stored. */
  find(user: number, typeCode: number, account: Uint8Array | undefined): CredentialPlace | undefined {
    if (account === undefined) return this.#place(user, typeCode, DEFAULT_SLOT);
    for (let slot = DEFAULT_SLOT + 1; ; slot++) {
      const place = this.#place(user, typeCode, slot);
      if (place.stored === undefined) return undefined;
      if (isOf(place.stored, account)) return place;
    }
  }

  /**
   * The place for a new account with a label: a free one, or, where there are `limit` accounts, that of one that has no secret any more. Undefined
   * where there is none.
   */
  room(user: number, typeCode: number, limit: number): CredentialPlace | undefined {
    let reusable: CredentialPlace | undefined;
    for (let slot = DEFAULT_SLOT + 1; slot < limit; slot++) {
      const place = this.#place(user, typeCode, slot);
      if (place.stored === undefined) return place;
      if (!holdsSecrets(place.stored)) reusable ??= place;
    }
    return reusable;
  }

  /** Every account of an agent type, the default one first, those without a token included. */
  accounts(user: number, typeCode: number): StoredCredentials[] {
    const byDefault = this.#place(user, typeCode, DEFAULT_SLOT).stored;
    const accounts = byDefault === undefined ? [] : [byDefault];
    for (let slot = DEFAULT_SLOT + 1; ; slot++) {
      const { stored } = this.#place(user, typeCode, slot);
      if (stored === undefined) return accounts;
      accounts.push(stored);
    }
  }

  /** A user's accounts of these agent types, in the order of `accounts`, from a place on. */
  *from(user: number, typeCodes: readonly number[], start: AccountPlace): Generator<FoundAccount> {
    for (const typeCode of typeCodes) {
      if (typeCode < start.typeCode) continue;
      for (let slot = typeCode === start.typeCode ? start.slot : DEFAULT_SLOT; ; slot++) {
        const { stored } = this.#place(user, typeCode, slot);
        if (stored !== undefined) yield { typeCode, slot, stored };
        else if (slot > DEFAULT_SLOT) break;
      }
    }
  }

  /** Writes credentials in the place of what is there, keeps what tells of their end, and counts what is sealed. Returns how many bytes more there are. */
  put({ key, stored }: CredentialPlace, credentials: Credentials): number {
    const bytes = encodeCredentials(credentials);
    this.#map.set(key, bytes);
    const wasSealed = stored?.isSealed === true;
    this.#sealing.addSealedAccounts(Number(isSealedWhole(credentials)) - Number(wasSealed));
    const state = stateRecordOf(credentials);
    this.#due.move(key, stored && dueOf(stored), dueOf(state));
    const before = stored === undefined ? undefined : entryOf(stored);
    const after = entryOf(state);
    if (before?.queue !== after?.queue || before?.time !== after?.time) {
      if (before !== undefined) this.#queues[before.queue].remove(before.time, key);
      if (after !== undefined) this.#queues[after.queue].add(after.time, key);
    }
    return bytes.length - (stored?.storedLength ?? 0);
  }

  /** Removes every account of a user. */
  removeAll(user: number): void {
    for (const typeCode of ALL_TYPES) {
      for (let slot = DEFAULT_SLOT; ; slot++) {
        const { key, stored } = this.#place(user, typeCode, slot);
        if (stored !== undefined) this.#remove(key, stored);
        else if (slot > DEFAULT_SLOT) break;
      }
    }
  }

  /** Puts a user's accounts of an earlier version into the index of what is due. */
  noteDue(user: number): void {
    for (const { typeCode, slot, stored } of this.from(user, ALL_TYPES, { typeCode: 0, slot: DEFAULT_SLOT }))
      this.#due.note(credentialKey(user, typeCode, slot), dueOf(stored));
  }

  #remove(key: Uint8Array, stored: StoredCredentials): void {
    this.#map.delete(key);
    this.#sealing.addSealedAccounts(stored.isSealed ? -1 : 0);
    this.#due.move(key, dueOf(stored), undefined);
    const queued = entryOf(stored);
    if (queued !== undefined) this.#queues[queued.queue].remove(queued.time, key);
  }

  #place(user: number, typeCode: number, slot: number): CredentialPlace {
    const key = credentialKey(user, typeCode, slot);
    return { key, stored: this.at(key) };
  }
}

function isOf(stored: StoredCredentials, account: Uint8Array): boolean {
  return stored.account !== undefined && sameBytes(stored.account, account);
}

/** Where a record waits for its end: what has no secret any more does not expire again. */
function entryOf(record: StateRecord): { queue: keyof CredentialQueues; time: bigint } | undefined {
  const { expiresAt, hasToken } = record;
  if (expiresAt === undefined || !holdsSecrets(record)) return undefined;
  return { queue: hasToken ? 'tokens' : 'grants', time: expiresAt };
}
