import type { Activity, EventPage, ReadPage } from '../../../src/json-interface/events/event-pages.ts';
import { idAt } from '../../../src/json-interface/events/event-pages.ts';

/** An audit log in memory, read as the service reads it: oldest first, by places that stay where they are. */
export class FakeTrail {
  readonly #pageItems: number;
  readonly #every: number;
  #activities: readonly Activity[] = [];
  /** Called before each page is read; may write, or throw as the service does. */
  onRead: () => void = () => undefined;

  /** A page looks at `pageItems` activities; every so many pass the filter. */
  constructor({ pageItems = 50, every = 1 } = {}) {
    this.#pageItems = pageItems;
    this.#every = every;
  }

  /** The ids of those that pass the filter. */
  get ids(): readonly string[] {
    return this.#activities.filter((_activity, i) => (i + 1) % this.#every === 0).map(({ id }) => id);
  }

  write(): string {
    const id = idAt(BigInt(this.#activities.length + 1));
    this.#activities = [...this.#activities, { id }];
    return id;
  }

  /** Puts the log back to how it was when it had so many. */
  putBack(count: number): void {
    this.#activities = this.#activities.slice(0, count);
  }

  readonly read: ReadPage = async (after): Promise<EventPage> => {
    this.onRead();
    const last = this.#activities.length;
    if (after === undefined) return { events: [], next: BigInt(last), more: false };
    // A place behind the end is kept.
    const next = Math.max(Number(after), Math.min(last, Number(after) + this.#pageItems));
    const events = this.#activities
      .map((activity, i) => ({ index: BigInt(i + 1), activity }))
      .slice(Number(after), next)
      .filter(({ index }) => Number(index) % this.#every === 0);
    return { events, next: BigInt(next), more: next < last };
  };
}
