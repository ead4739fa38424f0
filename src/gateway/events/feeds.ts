import type { Caller } from '../../json-interface/callers/caller.ts';
import { EventFeed } from '../../json-interface/events/event-feed.ts';
import { type EventFilter, pagesOf } from '../../json-interface/events/event-pages.ts';
import { tooManyStreams } from '../limits/key-quotas.ts';
import { Pace } from '../limits/pace.ts';

const INTERVAL_MS = 1000;
/** Pages of the past are read for one key after each other, and not faster than this, in ms: they are no calls that somebody counts. */
const PAST_EVERY_MS = 100;

interface Shared {
  readonly feed: Promise<EventFeed>;
  listeners: number;
}

/** Who listens. */
export interface Listener {
  readonly caller: Caller;
  readonly keyId: string;
}

/** The feeds that somebody listens to, one for each filter and caller: callers may see different things. */
export class Feeds {
  readonly #feedsEach: number;
  readonly #shared = new Map<string, Shared>();
  /** How many listen to which feeds, by key. */
  readonly #ofKeys = new Map<string, Map<string, number>>();
  readonly #paces = new Map<string, Pace>();

  /** A key may listen to so many different feeds. */
  constructor(feedsEach: number) {
    this.#feedsEach = feedsEach;
  }

  /**
   * The feed of what passes a filter and the caller may see, until `leave` is called, once or more often. Rejects as the service does, and with `TooManyStreams` where
   * the key listens to as many other feeds as it may.
   */
  async join(
    { caller, keyId }: Listener,
    filter: EventFilter,
  ): Promise<{ readonly feed: EventFeed; readonly leave: () => void }> {
    const types =
      filter.activity_types === undefined ? undefined : [...new Set(filter.activity_types)].sort();
    const name = JSON.stringify([caller.principal, filter.user_id, filter.agent_type, types]);
    const leaveKey = this.#joinAs(keyId, name);
    const shared = this.#shared.get(name) ?? this.#open(caller, filter);
    this.#shared.set(name, shared);
    shared.listeners++;
    let isIn = true;
    const leave = () => {
      if (!isIn) return;
      isIn = false;
      leaveKey();
      shared.listeners--;
      if (shared.listeners > 0) return;
      if (this.#shared.get(name) === shared) this.#shared.delete(name);
      close(shared);
    };
    try {
      return { feed: await shared.feed, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Ends every stream. */
  close(): void {
    for (const shared of this.#shared.values()) close(shared);
  }

  #open(caller: Caller, filter: EventFilter): Shared {
    const read = pagesOf(caller, filter);
    const pace = this.#paces.get(caller.principal) ?? new Pace(PAST_EVERY_MS);
    this.#paces.set(caller.principal, pace);
    const readPast = async (after: bigint) => {
      await pace.turn();
      return read(after);
    };
    return { feed: EventFeed.open({ read, readPast, intervalMs: INTERVAL_MS }), listeners: 0 };
  }

  #joinAs(keyId: string, name: string): () => void {
    const ofKey = this.#ofKeys.get(keyId) ?? new Map<string, number>();
    const listeners = ofKey.get(name) ?? 0;
    if (listeners === 0 && ofKey.size >= this.#feedsEach) throw tooManyStreams('feeds', this.#feedsEach);
    this.#ofKeys.set(keyId, ofKey.set(name, listeners + 1));
    return () => {
      const left = (ofKey.get(name) ?? 0) - 1;
      if (left > 0) ofKey.set(name, left);
      else ofKey.delete(name);
      if (ofKey.size === 0) this.#ofKeys.delete(keyId);
    };
  }
}

/** Where its first question is still under way, it is closed once that has an answer: nobody waits for it. */
function close({ feed }: Shared): void {
  feed.then(
    (opened) => opened.close(),
    () => undefined,
  );
}
