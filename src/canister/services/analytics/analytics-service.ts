import { NO_AGENT_TYPE } from '../../../candid/audit-codes.ts';
import { sameBytes, type Text } from '../../codec/index.ts';
import { ALL_TYPES, bitOf, holdsEveryType, type Mask, type Rights } from '../../models/access/rights.ts';
import { invalidArgument } from '../../models/agent-error.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import { type Cell, HOUR_NS, HOURS_A_DAY, hourOf } from '../../models/analytics/analytics-cell.ts';
import { addCounts, COUNTER_AT, type Counts, noCounts } from '../../models/analytics/analytics-counts.ts';
import type { StoredTotals } from '../../models/analytics/stored-totals.ts';
import type { CountedError } from '../../models/analytics/top-errors.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { checkUserId } from '../../policy/validation/validation.ts';
import { type HourRange, SERVICE_HOURS_DAYS } from '../../storage/analytics/analytics-book.ts';
import { SERVICE } from '../../storage/analytics/analytics-store.ts';
import type { Store } from '../../storage/store.ts';
import { accountsInClear } from '../sealing/accounts-in-clear.ts';
import { type TopError, topErrors } from './top-error-list.ts';

/** What part of the counts is asked for; times are nanoseconds. */
export interface AnalyticsRequest {
  readonly agent_type: AgentType | undefined;
  readonly agent: Uint8Array | undefined;
  readonly from: bigint | undefined;
  readonly until: bigint | undefined;
  readonly interval: AnalyticsInterval | undefined;
}

export type AnalyticsInterval = 'hour' | 'day';

export interface Analytics {
  readonly totals: Counts;
  /** How many of the interactions in the totals are removed; undefined where that is not known. */
  readonly interactionsRemoved: number | undefined;
  /** By the beginning (ns), the earliest first; empty ones are left out. */
  readonly series: readonly { readonly start: bigint; readonly counts: Counts }[];
  readonly byAgentType: readonly { readonly typeCode: number; readonly counts: Counts }[];
  readonly byAgent: readonly { readonly agent: Uint8Array; readonly counts: Counts }[];
  readonly topErrors: readonly TopError[];
}

export interface ServiceAnalytics {
  readonly analytics: Analytics;
  readonly stored: StoredTotals & { readonly users: number; readonly credentialsInClear: number };
}

/** Hours of an interval, the days that are shown unless told, and those that are shown at most. */
const INTERVALS = {
  hour: { hours: 1, byDefault: 7, most: 7 },
  day: { hours: HOURS_A_DAY, byDefault: 30, most: 366 },
} as const;

/** Instructions for reading what was counted; to sum it takes some twice as many. */
const CELLS_WORK = 250_000_000;

/** A range of whole intervals. */
interface Range extends HourRange {
  readonly interval: AnalyticsInterval;
}

