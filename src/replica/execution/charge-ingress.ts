import type { Reject } from '../subnet/subnet.ts';
import { ingressFee } from '../system-api/cycle-costs.ts';
import { consume } from './consume.ts';
import { outOfCycles } from './rejects.ts';
import { type ExecutionWorld, neededToRun } from './world.ts';

/**
 * Takes the fee for receiving a message, where its canister can then still execute it. A reject says how many cycles are missing.
 * Calls of canisters without Wasm are free.
 */
export function chargeIngress(
  world: ExecutionWorld,
  call: { readonly canisterId: Uint8Array; readonly methodName: string; readonly arg: Uint8Array },
): Reject | undefined {
  const canister = world.canisters.get(call.canisterId);
  if (canister === undefined) return undefined;
  const fee = ingressFee(call.methodName, call.arg);
  const needed = fee + neededToRun(world, canister);
  if (canister.cycles < needed) return outOfCycles(call.canisterId, needed - canister.cycles);
  consume(world, canister, 'ingress_induction', fee);
  return undefined;
}
