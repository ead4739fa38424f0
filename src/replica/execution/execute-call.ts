import { equalBytes } from '../codec/bytes.ts';
import type { Reject } from '../messages/outcome.ts';
import type { Canister } from '../state/canister.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import type { EntryPoint } from '../system-api/entry-point.ts';
import type { PreparedModule } from '../wasm/prepared-module.ts';
import { consume } from './consume.ts';
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
  notRunning,
  outOfCycles,
  rejected,
  tooFewCyclesInCall,
} from './rejects.ts';
import { runMessage } from './run-message.ts';
import { settle } from './settle.ts';
import type { CallTask } from './task.ts';
import { type ExecutionWorld, neededToRun } from './world.ts';

/** A method that can run: its code, and how it is entered. */
interface CallableMethod {
  readonly code: InstalledCode;
  readonly entryPoint: EntryPoint;
  readonly exportName: string;
}

/** Runs a call's method in replicated mode, and answers it if it cannot run. */
export function executeCall(world: ExecutionWorld, task: CallTask): void {
  const callee = findCallee(world, task);
  if ('errorCode' in callee) {
    respond(world.outbox, task.origin, rejected(callee), task.cycles);
    return;
  }
  const method = findMethod(world, callee, task);
  if ('errorCode' in method) {
    respond(world.outbox, task.origin, rejected(payForNothing(world, callee, method)), task.cycles);
    return;
  }
  const canister = callee;
  const { code, entryPoint, exportName } = method;
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

/** The canister of that id, or why nothing can be sent to it. */
export function findRunning({ canisters }: ExecutionWorld, id: Uint8Array): Canister | Reject {
  const canister = canisters.get(id);
  if (canister === undefined) return canisterNotFound(id);
  if (canister.runState === 'stopped') return canisterStopped(id);
  return canister.runState === 'stopping' ? canisterStopping(id) : canister;
}

/** The canister that a call gets to; one of a user was taken while the canister ran, whatever it does by now. */
function findCallee(world: ExecutionWorld, { callee, origin }: CallTask): Canister | Reject {
  const known = origin.kind === 'ingress' ? world.canisters.get(callee) : undefined;
  return known ?? findRunning(world, callee);
}

/** The method that a call in replicated mode runs, or why it cannot. */
function findMethod(
  { instances }: ExecutionWorld,
  { id, code, runState }: Canister,
  { methodName }: CallTask,
): CallableMethod | Reject {
  if (runState !== 'running') return notRunning(id, runState);
  if (code === undefined) return noModule(id);
  const entry = findEntry(instances.moduleOf(code).exports, methodName);
  if (entry === undefined) return noMethod(id, 'update', methodName);
  return entry === 'composite' ? compositeInReplicatedMode(id) : { code, ...entry };
}

/** Takes the fee of a message that was executed and found nothing to run. Where the cycles do not suffice, that is the reason to reject it. */
function payForNothing(world: ExecutionWorld, canister: Canister, reason: Reject): Reject {
  const needed = neededToRun(world, canister);
  if (canister.cycles < needed) return outOfCycles(canister.id, needed - canister.cycles);
  consume(world, canister, 'instructions', world.costs.execution(0n));
  world.outbox.changed(canister);
  return reason;
}

function findEntry(
  { updates, queries, compositeQueries }: PreparedModule['exports'],
  name: string,
): Pick<CallableMethod, 'entryPoint' | 'exportName'> | 'composite' | undefined {
  if (updates.has(name)) return { entryPoint: 'U', exportName: `canister_update ${name}` };
  if (queries.has(name)) return { entryPoint: 'RQ', exportName: `canister_query ${name}` };
  return compositeQueries.has(name) ? 'composite' : undefined;
}