/** Reads what was counted when it happened. */
export class AnalyticsService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  ofUser(
    request: AnalyticsRequest & { readonly user_id: Text },
    rights: Rights,
    { now, work }: Caller,
  ): Analytics {
    checkUserId('user_id', request.user_id);
    const range = rangeOf(request, now);
    const head = this.#store.users.find(request.user_id.utf8);
    const cells = head === undefined ? [] : this.#store.analytics.ofUser(head, range, work.part(CELLS_WORK));
    const errors = head === undefined ? [] : this.#store.analytics.errors(head.user);
    const analytics = this.#analytics({ cells, errors, range, request, read: rights.read });
    const isAll =
      request.agent_type === undefined && request.agent === undefined && holdsEveryType(rights.read);
    return isAll && range.until > hourOf(now)
      ? { ...analytics, interactionsRemoved: removedOf(analytics.totals, head) }
      : analytics;
  }

  ofService(request: AnalyticsRequest, { now, work }: Caller): ServiceAnalytics {
    const range = rangeOf(request, now);
    const { analytics: book, figures, users } = this.#store;
    if (range.interval === 'hour' && range.from < hourOf(now) - SERVICE_HOURS_DAYS * HOURS_A_DAY) {
      throw invalidArgument('from', `must be at most ${SERVICE_HOURS_DAYS} days ago, by hour`);
    }
    const reading = work.part(CELLS_WORK);
    const cells =
      range.interval === 'hour' ? book.hoursOfService(range, reading) : book.daysOfService(range, reading);
    const errors = book.errors(SERVICE);
    const analytics = this.#analytics({ cells, errors, range, request, read: ALL_TYPES });
    const credentialsInClear = accountsInClear(this.#store);
    return { analytics, stored: { ...figures.totals, users: users.size(), credentialsInClear } };
  }

  /** When the hours of a day are to be merged (ns); undefined where there are none. */
  mergesAt(): bigint | undefined {
    const hour = this.#store.analytics.mergesAt;
    return hour === undefined ? undefined : BigInt(hour) * HOUR_NS;
  }

  #analytics(counted: {
    readonly cells: readonly Cell[];
    readonly errors: readonly CountedError[];
    readonly range: Range;
    readonly request: AnalyticsRequest;
    readonly read: Mask;
  }): Analytics {
    const { range, request } = counted;
    const { principals } = this.#store.analytics;
    const matches = matching(request, counted.read, principals);
    const cells = counted.cells.filter(matches);
    const { hours } = INTERVALS[range.interval];
    const series = sums(cells, ({ hour }) => hour - (hour % hours));
    const types = sums(cells, ({ typeCode }) => typeCode);
    const agents = sums(cells, ({ agent }) => agent);
    return {
      totals: sums(cells, () => 0).get(0) ?? noCounts(),
      interactionsRemoved: undefined,
      series: inOrder(series).map(([hour, counts]) => ({ start: BigInt(hour) * HOUR_NS, counts })),
      byAgentType: inOrder(types)
        .filter(([typeCode]) => typeCode !== NO_AGENT_TYPE)
        .map(([typeCode, counts]) => ({ typeCode, counts })),
      byAgent: inOrder(agents).flatMap(([number, counts]) => {
        const agent = principals[number];
        return agent === undefined ? [] : [{ agent, counts }];
      }),
      topErrors: topErrors(counted.errors.filter(matches), {
        from: BigInt(range.from) * HOUR_NS,
        until: BigInt(range.until) * HOUR_NS,
      }),
    };
  }
}

/**
 * Retention removes the oldest of a user first. So where fewer are stored than were counted until now, all that are stored are among those, and the others are
 * removed; where something older is stored, all are.
 */
function removedOf(totals: Counts, head: UserHead | undefined): number {
  return Math.max(0, (totals[COUNTER_AT.interactions] ?? 0) - (head?.interactions ?? 0));
}

/** Whole intervals that cover what is asked for. */
function rangeOf({ from, until, interval = 'day' }: AnalyticsRequest, now: bigint): Range {
  const { hours, byDefault, most } = INTERVALS[interval];
  const length = BigInt(hours) * HOUR_NS;
  const end = until ?? now;
  const begin =
    from ??
    (end > BigInt(byDefault * HOURS_A_DAY) * HOUR_NS ? end - BigInt(byDefault * HOURS_A_DAY) * HOUR_NS : 0n);
  if (begin >= end) throw invalidArgument('from', 'must be before until');
  if (end - begin > BigInt(most * HOURS_A_DAY) * HOUR_NS) {
    throw invalidArgument('from', `must be at most ${most} days before until, by ${interval}`);
  }
  const first = Number(begin / length) * hours;
  const last = Number((end - 1n) / length) * hours;
  return { from: first, until: last + hours, interval };
}

/** What is about no agent type is for those who may see all of them. */
function matching(
  { agent_type, agent }: AnalyticsRequest,
  read: Mask,
  principals: readonly (Uint8Array | undefined)[],
): (counted: { readonly typeCode: number; readonly agent: number }) => boolean {
  const wanted = agent_type === undefined ? undefined : agentTypes.codeOf(agent_type);
  const seesAll = holdsEveryType(read);
  const number =
    agent === undefined
      ? undefined
      : principals.findIndex((principal) => principal !== undefined && sameBytes(principal, agent));
  return (counted) =>
    (wanted === undefined || counted.typeCode === wanted) &&
    (number === undefined || counted.agent === number) &&
    (counted.typeCode === NO_AGENT_TYPE ? seesAll : (read & bitOf(counted.typeCode)) !== 0);
}

function sums(cells: readonly Cell[], keyOf: (cell: Cell) => number): Map<number, Counts> {
  const found = new Map<number, Counts>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const sum = found.get(key) ?? noCounts();
    addCounts(sum, cell.counts);
    found.set(key, sum);
  }
  return found;
}

function inOrder(found: ReadonlyMap<number, Counts>): [number, Counts][] {
  return [...found].sort(([left], [right]) => left - right);
}
