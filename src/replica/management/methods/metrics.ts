import type { CanisterIdValue } from '../arguments.ts';
import { requireControlledOrAdmin } from '../authorise.ts';
import { decodeArgument, encodeResult } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { CanisterIdArg, CanisterMetricsResult } from '../types.ts';

/** Tells what the canister consumed cycles for since it was created ("IC method canister_metrics"). */
export const canisterMetrics: ManagementMethod = {
  callers: 'controllers and admins',
  run: ({ world, origin, arg }) => {
    const { canister_id } = decodeArgument<CanisterIdValue>(CanisterIdArg, arg);
    const canister = requireControlledOrAdmin(world, canister_id, origin.sender);
    return { data: encodeResult(CanisterMetricsResult, { cycles_consumed: canister.consumed }) };
  },
};
