import type { LogRecord } from '../../state/canister-log.ts';
import type { FetchLogsValue } from '../arguments.ts';
import { maySee, requireCanister } from '../authorise.ts';
import { decodeArgument, encodeResult } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { FetchLogsArg, LogsResult } from '../types.ts';

/** What a canister printed, for those whom its log_visibility allows ("IC method fetch_canister_logs"). */
export const fetchCanisterLogs: ManagementMethod = {
  callers: 'anyone',
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
    const records = canister.log.records.filter((record) => matches(record, filter));
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

/** Ranges include their start and not their end. */
function matches({ index, timestamp }: LogRecord, filter: FetchLogsValue['filter'][0]): boolean {
  if (filter === undefined) return true;
  const [value, { start, end }] =
    'by_idx' in filter ? [index, filter.by_idx] : [timestamp, filter.by_timestamp_nanos];
  return start <= value && value < end;
}
