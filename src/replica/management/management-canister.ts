import { principalText } from '../codec/principal-text.ts';
import { respond } from '../execution/outbox.ts';
import { canisterNotFound, rejected } from '../execution/rejects.ts';
import type { CallTask } from '../execution/task.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import type { Message, Outcome, Reject } from '../subnet/subnet.ts';
import { isController } from './authorise.ts';
import type { ManagementMethod } from './management-call.ts';
import { ManagementError } from './management-error.ts';
import { clearChunkStore, storedChunks, uploadChunk } from './methods/chunks.ts';
import { createCanister, provisionalCreate, provisionalTopUp } from './methods/creation.ts';
import { depositCycles } from './methods/cycles.ts';
import { canisterInfo } from './methods/info.ts';
import { installChunkedCode, installCode } from './methods/installation.ts';
import { deleteCanister, startCanister, stopCanister, uninstallCode } from './methods/lifecycle.ts';
import { fetchCanisterLogs } from './methods/logs.ts';
import { canisterMetadata } from './methods/metadata.ts';
import { rawRand } from './methods/randomness.ts';
import { updateSettings } from './methods/settings.ts';
import {
  deleteCanisterSnapshot,
  listCanisterSnapshots,
  loadCanisterSnapshot,
  takeCanisterSnapshot,
} from './methods/snapshots.ts';
import { canisterStatus } from './methods/status.ts';
import { targetOf } from './target.ts';

const UPDATES: ReadonlyMap<string, ManagementMethod> = new Map([
  ['create_canister', createCanister],
  ['provisional_create_canister_with_cycles', provisionalCreate],
  ['provisional_top_up_canister', provisionalTopUp],
  ['update_settings', updateSettings],
  ['install_code', installCode],
  ['install_chunked_code', installChunkedCode],
  ['upload_chunk', uploadChunk],
  ['clear_chunk_store', clearChunkStore],
  ['stored_chunks', storedChunks],
  ['uninstall_code', uninstallCode],
  ['start_canister', startCanister],
  ['stop_canister', stopCanister],
  ['delete_canister', deleteCanister],
  ['canister_status', canisterStatus],
  ['canister_info', canisterInfo],
  ['canister_metadata', canisterMetadata],
  ['take_canister_snapshot', takeCanisterSnapshot],
  ['load_canister_snapshot', loadCanisterSnapshot],
  ['list_canister_snapshots', listCanisterSnapshots],
  ['delete_canister_snapshot', deleteCanisterSnapshot],
  ['deposit_cycles', depositCycles],
  ['raw_rand', rawRand],
]);

const QUERIES: ReadonlyMap<string, ManagementMethod> = new Map([
  ['fetch_canister_logs', fetchCanisterLogs],
  ['canister_status', canisterStatus],
]);

/** The management canister's id: no bytes. */
export const MANAGEMENT_CANISTER = new Uint8Array();

/** Executes a call of the management canister, and answers it unless the answer has to wait. */
export function executeManagementCall(
  world: ExecutionWorld,
  task: CallTask,
  random: (length: number) => Uint8Array,
): void {
  const { origin, methodName, arg, cycles } = task;
  const { outbox } = world;
  const method = UPDATES.get(methodName);
  if (method === undefined) {
    respond(outbox, origin, rejected(unknownMethod(methodName)), cycles);
    return;
  }
  try {
    const reply = method.run({ world, origin, arg, cycles, random });
    if (reply === undefined) return;
    respond(outbox, origin, { kind: 'replied', reply: reply.data }, cycles - (reply.accepted ?? 0n));
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error;
    respond(outbox, origin, rejected(error.reject), cycles);
  }
}

/** Answers a query of the management canister. */
export function queryManagement(world: ExecutionWorld, message: Message): Outcome {
  const method = QUERIES.get(message.methodName);
  if (method === undefined) return rejected(unknownMethod(message.methodName));
  const origin = { kind: 'ingress', sender: message.sender, requestId: new Uint8Array() } as const;
  try {
    const reply = method.run({ world, origin, arg: message.arg, cycles: 0n, random: noRandomness });
    return { kind: 'replied', reply: reply?.data ?? new Uint8Array() };
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error;
    return rejected(error.reject);
  }
}

/** Whether an ingress message to the management canister is taken, before it is queued; a reject if not. */
export function inspectManagementCall(
  { canisters }: ExecutionWorld,
  { sender, methodName, arg }: Message,
): Reject | undefined {
  const method = UPDATES.get(methodName);
  if (method === undefined) return unknownMethod(methodName);
  if (method.callers === 'anyone') return undefined;
  if (method.callers === 'canisters') return onlyCanisters(methodName);
  const target = targetOf(methodName, arg);
  if (target === undefined) return undecodable(methodName);
  const canister = canisters.get(target);
  if (canister === undefined) return canisterNotFound(target);
  if (isController(canister, sender)) return undefined;
  return {
    code: 5,
    errorCode: 'IC0512',
    message: `Only controllers of canister ${principalText(target)} can call ic00 method ${methodName}`,
  };
}

function unknownMethod(name: string): Reject {
  return { code: 5, errorCode: 'IC0536', message: `Management canister has no method '${name}'` };
}

function onlyCanisters(name: string): Reject {
  return { code: 4, errorCode: 'IC0406', message: `Only canisters can call ic00 method ${name}` };
}

function undecodable(name: string): Reject {
  return {
    code: 4,
    errorCode: 'IC0408',
    message: `Error decoding candid: the argument of ${name} names no canister`,
  };
}

function noRandomness(): never {
  throw new Error('a query of the management canister asked for randomness');
}
