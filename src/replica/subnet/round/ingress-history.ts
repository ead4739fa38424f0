import { toHex } from '../../codec/bytes.ts';
import type { IngressMessage } from '../../messages/message.ts';
import type { Outcome, RequestStatus } from '../../messages/outcome.ts';

/** An ingress message that was accepted, and how far it is. */
export interface IngressRecord {
  readonly requestId: Uint8Array;
  readonly sender: Uint8Array;
  readonly effectiveCanisterId: Uint8Array;
  /** ns since 1970. */
  readonly ingressExpiry: bigint;
  status: RequestStatus;
}

/** How long an answer stays readable after its message expired, in ns. */
const KEPT_NS = 300_000_000_000n;
/** Later than any expiry. */
const FAR_FUTURE = 1n << 64n;

/** The ingress messages that were accepted, until some minutes after they expire ("Request status"). */
export class IngressHistory {
  readonly #records = new Map<string, IngressRecord>();
  readonly #waiters = new Map<string, ((outcome: Outcome) => void)[]>();
  /** No message that has its answer expires before it, so that there is nothing to look for until then. */
  #earliestExpiry = FAR_FUTURE;

  constructor(records: readonly IngressRecord[] = []) {
    for (const record of records) {
      this.#records.set(toHex(record.requestId), record);
      this.#noteExpiry(record);
    }
  }

  get(requestId: Uint8Array): IngressRecord | undefined {
    return this.#records.get(toHex(requestId));
  }

  add({ requestId, sender, effectiveCanisterId, ingressExpiry }: IngressMessage): void {
    const status = { kind: 'received' } as const;
    this.#records.set(toHex(requestId), { requestId, sender, effectiveCanisterId, ingressExpiry, status });
  }

  /** Notes the answer, and tells who waits for it. */
  finish(requestId: Uint8Array, outcome: Outcome): void {
    const key = toHex(requestId);
    const record = this.#records.get(key);
    if (record !== undefined) {
      record.status = outcome;
      this.#noteExpiry(record);
    }
    for (const resolve of this.#waiters.get(key) ?? []) resolve(outcome);
    this.#waiters.delete(key);
  }

  /** Resolves once the message has its answer. Rejects for a message that is not known. */
  async outcome(requestId: Uint8Array): Promise<Outcome> {
    const key = toHex(requestId);
    const status = this.#records.get(key)?.status;
    if (status === undefined || status.kind === 'done') {
      throw new Error(`the request ${key} is not known, or not any more`);
    }
    if (status.kind === 'replied' || status.kind === 'rejected') return status;
    return new Promise((resolve) => {
      this.#waiters.set(key, [...(this.#waiters.get(key) ?? []), resolve]);
    });
  }

  /** When `removeExpired` has something to forget, in ns since 1970; undefined where nothing will be. */
  nextRemoval(): bigint | undefined {
    return this.#earliestExpiry === FAR_FUTURE ? undefined : this.#earliestExpiry + KEPT_NS + 1n;
  }

  /** Forgets what expired long enough ago and is not being worked on; returns those. */
  removeExpired(now: bigint): readonly IngressRecord[] {
    if (this.#earliestExpiry + KEPT_NS >= now) return [];
    const removed = [...this.#records.values()].filter(
      (record) => isFinished(record) && record.ingressExpiry + KEPT_NS < now,
    );
    for (const { requestId } of removed) this.#records.delete(toHex(requestId));
    this.#earliestExpiry = FAR_FUTURE;
    for (const record of this.#records.values()) this.#noteExpiry(record);
    return removed;
  }

  /** Plain data, so that it can be saved. */
  toArray(): readonly IngressRecord[] {
    return [...this.#records.values()];
  }

  #noteExpiry(record: IngressRecord): void {
    const { ingressExpiry } = record;
    if (isFinished(record) && ingressExpiry < this.#earliestExpiry) this.#earliestExpiry = ingressExpiry;
  }
}

function isFinished({ status }: IngressRecord): boolean {
  return status.kind === 'replied' || status.kind === 'rejected';
}
