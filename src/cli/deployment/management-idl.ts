import type { ActorMethod } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';

/** The methods of the management canister that deployments and snapshots call, and only the fields that they use ("The IC management canister"). */

type Opt<T> = [] | [T];

export type InstallMode = { install: null } | { upgrade: [] };

interface Settings {
  controllers: Opt<Principal[]>;
}

interface CanisterStatus {
  module_hash: Opt<Uint8Array>;
  status: { running: null } | { stopping: null } | { stopped: null };
}

/** A snapshot of a canister, by the management canister. */
export interface SnapshotRecord {
  readonly id: Uint8Array;
  readonly taken_at_timestamp: bigint;
  readonly total_size: bigint;
}

interface SnapshotName {
  canister_id: Principal;
  snapshot_id: Uint8Array;
}

export interface ManagementService {
  provisional_create_canister_with_cycles: ActorMethod<
    [{ amount: Opt<bigint>; settings: Opt<Settings> }],
    { canister_id: Principal }
  >;
  canister_status: ActorMethod<[{ canister_id: Principal }], CanisterStatus>;
  stop_canister: ActorMethod<[{ canister_id: Principal }], undefined>;
  start_canister: ActorMethod<[{ canister_id: Principal }], undefined>;
  update_settings: ActorMethod<
    [{ canister_id: Principal; settings: { log_visibility: Opt<{ controllers: null }> } }],
    undefined
  >;
  install_code: ActorMethod<
    [{ mode: InstallMode; canister_id: Principal; wasm_module: Uint8Array; arg: Uint8Array }],
    undefined
  >;
  list_canister_snapshots: ActorMethod<[{ canister_id: Principal }], SnapshotRecord[]>;
  take_canister_snapshot: ActorMethod<
    [{ canister_id: Principal; replace_snapshot: Opt<Uint8Array> }],
    SnapshotRecord
  >;
  load_canister_snapshot: ActorMethod<[SnapshotName], undefined>;
  delete_canister_snapshot: ActorMethod<[SnapshotName], undefined>;
  clear_chunk_store: ActorMethod<[{ canister_id: Principal }], undefined>;
  upload_chunk: ActorMethod<[{ canister_id: Principal; chunk: Uint8Array }], { hash: Uint8Array }>;
  install_chunked_code: ActorMethod<
    [
      {
        mode: InstallMode;
        target_canister: Principal;
        store_canister: Opt<Principal>;
        chunk_hashes_list: { hash: Uint8Array }[];
        wasm_module_hash: Uint8Array;
        arg: Uint8Array;
      },
    ],
    undefined
  >;
}

export const managementIdl: IDL.InterfaceFactory = () => {
  const { Func, Nat, Null, Opt, Principal, Record, Service, Variant, Vec } = IDL;
  const Blob = Vec(IDL.Nat8);
  const Settings = Record({ controllers: Opt(Vec(Principal)) });
  const LogSettings = Record({ log_visibility: Opt(Variant({ controllers: Null })) });
  const Mode = Variant({ install: Null, upgrade: Opt(Record({})) });
  const CanisterId = Record({ canister_id: Principal });
  const Hash = Record({ hash: Blob });
  const Status = Variant({ running: Null, stopping: Null, stopped: Null });
  const Snapshot = Record({ id: Blob, taken_at_timestamp: IDL.Nat64, total_size: IDL.Nat64 });
  const SnapshotName = Record({ canister_id: Principal, snapshot_id: Blob });
  return Service({
    provisional_create_canister_with_cycles: Func(
      [Record({ amount: Opt(Nat), settings: Opt(Settings) })],
      [CanisterId],
      [],
    ),
    canister_status: Func([CanisterId], [Record({ module_hash: Opt(Blob), status: Status })], []),
    stop_canister: Func([CanisterId], [], []),
    start_canister: Func([CanisterId], [], []),
    update_settings: Func([Record({ canister_id: Principal, settings: LogSettings })], [], []),
    install_code: Func(
      [Record({ mode: Mode, canister_id: Principal, wasm_module: Blob, arg: Blob })],
      [],
      [],
    ),
    list_canister_snapshots: Func([CanisterId], [Vec(Snapshot)], []),
    take_canister_snapshot: Func(
      [Record({ canister_id: Principal, replace_snapshot: Opt(Blob) })],
      [Snapshot],
      [],
    ),
    load_canister_snapshot: Func([SnapshotName], [], []),
    delete_canister_snapshot: Func([SnapshotName], [], []),
    clear_chunk_store: Func([CanisterId], [], []),
    upload_chunk: Func([Record({ canister_id: Principal, chunk: Blob })], [Hash], []),
    install_chunked_code: Func(
      [
        Record({
          mode: Mode,
          target_canister: Principal,
          store_canister: Opt(Principal),
          chunk_hashes_list: Vec(Hash),
          wasm_module_hash: Blob,
          arg: Blob,
        }),
      ],
      [],
      [],
    ),
  });
};
