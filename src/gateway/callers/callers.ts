import { identityFromPem } from '../../client/node.ts';
import { callerOf, type SealingCaller, type ServicePlace } from '../../json-interface/callers/caller.ts';
import type { StoredKey } from '../keys/key-store.ts';

/** The callers behind API keys. Each is made once: what an agent knows of the network's nodes is kept with it. */
export class Callers {
  readonly #place: ServicePlace;
  readonly #callers = new Map<string, Promise<SealingCaller>>();

  constructor(place: ServicePlace) {
    this.#place = place;
  }

  of({ id, pem }: StoredKey): Promise<SealingCaller> {
    const known = this.#callers.get(id);
    if (known !== undefined) return known;
    const made = identityFromPem(pem).then((identity) => callerOf(this.#place, identity));
    this.#callers.set(id, made);
    made.catch(() => this.#callers.delete(id));
    return made;
  }

  /** Forgets the keys that open secrets, of every caller. */
  async forgetKeys(): Promise<void> {
    for (const made of await Promise.allSettled(this.#callers.values())) {
      if (made.status === 'fulfilled') made.value.forgetKeys();
    }
  }
}
