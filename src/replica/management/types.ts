import { IDL } from '@dfinity/candid';

/** The management canister's Candid types ("The IC management canister"), with all fields that clients are known to read. */

const { Bool, Nat, Nat64, Null, Opt, Principal, Record, Text, Variant, Vec } = IDL;

const Blob = Vec(IDL.Nat8);

const VisibilityType = Variant({ controllers: Null, public: Null, allowed_viewers: Vec(Principal) });
const EnvironmentVariable = Record({ name: Text, value: Text });

const settingsFields = {
  controllers: Vec(Principal),
  compute_allocation: Nat,
  memory_allocation: Nat,
  freezing_threshold: Nat,
  reserved_cycles_limit: Nat,
  minimum_incoming_canister_call_cycles: Nat,
  log_visibility: VisibilityType,
  snapshot_visibility: VisibilityType,
  status_visibility: VisibilityType,
  log_memory_limit: Nat,
  wasm_memory_limit: Nat,
  wasm_memory_threshold: Nat,
  environment_variables: Vec(EnvironmentVariable),
};

export const SettingsType = Record(
  Object.fromEntries(Object.entries(settingsFields).map(([name, type]) => [name, Opt<unknown>(type)])),
);
const version = { sender_canister_version: Opt(Nat64) };

const InstallModeType = Variant({
  install: Null,
  reinstall: Null,
  upgrade: Opt(
    Record({
      skip_pre_upgrade: Opt(Bool),
      wasm_memory_persistence: Opt(Variant({ keep: Null, replace: Null })),
    }),
  ),
});
const ChunkHash = Record({ hash: Blob });

export const CanisterIdArg = Record({ canister_id: Principal });
export const CreateCanisterArg = Record({ settings: Opt(SettingsType), ...version });
export const ProvisionalCreateArg = Record({
  amount: Opt(Nat),
  settings: Opt(SettingsType),
  specified_id: Opt(Principal),
  ...version,
});
export const ProvisionalTopUpArg = Record({ canister_id: Principal, amount: Nat });
export const UpdateSettingsArg = Record({ canister_id: Principal, settings: SettingsType, ...version });
export const InstallCodeArg = Record({
  mode: InstallModeType,
  canister_id: Principal,
  wasm_module: Blob,
  arg: Blob,
  ...version,
});
export const InstallChunkedCodeArg = Record({
  mode: InstallModeType,
  target_canister: Principal,
  store_canister: Opt(Principal),
  chunk_hashes_list: Vec(ChunkHash),
  wasm_module_hash: Blob,
  arg: Blob,
  ...version,
});
export const UninstallCodeArg = Record({ canister_id: Principal, ...version });
export const UploadChunkArg = Record({ canister_id: Principal, chunk: Blob });
export const CanisterMetadataArg = Record({ canister_id: Principal, name: Text });
export const CanisterMetadataResult = Record({ value: Blob });
export const TakeSnapshotArg = Record({
  canister_id: Principal,
  replace_snapshot: Opt(Blob),
  uninstall_code: Opt(Bool),
  ...version,
});
export const LoadSnapshotArg = Record({ canister_id: Principal, snapshot_id: Blob, ...version });
export const DeleteSnapshotArg = Record({ canister_id: Principal, snapshot_id: Blob });
export const CanisterInfoArg = Record({ canister_id: Principal, num_requested_changes: Opt(Nat64) });

export const CanisterIdResult = Record({ canister_id: Principal });
export const ChunkHashResult = ChunkHash;
export const StoredChunksResult = Vec(ChunkHash);
export const RawRandResult = Vec(IDL.Nat8);
export const SnapshotResult = Record({ id: Blob, taken_at_timestamp: Nat64, total_size: Nat64 });
export const SnapshotsResult = Vec(SnapshotResult);
export const LogsResult = Record({
  canister_log_records: Vec(Record({ idx: Nat64, timestamp_nanos: Nat64, content: Blob })),
});

export const CanisterMetricsResult = Record({
  cycles_consumed: Record({
    memory: Nat,
    compute_allocation: Nat,
    ingress_induction: Nat,
    instructions: Nat,
    request_and_response_transmission: Nat,
    uninstall: Nat,
    canister_creation: Nat,
    http_outcalls: Nat,
    burned_cycles: Nat,
  }),
});
export const ListCanistersResult = Record({ canisters: Vec(Record({ start: Principal, end: Principal })) });

export const CanisterStatusResult = Record({
  status: Variant({ running: Null, stopping: Null, stopped: Null }),
  ready_for_migration: Bool,
  version: Nat64,
  settings: Record(settingsFields),
  module_hash: Opt(Blob),
  memory_size: Nat,
  memory_metrics: Record({
    wasm_memory_size: Nat,
    stable_memory_size: Nat,
    global_memory_size: Nat,
    wasm_binary_size: Nat,
    custom_sections_size: Nat,
    canister_history_size: Nat,
    wasm_chunk_store_size: Nat,
    snapshots_size: Nat,
    log_memory_store_size: Nat,
  }),
  cycles: Nat,
  reserved_cycles: Nat,
  idle_cycles_burned_per_day: Nat,
  query_stats: Record({
    num_calls_total: Nat,
    num_instructions_total: Nat,
    request_payload_bytes_total: Nat,
    response_payload_bytes_total: Nat,
  }),
});

const ChangeOriginType = Variant({
  from_user: Record({ user_id: Principal }),
  from_canister: Record({ canister_id: Principal, canister_version: Opt(Nat64) }),
});
const ChangeDetailsType = Variant({
  creation: Record({ controllers: Vec(Principal), environment_variables_hash: Opt(Blob) }),
  code_uninstall: Null,
  code_deployment: Record({
    mode: Variant({ install: Null, reinstall: Null, upgrade: Null }),
    module_hash: Blob,
  }),
  load_snapshot: Record({
    canister_version: Nat64,
    snapshot_id: Blob,
    taken_at_timestamp: Nat64,
    source: Variant({ taken_from_canister: Null, metadata_upload: Null }),
    from_canister_id: Opt(Principal),
  }),
  controllers_change: Record({ controllers: Vec(Principal) }),
  rename_canister: Record({
    canister_id: Principal,
    total_num_changes: Nat64,
    rename_to: Record({ canister_id: Principal, version: Nat64, total_num_changes: Nat64 }),
    requested_by: Principal,
  }),
});
export const CanisterInfoResult = Record({
  total_num_changes: Nat64,
  recent_changes: Vec(
    Record({
      timestamp_nanos: Nat64,
      canister_version: Nat64,
      origin: ChangeOriginType,
      details: Opt(ChangeDetailsType),
    }),
  ),
  module_hash: Opt(Blob),
  controllers: Vec(Principal),
});

/** Not used by a field above, but by the filter that clients may send with `fetch_canister_logs`. */
export const FetchLogsArg = Record({
  canister_id: Principal,
  filter: Opt(
    Variant({
      by_idx: Record({ start: Nat64, end: Nat64 }),
      by_timestamp_nanos: Record({ start: Nat64, end: Nat64 }),
    }),
  ),
});
