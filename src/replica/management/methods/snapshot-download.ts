import { fromHex, toHex } from '../../codec/bytes.ts';
import { readGlobals } from '../../execution/snapshot-globals.ts';
import type { CanisterSnapshot } from '../../state/canister-snapshot.ts';
import { partBytes, readPart, type SnapshotPart } from '../../state/uploaded-snapshot.ts';
import type { SnapshotIdValue } from '../arguments.ts';
import { decodeArgument, encodeResult } from '../candid.ts';
import { chargeWork } from '../charge-work.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { DATA_INSTRUCTIONS, requireReadable, requireSnapshot } from '../snapshot-store.ts';
import {
  ReadSnapshotDataArg,
  type ReadSnapshotDataValue,
  SnapshotDataResult,
  SnapshotIdArg,
  SnapshotMetadataResult,
} from '../transfer-types.ts';

/** The most bytes that one call carries out of a snapshot. */
const MAX_READ_BYTES = 2_000_000n;

/** Tells sizes, globals and settings of a snapshot ("IC method read_canister_snapshot_metadata"). */
export const readSnapshotMetadata: ManagementMethod = {
  callers: { viewers: requireReadable },
  run: ({ world, origin, arg }) => {
    const { canister_id, snapshot_id } = decodeArgument<SnapshotIdValue>(SnapshotIdArg, arg);
    const canister = requireReadable(world, canister_id, origin.sender);
    const snapshot = requireSnapshot(canister, snapshot_id);
    chargeWork(world, canister, DATA_INSTRUCTIONS);
    const globals = snapshot.uploadedGlobals ?? readGlobals(world.instances, snapshot.code);
    return { data: encodeResult(SnapshotMetadataResult, metadataValue(snapshot, globals)) };
  },
};

function metadataValue(
  snapshot: CanisterSnapshot,
  globals: NonNullable<CanisterSnapshot['uploadedGlobals']>,
): Readonly<Record<string, unknown>> {
  const { uploadedGlobals, takenAt, canisterVersion, certifiedData, globalTimer, lowMemoryHook } = snapshot;
  return {
    source: uploadedGlobals === undefined ? { taken_from_canister: null } : { metadata_upload: null },
    taken_at_timestamp: takenAt,
    wasm_module_size: BigInt(partBytes(snapshot, 'module')),
    globals: globals.map(({ type, value }) => ({ [type]: value })),
    wasm_memory_size: BigInt(partBytes(snapshot, 'heap')),
    stable_memory_size: BigInt(partBytes(snapshot, 'stable')),
    wasm_chunk_store: [...snapshot.chunks.keys()].map((hash) => ({ hash: fromHex(hash) })),
    canister_version: canisterVersion,
    certified_data: certifiedData,
    global_timer:
      globalTimer === undefined ? [] : [globalTimer === 0n ? { inactive: null } : { active: globalTimer }],
    on_low_wasm_memory_hook_status: lowMemoryHook === undefined ? [] : [{ [lowMemoryHook]: null }],
  };
}

/** Gives a part of a snapshot, at most two million bytes ("IC method read_canister_snapshot_data"). */
export const readSnapshotData: ManagementMethod = {
  callers: { viewers: requireReadable },
  run: ({ world, origin, arg }) => {
    const { canister_id, snapshot_id, kind } = decodeArgument<ReadSnapshotDataValue>(
      ReadSnapshotDataArg,
      arg,
    );
    const canister = requireReadable(world, canister_id, origin.sender);
    const chunk = dataOf(requireSnapshot(canister, snapshot_id), kind);
    chargeWork(world, canister, DATA_INSTRUCTIONS + BigInt(chunk.length));
    return { data: encodeResult(SnapshotDataResult, { chunk }) };
  },
};

function dataOf(snapshot: CanisterSnapshot, kind: ReadSnapshotDataValue['kind']): Uint8Array {
  if ('wasm_chunk' in kind) {
    const hash = toHex(kind.wasm_chunk.hash);
    return snapshot.chunks.get(hash) ?? refuse('IC0408', `The chunk ${hash} is not in the snapshot`);
  }
  const [part, { offset, size }] = rangeOf(kind);
  if (size > MAX_READ_BYTES) refuse('IC0408', `The size is ${size}; ${MAX_READ_BYTES} at most`);
  const end = partBytes(snapshot, part);
  if (offset + size > BigInt(end)) {
    refuse('IC0408', `offset ${offset} + size ${size} exceeds the ${end} bytes of the snapshot's ${part}`);
  }
  return readPart(snapshot, part, Number(offset), Number(size));
}

type Range = Exclude<ReadSnapshotDataValue['kind'], { wasm_chunk: unknown }>;

function rangeOf(kind: Range): [SnapshotPart, { readonly offset: bigint; readonly size: bigint }] {
  if ('wasm_module' in kind) return ['module', kind.wasm_module];
  return 'wasm_memory' in kind ? ['heap', kind.wasm_memory] : ['stable', kind.stable_memory];
}
