import type { Principal } from '@dfinity/principal';

/** What @dfinity/candid gives for the types of the same names in types.ts. An `opt` is an array of none or one. */
type Option<T> = [] | [T];
type Unit = null;

export type VisibilityValue =
  | { controllers: Unit }
  | { public: Unit }
  | { allowed_viewers: readonly Principal[] };

export interface SettingsValue {
  controllers: Option<readonly Principal[]>;
  compute_allocation: Option<bigint>;
  memory_allocation: Option<bigint>;
  freezing_threshold: Option<bigint>;
  reserved_cycles_limit: Option<bigint>;
  minimum_incoming_canister_call_cycles: Option<bigint>;
  log_visibility: Option<VisibilityValue>;
  snapshot_visibility: Option<VisibilityValue>;
  status_visibility: Option<VisibilityValue>;
  log_memory_limit: Option<bigint>;
  wasm_memory_limit: Option<bigint>;
  wasm_memory_threshold: Option<bigint>;
  environment_variables: Option<readonly { name: string; value: string }[]>;
}

interface Versioned {
  sender_canister_version: Option<bigint>;
}

export type InstallModeValue =
  | { install: Unit }
  | { reinstall: Unit }
  | {
      upgrade: Option<{
        skip_pre_upgrade: Option<boolean>;
        wasm_memory_persistence: Option<{ keep: Unit } | { replace: Unit }>;
      }>;
    };

export interface CanisterIdValue {
  canister_id: Principal;
}
export interface CreateCanisterValue extends Versioned {
  settings: Option<SettingsValue>;
}
export interface ProvisionalCreateValue extends CreateCanisterValue {
  amount: Option<bigint>;
  specified_id: Option<Principal>;
}
export interface ProvisionalTopUpValue extends CanisterIdValue {
  amount: bigint;
}
export interface UpdateSettingsValue extends CanisterIdValue, Versioned {
  settings: SettingsValue;
}
export interface InstallCodeValue extends CanisterIdValue, Versioned {
  mode: InstallModeValue;
  wasm_module: Uint8Array;
  arg: Uint8Array;
}
export interface InstallChunkedCodeValue extends Versioned {
  mode: InstallModeValue;
  target_canister: Principal;
  store_canister: Option<Principal>;
  chunk_hashes_list: readonly { hash: Uint8Array }[];
  wasm_module_hash: Uint8Array;
  arg: Uint8Array;
}
export interface UninstallCodeValue extends CanisterIdValue, Versioned {}
export interface UploadChunkValue extends CanisterIdValue {
  chunk: Uint8Array;
}
export interface CanisterInfoValue extends CanisterIdValue {
  num_requested_changes: Option<bigint>;
}
export interface CanisterMetadataValue extends CanisterIdValue {
  name: string;
}
export interface TakeSnapshotValue extends CanisterIdValue, Versioned {
  replace_snapshot: Option<Uint8Array>;
  uninstall_code: Option<boolean>;
}
/** Of loading and of deleting; the latter has no version. */
export interface SnapshotIdValue extends CanisterIdValue, Versioned {
  snapshot_id: Uint8Array;
}
interface LogRange {
  start: bigint;
  end: bigint;
}
export interface FetchLogsValue extends CanisterIdValue {
  filter: Option<{ by_idx: LogRange } | { by_timestamp_nanos: LogRange }>;
}
