import { Principal } from '@dfinity/principal';
import type { CanisterChange, ChangeDetails, ChangeOrigin } from '../../state/canister-history.ts';
import type { CanisterInfoValue } from '../arguments.ts';
import { requireCanister } from '../authorise.ts';
import { decodeArgument, encodeResult } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { CanisterInfoArg, CanisterInfoResult } from '../types.ts';

/** Tells canisters, and anyone by a query, who controls a canister, its module and its newest changes ("IC method canister_info"). */
export const canisterInfo: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, arg }) => {
    const value = decodeArgument<CanisterInfoValue>(CanisterInfoArg, arg);
    const { history, code, settings } = requireCanister(world, value.canister_id);
    const [requested = 0n] = value.num_requested_changes;
    const first = Math.max(0, history.changes.length - Number(requested));
    return {
      data: encodeResult(CanisterInfoResult, {
        total_num_changes: history.total,
        recent_changes: history.changes.slice(first).map(changeValue),
        module_hash: code === undefined ? [] : [code.moduleHash],
        controllers: settings.controllers.map(toPrincipal),
      }),
    };
  },
};

function toPrincipal(id: Uint8Array): Principal {
  return Principal.fromUint8Array(id);
}

function changeValue({ timestamp, canisterVersion, origin, details }: CanisterChange): unknown {
  return {
    timestamp_nanos: timestamp,
    canister_version: canisterVersion,
    origin: originValue(origin),
    details: [detailsValue(details)],
  };
}

function originValue(origin: ChangeOrigin): unknown {
  if (origin.kind === 'user') return { from_user: { user_id: toPrincipal(origin.userId) } };
  const { canisterId, canisterVersion } = origin;
  return {
    from_canister: {
      canister_id: toPrincipal(canisterId),
      canister_version: canisterVersion === undefined ? [] : [canisterVersion],
    },
  };
}

function detailsValue(details: ChangeDetails): unknown {
  switch (details.kind) {
    case 'creation':
      return {
        creation: {
          controllers: details.controllers.map(toPrincipal),
          environment_variables_hash: details.variablesHash === undefined ? [] : [details.variablesHash],
        },
      };
    case 'code_uninstall':
      return { code_uninstall: null };
    case 'code_deployment':
      return { code_deployment: { mode: { [details.mode]: null }, module_hash: details.moduleHash } };
    case 'load_snapshot':
      return {
        load_snapshot: {
          snapshot_id: details.snapshotId,
          canister_version: details.canisterVersion,
          taken_at_timestamp: details.takenAt,
          source: details.uploaded === true ? { metadata_upload: null } : { taken_from_canister: null },
          from_canister_id: details.fromCanisterId === undefined ? [] : [toPrincipal(details.fromCanisterId)],
        },
      };
    case 'controllers_change':
      return { controllers_change: { controllers: details.controllers.map(toPrincipal) } };
  }
}
