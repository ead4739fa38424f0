import { recordWriter, type Write } from '../codec/index.ts';
import { type Limits, limits, QUOTAS, type SomeLimits } from '../models/limits.ts';
import { type Retention, retention } from '../models/retention.ts';
import { queryTokens } from '../models/settings.ts';
import type { SettingsInForce } from '../services/settings-service.ts';
import type { Usage } from '../services/usage-service.ts';
import { allSettings, someLimits, usageOfQuotas } from './interface-types.ts';
import { type Reply, result } from './replies.ts';

/** `variant { Ok : Settings; Err }`. */
export function settingsResult(): Reply<SettingsInForce> {
  const writeLimits = recordWriter<Limits>(limits.names.map((name) => [name, numberWriter(name)]));
  const writeRetention = recordWriter<Retention>(retention.names.map((name) => [name, numberWriter(name)]));
  return result(
    allSettings.type,
    recordWriter([
      ['limits', (writer, value) => writeLimits(writer, value.limits)],
      ['retention', (writer, value) => writeRetention(writer, value.retention)],
      [
        'query_tokens',
        (writer, value) => writer.u8(queryTokens.wireIndexOf(queryTokens.codeOf(value.queryTokens))),
      ],
    ]),
  );
}

/** `variant { Ok : record of what is set; Err }`. */
export function agentLimitsResult(): Reply<SomeLimits> {
  const fields = limits.names.map((name) => {
    const write: Write<SomeLimits> = (writer, { [name]: value }) =>
      writer.optU64(value === undefined ? undefined : BigInt(value));
    return [name, write] as const;
  });
  return result(someLimits.type, recordWriter(fields));
}

/** `variant { Ok : record of the quotas; Err }`. The fields of each follow the hashes of their names. */
export function usageResult(): Reply<Usage> {
  const fields = QUOTAS.map((quota) => {
    const write: Write<Usage> = (writer, { [quota]: { used, limit } }) => writer.safeU64(used).safeU64(limit);
    return [quota, write] as const;
  });
  return result(usageOfQuotas.type, recordWriter(fields));
}

function numberWriter<N extends string>(name: N): Write<Readonly<Record<N, number>>> {
  return (writer, value) => writer.safeU64(value[name]);
}
