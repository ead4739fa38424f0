import type { ManagementCall } from './management-call.ts';
import { refuse } from './management-error.ts';

/** Charges what a key's signature or derivation costs, and gives the fee. Refuses a call with too few cycles; `service` is told then. */
export function chargeForKey({ world, cycles }: ManagementCall, keyName: string, service: string): bigint {
  const fee = world.costs.signature(keyName) ?? 0n;
  if (cycles < fee) {
    refuse('IC0406', `${service} by ${keyName} takes ${fee} cycles, ${cycles} came with the call`);
  }
  world.consumed(fee);
  return fee;
}
