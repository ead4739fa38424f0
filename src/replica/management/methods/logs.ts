import { type LogRecord, recordBytes } from '../../state/canister-log.ts';
import type { FetchLogsValue } from '../arguments.ts';
import { maySee, requireCanister } from '../authorise.ts';
import { decodeArgument, encodeResult } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { FetchLogsArg, LogsResult } from '../types.ts';

/** What the logs in a reply may have, in bytes: as much as a response in replicated mode has room for. */
const MAX_REPLY_BYTES = 2_000_000;

/** What a canister printed, for those whom its log_visibility allows ("IC method fetch_canister_logs"). */
export const fetchCanisterLogs: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, origin, arg }) => {
    const value = decodeArgument<FetchLogsValue>(FetchLogsArg, arg);
    const canister = requireCanister(world, value.canister_id);
    if (!maySee(canister, canister.settings.logVisibility, origin.sender)) {
      refuse(
        'IC0406',
        `The caller is not allowed to read the logs of canister ${value.canister_id.toText()}`,
      );
    }
    const [filter] = value.filter;
    const found = canister.log.records.filter((record) => matches(record, filter));
    // Without a filter the newest are what is wanted, with one those where it begins.
    const records = filter === undefined ? thatFit(found.reverse()).reverse() : thatFit(found);
    return {
      data: encodeResult(LogsResult, {
        canister_log_records: records.map(({ index, timestamp, content }) => ({
          idx: index,
          timestamp_nanos: timestamp,
          content,
        })),
      }),
    };
  },
};

/** The first records, as many as fit into a reply. */
function thatFit(records: readonly LogRecord[]): LogRecord[] {
  let bytes = 0;
  const end = records.findIndex((record) => (bytes += recordBytes(record)) > MAX_REPLY_BYTES);
  return records.slice(0, end === -1 ? records.length : end);
}

/** Ranges include their start and not their end. */
function matches({ index, timestamp }: LogRecord, filter: FetchLogsValue['filter'][0]): boolean {
  if (filter === undefined) return true;
  const [value, { start, end }] =
    'by_idx' in filter ? [index, filter.by_idx] : [timestamp, filter.by_timestamp_nanos];
  return start <= value && value < end;
}
