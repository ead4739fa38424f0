import { sameBytes } from '../../codec/index.ts';
import { activityTypes } from '../../models/activity-type.ts';
import { hourOf } from '../../models/analytics/analytics-cell.ts';
import { activityActor, activityTimestamp } from '../../models/audit/activity.ts';
import type { LogRecord, LogRecordHeader } from '../../models/log-record.ts';

const COMPLETED = activityTypes.codeOf('InteractionCompleted');
const ERROR = activityTypes.codeOf('ErrorOccurred');

/** A group by what its records have in common. */
interface Group extends Pick<LogRecordHeader, 'typeCode' | 'detail'> {
  readonly actor: Uint8Array;
  /** Where the caller told it. */
  readonly place: number;
}

/**
 * Failures that are told as one: of the same kind (an interaction that failed, or an error that was logged), agent type and agent, in one hour of UTC, and all
 * read or all unread. Records come newest first, so that only the groups of one hour are looked through.
 */
export class FailureGroups {
  #hour = 0;
  #isUnread = false;
  #groups: Group[] = [];

  /** Whether a record is of the hour of the groups, so that those after it may fall into one of them. */
  isOpen(record: LogRecord): boolean {
    return this.#groups.length > 0 && hourOf(activityTimestamp(record)) === this.#hour;
  }

  /** The place of the group that a record falls into; undefined where there is none. */
  placeOf(record: LogRecord, isUnread: boolean): number | undefined {
    if (!isFailure(record) || this.#isUnread !== isUnread || !this.isOpen(record)) return undefined;
    const actor = activityActor(record);
    return this.#groups.find(
      ({ typeCode, detail, actor: other }) =>
        detail === record.detail && typeCode === record.typeCode && sameBytes(other, actor),
    )?.place;
  }

  /** Begins a group with its newest record; false where that is no failure. */
  begin(record: LogRecord, isUnread: boolean, place: number): boolean {
    if (!isFailure(record)) return false;
    if (this.#isUnread !== isUnread || !this.isOpen(record)) this.#groups = [];
    this.#hour = hourOf(activityTimestamp(record));
    this.#isUnread = isUnread;
    const { typeCode, detail } = record;
    this.#groups.push({ typeCode, detail, actor: activityActor(record), place });
    return true;
  }
}

/** The flag of a completed interaction says that it failed. */
function isFailure({ detail, flag }: LogRecord): boolean {
  return detail === ERROR || (detail === COMPLETED && flag);
}
