import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { RefusalError } from '../../client/errors.ts';
import { intervalsAfter } from '../../client/reading/backoff.ts';
import {
  type Activity,
  type EventPage,
  pagesAfter,
  type ReadPage,
  type ReadPastPage,
} from './event-pages.ts';

/** How many of the newest activities are kept for listeners; who is further behind reads them from the service. */
const KEPT = 500;

/** A listener hears that there is nothing at least so often, in ms, whatever the network does. */
const TICK_MS = 1000;
/** After so many questions without news the feed asks where the log ends: it may have been put back. */
const QUIET_ROUNDS = 10;
/**
 * A place behind the end is one that the log does not have when it is there for so many rounds more, since machines of the network may be behind each other
 * for a moment, and at once when it is as far away as none of them can be.
 */
const AHEAD_ROUNDS = 3;
const FAR_AHEAD = 10_000n;

/** What a feed asks, and how often. */
export interface FeedOptions {
  readonly read: ReadPage;
  /** Reads what is past for a listener that is behind; `read` unless told. */
  readonly readPast?: ReadPastPage;
  readonly intervalMs: number;
}

/** A listener was at a place that the log does not have, and begins again with the first activity there is. */
export interface Restart {
  readonly restart: { readonly unknown: bigint; readonly end: bigint };
}

/** Whether a listener has to begin again. */
export function isRestart(heard: Activity | Restart): heard is Restart {
  return 'restart' in heard;
}

/** What a listener gets: an activity, a restart, or undefined each time that it waits for more. */
export type Heard = Activity | Restart | undefined;

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
  #failure: RefusalError | undefined;
  /** Questions without news, and how many of those found the end before the place. */
  #quiet = 0;
  #behind = 0;
  /** Emits `round` after each question, and once a second while one has no answer. */
  readonly #rounds = new EventEmitter().setMaxListeners(0);
  readonly #ticks: NodeJS.Timeout;
  /** Questions that had an answer. */
  #answers = 0;

  private constructor(options: FeedOptions, place: bigint) {
    this.#options = options;
    this.#floor = place;
    this.#place = place;
    this.#ticks = setInterval(() => this.#rounds.emit('round'), TICK_MS).unref();
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
   * The activities after a place in the log, oldest first, each once; and undefined each time that it waits for more. Where the log does not go that far, or
   * no longer, it begins again with the first activity. Ends when the feed is closed, and throws what the service refuses the feed with.
   */
  async *after(place: bigint): AsyncGenerator<Heard> {
    let position = place;
    let aheadSince: number | undefined;
    while (!this.#stopped.signal.aborted) {
      // Before anything is read: what comes meanwhile is not slept through.
      const round = once(this.#rounds, 'round');
      if (this.#failure !== undefined) throw this.#failure;
      const before = position;
      aheadSince = position > this.#place ? (aheadSince ?? this.#answers) : undefined;
      const isLost = aheadSince !== undefined && this.#answers - aheadSince >= AHEAD_ROUNDS;
      if (isLost || position > this.#place + FAR_AHEAD) {
        yield { restart: { unknown: position, end: this.#place } };
        position = 0n;
        aheadSince = undefined;
        continue;
      }
      for await (const { events, next } of this.#since(position)) {
        for (const { activity } of events) yield activity;
        position = next;
      }
      if (position !== before) continue;
      yield undefined;
      await round;
    }
  }

  /** Ends the feed and all that listen. */
  close(): void {
    this.#stopped.abort();
    clearInterval(this.#ticks);
    this.#rounds.emit('round');
  }

  #since(place: bigint): AsyncIterable<EventPage> | Iterable<EventPage> {
    const { read, readPast = read } = this.#options;
    if (place < this.#floor) return pagesAfter(readPast, place);
    const events = this.#recent.filter(({ index }) => index > place);
    // A listener may have been further, where the service's replicas were.
    const next = this.#place > place ? this.#place : place;
    return [{ events, next, more: false }];
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopped.signal.aborted && this.#failure === undefined) {
      await sleep(this.#options.intervalMs * intervalsAfter(failures), undefined, { ref: false });
      try {
        await this.#ask();
        this.#answers++;
        failures = 0;
      } catch (error) {
        failures++;
        // The network comes back, and the service's refusal stays.
        if (error instanceof RefusalError) this.#failure = error;
      }
      this.#rounds.emit('round');
    }
  }

  async #ask(): Promise<void> {
    const found: EventPage['events'][number][] = [];
    let place = this.#place;
    for await (const { events, next } of pagesAfter(this.#options.read, place)) {
      found.push(...events);
      place = next;
    }
    this.#quiet = place === this.#place ? this.#quiet + 1 : 0;
    if (this.#quiet >= QUIET_ROUNDS) {
      await this.#lookForEnd();
      return;
    }
    const all = [...this.#recent, ...found];
    this.#floor = all.at(-KEPT - 1)?.index ?? this.#floor;
    this.#recent = all.slice(-KEPT);
    this.#place = place;
  }

  /** The log may end before the place: it was put back to an earlier state. One answer is not enough, since its machine may be behind. */
  async #lookForEnd(): Promise<void> {
    const { next } = await this.#options.read();
    if (next >= this.#place) {
      [this.#quiet, this.#behind] = [0, 0];
    } else if (++this.#behind >= AHEAD_ROUNDS) {
      [this.#quiet, this.#behind] = [0, 0];
      this.#recent = [];
      this.#floor = next;
      this.#place = next;
    }
  }
}
