import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import type {
  AgentActivity,
  AgentCredentials,
  AgentInteraction,
  AgentSession,
} from '../../../src/candid/agent_service.did.ts';
import {
  agentActivity,
  agentCredentials,
  agentInteraction,
  agentSession,
} from '../../../src/canister/api/interface-types.ts';
import { optRecord, vecOfRecords } from '../../../src/canister/api/replies.ts';
import type { Shape, Text } from '../../../src/canister/codec/index.ts';
import { OWNERS_RIGHTS } from '../../../src/canister/models/rights.ts';
import { ActivityService } from '../../../src/canister/services/activity-service.ts';
import { AdminRegistry } from '../../../src/canister/services/admin-registry.ts';
import { AgentRegistry } from '../../../src/canister/services/agent-registry.ts';
import type { Call } from '../../../src/canister/services/call.ts';
import { CredentialService } from '../../../src/canister/services/credential-service.ts';
import { GrantService } from '../../../src/canister/services/grant-service.ts';
import { InteractionService } from '../../../src/canister/services/interaction-service.ts';
import { RequestService } from '../../../src/canister/services/request-service.ts';
import { RetentionService } from '../../../src/canister/services/retention-service.ts';
import { SessionService } from '../../../src/canister/services/session-service.ts';
import { SettingsService } from '../../../src/canister/services/settings-service.ts';
import { StatusService } from '../../../src/canister/services/status-service.ts';
import { UsageService } from '../../../src/canister/services/usage-service.ts';
import { createStore } from '../../../src/canister/storage/store.ts';
import { method } from './candid-interface.ts';
import { memoryMaps } from './memory-maps.ts';

export const CALLER = Principal.fromUint8Array(Uint8Array.of(1, 2, 3));

/** The principal that the expiry timer acts as. */
export const SELF = Principal.fromUint8Array(Uint8Array.of(9));

/** The services on maps in memory, with a clock that the test moves. */
export function setupServices() {
  const store = createStore(memoryMaps());
  const noted: bigint[] = [];
  const schedule = { note: (time: bigint) => void noted.push(time) };
  const activities = new ActivityService(store);
  const sessions = new SessionService(store, activities, schedule);
  const retention = new RetentionService(store, schedule);
  const clock = { now: 1_000_000_000_000_000_000n };
  return {
    store,
    clock,
    /** What the expiry timer was told. */
    noted,
    activities,
    sessions,
    credentials: new CredentialService(store, activities, schedule),
    interactions: new InteractionService(store, activities, sessions),
    status: new StatusService(store),
    agents: new AgentRegistry(store),
    admins: new AdminRegistry(store),
    grants: new GrantService(store, activities),
    requests: new RequestService(store, schedule),
    retention,
    settings: new SettingsService(store, retention),
    usage: new UsageService(store),
    call: (): Call => ({ principal: CALLER.toUint8Array(), isController: () => false, now: clock.now }),
  };
}

/** What a caller may do who sees everything. */
export const ALL = OWNERS_RIGHTS;

/** A text as an argument. */
export function arg(value: string): Text {
  return { utf8: new TextEncoder().encode(value), value };
}

/** What a caller reads of Candid records, by @dfinity/candid. */
export const read = {
  session: optReader<AgentSession>('get_agent_session', agentSession),
  sessions: vecReader<AgentSession>('get_user_agent_sessions', agentSession),
  credentials: optReader<AgentCredentials>('get_agent_credentials', agentCredentials),
  allCredentials: vecReader<AgentCredentials>('get_user_agent_credentials', agentCredentials),
  interaction: optReader<AgentInteraction>('get_agent_interaction', agentInteraction),
  interactions: vecReader<AgentInteraction>('get_user_agent_interactions', agentInteraction),
  activities: vecReader<AgentActivity>('get_user_agent_activities', agentActivity),
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

function decodeReply(name: string, reply: Uint8Array): unknown {
  return IDL.decode(method(name).retTypes, reply)[0];
}
