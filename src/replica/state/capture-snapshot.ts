import type { Canister } from './canister.ts';
import { type CanisterSnapshot, copyCode, copyStable } from './canister-snapshot.ts';

/** What the canister is now; undefined where it has no code. `takenAt` in ns since 1970. */
export function captureSnapshot(
  { version, code, stable, certifiedData, globalTimer, lowMemoryHook, chunks }: Canister,
  { id, takenAt }: Pick<CanisterSnapshot, 'id' | 'takenAt'>,
): CanisterSnapshot | undefined {
  if (code === undefined) return undefined;
  return {
    id,
    takenAt,
    canisterVersion: version,
    code: copyCode(code),
    stable: copyStable(stable),
    certifiedData,
    globalTimer,
    lowMemoryHook,
    chunks: new Map(chunks),
  };
}
