import { consume } from '../../execution/consume.ts';
import { outOfCycles } from '../../execution/rejects.ts';
import { type ExecutionWorld, frozenCycles, neededToRun } from '../../execution/world.ts';
import { targetOf } from '../../management/target.ts';
import type { Reject } from '../../messages/outcome.ts';
import type { Canister } from '../../state/canister.ts';

/** A call by an ingress message. */
interface IngressCall {
  readonly canisterId: Uint8Array;
  readonly methodName: string;
  readonly arg: Uint8Array;
}

/** What gives cycles or creates a canister has nobody to pay for it. */
const FREE: ReadonlySet<string> = new Set([
  'create_canister',
  'provisional_create_canister_with_cycles',
  'provisional_top_up_canister',
]);
/** How long the argument of `update_settings` may be so that the fee is taken afterwards: a frozen canister is thawed by it. */
const LATER_FEE_BYTES = 338;

/**
 * Takes the fee for receiving a message, where the canister that pays has it beyond what its freezing threshold keeps back. A reject
 * says how many cycles are missing. A canister pays for its own messages, and must then be able to run one; the management
 * canister's are paid for by the canister that is managed ("The IC management canister"). Other canisters without Wasm are free.
 */
export function chargeIngress(world: ExecutionWorld, call: IngressCall): Reject | undefined {
  const isManagement = call.canisterId.length === 0;
  const payer = isManagement ? managedCanister(world, call) : world.canisters.get(call.canisterId);
  if (payer === undefined || (isManagement && isPaidLater(call))) return undefined;
  const fee = world.costs.ingress(call.methodName, call.arg);
  const needed = fee + (isManagement ? frozenCycles(world, payer) : neededToRun(world, payer));
  if (payer.cycles < needed) return outOfCycles(payer.id, needed - payer.cycles);
  consume(world, payer, 'ingress_induction', fee);
  return undefined;
}

/** Takes the fee of a call of the management canister that is paid for once it was executed; what the canister cannot pay is let go. */
export function chargeLater(world: ExecutionWorld, call: IngressCall): void {
  const payer = isPaidLater(call) ? managedCanister(world, call) : undefined;
  if (payer === undefined) return;
  const fee = world.costs.ingress(call.methodName, call.arg);
  if (payer.cycles >= fee + frozenCycles(world, payer)) consume(world, payer, 'ingress_induction', fee);
}

function isPaidLater({ methodName, arg }: IngressCall): boolean {
  return methodName === 'update_settings' && arg.length <= LATER_FEE_BYTES;
}

function managedCanister(
  { canisters }: ExecutionWorld,
  { methodName, arg }: IngressCall,
): Canister | undefined {
  if (FREE.has(methodName)) return undefined;
  const target = targetOf(methodName, arg);
  return target && canisters.get(target);
}
