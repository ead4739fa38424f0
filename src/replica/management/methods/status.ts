import type { Principal } from '@dfinity/principal';
import { equalBytes } from '../../codec/bytes.ts';
import { type ExecutionWorld, idleCycles } from '../../execution/world.ts';
import type { Canister } from '../../state/canister.ts';
import { memoryUse, totalBytes } from '../../state/memory-use.ts';
import type { CanisterIdValue } from '../arguments.ts';
import { isAdmin, maySee, requireCanister } from '../authorise.ts';
import { decodeArgument, encodeResult } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { settingsValue } from '../settings.ts';
import { CanisterIdArg, CanisterStatusResult } from '../types.ts';

/** Tells controllers, viewers and the canister itself how it is ("IC method canister_status"). */
export const canisterStatus: ManagementMethod = {
  callers: { viewers: requireVisible },
  run: ({ world, origin, arg }) => {
    const { canister_id } = decodeArgument<CanisterIdValue>(CanisterIdArg, arg);
    const canister = requireVisible(world, canister_id, origin.sender);
    return { data: encodeResult(CanisterStatusResult, statusValue(world, canister)) };
  },
};

/** A canister whose status the sender may read: by its status_visibility, as it itself, or as an admin of the subnet. */
function requireVisible(world: ExecutionWorld, id: Principal, sender: Uint8Array): Canister {
  const canister = requireCanister(world, id);
  const self = equalBytes(canister.id, sender);
  if (!self && !isAdmin(world, sender) && !maySee(canister, canister.settings.statusVisibility, sender)) {
    refuse(
      'IC0542',
      `Only controllers and allowed viewers of canister ${id.toText()} can call canister_status`,
    );
  }
  return canister;
}

function statusValue(world: ExecutionWorld, canister: Canister): Readonly<Record<string, unknown>> {
  const { runState, version, settings, code, cycles, queryStats } = canister;
  const use = memoryUse(canister);
  const memorySize = totalBytes(use);
  return {
    status: { [runState]: null },
    ready_for_migration: runState === 'stopped' && canister.callbacks.size === 0,
    version,
    settings: settingsValue(settings),
    module_hash: code === undefined ? [] : [code.moduleHash],
    memory_size: memorySize,
    memory_metrics: {
      wasm_memory_size: use.heap,
      stable_memory_size: use.stable,
      global_memory_size: use.globals,
      wasm_binary_size: use.module,
      custom_sections_size: use.custom,
      canister_history_size: use.history,
      wasm_chunk_store_size: use.chunks,
      snapshots_size: use.snapshots,
      log_memory_store_size: use.log,
    },
    cycles,
    // Nothing is reserved: this network does not run short of memory.
    reserved_cycles: 0n,
    idle_cycles_burned_per_day: idleCycles(world, canister),
    query_stats: {
      num_calls_total: queryStats.calls,
      num_instructions_total: queryStats.instructions,
      request_payload_bytes_total: queryStats.requestBytes,
      response_payload_bytes_total: queryStats.replyBytes,
    },
  };
}
