import { Principal } from '@dfinity/principal';
import { concatBytes, equalBytes, toHex } from '../../codec/bytes.ts';
import { principalText } from '../../codec/principal-text.ts';
import { consume } from '../../execution/consume.ts';
import { noModule, outOfCycles } from '../../execution/rejects.ts';
import { removeCode } from '../../execution/remove-code.ts';
import type { ExecutionWorld } from '../../execution/world.ts';
import type { Canister } from '../../state/canister.ts';
import {
  type CanisterSnapshot,
  captureSnapshot,
  restoreSnapshot,
  snapshotBytes,
} from '../../state/canister-snapshot.ts';
import { executionFee } from '../../system-api/cycle-costs.ts';
import type { CanisterIdValue, SnapshotIdValue, TakeSnapshotValue } from '../arguments.ts';
import { maySee, requireCanister, requireControlled, requireControlledOrSelf } from '../authorise.ts';
import { decodeArgument, encodeNothing, encodeResult } from '../candid.ts';
import { recordChange } from '../history.ts';
import type { ManagementMethod } from '../management-call.ts';
import { ManagementError, refuse } from '../management-error.ts';
import {
  CanisterIdArg,
  DeleteSnapshotArg,
  LoadSnapshotArg,
  SnapshotResult,
  SnapshotsResult,
  TakeSnapshotArg,
} from '../types.ts';

/** The most snapshots that a canister has. */
const MAX_SNAPSHOTS = 10;
/** What taking or loading one is charged for, in instructions, beside one for each of its bytes. */
const BASE_INSTRUCTIONS = 2_000_000_000n;

/** Keeps what the canister is now, in the place of another snapshot if the caller wants ("IC method take_canister_snapshot"). */
export const takeCanisterSnapshot: ManagementMethod = {
  callers: 'controllers',
  run: (call) => {
    const { world, origin, arg } = call;
    const value = decodeArgument<TakeSnapshotValue>(TakeSnapshotArg, arg);
    const canister = requireControlledOrSelf(world, value.canister_id, origin.sender);
    const [replaced] = value.replace_snapshot;
    if (replaced !== undefined) requireSnapshot(canister, replaced);
    else if (canister.snapshots.size >= MAX_SNAPSHOTS) {
      refuse(
        'IC0408',
        `Canister ${value.canister_id.toText()} has ${MAX_SNAPSHOTS} snapshots, which is the most it may; name one to replace`,
      );
    }
    const snapshot = captureSnapshot(canister, { id: nextId(canister), takenAt: world.now() });
    if (snapshot === undefined) throw new ManagementError(noModule(canister.id));
    charge(world, canister, snapshot);
    if (replaced !== undefined) canister.snapshots.delete(toHex(replaced));
    canister.snapshots.set(toHex(snapshot.id), snapshot);
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
    charge(world, canister, snapshot);
    restoreSnapshot(canister, snapshot);
    const details = {
      kind: 'load_snapshot',
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
  callers: 'anyone',
  run: ({ world, origin, arg }) => {
    const { canister_id } = decodeArgument<CanisterIdValue>(CanisterIdArg, arg);
    const canister = requireCanister(world, canister_id);
    const self = equalBytes(canister.id, origin.sender);
    if (!self && !maySee(canister, canister.settings.snapshotVisibility, origin.sender)) {
      refuse('IC0512', `The caller is not allowed to list the snapshots of canister ${canister_id.toText()}`);
    }
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

/** An id that no snapshot of the network has or had: the canister's, behind a number of its own. */
function nextId(canister: Canister): Uint8Array {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, canister.nextSnapshotNumber());
  return concatBytes(number, canister.id);
}

function requireSnapshot(canister: Canister, id: Uint8Array): CanisterSnapshot {
  return canister.snapshots.get(toHex(id)) ?? notFound(canister.id, id);
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
  return notFound(wanted.toUint8Array(), id);
}

function notFound(canisterId: Uint8Array, id: Uint8Array): never {
  return refuse(
    'IC0305',
    `Could not find the snapshot ID ${toHex(id)} for canister ${principalText(canisterId)}`,
  );
}

function charge(world: ExecutionWorld, canister: Canister, snapshot: CanisterSnapshot): void {
  const fee = executionFee(BASE_INSTRUCTIONS + snapshotBytes(snapshot));
  if (canister.cycles < fee) throw new ManagementError(outOfCycles(canister.id, fee - canister.cycles));
  consume(world, canister, 'instructions', fee);
}

function snapshotValue(snapshot: CanisterSnapshot): Readonly<Record<string, unknown>> {
  return {
    id: snapshot.id,
    taken_at_timestamp: snapshot.takenAt,
    total_size: snapshotBytes(snapshot),
  };
}
