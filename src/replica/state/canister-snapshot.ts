import type { Canister } from './canister.ts';
import { type InstalledCode, shareHeap } from './installed-code.ts';
import { StablePages, WASM_PAGE_BYTES } from './stable-pages.ts';

/** What a canister was at a moment, to be gone back to ("IC method take_canister_snapshot"). Never changes. */
export interface CanisterSnapshot {
  /** Unique in the network. */
  readonly id: Uint8Array;
  /** ns since 1970. */
  readonly takenAt: bigint;
  readonly canisterVersion: bigint;
  readonly code: InstalledCode;
  readonly stable: StablePages;
  readonly certifiedData: Uint8Array;
  readonly globalTimer: bigint;
  readonly chunks: ReadonlyMap<string, Uint8Array>;
}

/** What the canister is now; undefined where it has no code. `takenAt` in ns since 1970. */
export function captureSnapshot(
  { version, code, stable, certifiedData, globalTimer, chunks }: Canister,
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
    chunks: new Map(chunks),
  };
}

/** Makes the canister what it was, but for its settings, cycles, log and history. */
export function restoreSnapshot(canister: Canister, snapshot: CanisterSnapshot): void {
  canister.code = copyCode(snapshot.code);
  canister.stable.clear();
  canister.stable.apply(new Map(snapshot.stable.pages()), snapshot.stable.wasmPages);
  canister.certifiedData = snapshot.certifiedData;
  canister.globalTimer = snapshot.globalTimer;
  canister.chunks.clear();
  for (const [hash, chunk] of snapshot.chunks) canister.chunks.set(hash, chunk);
  canister.version += 1n;
}

/** Bytes that the snapshot takes. */
export function snapshotBytes({ code, stable, chunks, certifiedData }: CanisterSnapshot): bigint {
  let bytes = code.heap.length + code.upload.length + certifiedData.length;
  for (const chunk of chunks.values()) bytes += chunk.length;
  return BigInt(bytes) + BigInt(stable.wasmPages * WASM_PAGE_BYTES);
}

/** The code as it is, to go on by itself. Both have the same heap until one of them writes to it. */
export function copyCode(code: InstalledCode): InstalledCode {
  shareHeap(code);
  return { ...code };
}

function copyStable(stable: StablePages): StablePages {
  const copy = new StablePages();
  copy.apply(new Map(stable.pages()), stable.wasmPages);
  return copy;
}
