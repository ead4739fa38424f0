import type { Caller } from '../callers/caller.ts';
import { ProblemError } from '../http/problem.ts';
import { EventFeed } from './event-feed.ts';
import { type EventFilter, pagesOf } from './event-pages.ts';

const INTERVAL_MS = 1000;
const MOST_STREAMS = 1000;

interface Shared {
  readonly feed: Promise<EventFeed>;
  listeners: number;
}

/** The feeds that somebody listens to, one for each filter and caller: callers may see different things. */
export class Feeds {
  readonly #shared = new Map<string, Shared>();
  #streams = 0;

  /**
   * The feed of what passes a filter and the caller may see, until `leave` is called. Rejects as the service does, and with `TooManyStreams` where
   * there are 1,000 listeners.
   */
  async join(
    caller: Caller,
    filter: EventFilter,
  ): Promise<{ readonly feed: EventFeed; readonly leave: () => void }> {
    if (this.#streams >= MOST_STREAMS) {
      throw new ProblemError('TooManyStreams', `the gateway serves ${MOST_STREAMS} event streams at a time`);
    }
    const name = JSON.stringify([caller.principal, filter.user_id, filter.agent_type, filter.activity_types]);
    const shared = this.#shared.get(name) ?? {
      feed: EventFeed.open({ read: pagesOf(caller, filter), intervalMs: INTERVAL_MS }),
      listeners: 0,
    };
    this.#shared.set(name, shared);
    shared.listeners++;
    this.#streams++;
    const leave = () => {
      shared.listeners--;
      this.#streams--;
      if (shared.listeners > 0) return;
      this.#shared.delete(name);
      void shared.feed.then(
        (feed) => feed.close(),
        () => undefined,
      );
    };
    try {
      return { feed: await shared.feed, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Ends every stream. */
  async close(): Promise<void> {
    for (const { feed } of this.#shared.values()) (await feed).close();
  }
}
