import { Principal } from '@dfinity/principal';
import { toHex } from '../../codec/bytes.ts';
import { isMemoryLow } from '../../execution/low-memory-hook.ts';
import { noModule } from '../../execution/rejects.ts';
import { removeCode } from '../../execution/remove-code.ts';
import { codeOfUpload } from '../../execution/uploaded-code.ts';
import type { ExecutionWorld } from '../../execution/world.ts';
import type { Canister } from '../../state/canister.ts';
import { type CanisterSnapshot, copyCode, snapshotBytes } from '../../state/canister-snapshot.ts';
import { captureSnapshot } from '../../state/capture-snapshot.ts';
import type { InstalledCode } from '../../state/installed-code.ts';
import { restoreSnapshot } from '../../state/restore-snapshot.ts';
import type { CanisterIdValue, SnapshotIdValue, TakeSnapshotValue } from '../arguments.ts';
import { requireControlled, requireControlledOrSelf } from '../authorise.ts';
import { decodeArgument, encodeNothing, encodeResult } from '../candid.ts';
import { chargeWork } from '../charge-work.ts';
import { recordChange } from '../history.ts';
import type { ManagementMethod } from '../management-call.ts';
import { ManagementError, refuse } from '../management-error.ts';
import {
  addSnapshot,
  BASE_INSTRUCTIONS,
  nextSnapshotId,
  requireReadable,
  requireRoom,
  requireSnapshot,
  snapshotNotFound,
} from '../snapshot-store.ts';
import {
  CanisterIdArg,
  DeleteSnapshotArg,
  LoadSnapshotArg,
  SnapshotResult,
  SnapshotsResult,
  TakeSnapshotArg,
} from '../types.ts';

/** Keeps what the canister is now, in the place of another snapshot if the caller wants ("IC method take_canister_snapshot"). */
export const takeCanisterSnapshot: ManagementMethod = {
  callers: 'controllers',
  run: (call) => {
    const { world, origin, arg } = call;
    const value = decodeArgument<TakeSnapshotValue>(TakeSnapshotArg, arg);
    const canister = requireControlledOrSelf(world, value.canister_id, origin.sender);
    const [replaced] = value.replace_snapshot;
    requireRoom(canister, replaced);
    const snapshot = captureSnapshot(canister, { id: nextSnapshotId(canister), takenAt: world.now() });
    if (snapshot === undefined) throw new ManagementError(noModule(canister.id));
    chargeWork(world, canister, BASE_INSTRUCTIONS + snapshotBytes(snapshot));
    addSnapshot(canister, snapshot, replaced);
    if (value.uninstall_code[0] === true) {
      removeCode(world, canister);
      recordChange(call, canister, { kind: 'code_uninstall' }, value.sender_canister_version);
    }
    world.outbox.changed(canister);
    return { data: encodeResult(SnapshotResult, snapshotValue(snapshot)) };
  },
};

/** Makes a canister what a snapshot says, which may be another canister's ("IC method load_canister_snapshot"). */
export const loadCanisterSnapshot: ManagementMethod = {
  callers: 'controllers',
  run: (call) => {
    const { world, origin, arg } = call;
    const value = decodeArgument<SnapshotIdValue>(LoadSnapshotArg, arg);
    const canister = requireControlledOrSelf(world, value.canister_id, origin.sender);
    const { owner, snapshot } = findSnapshot(world, value.canister_id, value.snapshot_id);
    if (owner !== canister) requireControlled(world, Principal.fromUint8Array(owner.id), origin.sender);
    const code = codeOfSnapshot(world, canister, snapshot);
    chargeWork(world, canister, BASE_INSTRUCTIONS + snapshotBytes(snapshot));
    restoreSnapshot(canister, snapshot, code);
    const details = {
      kind: 'load_snapshot',
      uploaded: snapshot.uploadedGlobals !== undefined,
      snapshotId: snapshot.id,
      canisterVersion: snapshot.canisterVersion,
      takenAt: snapshot.takenAt,
      fromCanisterId: owner === canister ? undefined : owner.id,
    } as const;
    recordChange(call, canister, details, value.sender_canister_version);
    return { data: encodeNothing() };
  },
};

/** The canister's snapshots, oldest first, for whom its snapshot_visibility allows ("IC method list_canister_snapshots"). */
export const listCanisterSnapshots: ManagementMethod = {
  callers: { viewers: requireReadable },
  run: ({ world, origin, arg }) => {
    const { canister_id } = decodeArgument<CanisterIdValue>(CanisterIdArg, arg);
    const canister = requireReadable(world, canister_id, origin.sender);
    const snapshots = [...canister.snapshots.values()].map(snapshotValue);
    return { data: encodeResult(SnapshotsResult, snapshots) };
  },
};

/** Forgets a snapshot ("IC method delete_canister_snapshot"). */
export const deleteCanisterSnapshot: ManagementMethod = {
  callers: 'controllers',
  run: ({ world, origin, arg }) => {
    const value = decodeArgument<SnapshotIdValue>(DeleteSnapshotArg, arg);
    const canister = requireControlledOrSelf(world, value.canister_id, origin.sender);
    requireSnapshot(canister, value.snapshot_id);
    canister.snapshots.delete(toHex(value.snapshot_id));
    world.outbox.changed(canister);
    return { data: encodeNothing() };
  },
};

/** The code that a snapshot brings. Refuses one that was uploaded and is not whole, or contradicts its own settings. */
function codeOfSnapshot(
  world: ExecutionWorld,
  canister: Canister,
  snapshot: CanisterSnapshot,
): InstalledCode {
  if (snapshot.uploadedGlobals === undefined) return copyCode(snapshot.code);
  const code = codeOfUpload(world.instances, snapshot, canister.id);
  if ('errorCode' in code) throw new ManagementError(code);
  const { lowMemoryHook } = snapshot;
  const low = isMemoryLow(world, { code, settings: canister.settings });
  if (lowMemoryHook !== undefined && low !== (lowMemoryHook !== 'condition_not_satisfied')) {
    refuse(
      'IC0408',
      `on_low_wasm_memory_hook_status is ${lowMemoryHook}, but the memory is ${low ? '' : 'not '}low by the canister's settings`,
    );
  }
  return code;
}

/** The snapshot, which can be of any canister of the network. */
function findSnapshot(
  { canisters }: ExecutionWorld,
  wanted: Principal,
  id: Uint8Array,
): { readonly owner: Canister; readonly snapshot: CanisterSnapshot } {
  const key = toHex(id);
  for (const owner of canisters) {
    const snapshot = owner.snapshots.get(key);
    if (snapshot !== undefined) return { owner, snapshot };
  }
  return snapshotNotFound(wanted.toUint8Array(), id);
}

function snapshotValue(snapshot: CanisterSnapshot): Readonly<Record<string, unknown>> {
  return {
    id: snapshot.id,
    taken_at_timestamp: snapshot.takenAt,
    total_size: snapshotBytes(snapshot),
  };
}
