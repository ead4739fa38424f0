import type { CanisterIdValue } from '../arguments.ts';
import { requireCanister } from '../authorise.ts';
import { decodeArgument, encodeNothing } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { CanisterIdArg } from '../types.ts';

/** Adds the cycles that come with the call to any canister's ("IC method deposit_cycles"). */
export const depositCycles: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, arg, cycles }) => {
    const { canister_id } = decodeArgument<CanisterIdValue>(CanisterIdArg, arg);
    const canister = requireCanister(world, canister_id);
    canister.cycles += cycles;
    world.outbox.changed(canister);
    return { data: encodeNothing(), accepted: cycles };
  },
};
