import type { Canister } from '../state/canister.ts';
import type { CanisterExports } from '../wasm/prepared-module.ts';
import { openCall } from './open-call.ts';
import { runMessage } from './run-message.ts';
import { settle } from './settle.ts';
import type { SystemTask } from './task.ts';
import { type ExecutionWorld, neededToRun } from './world.ts';

const MANAGEMENT_CANISTER = new Uint8Array();

const ENTRY_POINTS: Readonly<
  Record<SystemTask['kind'], readonly [name: string, exported: keyof CanisterExports]>
> = {
  timer: ['canister_global_timer', 'hasGlobalTimer'],
  heartbeat: ['canister_heartbeat', 'hasHeartbeat'],
  'low-memory': ['canister_on_low_wasm_memory', 'hasOnLowWasmMemory'],
};

/** Runs a canister's timer, if it is still due, its heartbeat, or its hook for a heap that is nearly full ("Entry points"). */
export function executeSystemTask(world: ExecutionWorld, { kind, canisterId }: SystemTask): void {
  const canister = world.canisters.get(canisterId);
  if (canister?.runState !== 'running' || canister.code === undefined) return;
  if (kind !== 'low-memory') runLowMemoryHook(world, canister);
  const [name, exported] = ENTRY_POINTS[kind];
  if (world.instances.moduleOf(canister.code).exports[exported] !== true) return;
  if (!takeOff(world, canister, kind)) return;
  const context = openCall(canister, { kind: 'system' }, 0n);
  const result = runMessage(world, {
    canister,
    code: canister.code,
    context,
    entryPoint: 'T',
    input: { caller: MANAGEMENT_CANISTER },
    body: (instance, state) => instance.runExport(state, name),
  });
  settle(world, canister, context, result);
}

/** Runs the hook if it is scheduled: that comes before all other messages but responses ("Message execution"). */
export function runLowMemoryHook(world: ExecutionWorld, canister: Canister): void {
  if (canister.lowMemoryHook !== 'ready') return;
  executeSystemTask(world, { kind: 'low-memory', canisterId: canister.id });
}

/** Whether the task is to run now; that it does is noted. */
function takeOff(world: ExecutionWorld, canister: Canister, kind: SystemTask['kind']): boolean {
  switch (kind) {
    case 'heartbeat':
      return true;
    case 'timer':
      if (canister.globalTimer === 0n || canister.globalTimer > world.now()) return false;
      // In a canister that is frozen it waits, and runs once that has more cycles: only a timer that runs is spent.
      if (canister.cycles < neededToRun(world, canister)) return false;
      canister.globalTimer = 0n;
      return true;
    case 'low-memory':
      // A canister that has too few cycles runs it once it has more.
      if (canister.lowMemoryHook !== 'ready' || canister.cycles < neededToRun(world, canister)) return false;
      canister.lowMemoryHook = 'executed';
      return true;
  }
}
