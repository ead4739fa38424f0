import { Refusal } from '../../models/agent-error.ts';
import type { AnsweredRequest } from '../../models/requests/request.ts';
import type { Work } from '../../models/work.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { LIMITS, REQUEST_MEMORY_NS } from '../../policy/limits/limits.ts';
import { checkRoom } from '../../policy/limits/quotas.ts';
import { checkText } from '../../policy/validation/validation.ts';
import { requestKey } from '../../storage/keys.ts';
import type { Store } from '../../storage/store.ts';
import type { ExpirySchedule } from '../tasks/expiry-schedule.ts';
import type { Likeness, Request } from './request.ts';
import { isGone } from './request-likeness.ts';

const OTHER = 'the request_id was used for another call';
const CHANGED =
  'the request_id was used, and the credentials have changed since: read their state by list_credentials; a new request_id stores them anew';

/** Remembers for a day what was answered, so that a call which is sent again is not executed again. */
export class RequestService {
  readonly #store: Store;
  readonly #schedule: ExpirySchedule;

  constructor(store: Store, schedule: ExpirySchedule) {
    this.#store = store;
    this.#schedule = schedule;
  }

  /**
   * The reply that the same caller got for this request_id within a day, or that of `answer`, which is remembered; what it throws is not. Conflict where
   * the request_id was used for another call. Where what it made is gone, the call is executed anew.
   */
  once(request: Request, call: Caller, answer: () => Uint8Array): Uint8Array {
    const { id, made } = request;
    checkText('request_id', id, LIMITS.requestIdBytes);
    const { requests, requestExpiry } = this.#store;
    const key = requestKey(call.principal, id.utf8);
    const before = requests.get(key);
    if (before !== undefined && before.expiresAt > call.now) {
      const likeness = before.made === made ? request.compare(before) : this.#ofAnotherKind(before);
      if (likeness === 'same') return before.reply;
      if (likeness !== 'gone')
        throw new Refusal({ kind: 'Conflict', message: likeness === 'other' ? OTHER : CHANGED });
    }
    if (before === undefined) checkRoom('request_ids', requests.count(call.principal), LIMITS.requestIds);
    const reply = answer();
    if (before !== undefined) this.#forget(before.expiresAt, key);
    const expiresAt = call.now + REQUEST_MEMORY_NS;
    requests.add(key, { made, ...request.keep(expiresAt), expiresAt, reply });
    requestExpiry.add(expiresAt, key);
    this.#schedule.note(expiresAt, call.now);
    return reply;
  }

  /** Forgets those whose day is over until the work is spent; returns whether there are more. */
  expire(work: Work, now: bigint): boolean {
    const all = { now, work, most: Number.POSITIVE_INFINITY };
    return this.#store.requestExpiry.take(all, ({ time, record }) => this.#forget(time, record));
  }

  #ofAnotherKind(before: AnsweredRequest): Likeness {
    return isGone(this.#store, before) ? 'gone' : 'other';
  }

  #forget(expiresAt: bigint, key: Uint8Array): void {
    this.#store.requestExpiry.remove(expiresAt, key);
    this.#store.requests.remove(key);
  }
}
