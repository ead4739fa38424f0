import type { Work } from '../../models/work.ts';
import type { ByteMap } from '../byte-map.ts';
import { decodeSequenceKey, sequenceKey } from '../keys.ts';
import { SETTINGS_KEYS } from '../settings-keys.ts';
import type { UserStore } from '../users/user-store.ts';
import type { CredentialStore } from './credential-store.ts';

const NEXT = Uint8Array.of(SETTINGS_KEYS.dueTakeover);

interface DueTakeoverParts {
  readonly settings: ByteMap;
  readonly users: UserStore;
  readonly credentials: CredentialStore;
}

/** Puts what versions before stored into the index of connections that are due: once, in the background, the newest users first. */
export class DueTakeover {
  readonly #parts: DueTakeoverParts;

  constructor(parts: DueTakeoverParts) {
    this.#parts = parts;
  }

  /** When there is something to do: at once, or never. */
  dueAt(): bigint | undefined {
    return this.#next === 0 ? undefined : 0n;
  }

  /** Goes on until the work is spent; returns whether there is more to do. */
  run(work: Work): boolean {
    const { users, credentials } = this.#parts;
    let user = this.#next;
    while (user > 0) {
      if (users.findByNumber(user) !== undefined) credentials.noteDue(user);
      user--;
      if (!work.step()) break;
    }
    this.#next = user;
    return user > 0;
  }

  /** Notes that there was no version before. */
  skip(): void {
    this.#next = 0;
  }

  /** The number of the user who is next; 0 when it is over. Whoever comes later is put in as they come. */
  get #next(): number {
    const stored = this.#parts.settings.get(NEXT);
    return stored === undefined ? this.#parts.users.last : decodeSequenceKey(stored);
  }

  set #next(user: number) {
    this.#parts.settings.set(NEXT, sequenceKey(user));
  }
}
