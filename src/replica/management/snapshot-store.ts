import type { Principal } from '@dfinity/principal';
import { concatBytes, equalBytes, toHex } from '../codec/bytes.ts';
import { principalText } from '../codec/principal-text.ts';
import { outOfCycles } from '../execution/rejects.ts';
import { type ExecutionWorld, frozenCycles } from '../execution/world.ts';
import type { Canister } from '../state/canister.ts';
import { type CanisterSnapshot, snapshotBytes } from '../state/canister-snapshot.ts';
import { maySee, requireCanister } from './authorise.ts';
import { ManagementError, refuse } from './management-error.ts';

/** The most snapshots that a canister has. */
const MAX_SNAPSHOTS = 10;
/** What taking, loading or beginning one is charged for, in instructions, beside one for each byte that is copied. */
export const BASE_INSTRUCTIONS = 2_000_000_000n;
/** The same, of a part of one that is carried out of the network or into it. */
export const DATA_INSTRUCTIONS = 5_000_000n;

/** Refuses a snapshot more than a canister may have, unless it replaces one; that one has to be there. */
export function requireRoom(canister: Canister, replaced: Uint8Array | undefined): void {
  if (replaced !== undefined) requireSnapshot(canister, replaced);
  else if (canister.snapshots.size >= MAX_SNAPSHOTS) {
    refuse(
      'IC0408',
      `Canister ${principalText(canister.id)} has ${MAX_SNAPSHOTS} snapshots, which is the most it may; name one to replace`,
    );
  }
}

/** Adds a snapshot, in the place of another if it replaces one. */
export function addSnapshot(
  canister: Canister,
  snapshot: CanisterSnapshot,
  replaced: Uint8Array | undefined,
): void {
  if (replaced !== undefined) canister.snapshots.delete(toHex(replaced));
  canister.snapshots.set(toHex(snapshot.id), snapshot);
}

/** An id that no snapshot of the network has or had: the canister's, behind a number of its own. */
export function nextSnapshotId(canister: Canister): Uint8Array {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, canister.nextSnapshotNumber());
  return concatBytes(number, canister.id);
}

/** The canister's snapshot of that id; refuses where it has none. */
export function requireSnapshot(canister: Canister, id: Uint8Array): CanisterSnapshot {
  return canister.snapshots.get(toHex(id)) ?? snapshotNotFound(canister.id, id);
}

export function snapshotNotFound(canisterId: Uint8Array, id: Uint8Array): never {
  return refuse(
    'IC0305',
    `Could not find the snapshot ID ${toHex(id)} for canister ${principalText(canisterId)}`,
  );
}

/** A canister whose snapshots the sender may list and read: by its snapshot_visibility, or as it itself. */
export function requireReadable(world: ExecutionWorld, id: Principal, sender: Uint8Array): Canister {
  const canister = requireCanister(world, id);
  const self = equalBytes(canister.id, sender);
  if (!self && !maySee(canister, canister.settings.snapshotVisibility, sender)) {
    refuse('IC0512', `The caller is not allowed to read the snapshots of canister ${id.toText()}`);
  }
  return canister;
}

/** Refuses a snapshot that is so large that the canister could not pay for it for as long as its freezing threshold says. */
export function requireNotFrozen(
  world: ExecutionWorld,
  canister: Canister,
  snapshot: CanisterSnapshot,
): void {
  const needed = frozenCycles(world, canister, { moreBytes: snapshotBytes(snapshot) });
  if (canister.cycles < needed) throw new ManagementError(outOfCycles(canister.id, needed - canister.cycles));
}
