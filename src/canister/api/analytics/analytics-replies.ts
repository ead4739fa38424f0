import { type ByteWriter, recordWriter, vecWriter, type Write } from '../../codec/index.ts';
import { agentTypes } from '../../models/agent-type.ts';
import { COUNTER_AT, COUNTERS, type Counts } from '../../models/analytics/analytics-counts.ts';
import type { Analytics, ServiceAnalytics } from '../../services/analytics/analytics-service.ts';
import type { TopError } from '../../services/analytics/top-error-list.ts';
import { analytics, serviceAnalytics } from '../interface-types.ts';
import { type Reply, result } from '../replies.ts';

type Part<K extends 'series' | 'byAgentType' | 'byAgent'> = Analytics[K][number];

const writeCounts = recordWriter<Counts>(
  COUNTERS.map((name) => [name, (writer, counts) => writer.safeU64(counts[COUNTER_AT[name]] ?? 0)]),
);

const writeBucket = recordWriter<Part<'series'>>([
  ['start', (writer, { start }) => writer.u64(start)],
  ['counts', (writer, { counts }) => writeCounts(writer, counts)],
]);

const writeOfType = recordWriter<Part<'byAgentType'>>([
  ['agent_type', writeType],
  ['counts', (writer, { counts }) => writeCounts(writer, counts)],
]);

const writeOfAgent = recordWriter<Part<'byAgent'>>([
  ['agent', (writer, { agent }) => writer.principal(agent)],
  ['counts', (writer, { counts }) => writeCounts(writer, counts)],
]);

const writeError = recordWriter<TopError>([
  ['error', (writer, { text }) => writer.text(text)],
  ['agent_type', writeType],
  ['count', (writer, { count }) => writer.safeU64(count)],
  ['last_at', (writer, { lastAt }) => writer.u64(lastAt)],
]);

const writeAnalytics = recordWriter<Analytics>([
  ['totals', (writer, { totals }) => writeCounts(writer, totals)],
  [
    'interactions_removed',
    (writer, { interactionsRemoved: removed }) =>
      writer.optU64(removed === undefined ? undefined : BigInt(removed)),
  ],
  ['series', listOf(({ series }) => series, writeBucket)],
  ['by_agent_type', listOf(({ byAgentType }) => byAgentType, writeOfType)],
  ['by_agent', listOf(({ byAgent }) => byAgent, writeOfAgent)],
  ['top_errors', listOf(({ topErrors }) => topErrors, writeError)],
]);

const writeStored = recordWriter<ServiceAnalytics['stored']>([
  ['users', (writer, { users }) => writer.safeU64(users)],
  ['sessions', (writer, { sessions }) => writer.safeU64(sessions)],
  ['active_sessions', (writer, { activeSessions }) => writer.safeU64(activeSessions)],
  ['credentials', (writer, { credentials }) => writer.safeU64(credentials)],
  ['credentials_in_clear', (writer, { credentialsInClear }) => writer.optU64(BigInt(credentialsInClear))],
  ['interactions', (writer, { interactions }) => writer.safeU64(interactions)],
  ['activities', (writer, { activities }) => writer.safeU64(activities)],
  ['bytes', (writer, { bytes }) => writer.safeU64(bytes)],
]);

/** `variant { Ok : Analytics; Err }`. */
export function analyticsResult(): Reply<Analytics> {
  return result(analytics.type, writeAnalytics);
}

/** `variant { Ok : ServiceAnalytics; Err }`. */
export function serviceAnalyticsResult(): Reply<ServiceAnalytics> {
  return result(
    serviceAnalytics.type,
    recordWriter([
      ['analytics', (writer, value) => writeAnalytics(writer, value.analytics)],
      ['stored', (writer, value) => writeStored(writer, value.stored)],
    ]),
  );
}

function writeType(writer: ByteWriter, { typeCode }: { readonly typeCode: number }): void {
  writer.u8(agentTypes.wireIndexOf(typeCode));
}

function listOf<V, I>(itemsOf: (value: V) => readonly I[], write: Write<I>): Write<V> {
  const writeItems = vecWriter(write);
  return (writer, value) => writeItems(writer, itemsOf(value));
}
