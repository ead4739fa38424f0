import type { Canister } from '../state/canister.ts';
import { StableMemory } from '../state/stable-memory.ts';
import { type ExecutionStart, ExecutionState } from '../system-api/execution-state.ts';
import { canisterFacts, type ExecutionWorld, networkFacts } from './world.ts';

/** What every execution has of its own. */
type OwnFact = 'entryPoint' | 'input' | 'instance' | 'instructionLimit';

/** How an execution starts; what is left out is as the canister has it, and as no earlier message of the call left it. */
export interface ExecutionOptions
  extends Pick<ExecutionStart, OwnFact>,
    Partial<Omit<ExecutionStart, OwnFact | 'network'>> {
  /** Whether the code can get a certificate of the canister's data, as the query that a client sent can. */
  readonly seesCertificate?: boolean;
}

/** What a message of the canister starts in: nothing that it does there touches the canister. */
export function startExecution(
  world: ExecutionWorld,
  canister: Canister,
  { seesCertificate = false, ...start }: ExecutionOptions,
): ExecutionState {
  return new ExecutionState({
    canister: canisterFacts(world, canister),
    network: networkFacts(world, seesCertificate ? canister : undefined),
    stable: new StableMemory(canister.stable),
    cycles: canister.cycles,
    cyclesAvailable: 0n,
    responded: false,
    earlierInstructions: 0n,
    globalTimer: canister.globalTimer,
    ...start,
  });
}
