import type { Canister } from './canister.ts';
import type { CanisterSnapshot } from './canister-snapshot.ts';
import type { InstalledCode } from './installed-code.ts';

/**
 * Makes the canister what it was, with the code that the snapshot brings, but for its settings, cycles, log and history. Its
 * timer and the state of its hook change only where an upload says them.
 */
export function restoreSnapshot(canister: Canister, snapshot: CanisterSnapshot, code: InstalledCode): void {
  canister.code = code;
  canister.stable.clear();
  canister.stable.apply(new Map(snapshot.stable.pages()), snapshot.stable.wasmPages);
  canister.certifiedData = snapshot.certifiedData;
  if (snapshot.uploadedGlobals !== undefined) {
    canister.globalTimer = snapshot.globalTimer ?? canister.globalTimer;
    canister.lowMemoryHook = snapshot.lowMemoryHook ?? canister.lowMemoryHook;
  }
  canister.chunks.clear();
  for (const [hash, chunk] of snapshot.chunks) canister.chunks.set(hash, chunk);
  canister.version += 1n;
}
