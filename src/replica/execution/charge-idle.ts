import type { Canister } from '../state/canister.ts';
import { defaultSettings } from '../state/canister-settings.ts';
import { consume } from './consume.ts';
import { removeCode } from './remove-code.ts';
import { chargedBytes, type ExecutionWorld } from './world.ts';

/** How often canisters pay for what they hold, in seconds. */
const PERIOD_SECONDS = 10n;
const PERIOD_NS = PERIOD_SECONDS * 1_000_000_000n;

/**
 * Has every canister pay for its memory and its compute allocation since it paid last, in whole periods of ten seconds: how
 * often this is called changes nothing. One that cannot pay any more is uninstalled ("Canister out of cycles").
 */
export function chargeIdle(world: ExecutionWorld): void {
  for (const canister of world.canisters) {
    const { paidUntil = world.now() } = canister;
    const periods = (world.now() - paidUntil) / PERIOD_NS;
    canister.paidUntil = paidUntil + periods * PERIOD_NS;
    if (periods === 0n) continue;
    const memory = world.costs.storage(chargedBytes(canister), PERIOD_SECONDS);
    const compute = world.costs.compute(canister.settings.computeAllocation, PERIOD_SECONDS);
    const paid = affordable(canister.cycles, memory + compute, periods);
    consume(world, canister, 'memory', paid * memory);
    consume(world, canister, 'compute_allocation', paid * compute);
    if (paid < periods) runOut(world, canister);
  }
}

/** How many of the periods the balance pays for. */
function affordable(cycles: bigint, fee: bigint, periods: bigint): bigint {
  return fee === 0n || cycles / fee > periods ? periods : cycles / fee;
}

function runOut(world: ExecutionWorld, canister: Canister): void {
  consume(world, canister, 'uninstall', canister.cycles);
  if (canister.code === undefined && canister.snapshots.size === 0 && canister.chunks.size === 0) return;
  removeCode(world, canister);
  canister.snapshots.clear();
  canister.history.forget();
  const { logMemoryLimit } = defaultSettings([]);
  canister.settings = { ...canister.settings, computeAllocation: 0n, memoryAllocation: 0n, logMemoryLimit };
  world.outbox.changed(canister);
}
