import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentServiceError } from '../../client/errors.ts';
import { type Activity, type EventPage, pagesAfter, type ReadPage } from './event-pages.ts';

/** How many of the newest activities are kept for listeners; who is further behind reads them from the service. */
const KEPT = 500;
/** While the network does not answer, the feed asks less and less often, down to once in this many intervals. */
const MOST_INTERVALS = 16;

/** What a feed asks, and how often. */
export interface FeedOptions {
  readonly read: ReadPage;
  readonly intervalMs: number;
}

/**
 * The activities that pass a filter as one caller sees them, as they come: one feed asks the service for all who listen. A listener that falls
 * behind loses nothing, since the activities stay where they are: it reads them from the service then.
 */
export class EventFeed {
  readonly #options: FeedOptions;
  readonly #stopped = new AbortController();
  /** Oldest first; all that there is between `#floor` and `#place`. */
  #recent: EventPage['events'] = [];
  #floor: bigint;
  #place: bigint;
  #failure: AgentServiceError | undefined;
  /** Emits `asked` after each question. */
  readonly #rounds = new EventEmitter().setMaxListeners(0);

  private constructor(options: FeedOptions, place: bigint) {
    this.#options = options;
    this.#floor = place;
    this.#place = place;
    void this.#run();
  }

  /** Begins to ask. Rejects as the first question does. */
  static async open(options: FeedOptions): Promise<EventFeed> {
    const { next } = await options.read();
    return new EventFeed(options, next);
  }

  /** The place in the log up to which it knows everything. */
  get place(): bigint {
    return this.#place;
  }

  /**
   * The activities after a place in the log, oldest first, each once; and undefined each time that it waits for more. Ends when the
   * feed is closed, and throws what the service refuses the feed with.
   */
  async *after(place: bigint): AsyncGenerator<Activity | undefined> {
    let position = place;
    while (!this.#stopped.signal.aborted) {
      // Before anything is read: what comes meanwhile is not slept through.
      const asked = once(this.#rounds, 'asked');
      if (this.#failure !== undefined) throw this.#failure;
      const before = position;
      for await (const { events, next } of this.#since(position)) {
        for (const { activity } of events) yield activity;
        position = next;
      }
      if (position !== before) continue;
      yield undefined;
      await asked;
    }
  }

  /** Ends the feed and all that listen. */
  close(): void {
    this.#stopped.abort();
    this.#rounds.emit('asked');
  }

  #since(place: bigint): AsyncIterable<EventPage> | Iterable<EventPage> {
    if (place < this.#floor) return pagesAfter(this.#options.read, place);
    const events = this.#recent.filter(({ index }) => index > place);
    // A listener may have been further, where the service's replicas were.
    const next = this.#place > place ? this.#place : place;
    return [{ events, next, more: false }];
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopped.signal.aborted && this.#failure === undefined) {
      const intervals = Math.min(2 ** failures, MOST_INTERVALS);
      await sleep(this.#options.intervalMs * intervals, undefined, { ref: false });
      try {
        await this.#ask();
        failures = 0;
      } catch (error) {
        failures++;
        // The network comes back, and the service's refusal stays.
        if (error instanceof AgentServiceError) this.#failure = error;
      }
      this.#rounds.emit('asked');
    }
  }

  async #ask(): Promise<void> {
    const found: EventPage['events'][number][] = [];
    let place = this.#place;
    for await (const { events, next } of pagesAfter(this.#options.read, place)) {
      found.push(...events);
      place = next;
    }
    const all = [...this.#recent, ...found];
    this.#floor = all.at(-KEPT - 1)?.index ?? this.#floor;
    this.#recent = all.slice(-KEPT);
    this.#place = place;
  }
}
