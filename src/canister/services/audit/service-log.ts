import { encodeUtf8 } from '../../codec/index.ts';
import { encodeServiceEvent } from '../../models/audit/activity.ts';
import type { ServiceEventKind } from '../../models/audit/service-event-kind.ts';
import type { Store } from '../../storage/store.ts';

/** What happened to the service itself, as JSON where there is more to say than its kind. */
export interface ServiceEvent {
  readonly kind: ServiceEventKind;
  readonly description: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Tells the audit log what was done to the service: who may do what, its settings, and what was erased. */
export class ServiceLog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Returns the index of the entry. */
  record(event: ServiceEvent, actor: Uint8Array, now: bigint): number {
    const { kind, description, metadata } = event;
    const record = encodeServiceEvent({
      sequence: this.#store.activities.next,
      kind,
      description: encodeUtf8(description),
      metadata: metadata === undefined ? undefined : encodeUtf8(JSON.stringify(metadata)),
      actor,
      timestamp: now,
    });
    const index = this.#store.activities.appendUnlinked(record);
    this.#store.sequences.save();
    return index;
  }
}
