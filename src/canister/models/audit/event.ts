import { ByteWriter } from '../../codec/index.ts';
import type { LogRecord } from '../log-record.ts';
import { activityBody } from './activity.ts';

/** The Candid record `Event` of a stored activity. Fields follow the order of a message: by the hashes of their names. */
export function eventBody(sequence: number, record: LogRecord): Uint8Array {
  const activity = activityBody(record);
  return new ByteWriter(8 + activity.length).safeU64(sequence).raw(activity).finish();
}
