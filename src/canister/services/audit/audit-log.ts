import { NO_AGENT_TYPE } from '../../../candid/audit-codes.ts';
import { decodeEntry } from '../../models/audit/activity.ts';
import { auditEntryBody, isTombstone, tombstoneBody } from '../../models/audit/audit-entry.ts';
import { LogRecord } from '../../models/log-record.ts';
import type { Work } from '../../models/work.ts';
import type { Subject } from '../../policy/access/access.ts';
import { DEFAULT_ITEMS } from '../../policy/limits/limits.ts';
import { checkLimit } from '../../policy/validation/validation.ts';
import type { AuditTip } from '../../storage/audit/audit-chain.ts';
import type { Store } from '../../storage/store.ts';
import { ReplyItems } from '../listing.ts';

/** What a caller may see of the audit log. */
export interface AuditReader {
  /** Whether the entries about the service itself are shown. */
  readonly ofService: () => boolean;
  /** Whether an entry about this user is. */
  readonly of: (subject: Subject) => boolean;
}

export interface AuditPage {
  /** Candid records, in the order of the log. */
  readonly entries: Uint8Array[];
  /** The index of the next entry; undefined at the end of the log. */
  readonly next: bigint | undefined;
}

/** Every entry of the log in its order, for whoever wants to prove that none was changed. Of what a caller may not see there is the commitment. */
export class AuditLog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  tip(): AuditTip {
    return this.#store.audit.tip;
  }

  /** The entries from the index `from` on, as many as are asked for, fit into a reply, and can be read within the work; one at least. */
  entries(
    request: { readonly from: bigint | undefined; readonly limit: number | undefined },
    reader: AuditReader,
    work: Work,
  ): AuditPage {
    const { first, last } = this.#store.audit.tip;
    const limit = checkLimit('limit', request.limit, DEFAULT_ITEMS.auditEntries);
    const from = request.from === undefined || request.from < BigInt(first) ? first : Number(request.from);
    const entries = new ReplyItems();
    let index = from;
    while (index <= last && entries.list.length < limit) {
      const entry = this.#entry(index, reader);
      const isSpent = !work.step(entry.length) && index > from;
      if (isSpent || !entries.add(entry)) break;
      index++;
    }
    return { entries: entries.list, next: index <= last ? BigInt(index) : undefined };
  }

  #entry(index: number, reader: AuditReader): Uint8Array {
    const stored = this.#store.activities.stored(index);
    if (stored === undefined) throw new Error(`entry ${index} of the audit log is missing`);
    if (isTombstone(stored)) return tombstoneBody(index, stored);
    const record = new LogRecord(stored);
    return auditEntryBody(index, record, this.#isVisible(record, reader));
  }

  #isVisible(record: LogRecord, reader: AuditReader): boolean {
    if (record.typeCode === NO_AGENT_TYPE) return reader.ofService();
    if (this.#store.erasures.has(record.user)) return false;
    const { userId } = decodeEntry(record);
    return reader.of({ userId: () => userId, user: () => record.user, typeCode: record.typeCode });
  }
}
