import type { Activity, ActivityPage, ReadPage } from '../../../src/gateway/events/activities.ts';

/** The id of the activity with a number. */
export function idOf(number: number): string {
  return `act-${number.toString(16).padStart(16, '0')}`;
}

/** A user's audit trail in memory, read as the service reads it: newest first, by cursors that stay where they are. */
export class FakeTrail {
  readonly #pageItems: number;
  readonly #emptyPages: boolean;
  #activities: readonly Activity[] = [];
  /** Called before each page is read; may write, or throw as the service does. */
  onRead: () => void = () => undefined;

  /** With `emptyPages` each page with items comes after one without, as where others' records lie between. */
  constructor({ pageItems = 50, emptyPages = false } = {}) {
    this.#pageItems = pageItems;
    this.#emptyPages = emptyPages;
  }

  get ids(): readonly string[] {
    return this.#activities.map(({ id }) => id);
  }

  write(): string {
    const id = idOf(this.#activities.length + 1);
    this.#activities = [...this.#activities, { id }];
    return id;
  }

  /** A cursor is how many are older, and whether the page without items was given. */
  readonly read: ReadPage = async (cursor): Promise<ActivityPage> => {
    const [older = '', given = ''] = cursor?.split(' ') ?? [];
    const end = cursor === undefined ? this.#activities.length : Number(older);
    this.onRead();
    if (this.#emptyPages && given !== 'given' && end > 0) return { items: [], next_cursor: `${end} given` };
    const start = Math.max(0, end - this.#pageItems);
    const items = this.#activities.slice(start, end).reverse();
    return { items, next_cursor: start === 0 ? null : `${start} ` };
  };
}
