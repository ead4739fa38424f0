import { equalBytes } from '../codec/bytes.ts';
import { principalText } from '../codec/principal-text.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import type { Canister } from '../state/canister.ts';

/** The subnet in whose ranges a canister id lies; undefined where no subnet has it. */
export function subnetOf({ subnets }: ExecutionWorld, canisterId: Uint8Array): ExecutionWorld | undefined {
  return subnets().all.find(({ canisters }) => canisters.isInRange(canisterId));
}

/** Gives a canister of any subnet cycles; false where there is none of that id. */
export function addCyclesAnywhere(world: ExecutionWorld, canisterId: Uint8Array, cycles: bigint): boolean {
  const home = subnetOf(world, canisterId);
  const canister: Canister | undefined = home?.canisters.get(canisterId);
  if (home === undefined || canister === undefined) return false;
  canister.cycles += cycles;
  home.outbox.changed(canister);
  return true;
}

/** Where a caller wants a canister to be, as the interfaces of the ledger and of the minting canister have it. */
export type SubnetSelection =
  | { readonly Subnet: { readonly subnet: { toUint8Array(): Uint8Array } } }
  | { readonly Filter: unknown };

/**
 * The subnet where a canister is created: the one that was chosen, otherwise the first that is open to all; it sees the time of the
 * subnet that asks. A text says why there is none.
 */
export function subnetForCreation(
  world: ExecutionWorld,
  selection: SubnetSelection | undefined,
): ExecutionWorld | string {
  const { all, open } = world.subnets();
  const wanted =
    selection !== undefined && 'Subnet' in selection ? selection.Subnet.subnet.toUint8Array() : undefined;
  const chosen = wanted === undefined ? open[0] : all.find(({ subnetId }) => equalBytes(subnetId, wanted));
  if (chosen !== undefined) return { ...chosen, now: world.now };
  return wanted === undefined
    ? 'This network has no application subnet'
    : `This network has no subnet ${principalText(wanted)}`;
}
