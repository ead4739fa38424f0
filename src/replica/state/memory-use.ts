import type { Canister } from './canister.ts';
import { snapshotBytes } from './canister-snapshot.ts';
import { WASM_PAGE_BYTES } from './stable-pages.ts';

/** Bytes that a canister takes, by what takes them. */
export interface MemoryUse {
  readonly heap: bigint;
  readonly stable: bigint;
  readonly globals: bigint;
  readonly module: bigint;
  readonly chunks: bigint;
  readonly log: bigint;
  readonly history: bigint;
  readonly custom: bigint;
  readonly snapshots: bigint;
}

/** The most that a part of a module has, and what each costs as if it had as many ("IC method upload_chunk"). */
export const CHUNK_BYTES = 1024 * 1024;
const GLOBAL_BYTES = 8;
const CHANGE_BYTES = 128;

/** What the canister takes now, in bytes; stable memory by its size and the log by its limit, not by what of it was written. */
export function memoryUse(canister: Canister): MemoryUse {
  const { code, stable, chunks, settings, history } = canister;
  let snapshots = 0n;
  for (const snapshot of canister.snapshots.values()) snapshots += snapshotBytes(snapshot);
  return {
    heap: BigInt(code?.heap.length ?? 0),
    stable: BigInt(stable.wasmPages * WASM_PAGE_BYTES),
    globals: BigInt((code?.variables.globals.length ?? 0) * GLOBAL_BYTES),
    module: BigInt(code?.upload.length ?? 0),
    chunks: BigInt(chunks.size * CHUNK_BYTES),
    log: settings.logMemoryLimit,
    history: BigInt(history.changes.length * CHANGE_BYTES),
    custom: BigInt(canister.certifiedData.length),
    snapshots,
  };
}

/** The sum of it all. */
export function totalBytes(use: MemoryUse): bigint {
  const { heap, stable, globals, module, chunks, log, history, custom, snapshots } = use;
  return heap + stable + globals + module + chunks + log + history + custom + snapshots;
}
