import { deserialize, serialize } from 'node:v8';
import { toHex } from '../../codec/bytes.ts';
import type { Callback, CallContext } from '../../state/call-context.ts';
import { Canister, type RunState, type StopWaiter } from '../../state/canister.ts';
import type { HistoryImage } from '../../state/canister-history.ts';
import type { LogRecord } from '../../state/canister-log.ts';
import type { CanisterSettings } from '../../state/canister-settings.ts';
import type { CanisterSnapshot } from '../../state/canister-snapshot.ts';
import { type CyclesConsumed, nothingConsumed } from '../../state/cycles-consumed.ts';
import type { InstalledCode, InstanceVariablesImage } from '../../state/installed-code.ts';
import type { LowMemoryHook } from '../../state/low-memory-hook.ts';
import { PAGE_BYTES, StablePages } from '../../state/stable-pages.ts';
import type { BlobStore } from './blob-store.ts';

const SEGMENT_BYTES = 1024 * 1024;
const SEGMENT_PAGES = SEGMENT_BYTES / PAGE_BYTES;

/** A canister as plain data; what is large is in blobs, of which the names are here. */
export interface CanisterImage {
  readonly id: Uint8Array;
  readonly settings: CanisterSettings;
  readonly runState: RunState;
  readonly version: bigint;
  readonly cycles: bigint;
  readonly code: CodeImage | undefined;
  readonly stable: { readonly wasmPages: number; readonly segments: ReadonlyMap<number, string> };
  readonly certifiedData: Uint8Array;
  readonly globalTimer: bigint;
  readonly chunks: ReadonlyMap<string, string>;
  readonly callContexts: ReadonlyMap<bigint, CallContext>;
  readonly callbacks: ReadonlyMap<bigint, Callback>;
  readonly callIdCounter: bigint;
  readonly log: { readonly records: readonly LogRecord[]; readonly nextIndex: bigint };
  readonly history: HistoryImage;
  readonly queryStats: Canister['queryStats'];
  readonly stopWaiters: readonly StopWaiter[];
  /** What follows is absent in what was written before it was there. */
  readonly paidUntil?: bigint | undefined;
  readonly consumed?: CyclesConsumed;
  readonly lowMemoryHook?: LowMemoryHook;
  readonly snapshots?: readonly SnapshotImage[];
  readonly snapshotCount?: bigint;
}

type SnapshotImage = Pick<CanisterImage, 'stable' | 'chunks'> &
  Omit<CanisterSnapshot, 'code' | 'stable' | 'chunks'> & { readonly code: CodeImage };

interface CodeImage {
  readonly upload: string;
  readonly moduleHash: Uint8Array;
  readonly heapBytes: number;
  readonly heap: readonly string[];
  readonly variables: InstanceVariablesImage;
}

/** Writes canisters into a blob store, and of stable memory only what changed since the last time. */
export class CanisterWriter {
  readonly #blobs: BlobStore;
  readonly #segments = new WeakMap<StablePages, Map<number, string>>();
  readonly #snapshots = new WeakMap<CanisterSnapshot, SnapshotImage>();

  constructor(blobs: BlobStore) {
    this.#blobs = blobs;
  }

