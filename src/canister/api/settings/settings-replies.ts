import { encodeUtf8, recordWriter, vec, vecWriter, type Write } from '../../codec/index.ts';
import { type Retention, retention } from '../../models/retention/retention.ts';
import { sealingModes } from '../../models/sealing/sealing-mode.ts';
import { type Limits, limits, QUOTAS, type SomeLimits } from '../../models/settings/limits.ts';
import { queryTokens } from '../../models/settings/settings.ts';
import type { Removals } from '../../services/retention/removal-count.ts';
import type { RetentionInForce } from '../../services/retention/retention-plan.ts';
import type { RetentionPreviewPage, UserRemovals } from '../../services/retention/retention-preview.ts';
import type { UserRetention } from '../../services/retention/user-retention-service.ts';
import type { ServiceLimit } from '../../services/settings/service-limit-service.ts';
import type { SettingsInForce } from '../../services/settings/settings-service.ts';
import type { Usage } from '../../services/settings/usage-service.ts';
import {
  allSettings,
  retentionPreview,
  serviceLimit,
  someLimits,
  usageOfQuotas,
  userRetention,
} from '../interface-types.ts';
import { type Reply, result } from '../replies.ts';

const writeRetention = recordWriter<Retention>(retention.names.map((name) => [name, numberWriter(name)]));

const writePending = optWriter(
  recordWriter<NonNullable<RetentionInForce['pending']>>([
    ['effective_at', (writer, { effectiveAt }) => writer.u64(effectiveAt)],
    ['retention', (writer, pending) => writeRetention(writer, pending.retention)],
  ]),
);

/** `variant { Ok : Settings; Err }`. */
export function settingsResult(): Reply<SettingsInForce> {
  const writeLimits = recordWriter<Limits>(limits.names.map((name) => [name, numberWriter(name)]));
  return result(
    allSettings.type,
    recordWriter([
      ['limits', (writer, value) => writeLimits(writer, value.limits)],
      ['retention', (writer, value) => writeRetention(writer, value.retention)],
      ['pending_retention', (writer, { pending }) => writePending(writer, pending)],
      [
        'query_tokens',
        (writer, value) => writer.u8(queryTokens.wireIndexOf(queryTokens.codeOf(value.queryTokens))),
      ],
      [
        'sealing',
        (writer, { sealing }) => writer.u8(1).u8(sealingModes.wireIndexOf(sealingModes.codeOf(sealing))),
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

/** `variant { Ok : RetentionPreview; Err }`. */
export function retentionPreviewResult(): Reply<RetentionPreviewPage> {
  const writeItem = recordWriter<UserRemovals>([
    ['user_id', (writer, { userId }) => writer.text(userId)],
    ['interactions', (writer, { interactions }) => writer.safeU64(interactions)],
    ['activities', (writer, { activities }) => writer.safeU64(activities)],
  ]);
  const writeItems = vecWriter(writeItem);
  return result(
    retentionPreview.type,
    recordWriter([
      ['items', (writer, { items }) => writeItems(writer, items)],
      [
        'next_cursor',
        (writer, { nextCursor }) =>
          writer.optText(nextCursor === undefined ? undefined : encodeUtf8(nextCursor)),
      ],
      ['effective_at', (writer, { effectiveAt }) => writer.optU64(effectiveAt)],
    ]),
  );
}

/** `variant { Ok : vec ServiceLimit; Err }`. */
export function serviceLimitsResult(): Reply<readonly ServiceLimit[]> {
  const write = recordWriter<ServiceLimit>([
    ['name', (writer, { name }) => writer.text(encodeUtf8(name))],
    ['value', (writer, { value }) => writer.safeU64(value)],
    ['by_default', (writer, { byDefault }) => writer.safeU64(byDefault)],
    ['least', (writer, { least }) => writer.safeU64(least)],
    ['most', (writer, { most }) => writer.safeU64(most)],
    ['is_set', (writer, { isSet }) => writer.bool(isSet)],
  ]);
  return result(vec(serviceLimit).type, vecWriter(write));
}

/** `variant { Ok : record of the quotas; Err }`. The fields of each follow the hashes of their names. */
export function usageResult(): Reply<Usage> {
  const fields = QUOTAS.map((quota) => {
    const write: Write<Usage> = (writer, { [quota]: { used, limit } }) => writer.safeU64(used).safeU64(limit);
    return [quota, write] as const;
  });
  return result(usageOfQuotas.type, recordWriter(fields));
}

/** `variant { Ok : UserRetention; Err }`. */
export function userRetentionResult(): Reply<UserRetention> {
  const writeRemovals = optWriter(
    recordWriter<Removals>([
      ['interactions', (writer, { interactions }) => writer.safeU64(interactions)],
      ['activities', (writer, { activities }) => writer.safeU64(activities)],
    ]),
  );
  return result(
    userRetention.type,
    recordWriter([
      ['retention', (writer, value) => writeRetention(writer, value.retention)],
      ['pending_retention', (writer, { pending }) => writePending(writer, pending)],
      ['pending_removals', (writer, { removals }) => writeRemovals(writer, removals)],
    ]),
  );
}

function optWriter<V>(write: Write<V>): Write<V | undefined> {
  return (writer, value) => (value === undefined ? writer.u8(0) : write(writer.u8(1), value));
}

function numberWriter<N extends string>(name: N): Write<Readonly<Record<N, number>>> {
  return (writer, value) => writer.safeU64(value[name]);
}
