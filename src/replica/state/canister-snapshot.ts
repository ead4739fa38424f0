import { type InstalledCode, shareHeap } from './installed-code.ts';
import type { LowMemoryHook } from './low-memory-hook.ts';
import { StablePages, WASM_PAGE_BYTES } from './stable-pages.ts';

/** The types of the globals that a snapshot tells. */
export type NumberType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

/** The value of a global: of i32 and i64 signed, of v128 unsigned. */
export interface GlobalValue {
  readonly type: NumberType;
  readonly value: number | bigint;
}

/**
 * What a canister was at a moment, to be gone back to ("IC method take_canister_snapshot"). Never changes, but for one that
 * is being uploaded.
 */
export interface CanisterSnapshot {
  /** Unique in the network. */
  readonly id: Uint8Array;
  /** ns since 1970. */
  readonly takenAt: bigint;
  readonly canisterVersion: bigint;
  readonly code: InstalledCode;
  readonly stable: StablePages;
  readonly certifiedData: Uint8Array;
  /** Undefined where an upload does not say it. */
  readonly globalTimer: bigint | undefined;
  /** Undefined where an upload does not say it, and in what was written before there was the hook. */
  readonly lowMemoryHook?: LowMemoryHook | undefined;
  /** Of one that was uploaded: its globals, which stand for the variables of its code. */
  readonly uploadedGlobals?: readonly GlobalValue[];
  readonly chunks: ReadonlyMap<string, Uint8Array>;
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

/** Stable memory to go on by itself; a page is shared until one of the two writes to it. */
export function copyStable(stable: StablePages): StablePages {
  const copy = new StablePages();
  copy.apply(new Map(stable.pages()), stable.wasmPages);
  return copy;
}
