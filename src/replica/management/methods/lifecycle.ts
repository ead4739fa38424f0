import { respond } from '../../execution/outbox.ts';
import { rejected } from '../../execution/rejects.ts';
import { removeCode } from '../../execution/remove-code.ts';
import { completeStop } from '../../execution/stopping.ts';
import type { Canister } from '../../state/canister.ts';
import type { CanisterIdValue, UninstallCodeValue } from '../arguments.ts';
import { requireControlledOrAdmin } from '../authorise.ts';
import { decodeArgument, encodeNothing } from '../candid.ts';
import { recordChange } from '../history.ts';
import type { ManagementCall, ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { CanisterIdArg, UninstallCodeArg } from '../types.ts';

function controlled({ world, origin, arg }: ManagementCall): Canister {
  const { canister_id } = decodeArgument<CanisterIdValue>(CanisterIdArg, arg);
  return requireControlledOrAdmin(world, canister_id, origin.sender);
}

/** Lets a canister take calls again ("IC method start_canister"); who waits for its stop is rejected. */
export const startCanister: ManagementMethod = {
  callers: 'controllers and admins',
  run: (call) => {
    const { outbox } = call.world;
    const canister = controlled(call);
    for (const { cycles, ...origin } of canister.stopWaiters) {
      const message = 'The canister was started again before it had stopped';
      respond(outbox, origin, rejected({ code: 5, errorCode: 'IC0511', message }), cycles);
    }
    canister.stopWaiters = [];
    if (canister.runState !== 'running') canister.version += 1n;
    canister.runState = 'running';
    outbox.changed(canister);
    return { data: encodeNothing() };
  },
};

/** Stops a canister once it works on no call; answers then ("IC method stop_canister"). */
export const stopCanister: ManagementMethod = {
  callers: 'controllers and admins',
  run: (call) => {
    const canister = controlled(call);
    if (canister.runState === 'stopped') return { data: encodeNothing() };
    canister.runState = 'stopping';
    canister.stopWaiters = [...canister.stopWaiters, { ...call.origin, cycles: call.cycles }];
    call.world.outbox.changed(canister);
    completeStop(call.world, canister);
    return undefined;
  },
};

/** Deletes a stopped canister with all that it holds ("IC method delete_canister"). */
export const deleteCanister: ManagementMethod = {
  callers: 'controllers and admins',
  run: (call) => {
    const canister = controlled(call);
    if (canister.runState !== 'stopped') {
      refuse('IC0510', 'A canister must be stopped before it can be deleted');
    }
    call.world.canisters.remove(canister.id);
    call.world.outbox.removed(canister);
    return { data: encodeNothing() };
  },
};

/** Removes code and state and keeps id, settings and cycles ("IC method uninstall_code"). */
export const uninstallCode: ManagementMethod = {
  callers: 'controllers and admins',
  run: (call) => {
    const value = decodeArgument<UninstallCodeValue>(UninstallCodeArg, call.arg);
    const canister = requireControlledOrAdmin(call.world, value.canister_id, call.origin.sender);
    removeCode(call.world, canister);
    recordChange(call, canister, { kind: 'code_uninstall' }, value.sender_canister_version);
    return { data: encodeNothing() };
  },
};