  write(canister: Canister): CanisterImage {
    const { id, settings, runState, version, cycles, code, stable, certifiedData, globalTimer } = canister;
    const { callContexts, callbacks, callIdCounter, log, history, queryStats, stopWaiters } = canister;
    const { paidUntil, consumed, lowMemoryHook } = canister;
    return {
      id,
      settings,
      runState,
      version,
      cycles,
      code: code && this.#writeCode(code),
      stable: { wasmPages: stable.wasmPages, segments: this.#writeStable(stable) },
      certifiedData,
      globalTimer,
      chunks: this.#writeChunks(canister.chunks),
      callContexts,
      callbacks,
      callIdCounter,
      log: { records: log.records, nextIndex: log.nextIndex },
      history: history.image(),
      queryStats,
      stopWaiters,
      paidUntil,
      consumed,
      lowMemoryHook,
      snapshots: [...canister.snapshots.values()].map((snapshot) => this.#writeSnapshot(snapshot)),
      snapshotCount: canister.snapshotCount,
    };
  }

  /** Once for each, since they never change. */
  #writeSnapshot(snapshot: CanisterSnapshot): SnapshotImage {
    const written = this.#snapshots.get(snapshot);
    if (written !== undefined) return written;
    const { stable, code, chunks } = snapshot;
    const image = {
      ...snapshot,
      code: this.#writeCode(code),
      stable: { wasmPages: stable.wasmPages, segments: this.#writeStable(stable) },
      chunks: this.#writeChunks(chunks),
    };
    this.#snapshots.set(snapshot, image);
    return image;
  }

  #writeChunks(chunks: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, string> {
    return new Map([...chunks].map(([hash, chunk]) => [hash, this.#blobs.put(chunk)]));
  }

  #writeCode({ upload, moduleHash, heap, variables }: InstalledCode): CodeImage {
    const segments: string[] = [];
    for (let start = 0; start < heap.length; start += SEGMENT_BYTES) {
      segments.push(this.#blobs.put(heap.subarray(start, start + SEGMENT_BYTES)));
    }
    return {
      upload: this.#blobs.put(upload),
      moduleHash,
      heapBytes: heap.length,
      heap: segments,
      variables,
    };
  }

  #writeStable(stable: StablePages): ReadonlyMap<number, string> {
    const known = this.#segments.get(stable);
    const segments = known ?? new Map<number, string>();
    const changed = stable.takeChanged();
    const pages = known === undefined ? [...stable.pages()].map(([index]) => index) : changed;
    // Where a write fails, what changed is known no more, and all has to be looked at the next time.
    this.#segments.delete(stable);
    for (const segment of new Set(pages.map((page) => Math.floor(page / SEGMENT_PAGES)))) {
      const content = segmentPages(stable, segment);
      if (content.size === 0) segments.delete(segment);
      else segments.set(segment, this.#blobs.put(new Uint8Array(serialize(content))));
    }
    this.#segments.set(stable, segments);
    return segments;
  }
}

function segmentPages(stable: StablePages, segment: number): ReadonlyMap<number, Uint8Array> {
  const pages = new Map<number, Uint8Array>();
  for (let index = segment * SEGMENT_PAGES; index < (segment + 1) * SEGMENT_PAGES; index++) {
    const page = stable.page(index);
    if (page !== undefined) pages.set(index, page);
  }
  return pages;
}

/** The blobs that an image needs. */
export function blobsOf({ snapshots = [], ...current }: CanisterImage): readonly string[] {
  return [current, ...snapshots].flatMap(({ code, stable, chunks }) => [
    ...(code === undefined ? [] : [code.upload, ...code.heap]),
    ...stable.segments.values(),
    ...chunks.values(),
  ]);
}

/** Makes a canister of its image again. */
export function readCanister(image: CanisterImage, blobs: BlobStore): Canister {
  const canister = new Canister(image.id, image.settings);
  canister.paidUntil = image.paidUntil;
  canister.consumed = { ...nothingConsumed(), ...image.consumed };
  canister.lowMemoryHook = image.lowMemoryHook ?? 'condition_not_satisfied';
  canister.runState = image.runState;
  canister.version = image.version;
  canister.cycles = image.cycles;
  canister.code = image.code && readCode(image.code, blobs);
  canister.certifiedData = image.certifiedData;
  canister.globalTimer = image.globalTimer;
  canister.callIdCounter = image.callIdCounter;
  canister.queryStats = image.queryStats;
  canister.stopWaiters = image.stopWaiters;
  canister.log.restore(image.log.records, image.log.nextIndex);
  canister.history.restore(image.history);
  for (const [hash, chunk] of readChunks(image.chunks, blobs)) canister.chunks.set(hash, chunk);
  for (const [id, context] of image.callContexts) canister.callContexts.set(id, context);
  for (const [id, callback] of image.callbacks) canister.callbacks.set(id, callback);
  readStable(image.stable, canister.stable, blobs);
  canister.snapshotCount = image.snapshotCount ?? 0n;
  for (const each of image.snapshots ?? []) canister.snapshots.set(toHex(each.id), readSnapshot(each, blobs));
  return canister;
}

function readSnapshot(image: SnapshotImage, blobs: BlobStore): CanisterSnapshot {
  const stable = new StablePages();
  readStable(image.stable, stable, blobs);
  return { ...image, code: readCode(image.code, blobs), stable, chunks: readChunks(image.chunks, blobs) };
}

function readChunks(names: CanisterImage['chunks'], blobs: BlobStore): ReadonlyMap<string, Uint8Array> {
  return new Map([...names].map(([hash, name]) => [hash, blobs.get(name)]));
}

function readStable(image: CanisterImage['stable'], stable: StablePages, blobs: BlobStore): void {
  const pages = new Map<number, Uint8Array>();
  for (const name of image.segments.values()) {
    // The blob's name is its digest, so it is what `write` made of a map of pages.
    const segment = deserialize(blobs.get(name)) as ReadonlyMap<number, Uint8Array>;
    for (const [index, page] of segment) pages.set(index, page.slice());
  }
  stable.apply(pages, image.wasmPages);
}

function readCode(image: CodeImage, blobs: BlobStore): InstalledCode {
  const heap = new Uint8Array(image.heapBytes);
  for (const [i, name] of image.heap.entries()) heap.set(blobs.get(name), i * SEGMENT_BYTES);
  return {
    upload: blobs.get(image.upload),
    moduleHash: image.moduleHash,
    heap,
    variables: image.variables,
  };
}
