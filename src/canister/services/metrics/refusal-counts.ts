import { NO_AGENT_TYPE } from '../../../candid/audit-codes.ts';
import { decodeLatin1 } from '../../codec/index.ts';
import { HOUR_NS, hourOf } from '../../models/analytics/analytics-cell.ts';
import type { Happening } from '../../models/analytics/happening.ts';
import type { Work } from '../../models/work.ts';
import type { Subject } from '../../policy/access/access.ts';
import type { Caller } from '../../policy/access/caller.ts';
import type { Store } from '../../storage/store.ts';
import type { ExpirySchedule } from '../tasks/expiry-schedule.ts';

/** How many different callers, users, agent types and hours are told apart until they are written. */
const MOST = 1000;

interface Refused {
  readonly caller: Uint8Array;
  /** UTF-8; undefined where a call was refused before it was known whom it is about. */
  readonly userId: Uint8Array | undefined;
  readonly typeCode: number;
  readonly hour: number;
  times: number;
}

/**
 * Counts the updates that were refused for their rate. A refusal writes nothing, so they wait in the heap until the timer writes them, a minute later,
 * or an upgrade begins. Those past the first 1,000 kinds are counted without caller and user.
 */
export class RefusalCounts {
  readonly #store: Store;
  readonly #schedule: ExpirySchedule;
  readonly #waiting = new Map<string, Refused>();

  constructor(store: Store, schedule: ExpirySchedule) {
    this.#store = store;
    this.#schedule = schedule;
  }

  note({ principal, now }: Caller, subject: Subject | undefined): void {
    const hour = hourOf(now);
    const userId = subject?.userId();
    const typeCode = subject?.typeCode ?? NO_AGENT_TYPE;
    const names = [principal, userId ?? NOBODY].map(decodeLatin1);
    const name = JSON.stringify([hour, typeCode, ...names]);
    const kind = this.#waiting.has(name) || this.#waiting.size < MOST ? name : `${hour}`;
    const waiting = this.#waiting.get(kind);
    if (waiting !== undefined) waiting.times++;
    else if (kind === name) this.#waiting.set(kind, { caller: principal, userId, typeCode, hour, times: 1 });
    else
      this.#waiting.set(kind, { caller: NOBODY, userId: undefined, typeCode: NO_AGENT_TYPE, hour, times: 1 });
    this.#schedule.note(now, now);
  }

  /** When there is something to write: at once, or never. */
  dueAt(): bigint | undefined {
    return this.#waiting.size === 0 ? undefined : 0n;
  }

  /** Writes what waits until the work is spent; returns whether more waits. */
  write(work: Work): boolean {
    const isAny = this.#waiting.size > 0;
    for (const [kind, { caller: actor, userId, typeCode, hour, times }] of this.#waiting) {
      this.#waiting.delete(kind);
      const happening: Happening = { counters: ['rate_limited'], times };
      const deed = { actor, typeCode, now: BigInt(hour) * HOUR_NS };
      const head = userId === undefined ? undefined : this.#store.users.find(userId);
      if (head === undefined) this.#store.analytics.countService(happening, deed);
      else {
        this.#store.analytics.count(head, happening, deed);
        this.#store.users.save(head);
      }
      if (work.isSpent()) break;
    }
    if (isAny) this.#store.figures.save();
    return this.#waiting.size > 0;
  }
}

const NOBODY = new Uint8Array(0);
