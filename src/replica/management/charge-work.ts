import { consume } from '../execution/consume.ts';
import { outOfCycles } from '../execution/rejects.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import type { Canister } from '../state/canister.ts';
import { ManagementError } from './management-error.ts';

/** Takes the fee of so many instructions. Refuses where the cycles do not suffice. */
export function chargeWork(world: ExecutionWorld, canister: Canister, instructions: bigint): void {
  const fee = world.costs.execution(instructions);
  if (canister.cycles < fee) throw new ManagementError(outOfCycles(canister.id, fee - canister.cycles));
  consume(world, canister, 'instructions', fee);
}
