import type { Canister } from '../state/canister.ts';
import type { CyclesUse } from '../state/cycles-consumed.ts';
import type { ExecutionWorld } from './world.ts';

/** Takes cycles from the canister's balance, and counts them as consumed. */
export function consume(world: ExecutionWorld, canister: Canister, use: CyclesUse, amount: bigint): void {
  canister.cycles -= amount;
  noteConsumed(world, canister, use, amount);
}

/** Counts cycles that were taken from the canister already; less than none for what comes back of them. */
export function noteConsumed(
  world: ExecutionWorld,
  canister: Canister,
  use: CyclesUse,
  amount: bigint,
): void {
  canister.consumed[use] += amount;
  world.consumed(amount);
}
