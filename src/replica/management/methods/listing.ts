import { Principal } from '@dfinity/principal';
import { compareBytes, equalBytes } from '../../codec/bytes.ts';
import { type CanisterIdRange, nextCanisterId } from '../../state/canister-ids.ts';
import { isAdmin } from '../authorise.ts';
import { decodeNothing, encodeResult } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { ListCanistersResult } from '../types.ts';

/** Tells the subnet's admins which canisters it has, as ranges of their ids ("IC method list_canisters"). */
export const listCanisters: ManagementMethod = {
  callers: 'anyone',
  run: ({ world, origin, arg }) => {
    decodeNothing(arg);
    if (!isAdmin(world, origin.sender)) {
      const code = world.subnetAdmins.length > 0 ? 'IC0410' : 'IC0406';
      refuse(code, 'Only subnet admins can call list_canisters');
    }
    const ranges = rangesOf([...world.canisters].map(({ id }) => id));
    return {
      data: encodeResult(ListCanistersResult, {
        canisters: ranges.map(([start, end]) => ({
          start: Principal.fromUint8Array(start),
          end: Principal.fromUint8Array(end),
        })),
      }),
    };
  },
};

/** The ids as ranges, each as long as it can be. */
function rangesOf(ids: readonly Uint8Array[]): readonly CanisterIdRange[] {
  const ranges: CanisterIdRange[] = [];
  for (const id of ids.toSorted(compareBytes)) {
    const last = ranges.at(-1);
    if (last !== undefined && equalBytes(nextCanisterId(last[1]), id)) ranges.splice(-1, 1, [last[0], id]);
    else ranges.push([id, id]);
  }
  return ranges;
}
