import type { ManagementMethod } from './management-call.ts';
import { clearChunkStore, storedChunks, uploadChunk } from './methods/chunks.ts';
import { createCanister, provisionalCreate, provisionalTopUp } from './methods/creation.ts';
import { depositCycles } from './methods/cycles.ts';
import { canisterInfo } from './methods/info.ts';
import { installChunkedCode, installCode } from './methods/installation.ts';
import { deleteCanister, startCanister, stopCanister, uninstallCode } from './methods/lifecycle.ts';
import { listCanisters } from './methods/listing.ts';
import { fetchCanisterLogs } from './methods/logs.ts';
import { canisterMetadata } from './methods/metadata.ts';
import { canisterMetrics } from './methods/metrics.ts';
import { httpRequest } from './methods/outcalls.ts';
import { rawRand } from './methods/randomness.ts';
import { updateSettings } from './methods/settings.ts';
import { ecdsaPublicKey, schnorrPublicKey, signWithEcdsa, signWithSchnorr } from './methods/signatures.ts';
import { readSnapshotData, readSnapshotMetadata } from './methods/snapshot-download.ts';
import { uploadSnapshotData, uploadSnapshotMetadata } from './methods/snapshot-upload.ts';
import {
  deleteCanisterSnapshot,
  listCanisterSnapshots,
  loadCanisterSnapshot,
  takeCanisterSnapshot,
} from './methods/snapshots.ts';
import { canisterStatus } from './methods/status.ts';
import { vetKdDeriveKey, vetKdPublicKey } from './methods/vetkd.ts';
import type { NativeCanister } from './native-canister.ts';

const UPDATES: ReadonlyMap<string, ManagementMethod> = new Map([
  ['create_canister', createCanister],
  ['provisional_create_canister_with_cycles', provisionalCreate],
  ['provisional_top_up_canister', provisionalTopUp],
  ['update_settings', updateSettings],
  ['install_code', installCode],
  ['install_chunked_code', installChunkedCode],
  ['upload_chunk', uploadChunk],
  ['clear_chunk_store', clearChunkStore],
  ['stored_chunks', storedChunks],
  ['uninstall_code', uninstallCode],
  ['start_canister', startCanister],
  ['stop_canister', stopCanister],
  ['delete_canister', deleteCanister],
  ['canister_status', canisterStatus],
  ['canister_metrics', canisterMetrics],
  ['canister_info', canisterInfo],
  ['canister_metadata', canisterMetadata],
  ['fetch_canister_logs', fetchCanisterLogs],
  ['take_canister_snapshot', takeCanisterSnapshot],
  ['load_canister_snapshot', loadCanisterSnapshot],
  ['list_canister_snapshots', listCanisterSnapshots],
  ['delete_canister_snapshot', deleteCanisterSnapshot],
  ['read_canister_snapshot_metadata', readSnapshotMetadata],
  ['read_canister_snapshot_data', readSnapshotData],
  ['upload_canister_snapshot_metadata', uploadSnapshotMetadata],
  ['upload_canister_snapshot_data', uploadSnapshotData],
  ['deposit_cycles', depositCycles],
  ['raw_rand', rawRand],
  ['http_request', httpRequest],
  ['ecdsa_public_key', ecdsaPublicKey],
  ['sign_with_ecdsa', signWithEcdsa],
  ['schnorr_public_key', schnorrPublicKey],
  ['sign_with_schnorr', signWithSchnorr],
  ['vetkd_public_key', vetKdPublicKey],
  ['vetkd_derive_key', vetKdDeriveKey],
]);

const QUERIES: ReadonlyMap<string, ManagementMethod> = new Map([
  ['fetch_canister_logs', fetchCanisterLogs],
  ['canister_status', canisterStatus],
  ['canister_metrics', canisterMetrics],
  ['canister_info', canisterInfo],
  ['list_canisters', listCanisters],
]);

/** The management canister ("The IC management canister"); its id has no bytes. */
export const managementCanister: NativeCanister = {
  id: new Uint8Array(),
  name: 'Management canister',
  updates: UPDATES,
  queries: QUERIES,
};
