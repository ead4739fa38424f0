import { openCall } from './execute-call.ts';
import { runMessage } from './run-message.ts';
import { settle } from './settle.ts';
import type { SystemTask } from './task.ts';
import type { ExecutionWorld } from './world.ts';

const MANAGEMENT_CANISTER = new Uint8Array();
const EXPORTS = { timer: 'canister_global_timer', heartbeat: 'canister_heartbeat' } as const;

/** Runs a canister's timer, if it is still due, or its heartbeat ("Heartbeat", "Global timer"). */
export function executeSystemTask(world: ExecutionWorld, { kind, canisterId }: SystemTask): void {
  const canister = world.canisters.get(canisterId);
  if (canister?.runState !== 'running' || canister.code === undefined) return;
  if (kind === 'timer') {
    if (canister.globalTimer === 0n || canister.globalTimer > world.now()) return;
    canister.globalTimer = 0n;
  }
  const { exports } = world.instances.moduleOf(canister.code);
  if (!(kind === 'timer' ? exports.hasGlobalTimer : exports.hasHeartbeat)) return;
  const context = openCall(canister, { kind: 'system' }, 0n);
  const result = runMessage(world, {
    canister,
    code: canister.code,
    context,
    entryPoint: 'T',
    input: { caller: MANAGEMENT_CANISTER },
    body: (instance, state) => instance.runExport(state, EXPORTS[kind]),
  });
  settle(world, canister, context, result);
}
