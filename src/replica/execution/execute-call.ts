import { equalBytes } from '../codec/bytes.ts';
import type { Canister } from '../state/canister.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import type { Reject } from '../subnet/subnet.ts';
import type { EntryPoint } from '../system-api/entry-point.ts';
import type { PreparedModule } from '../wasm/prepared-module.ts';
import { runLowMemoryHook } from './execute-system-task.ts';
import { openCall } from './open-call.ts';
import { respond } from './outbox.ts';
import {
  canisterNotFound,
  canisterStopped,
  canisterStopping,
  compositeInReplicatedMode,
  noMethod,
  noModule,
  rejected,
  tooFewCyclesInCall,
} from './rejects.ts';
import { runMessage } from './run-message.ts';
import { settle } from './settle.ts';
import type { CallTask } from './task.ts';
import type { ExecutionWorld } from './world.ts';

/** A method that can run: its canister, its code, and how it is entered. */
export interface CallableMethod {
  readonly canister: Canister;
  readonly code: InstalledCode;
  readonly entryPoint: EntryPoint;
  readonly exportName: string;
}

/** Runs a call's method in replicated mode, and answers it if it cannot run. */
export function executeCall(world: ExecutionWorld, task: CallTask): void {
  const method = findMethod(world, task.callee, task.methodName);
  if ('errorCode' in method) {
    respond(world.outbox, task.origin, rejected(method), task.cycles);
    return;
  }
  const { canister, code, entryPoint, exportName } = method;
  runLowMemoryHook(world, canister);
  const { origin, methodName, arg } = task;
  const { minimumIncomingCanisterCallCycles: minimum } = canister.settings;
  const fromOther = origin.kind === 'canister' && !equalBytes(origin.sender, canister.id);
  if (fromOther && task.cycles < minimum) {
    respond(world.outbox, origin, rejected(tooFewCyclesInCall(canister.id, minimum)), task.cycles);
    return;
  }
  const context = openCall(canister, origin, task.cycles);
  const deadline = origin.kind === 'canister' ? origin.deadline : 0n;
  const callerInfo = origin.kind === 'ingress' ? origin.callerInfo : undefined;
  const result = runMessage(world, {
    canister,
    code,
    context,
    entryPoint,
    input: { caller: origin.sender, callerInfo, arg, methodName, deadline },
    body: (instance, state) => instance.runExport(state, exportName),
  });
  settle(world, canister, context, result);
}

/** The method that a call in replicated mode runs, or why it cannot. */
export function findMethod(
  { canisters, instances }: ExecutionWorld,
  id: Uint8Array,
  name: string,
): CallableMethod | Reject {
  const canister = canisters.get(id);
  if (canister === undefined) return canisterNotFound(id);
  if (canister.runState === 'stopped') return canisterStopped(id);
  if (canister.runState === 'stopping') return canisterStopping(id);
  if (canister.code === undefined) return noModule(id);
  const { exports } = instances.moduleOf(canister.code);
  const entry = findEntry(exports, name);
  if (entry === undefined) return noMethod(id, 'update', name);
  if (entry === 'composite') return compositeInReplicatedMode(id);
  return { canister, code: canister.code, ...entry };
}

function findEntry(
  { updates, queries, compositeQueries }: PreparedModule['exports'],
  name: string,
): Pick<CallableMethod, 'entryPoint' | 'exportName'> | 'composite' | undefined {
  if (updates.has(name)) return { entryPoint: 'U', exportName: `canister_update ${name}` };
  if (queries.has(name)) return { entryPoint: 'RQ', exportName: `canister_query ${name}` };
  return compositeQueries.has(name) ? 'composite' : undefined;
}
