import { type Cell, HOURS_A_DAY, hourOf } from '../../models/analytics/analytics-cell.ts';
import { addCounts, noCounts } from '../../models/analytics/analytics-counts.ts';
import type { Happening } from '../../models/analytics/happening.ts';
import { type CountedError, withError } from '../../models/analytics/top-errors.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import { unlimitedWork, type Work } from '../../models/work.ts';
import type { AgentNumbers } from './agent-numbers.ts';
import { type AnalyticsStore, SERVICE } from './analytics-store.ts';
import type { ServiceFigures } from './service-figures.ts';

/** Days of the records that go by months. */
const MONTH_DAYS = 32;

/** How many cells are open at a time: those of a user are in their head, those of the service in a record that each count writes. */
const OPEN_CELLS = { user: 16, service: 64 } as const;

/** How many different errors are kept. */
const MOST_ERRORS = { user: 20, service: 100 } as const;

/** For so many days it is known what was counted of the service in each hour. */
export const SERVICE_HOURS_DAYS = 32;

/** Who did something, when (ns), and of which agent type it is (a code). */
export interface Deed {
  readonly actor: Uint8Array;
  readonly typeCode: number;
  readonly now: bigint;
}

export interface AnalyticsBookParts {
  readonly records: AnalyticsStore;
  readonly figures: ServiceFigures;
  readonly agents: AgentNumbers;
}

/** Hours since 1970: `from` belongs to it, `until` does not. */
export interface HourRange {
  readonly from: number;
  readonly until: number;
}

/**
 * Counts what happens by user, agent, agent type and hour. The latest cells are open: those of a user lie in their head, which is written at every change anyway.
 * Where there are too many, they are closed: packed, and moved to the record of their month. Of the service, closed cells go to the record of their day, and
 * when that is over they are merged into its month.
 */
export class AnalyticsBook {
  readonly #records: AnalyticsStore;
  readonly #figures: ServiceFigures;
  readonly #agents: AgentNumbers;

  constructor({ records, figures, agents }: AnalyticsBookParts) {
    this.#records = records;
    this.#figures = figures;
    this.#agents = agents;
  }

  /** The caller saves the head, and the figures with it. */
  count(head: UserHead, happening: Happening, deed: Deed): void {
    const key = this.#keyOf(deed);
    head.count(key, happening);
    if (head.openCellCount > OPEN_CELLS.user) this.#closeUser(head);
    this.#countService(key, happening);
    const { error } = happening;
    if (error === undefined) return;
    const counted = { ...key, text: error, user: head.user, lastAt: deed.now };
    for (const [user, most] of [
      [head.user, MOST_ERRORS.user],
      [SERVICE, MOST_ERRORS.service],
    ] as const) {
      this.#records.putErrors(user, withError(this.#records.errors(user), counted, most));
    }
  }

  /** What is about no user. The caller saves the figures. */
  countService(happening: Happening, deed: Deed): void {
    this.#countService(this.#keyOf(deed), happening);
  }

