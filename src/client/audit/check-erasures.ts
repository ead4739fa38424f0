import type { AuditContent } from '../values/service-types.ts';
import type { ChainedEntry } from './audit-log.ts';
import { AuditLogError } from './audit-log-error.ts';

const TELLS_OF_ERASURE: ReadonlySet<string> = new Set(['UserErased', 'ActivitiesRetired']);

/** What was found of the entries of a log that are marked as erased. */
export interface Erasures {
  readonly marked: number;
  /** Those whose mark names an entry that the copy withholds: it may tell of something else. */
  readonly unproven: number;
  /** Entries that others tell of as erased, and that are not marked. */
  readonly unmarked: number;
}

/** The entries that are said to be erased by one entry. */
interface Marks {
  count: number;
  readonly first: bigint;
}

/**
 * Nobody erases entries without leaving one that says so, and how many. A mark itself is not covered by the chain: whoever makes a copy can
 * put it on an entry that they only hide. So the entry that it names must come later, tell of an erasure, and of that many.
 */
export class ErasureCheck {
  /** By the index of the entry that is to tell of it. */
  readonly #marks = new Map<bigint, Marks>();
  #marked = 0;
  #unproven = 0;
  #unmarked = 0;

  /** Takes the entries in their order. Throws an AuditLogError where a mark is false. */
  add(entry: ChainedEntry): void {
    const { index, erasedBy, content } = entry;
    if (erasedBy !== undefined) this.#mark(index, erasedBy, content);
    const marks = this.#marks.get(index);
    if (marks === undefined && content === undefined) return;
    this.#marks.delete(index);
    this.#settle(entry, marks);
  }

  /** Throws an AuditLogError where an entry is missing that is to tell of an erasure. */
  finish(): Erasures {
    for (const [teller, { first }] of this.#marks) throw isNotThere(teller, first);
    return { marked: this.#marked, unproven: this.#unproven, unmarked: this.#unmarked };
  }

  #mark(index: bigint, erasedBy: bigint, content: AuditContent | undefined): void {
    if (content !== undefined) {
      throw new AuditLogError('it is said to be erased, and is there', 'erasure', index);
    }
    if (erasedBy <= index) throw isNotThere(erasedBy, index);
    this.#marked++;
    const marks = this.#marks.get(erasedBy);
    if (marks === undefined) this.#marks.set(erasedBy, { count: 1, first: index });
    else marks.count++;
  }

  /** Holds what an entry tells against what is marked with it. */
  #settle({ index, erasedBy, content }: ChainedEntry, marks: Marks | undefined): void {
    const { count, first } = marks ?? { count: 0, first: index };
    if (count > 0 && erasedBy !== undefined) throw isNotThere(index, first);
    if (content === undefined) {
      this.#unproven += count;
      return;
    }
    const told = erasedAs(content);
    if (count > told) {
      throw new AuditLogError(
        `entry ${index} does not tell of its erasure: it tells of ${told} erased entries, and ${count} name it`,
        'erasure',
        first,
      );
    }
    this.#unmarked += told - count;
  }
}

function isNotThere(teller: bigint, index: bigint): AuditLogError {
  return new AuditLogError(
    `entry ${teller}, which is to tell of its erasure, is not in the log`,
    'erasure',
    index,
  );
}

/** How many entries an entry says were erased; 0 where it tells of something else. */
function erasedAs({ kind, agentType, metadata }: AuditContent): number {
  if (agentType !== undefined || !TELLS_OF_ERASURE.has(kind) || metadata === undefined) return 0;
  try {
    const { activities } = JSON.parse(metadata) as { readonly activities?: unknown };
    return Number.isSafeInteger(activities) && Number(activities) > 0 ? Number(activities) : 0;
  } catch {
    // The service writes JSON; a file that is not the service's may hold anything.
    return 0;
  }
}
