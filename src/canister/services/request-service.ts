import { encodeUtf8, fingerprint, type Text } from '../codec/index.ts';
import { Refusal } from '../models/agent-error.ts';
import { LIMITS, REQUEST_MEMORY_NS } from '../policy/limits.ts';
import { checkRoom } from '../policy/quotas.ts';
import { checkText } from '../policy/validation.ts';
import { requestKey } from '../storage/keys.ts';
import type { Store } from '../storage/store.ts';
import type { Call } from './call.ts';
import type { ExpirySchedule } from './expiry-schedule.ts';

/** A call that must not happen twice. */
export interface Request {
  readonly id: Text;
  readonly method: string;
  /** The arguments as they came. */
  readonly message: Uint8Array;
}

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
   * the request_id was used for another call.
   */
  once({ id, method, message }: Request, call: Call, answer: () => Uint8Array): Uint8Array {
    checkText('request_id', id, LIMITS.requestIdBytes);
    const { requests, requestExpiry } = this.#store;
    const key = requestKey(call.principal, id.utf8);
    const print = fingerprint(message, fingerprint(encodeUtf8(method)));
    const before = requests.get(key);
    if (before !== undefined && before.expiresAt > call.now) {
      if (before.fingerprint === print) return before.reply;
      throw new Refusal({ kind: 'Conflict', message: 'the request_id was used for another call' });
    }
    if (before === undefined) checkRoom('request_ids', requests.count(call.principal), LIMITS.requestIds);
    const reply = answer();
    if (before !== undefined) this.#forget(before.expiresAt, key);
    const expiresAt = call.now + REQUEST_MEMORY_NS;
    requests.add(key, { fingerprint: print, expiresAt, reply });
    requestExpiry.add(expiresAt, key);
    this.#schedule.note(expiresAt, call.now);
    return reply;
  }

  /** Forgets up to `batch` of them whose day is over. Returns how many entries were looked at. */
  expire(batch: number, now: bigint): { visited: number } {
    const due = this.#store.requestExpiry.due(now, batch);
    for (const { time, record } of due) this.#forget(time, record);
    return { visited: due.length };
  }

  #forget(expiresAt: bigint, key: Uint8Array): void {
    this.#store.requestExpiry.remove(expiresAt, key);
    this.#store.requests.remove(key);
  }
}
