import { StableMemory } from '../state/stable-memory.ts';
import type { Message, Reject } from '../subnet/subnet.ts';
import { ExecutionState } from '../system-api/execution-state.ts';
import { findMethod } from './execute-call.ts';
import { INSTRUCTION_LIMITS } from './limits.ts';
import { notAccepted, trapReject } from './rejects.ts';
import { canisterFacts, type ExecutionWorld, networkFacts } from './world.ts';

/**
 * Asks the canister whether it takes an ingress message ("Ingress message inspection"). Undefined when it does; a
 * message that cannot run at all is refused for that reason. Nothing that it does is kept.
 */
export function inspectMessage(world: ExecutionWorld, message: Message): Reject | undefined {
  const { sender, callerInfo, canisterId, methodName, arg } = message;
  const method = findMethod(world, canisterId, methodName);
  if ('errorCode' in method) return method;
  const { canister, code } = method;
  if (!world.instances.moduleOf(code).exports.hasInspectMessage) return undefined;

  const instance = world.instances.of(code);
  const instructionLimit = INSTRUCTION_LIMITS.F;
  const state = new ExecutionState({
    entryPoint: 'F',
    input: { caller: sender, callerInfo, arg, methodName },
    canister: canisterFacts(canister),
    network: networkFacts(world),
    instance,
    stable: new StableMemory(canister.stable),
    instructionLimit,
    cycles: canister.cycles,
    cyclesAvailable: 0n,
    responded: false,
    earlierInstructions: 0n,
    globalTimer: canister.globalTimer,
  });
  const trap = instance.runExport(state, 'canister_inspect_message');
  world.instances.rollBack(code);
  world.executed({
    canisterId,
    entryPoint: 'F',
    methodName,
    instructions: state.instructions,
    cycles: 0n,
    trapped: trap !== undefined,
  });
  if (trap !== undefined) return trapReject(canisterId, trap, instructionLimit);
  return state.accepted ? undefined : notAccepted(canisterId);
}
