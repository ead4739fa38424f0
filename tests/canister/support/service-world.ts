import { randomBytes } from 'node:crypto';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import type {
  ActivityPage,
  AgentActivity,
  AgentCredentials,
  AgentInteraction,
  AgentSession,
  CredentialInfo,
  CredentialLease,
  SeedActivity,
  TokenRefresh,
} from '../../../src/candid/agent_service.did.ts';
import {
  agentActivity,
  credentialInfo,
  credentialLease,
  seedActivity,
  seedCredentials,
  seedInteraction,
  seedSession,
  tokenRefresh,
} from '../../../src/canister/api/interface-types.ts';
import {
  listResult,
  optRecord,
  pageResult,
  recordResult,
  vecOfRecords,
} from '../../../src/canister/api/replies.ts';
import type { Shape, Text } from '../../../src/canister/codec/index.ts';
import { OWNERS_RIGHTS } from '../../../src/canister/models/access/rights.ts';
import { unlimitedWork, Work } from '../../../src/canister/models/work.ts';
import type { Caller } from '../../../src/canister/policy/access/caller.ts';
import { ActivityService } from '../../../src/canister/services/audit/activity-service.ts';
import { createServices } from '../../../src/canister/services/services.ts';
import type { ByteMaps } from '../../../src/canister/storage/byte-map.ts';
import { createStore } from '../../../src/canister/storage/store.ts';
import { method } from './candid-interface.ts';
import { memoryMaps } from './memory-maps.ts';

export const CALLER = Principal.fromUint8Array(Uint8Array.of(1, 2, 3));

/** The principal that the expiry timer acts as. */
export const SELF = Principal.fromUint8Array(Uint8Array.of(9));

/** The services on maps in memory, empty ones unless told, with a clock that the test moves. */
export function setupServices(maps: ByteMaps = memoryMaps()) {
  const store = createStore(maps, (count) => new Uint8Array(randomBytes(count)));
  const noted: bigint[] = [];
  const schedule = { note: (time: bigint) => void noted.push(time) };
  const clock = { now: 1_000_000_000_000_000_000n };
  store.analytics.begin(clock.now);
  return {
    ...createServices(store, schedule),
    clock,
    /** What the expiry timer was told. */
    noted,
    call: (): Caller => ({
      principal: CALLER.toUint8Array(),
      isController: () => false,
      now: clock.now,
      work: unlimitedWork(),
    }),
  };
}

/** As much as it takes. */
export const WORK = unlimitedWork();

/** Work that is spent when the counter was looked at so often. */
export function workOf(looks: number): Work {
  let looked = 0;
  return new Work(() => looked++, looks);
}

/** A task of the service's own. */
export function causeAt(now: bigint) {
  return { actor: SELF.toUint8Array(), now };
}

/** What a caller may do who sees everything. */
export const ALL = OWNERS_RIGHTS;

/** A text as an argument. */
export function arg(value: string): Text {
  return { utf8: new TextEncoder().encode(value), value };
}

/** What a caller reads of Candid records, by @dfinity/candid. */
export const read = {
  session: optReader<AgentSession>('get_agent_session', seedSession),
  sessions: vecReader<AgentSession>('get_user_agent_sessions', seedSession),
  credentials: optReader<AgentCredentials>('get_agent_credentials', seedCredentials),
  allCredentials: vecReader<AgentCredentials>('get_user_agent_credentials', seedCredentials),
  lease: okReader<CredentialLease>('lease_agent_credentials', credentialLease),
  refresh: okReader<TokenRefresh>('begin_token_refresh', tokenRefresh),
  credentialInfos(items: readonly Uint8Array[]): CredentialInfo[] {
    const reply = listResult(credentialInfo).encode(items);
    return (decodeReply('list_credentials', reply) as { Ok: CredentialInfo[] }).Ok;
  },
  interaction: optReader<AgentInteraction>('get_agent_interaction', seedInteraction),
  interactions: vecReader<AgentInteraction>('get_user_agent_interactions', seedInteraction),
  activities(items: readonly Uint8Array[]): AgentActivity[] {
    const reply = pageResult(agentActivity).encode({ items: [...items], nextCursor: undefined });
    return (decodeReply('list_activities', reply) as { Ok: ActivityPage }).Ok.items;
  },
  seedActivities: vecReader<SeedActivity>('get_user_agent_activities', seedActivity),
};

/** A user's newest activities, each with its own kind. */
export function trailOf(activities: ActivityService, userId: string, limit?: number): AgentActivity[] {
  const request = { user_id: arg(userId), limit, ...EVERY_ACTIVITY };
  return read.activities(activities.page(request, ALL, WORK).items);
}

const EVERY_ACTIVITY = {
  agent_type: undefined,
  activity_type: undefined,
  from: undefined,
  until: undefined,
  cursor: undefined,
};

function vecReader<T>(name: string, shape: Shape<unknown>) {
  const reply = vecOfRecords(shape);
  return (items: readonly Uint8Array[]): T[] => decodeReply(name, reply.encode(items)) as T[];
}

function optReader<T>(name: string, shape: Shape<unknown>) {
  const reply = optRecord(shape);
  return (item: Uint8Array | undefined): T | undefined =>
    (decodeReply(name, reply.encode(item)) as [] | [T])[0];
}

function okReader<T>(name: string, shape: Shape<unknown>) {
  const reply = recordResult(shape);
  return (item: Uint8Array): T => (decodeReply(name, reply.encode(item)) as { Ok: T }).Ok;
}

function decodeReply(name: string, reply: Uint8Array): unknown {
  return IDL.decode(method(name).retTypes, reply)[0];
}
