import { IDL } from '@dfinity/candid';
import { HttpRequestArg, HttpRequestResult } from '../../../src/replica/management/outcall-types.ts';
import * as transfer from '../../../src/replica/management/transfer-types.ts';
import * as types from '../../../src/replica/management/types.ts';
import { ingressFee } from '../../../src/replica/system-api/cycle-costs.ts';

const METHODS = {
  canister_info: [types.CanisterInfoArg, types.CanisterInfoResult],
  canister_metrics: [types.CanisterIdArg, types.CanisterMetricsResult],
  canister_metadata: [types.CanisterMetadataArg, types.CanisterMetadataResult],
  canister_status: [types.CanisterIdArg, types.CanisterStatusResult],
  clear_chunk_store: [types.CanisterIdArg, undefined],
  create_canister: [types.CreateCanisterArg, types.CanisterIdResult],
  delete_canister: [types.CanisterIdArg, undefined],
  deposit_cycles: [types.CanisterIdArg, undefined],
  fetch_canister_logs: [types.FetchLogsArg, types.LogsResult],
  http_request: [HttpRequestArg, HttpRequestResult],
  install_chunked_code: [types.InstallChunkedCodeArg, undefined],
  install_code: [types.InstallCodeArg, undefined],
  provisional_create_canister_with_cycles: [types.ProvisionalCreateArg, types.CanisterIdResult],
  provisional_top_up_canister: [types.ProvisionalTopUpArg, undefined],
  delete_canister_snapshot: [types.DeleteSnapshotArg, undefined],
  list_canister_snapshots: [types.CanisterIdArg, types.SnapshotsResult],
  load_canister_snapshot: [types.LoadSnapshotArg, undefined],
  read_canister_snapshot_data: [transfer.ReadSnapshotDataArg, transfer.SnapshotDataResult],
  read_canister_snapshot_metadata: [transfer.SnapshotIdArg, transfer.SnapshotMetadataResult],
  upload_canister_snapshot_data: [transfer.UploadSnapshotDataArg, undefined],
  upload_canister_snapshot_metadata: [transfer.UploadSnapshotMetadataArg, transfer.UploadedSnapshotResult],
  start_canister: [types.CanisterIdArg, undefined],
  stop_canister: [types.CanisterIdArg, undefined],
  stored_chunks: [types.CanisterIdArg, types.StoredChunksResult],
  take_canister_snapshot: [types.TakeSnapshotArg, types.SnapshotResult],
  uninstall_code: [types.UninstallCodeArg, undefined],
  update_settings: [types.UpdateSettingsArg, undefined],
  upload_chunk: [types.UploadChunkArg, types.ChunkHashResult],
} as const satisfies Record<string, readonly [IDL.Type, IDL.Type | undefined]>;

/** A method that takes one record. */
export type ManagementMethodName = keyof typeof METHODS;

/** All of them. */
export const MANAGEMENT_METHOD_NAMES = Object.keys(METHODS).filter(
  (name): name is ManagementMethodName => name in METHODS,
);

/** Encodes a method's argument, in which optional values stand as they are or are missing. */
export function encodeArgument(method: ManagementMethodName, value: object): Uint8Array {
  const [type] = METHODS[method];
  return new Uint8Array(IDL.encode([type], [type.accept(new OptionWrapper(), value)]));
}

/** What an ingress message to a method costs the canister that it is about, in cycles. */
export function managementFee(method: ManagementMethodName, value: object): bigint {
  return ingressFee(method, encodeArgument(method, value));
}

/** Decodes a method's reply to what @dfinity/candid makes of it, which the caller names. */
export function decodeReply<T>(method: ManagementMethodName, reply: Uint8Array): T {
  const [, type] = METHODS[method];
  const [value] = IDL.decode(type === undefined ? [] : [type], reply.slice());
  return value as T;
}

/** Puts optional values into arrays, as @dfinity/candid wants them. */
class OptionWrapper extends IDL.Visitor<unknown, unknown> {
  override visitType(_type: IDL.Type, value: unknown): unknown {
    return value;
  }

  override visitOpt<T>(_option: IDL.OptClass<T>, inner: IDL.Type<T>, value: unknown): unknown {
    return value === undefined ? [] : [inner.accept(this, value)];
  }

  override visitRecord(_record: IDL.RecordClass, fields: [string, IDL.Type][], value: unknown): unknown {
    const given: Partial<Record<string, unknown>> = Object(value);
    return Object.fromEntries(fields.map(([name, type]) => [name, type.accept(this, given[name])]));
  }

  override visitVariant(_variant: IDL.VariantClass, fields: [string, IDL.Type][], value: unknown): unknown {
    const given: Partial<Record<string, unknown>> = Object(value);
    return Object.fromEntries(
      fields.filter(([name]) => name in given).map(([name, type]) => [name, type.accept(this, given[name])]),
    );
  }
}
