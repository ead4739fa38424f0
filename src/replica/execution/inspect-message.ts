import type { Message } from '../messages/message.ts';
import type { Reject } from '../messages/outcome.ts';
import { findRunning } from './execute-call.ts';
import { compositeInReplicatedMode, noModuleToAsk, notAccepted, trapReject } from './rejects.ts';
import { startExecution } from './start-execution.ts';
import type { ExecutionWorld } from './world.ts';

/**
 * Asks the canister whether it takes an ingress message ("Ingress message inspection"). Undefined when it does; a
 * message that cannot run at all is refused for that reason. Nothing that it does is kept.
 */
export function inspectMessage(world: ExecutionWorld, message: Message): Reject | undefined {
  const { sender, callerInfo, canisterId, methodName, arg } = message;
  const canister = findRunning(world, canisterId);
  if ('errorCode' in canister) return canister;
  const { code } = canister;
  if (code === undefined) return noModuleToAsk();
  const { exports } = world.instances.moduleOf(code);
  // A method that there is not is nobody's to refuse here: the message is taken, and its reject is certified.
  if (exports.compositeQueries.has(methodName)) return compositeInReplicatedMode(canisterId);
  if (!exports.hasInspectMessage) return undefined;

  const instance = world.instances.of(code);
  const instructionLimit = world.limits.F;
  const state = startExecution(world, canister, {
    entryPoint: 'F',
    input: { caller: sender, callerInfo, arg, methodName },
    instance,
    instructionLimit,
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
