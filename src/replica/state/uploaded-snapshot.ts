import { type CanisterSnapshot, copyStable, type GlobalValue } from './canister-snapshot.ts';
import { StableMemory } from './stable-memory.ts';
import { StablePages, WASM_PAGE_BYTES } from './stable-pages.ts';

/** What a snapshot is begun with whose data come later; sizes in bytes, those of memories in whole Wasm pages. */
export interface UploadStart
  extends Pick<
    CanisterSnapshot,
    'id' | 'takenAt' | 'canisterVersion' | 'certifiedData' | 'globalTimer' | 'lowMemoryHook'
  > {
  readonly moduleBytes: number;
  readonly heapBytes: number;
  readonly stableBytes: number;
  readonly uploadedGlobals: readonly GlobalValue[];
}

/** A snapshot that is all zeros until its data come ("IC method upload_canister_snapshot_metadata"). */
export function beginUpload({ moduleBytes, heapBytes, stableBytes, ...rest }: UploadStart): CanisterSnapshot {
  const stable = new StablePages();
  stable.apply(new Map(), stableBytes / WASM_PAGE_BYTES);
  const code = {
    upload: new Uint8Array(moduleBytes),
    moduleHash: new Uint8Array(),
    heap: new Uint8Array(heapBytes),
    variables: { globals: [], tables: [] },
  };
  return { ...rest, code, stable, chunks: new Map() };
}

/** The snapshot for a copy of its canister: an uploaded one can still change, and so nothing of it is shared. */
export function copySnapshot(snapshot: CanisterSnapshot): CanisterSnapshot {
  const { code, stable, uploadedGlobals } = snapshot;
  if (uploadedGlobals === undefined) return snapshot;
  const { upload, heap } = code;
  return {
    ...snapshot,
    code: { ...code, upload: upload.slice(), heap: heap.slice() },
    stable: copyStable(stable),
  };
}

/** What of a snapshot some bytes are. */
export type SnapshotPart = 'module' | 'heap' | 'stable';

/** Bytes that the part has. */
export function partBytes({ code, stable }: CanisterSnapshot, part: SnapshotPart): number {
  switch (part) {
    case 'module':
      return code.upload.length;
    case 'heap':
      return code.heap.length;
    case 'stable':
      return stable.wasmPages * WASM_PAGE_BYTES;
  }
}

/** Some bytes of a part, which have to be there. */
export function readPart(
  { code, stable }: CanisterSnapshot,
  part: SnapshotPart,
  offset: number,
  size: number,
): Uint8Array {
  if (part !== 'stable') return (part === 'module' ? code.upload : code.heap).slice(offset, offset + size);
  const bytes = new Uint8Array(size);
  new StableMemory(stable).read(offset, bytes);
  return bytes;
}

/** Puts bytes into their place in an uploaded snapshot, which has to be there; another snapshot, but for what it shares. */
export function writePart(
  snapshot: CanisterSnapshot,
  part: SnapshotPart,
  offset: number,
  bytes: Uint8Array,
): CanisterSnapshot {
  const { code, stable } = snapshot;
  if (part === 'stable') {
    const memory = new StableMemory(stable);
    memory.write(offset, bytes);
    memory.commit();
  } else {
    (part === 'module' ? code.upload : code.heap).set(bytes, offset);
  }
  return { ...snapshot };
}