  /** The cells of a user. */
  ofUser(head: UserHead, range: HourRange, work: Work): Cell[] {
    const open = head.openCells;
    const first = Math.max(monthOf(range.from), head.firstMonth);
    const last = head.firstMonth === 0 ? 0 : monthOf(range.until - 1);
    return within(range, [...this.#read(head.user, 'hoursOfMonth', { first, last }, work), ...open]);
  }

  /** The cells of the service by hour, which are there for `SERVICE_HOURS_DAYS`. */
  hoursOfService(range: HourRange, work: Work): Cell[] {
    const days = { first: dayOf(range.from), last: dayOf(range.until - 1) };
    return within(range, [...this.#read(SERVICE, 'hoursOfDay', days, work), ...this.#figures.cells]);
  }

  /** The cells of the service by day, each with the first hour of its day; what is not over is by hour. */
  daysOfService(range: HourRange, work: Work): Cell[] {
    const { mergedBefore } = this.#figures;
    const months = { first: monthOf(range.from), last: monthOf(range.until - 1) };
    const since = Math.max(range.from, mergedBefore * HOURS_A_DAY);
    const merged = within(range, this.#read(SERVICE, 'daysOfMonth', months, work));
    return since < range.until
      ? [...merged, ...this.hoursOfService({ ...range, from: since }, work)]
      : merged;
  }

  errors(user: number): CountedError[] {
    return this.#records.errors(user);
  }

  /** The principals of the agents by their number. */
  get principals(): readonly (Uint8Array | undefined)[] {
    return this.#agents.principals;
  }

  /** The first hour of the day after the one that is merged next; undefined where there is nothing to merge. */
  get mergesAt(): number | undefined {
    const { mergedBefore } = this.#figures;
    return mergedBefore === 0 ? undefined : (mergedBefore + 1) * HOURS_A_DAY;
  }

  /** Counting begins, if it has not; the figures are saved with the first count. */
  begin(now: bigint): void {
    if (this.#figures.mergedBefore === 0) this.#figures.mergedBefore = dayOf(hourOf(now));
  }

  /** Merges the hours of days that are over, up to one in which something was counted; returns whether there may be more. */
  mergeDays(now: bigint): boolean {
    const today = dayOf(hourOf(now));
    const first = this.#figures.mergedBefore;
    if (first === 0 || first >= today) return false;
    this.#closeService();
    const until = Math.min(today, first + MONTH_DAYS);
    let isFound = false;
    for (let day = first; day < until && !isFound; day++) {
      isFound = this.#mergeDay(day);
      this.#figures.mergedBefore = day + 1;
    }
    this.#figures.save();
    return this.#figures.mergedBefore < today;
  }

  /** Removes what was counted of a user, and the errors that nobody else had. In what was counted of the service nobody is named. */
  erase(head: UserHead, now: bigint): void {
    const last = head.firstMonth === 0 ? -1 : monthOf(hourOf(now));
    for (let month = head.firstMonth; month <= last; month++) {
      this.#records.removeCells(head.user, 'hoursOfMonth', month);
    }
    this.#records.putErrors(head.user, []);
    const errors = this.#records.errors(SERVICE);
    const others = errors.filter(({ user }) => user !== head.user);
    if (others.length < errors.length) this.#records.putErrors(SERVICE, others);
  }

  /** Passes over the day that is merged next: its hours stay as long as those of any day. */
  passDay(now: bigint): void {
    if (this.#figures.mergedBefore >= dayOf(hourOf(now))) return;
    this.#figures.mergedBefore++;
    this.#figures.save();
  }

  #keyOf({ actor, typeCode, now }: Deed) {
    return { hour: hourOf(now), agent: this.#agents.of(actor), typeCode };
  }

  #countService(key: Parameters<ServiceFigures['count']>[0], happening: Happening): void {
    this.#figures.count(key, happening);
    if (this.#figures.cellCount > OPEN_CELLS.service) this.#closeService();
  }

  #mergeDay(day: number): boolean {
    const cells = merged(this.#records.cells(SERVICE, 'hoursOfDay', day, unlimitedWork()), day * HOURS_A_DAY);
    if (cells.length > 0) this.#records.addCells(SERVICE, 'daysOfMonth', monthOf(day * HOURS_A_DAY), cells);
    this.#records.removeCells(SERVICE, 'hoursOfDay', day - SERVICE_HOURS_DAYS);
    return cells.length > 0;
  }

  #closeUser(head: UserHead): void {
    for (const [month, cells] of groupBy(head.openCells, ({ hour }) => monthOf(hour))) {
      this.#records.addCells(head.user, 'hoursOfMonth', month, cells);
      head.noteMonth(month);
    }
    head.clearCells();
  }

  #closeService(): void {
    for (const [day, cells] of groupBy(this.#figures.cells, ({ hour }) => dayOf(hour))) {
      this.#records.addCells(SERVICE, 'hoursOfDay', day, cells);
    }
    this.#figures.clearCells();
  }

  #read(
    user: number,
    kind: Parameters<AnalyticsStore['cells']>[1],
    { first, last }: { readonly first: number; readonly last: number },
    work: Work,
  ): Cell[] {
    const count = Math.max(0, last - first + 1);
    return Array.from({ length: count }, (_, i) => this.#records.cells(user, kind, first + i, work)).flat();
  }
}

function dayOf(hour: number): number {
  return Math.floor(hour / HOURS_A_DAY);
}

function monthOf(hour: number): number {
  return Math.floor(hour / (HOURS_A_DAY * MONTH_DAYS));
}

function within({ from, until }: HourRange, cells: readonly Cell[]): Cell[] {
  return cells.filter(({ hour }) => hour >= from && hour < until);
}

function groupBy(cells: readonly Cell[], keyOf: (cell: Cell) => number): Map<number, Cell[]> {
  const groups = new Map<number, Cell[]>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  return groups;
}

/** One cell for each agent and agent type, at this hour. */
function merged(cells: readonly Cell[], hour: number): Cell[] {
  const groups = groupBy(cells, ({ agent, typeCode }) => agent * 256 + typeCode);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const counts = noCounts();
    for (const cell of [first, ...others]) addCounts(counts, cell.counts);
    return [{ ...first, hour, counts }];
  });
}
