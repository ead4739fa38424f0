import { toHex } from '../../codec/bytes.ts';
import { sha256 } from '../../codec/sha256.ts';
import type { CanisterSnapshot, GlobalValue } from '../../state/canister-snapshot.ts';
import type { LowMemoryHook } from '../../state/low-memory-hook.ts';
import { MAX_STABLE_WASM_PAGES } from '../../state/stable-memory.ts';
import { WASM_PAGE_BYTES } from '../../state/stable-pages.ts';
import { beginUpload, partBytes, type SnapshotPart, writePart } from '../../state/uploaded-snapshot.ts';
import { MAX_CERTIFIED_BYTES } from '../../system-api/functions/certification.ts';
import { moduleLimits } from '../../wasm/module-rules.ts';
import { requireControlledOrSelf } from '../authorise.ts';
import { decodeArgument, encodeNothing, encodeResult } from '../candid.ts';
import { chargeWork } from '../charge-work.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import {
  addSnapshot,
  BASE_INSTRUCTIONS,
  DATA_INSTRUCTIONS,
  nextSnapshotId,
  requireNotFrozen,
  requireRoom,
  requireSnapshot,
} from '../snapshot-store.ts';
import {
  type GlobalVariant,
  UploadedSnapshotResult,
  UploadSnapshotDataArg,
  type UploadSnapshotDataValue,
  UploadSnapshotMetadataArg,
  type UploadSnapshotMetadataValue,
} from '../transfer-types.ts';
import { requireChunkRoom } from './chunks.ts';

const PAGE = BigInt(WASM_PAGE_BYTES);
/** Of a 64-bit memory. */
const MAX_HEAP_BYTES = 6n * 1024n ** 3n;

/** Begins a snapshot whose data are uploaded afterwards ("IC method upload_canister_snapshot_metadata"). */
export const uploadSnapshotMetadata: ManagementMethod = {
  callers: 'controllers',
  run: ({ world, origin, arg }) => {
    const value = decodeArgument<UploadSnapshotMetadataValue>(UploadSnapshotMetadataArg, arg);
    const canister = requireControlledOrSelf(world, value.canister_id, origin.sender);
    const [replaced] = value.replace_snapshot;
    requireRoom(canister, replaced);
    checkSizes(value);
    chargeWork(world, canister, BASE_INSTRUCTIONS);
    const [timer] = value.global_timer;
    const [hook] = value.on_low_wasm_memory_hook_status;
    const snapshot = beginUpload({
      id: nextSnapshotId(canister),
      takenAt: world.now(),
      canisterVersion: canister.version,
      certifiedData: value.certified_data,
      globalTimer: timer && ('active' in timer ? timer.active : 0n),
      lowMemoryHook: hook && hookStatus(hook),
      moduleBytes: Number(value.wasm_module_size),
      heapBytes: Number(value.wasm_memory_size),
      stableBytes: Number(value.stable_memory_size),
      uploadedGlobals: value.globals.map(globalValue),
    });
    requireNotFrozen(world, canister, snapshot);
    addSnapshot(canister, snapshot, replaced);
    world.outbox.changed(canister);
    return { data: encodeResult(UploadedSnapshotResult, { snapshot_id: snapshot.id }) };
  },
};

function checkSizes(value: UploadSnapshotMetadataValue): void {
  const atMost = (name: string, size: bigint | number, limit: bigint | number) => {
    if (size > limit) refuse('IC0408', `${name} is ${size}; it can be ${limit} at most`);
  };
  atMost('wasm_module_size', value.wasm_module_size, moduleLimits.moduleSize);
  atMost('wasm_memory_size', value.wasm_memory_size, MAX_HEAP_BYTES);
  atMost('stable_memory_size', value.stable_memory_size, BigInt(MAX_STABLE_WASM_PAGES) * PAGE);
  atMost('the number of globals', value.globals.length, moduleLimits.globals);
  atMost('the size of certified_data', value.certified_data.length, MAX_CERTIFIED_BYTES);
  for (const name of ['wasm_memory_size', 'stable_memory_size'] as const) {
    if (value[name] % PAGE !== 0n)
      refuse('IC0408', `${name} is ${value[name]}; it has to be whole pages of ${PAGE}`);
  }
}

function hookStatus(value: object): LowMemoryHook {
  if ('ready' in value) return 'ready';
  return 'executed' in value ? 'executed' : 'condition_not_satisfied';
}

function globalValue(global: GlobalVariant): GlobalValue {
  if ('i32' in global) return { type: 'i32', value: global.i32 };
  if ('i64' in global) return { type: 'i64', value: global.i64 };
  if ('f32' in global) return { type: 'f32', value: global.f32 };
  if ('f64' in global) return { type: 'f64', value: global.f64 };
  if (BigInt(global.v128) >> 128n !== 0n) refuse('IC0408', 'A global of type v128 has more than 128 bits');
  return { type: 'v128', value: global.v128 };
}

/** Puts data into an uploaded snapshot ("IC method upload_canister_snapshot_data"). */
export const uploadSnapshotData: ManagementMethod = {
  callers: 'controllers',
  run: ({ world, origin, arg }) => {
    const value = decodeArgument<UploadSnapshotDataValue>(UploadSnapshotDataArg, arg);
    const canister = requireControlledOrSelf(world, value.canister_id, origin.sender);
    const snapshot = requireSnapshot(canister, value.snapshot_id);
    if (snapshot.uploadedGlobals === undefined) {
      refuse('IC0408', `The snapshot ${toHex(snapshot.id)} was taken from a canister, and does not change`);
    }
    const put = placeOf(snapshot, value);
    chargeWork(world, canister, DATA_INSTRUCTIONS + BigInt(value.chunk.length));
    canister.snapshots.set(toHex(snapshot.id), put());
    world.outbox.changed(canister);
    return { data: encodeNothing() };
  },
};

/** What puts the data into their place. Refuses where there is none for them. */
function placeOf(
  snapshot: CanisterSnapshot,
  { kind, chunk }: UploadSnapshotDataValue,
): () => CanisterSnapshot {
  if ('wasm_chunk' in kind) {
    const hash = toHex(sha256(chunk));
    requireChunkRoom(snapshot.chunks, hash, chunk);
    return () => ({ ...snapshot, chunks: new Map([...snapshot.chunks, [hash, chunk]]) });
  }
  const [part, { offset }] = partOf(kind);
  const size = partBytes(snapshot, part);
  if (offset + BigInt(chunk.length) > BigInt(size)) {
    refuse(
      'IC0408',
      `offset ${offset} + ${chunk.length} bytes exceeds the ${size} bytes of the snapshot's ${part}`,
    );
  }
  return () => writePart(snapshot, part, Number(offset), chunk);
}

type Place = Exclude<UploadSnapshotDataValue['kind'], { wasm_chunk: unknown }>;

function partOf(kind: Place): [SnapshotPart, { readonly offset: bigint }] {
  if ('wasm_module' in kind) return ['module', kind.wasm_module];
  return 'wasm_memory' in kind ? ['heap', kind.wasm_memory] : ['stable', kind.stable_memory];
}
