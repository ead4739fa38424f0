import { fromHex, toHex } from '../../codec/bytes.ts';
import { sha256 } from '../../codec/sha256.ts';
import { CHUNK_BYTES } from '../../state/memory-use.ts';
import type { CanisterIdValue, UploadChunkValue } from '../arguments.ts';
import { requireControlledOrSelf } from '../authorise.ts';
import { decodeArgument, encodeNothing, encodeResult } from '../candid.ts';
import { chargeWork } from '../charge-work.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { CanisterIdArg, ChunkHashResult, StoredChunksResult, UploadChunkArg } from '../types.ts';

const MAX_CHUNKS = 100;
/** What storing a part is charged for. */
const UPLOAD_INSTRUCTIONS = 200_000_000n;

/** Stores a part of a module, at most 1 MiB, under its hash ("IC method upload_chunk"). */
export const uploadChunk: ManagementMethod = {
  callers: 'controllers',
  run: ({ world, origin, arg }) => {
    const { canister_id, chunk } = decodeArgument<UploadChunkValue>(UploadChunkArg, arg);
    const canister = requireControlledOrSelf(world, canister_id, origin.sender);
    const hash = sha256(chunk);
    const key = toHex(hash);
    requireChunkRoom(canister.chunks, key, chunk);
    chargeWork(world, canister, UPLOAD_INSTRUCTIONS);
    canister.chunks.set(key, chunk);
    world.outbox.changed(canister);
    return { data: encodeResult(ChunkHashResult, { hash }) };
  },
};

/** Refuses a part that is too large for a store of parts, or one too many for it; `key` is its hash, hex. */
export function requireChunkRoom(
  chunks: ReadonlyMap<string, Uint8Array>,
  key: string,
  chunk: Uint8Array,
): void {
  if (chunk.length > CHUNK_BYTES) {
    refuse('IC0408', `The chunk has ${chunk.length} bytes; ${CHUNK_BYTES} at most`);
  }
  if (chunks.size >= MAX_CHUNKS && !chunks.has(key)) {
    refuse('IC0408', `The chunk store holds ${MAX_CHUNKS} chunks, which is the most it may`);
  }
}

/** Forgets all parts ("IC method clear_chunk_store"). */
export const clearChunkStore: ManagementMethod = {
  callers: 'controllers',
  run: ({ world, origin, arg }) => {
    const { canister_id } = decodeArgument<CanisterIdValue>(CanisterIdArg, arg);
    const canister = requireControlledOrSelf(world, canister_id, origin.sender);
    canister.chunks.clear();
    world.outbox.changed(canister);
    return { data: encodeNothing() };
  },
};

/** Lists the parts by hash ("IC method stored_chunks"). */
export const storedChunks: ManagementMethod = {
  callers: 'controllers',
  run: ({ world, origin, arg }) => {
    const { canister_id } = decodeArgument<CanisterIdValue>(CanisterIdArg, arg);
    const canister = requireControlledOrSelf(world, canister_id, origin.sender);
    const hashes = [...canister.chunks.keys()].map((key) => ({ hash: fromHex(key) }));
    return { data: encodeResult(StoredChunksResult, hashes) };
  },
};
