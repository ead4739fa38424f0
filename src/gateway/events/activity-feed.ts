import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentServiceError } from '../../client/errors.ts';
import { type Activity, activitiesAfter, newestId, type ReadPage } from './activities.ts';

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
 * The activities of a user as one caller sees them, as they come: one feed asks the service for all who listen. A listener that falls
 * behind loses nothing, since the activities stay where they are: it reads them from the service then.
 */
export class ActivityFeed {
  readonly #options: FeedOptions;
  readonly #stopped = new AbortController();
  /** Oldest first; everything after `#floor`. */
  #recent: readonly Activity[] = [];
  #floor: string;
  #failure: AgentServiceError | undefined;
  /** Emits `asked` after each question. */
  readonly #rounds = new EventEmitter().setMaxListeners(0);

  private constructor(options: FeedOptions, newest: string) {
    this.#options = options;
    this.#floor = newest;
    void this.#run();
  }

  /** Begins to ask. Rejects as the first question does. */
  static async open(options: FeedOptions): Promise<ActivityFeed> {
    return new ActivityFeed(options, await newestId(options.read));
  }

  /** The id of the newest activity that it knows. */
  get newest(): string {
    return this.#recent.at(-1)?.id ?? this.#floor;
  }

  /**
   * The activities after the one with the id, oldest first, each once; and undefined each time that it waits for more. Ends when the
   * feed is closed, and throws what the service refuses the feed with.
   */
  async *after(id: string): AsyncGenerator<Activity | undefined> {
    let position = id;
    while (!this.#stopped.signal.aborted) {
      // Before anything is read: what comes meanwhile is not slept through.
      const asked = once(this.#rounds, 'asked');
      if (this.#failure !== undefined) throw this.#failure;
      const before = position;
      for await (const activity of this.#since(position)) {
        position = activity.id;
        yield activity;
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

  #since(id: string): AsyncIterable<Activity> | Iterable<Activity> {
    if (id < this.#floor) return activitiesAfter(this.#options.read, id);
    return this.#recent.filter((activity) => activity.id > id);
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
    const found: Activity[] = [];
    for await (const activity of activitiesAfter(this.#options.read, this.newest)) found.push(activity);
    const all = [...this.#recent, ...found];
    this.#floor = all.at(-KEPT - 1)?.id ?? this.#floor;
    this.#recent = all.slice(-KEPT);
  }
}
