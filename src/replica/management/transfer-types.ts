import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import type { NumberType } from '../state/canister-snapshot.ts';

/** The Candid types of the methods that carry snapshots out of the network and into it, and what they are decoded to. */

const { Nat, Nat64, Null, Opt, Record, Reserved, Variant, Vec } = IDL;

const Blob = Vec(IDL.Nat8);
const Global = Variant({ i32: IDL.Int32, i64: IDL.Int64, f32: IDL.Float32, f64: IDL.Float64, v128: Nat });
const Timer = Opt(Variant({ inactive: Null, active: Nat64 }));
const HookStatus = Opt(Variant({ condition_not_satisfied: Null, ready: Null, executed: Null }));
const Part = Record({ offset: Nat64, size: Nat64 });
const Place = Record({ offset: Nat64 });

export const SnapshotIdArg = Record({ canister_id: IDL.Principal, snapshot_id: Blob });
export const SnapshotMetadataResult = Record({
  source: Variant({ taken_from_canister: Reserved, metadata_upload: Reserved }),
  taken_at_timestamp: Nat64,
  wasm_module_size: Nat64,
  globals: Vec(Global),
  wasm_memory_size: Nat64,
  stable_memory_size: Nat64,
  wasm_chunk_store: Vec(Record({ hash: Blob })),
  canister_version: Nat64,
  certified_data: Blob,
  global_timer: Timer,
  on_low_wasm_memory_hook_status: HookStatus,
});
export const ReadSnapshotDataArg = Record({
  canister_id: IDL.Principal,
  snapshot_id: Blob,
  kind: Variant({
    wasm_module: Part,
    wasm_memory: Part,
    stable_memory: Part,
    wasm_chunk: Record({ hash: Blob }),
  }),
});
export const SnapshotDataResult = Record({ chunk: Blob });
export const UploadSnapshotMetadataArg = Record({
  canister_id: IDL.Principal,
  replace_snapshot: Opt(Blob),
  wasm_module_size: Nat64,
  globals: Vec(Global),
  wasm_memory_size: Nat64,
  stable_memory_size: Nat64,
  certified_data: Blob,
  global_timer: Timer,
  on_low_wasm_memory_hook_status: HookStatus,
});
export const UploadedSnapshotResult = Record({ snapshot_id: Blob });
export const UploadSnapshotDataArg = Record({
  canister_id: IDL.Principal,
  snapshot_id: Blob,
  kind: Variant({ wasm_module: Place, wasm_memory: Place, stable_memory: Place, wasm_chunk: Null }),
  chunk: Blob,
});

type Option<T> = [] | [T];
type OneOf<T> = { [K in keyof T]: Readonly<Record<K, T[K]>> }[keyof T];

export type GlobalVariant = OneOf<Record<NumberType, number | bigint>>;
interface PartValue {
  readonly offset: bigint;
  readonly size: bigint;
}
interface PlaceValue {
  readonly offset: bigint;
}

export interface ReadSnapshotDataValue {
  readonly canister_id: Principal;
  readonly snapshot_id: Uint8Array;
  readonly kind: OneOf<{
    wasm_module: PartValue;
    wasm_memory: PartValue;
    stable_memory: PartValue;
    wasm_chunk: { readonly hash: Uint8Array };
  }>;
}
export interface UploadSnapshotMetadataValue {
  readonly canister_id: Principal;
  readonly replace_snapshot: Option<Uint8Array>;
  readonly wasm_module_size: bigint;
  readonly globals: readonly GlobalVariant[];
  readonly wasm_memory_size: bigint;
  readonly stable_memory_size: bigint;
  readonly certified_data: Uint8Array;
  readonly global_timer: Option<OneOf<{ inactive: null; active: bigint }>>;
  readonly on_low_wasm_memory_hook_status: Option<
    OneOf<{ condition_not_satisfied: null; ready: null; executed: null }>
  >;
}
export interface UploadSnapshotDataValue {
  readonly canister_id: Principal;
  readonly snapshot_id: Uint8Array;
  readonly kind: OneOf<{
    wasm_module: PlaceValue;
    wasm_memory: PlaceValue;
    stable_memory: PlaceValue;
    wasm_chunk: null;
  }>;
  readonly chunk: Uint8Array;
}
