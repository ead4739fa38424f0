import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { encodeHeader, type Shape, type Text, vec } from '../../../src/canister/codec/index.ts';
import { ActivityService } from '../../../src/canister/services/activity-service.ts';
import { AgentRegistry } from '../../../src/canister/services/agent-registry.ts';
import type { Call } from '../../../src/canister/services/call.ts';
import { CredentialService } from '../../../src/canister/services/credential-service.ts';
import { InteractionService } from '../../../src/canister/services/interaction-service.ts';
import { SessionService } from '../../../src/canister/services/session-service.ts';
import { StatusService } from '../../../src/canister/services/status-service.ts';
import { createStore } from '../../../src/canister/storage/store.ts';
import { memoryMaps } from './memory-maps.ts';

/** The services on maps in memory, with a clock that the test moves. */
export function setupServices() {
  const store = createStore(memoryMaps());
  const noted: bigint[] = [];
  const schedule = { note: (time: bigint) => void noted.push(time) };
  const activities = new ActivityService(store);
  const sessions = new SessionService(store, activities, schedule);
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
    call: (): Call => ({ principal: CALLER.toUint8Array(), isController: () => false, now: clock.now }),
  };
}

export const CALLER = Principal.fromUint8Array(Uint8Array.of(1, 2, 3));

/** A text as an argument. */
export function arg(value: string): Text {
  return { utf8: new TextEncoder().encode(value), value };
}

/** Candid records as @dfinity/candid reads them. */
export function readRecords<T>(items: readonly Uint8Array[], shape: Shape<unknown>, type: IDL.Type): T[] {
  const header = encodeHeader([vec(shape).type]);
  const message = Buffer.concat([header, Uint8Array.of(...leb128(items.length)), ...items]);
  const [records] = IDL.decode([IDL.Vec(type)], new Uint8Array(message));
  return records as T[];
}

function leb128(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >>> 7)];
}
