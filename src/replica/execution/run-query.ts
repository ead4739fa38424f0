import type { Canister } from '../state/canister.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import { StableMemory } from '../state/stable-memory.ts';
import type { Message, Outcome, Reject } from '../subnet/subnet.ts';
import { ExecutionState } from '../system-api/execution-state.ts';
import { INSTRUCTION_LIMITS } from './limits.ts';
import {
  canisterNotFound,
  canisterStopped,
  canisterStopping,
  noModule,
  noReply,
  rejected,
  trapReject,
} from './rejects.ts';
import { toOutcome } from './settle.ts';
import { canisterFacts, type ExecutionWorld, networkFacts } from './world.ts';

/** A canister that answers queries, or why it does not. */
export function findQueried(
  world: ExecutionWorld,
  id: Uint8Array,
): { readonly canister: Canister; readonly code: InstalledCode } | Reject {
  const canister = world.canisters.get(id);
  if (canister === undefined) return canisterNotFound(id);
  if (canister.runState === 'stopped') return canisterStopped(id);
  if (canister.runState === 'stopping') return canisterStopping(id);
  return canister.code === undefined ? noModule(id) : { canister, code: canister.code };
}

/** Runs a query method that exists. */
export function runQuery(
  world: ExecutionWorld,
  canister: Canister,
  code: InstalledCode,
  { sender, methodName, arg }: Message,
): Outcome {
  const instance = world.instances.of(code);
  const instructionLimit = INSTRUCTION_LIMITS.NRQ;
  const state = new ExecutionState({
    entryPoint: 'NRQ',
    input: { caller: sender, arg, methodName },
    canister: canisterFacts(canister),
    network: networkFacts(world, canister),
    instance,
    stable: new StableMemory(canister.stable),
    instructionLimit,
    cycles: canister.cycles,
    cyclesAvailable: 0n,
    responded: false,
    earlierInstructions: 0n,
    globalTimer: canister.globalTimer,
  });
  const trap = instance.runExport(state, `canister_query ${methodName}`);
  const { instructions } = state;
  world.instances.rollBack(code);
  canister.queryStats.calls += 1n;
  canister.queryStats.instructions += instructions;
  canister.queryStats.requestBytes += BigInt(arg.length);
  canister.queryStats.replyBytes += BigInt(state.response?.kind === 'reply' ? state.response.data.length : 0);
  world.executed({
    canisterId: canister.id,
    entryPoint: 'NRQ',
    methodName,
    instructions,
    cycles: 0n,
    trapped: trap !== undefined,
  });
  if (trap !== undefined) return rejected(trapReject(canister.id, trap, instructionLimit));
  return state.response === undefined ? rejected(noReply(canister.id)) : toOutcome(state.response);
}
