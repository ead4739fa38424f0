import type { Canister } from '../state/canister.ts';
import type { ExecutionWorld } from './world.ts';

const GIB = 1024n ** 3n;
/** What a heap can grow to where the canister's settings say nothing. */
const MAX_HEAP_BYTES = 4n * GIB;
const MAX_HEAP64_BYTES = 6n * GIB;

/**
 * Looks whether the heap has come so near its limit that the canister wants to know, and schedules its hook once each time
 * that it has ("On Low Wasm Memory"). To be called after whatever changes heap or settings.
 */
export function scheduleLowMemoryHook(world: ExecutionWorld, canister: Canister): void {
  if (!isMemoryLow(world, canister)) {
    canister.lowMemoryHook = 'condition_not_satisfied';
    return;
  }
  if (canister.lowMemoryHook === 'executed') return;
  canister.lowMemoryHook = 'ready';
  // One that cannot run, as in a canister that is frozen, is tried again after the next change.
  world.outbox.enqueue({ kind: 'low-memory', canisterId: canister.id });
}

/** Whether less than the threshold is left; a threshold of 0 is never reached. */
export function isMemoryLow(
  { instances }: Pick<ExecutionWorld, 'instances'>,
  { code, settings }: Pick<Canister, 'code' | 'settings'>,
): boolean {
  const { wasmMemoryLimit, wasmMemoryThreshold } = settings;
  if (code === undefined || wasmMemoryThreshold === 0n) return false;
  const largest = instances.moduleOf(code).memory64 ? MAX_HEAP64_BYTES : MAX_HEAP_BYTES;
  const limit = wasmMemoryLimit === 0n ? largest : wasmMemoryLimit;
  return limit < BigInt(code.heap.length) + wasmMemoryThreshold;
}
