import type { Canister } from '../state/canister.ts';
import { StableMemory } from '../state/stable-memory.ts';
import { rejected, uninstalled } from './rejects.ts';
import { answer } from './settle.ts';
import { completeStop } from './stopping.ts';
import type { ExecutionWorld } from './world.ts';

/** Removes code and state, and rejects the calls that the canister works on ("Code uninstallation"). */
export function removeCode(world: ExecutionWorld, canister: Canister): void {
  const stable = new StableMemory(canister.stable);
  stable.clear();
  stable.commit();
  canister.code = undefined;
  canister.certifiedData = new Uint8Array();
  canister.globalTimer = 0n;
  canister.chunks.clear();
  canister.log.dropBefore(canister.log.nextIndex);
  canister.version += 1n;
  rejectOpenCalls(world, canister);
}

function rejectOpenCalls(world: ExecutionWorld, canister: Canister): void {
  for (const context of canister.callContexts.values()) {
    if (!context.responded) answer(world, context, rejected(uninstalled()));
    context.deleted = true;
    if (context.outstandingCalls === 0) canister.callContexts.delete(context.id);
  }
  completeStop(world, canister);
}
