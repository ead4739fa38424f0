import type { FunctionType } from '../wasm/prepared-module.ts';
import { callFunctions } from './functions/calls.ts';
import { canisterFunctions } from './functions/canister.ts';
import { certificationFunctions } from './functions/certification.ts';
import { costFunctions } from './functions/costs.ts';
import { cyclesFunctions } from './functions/cycles.ts';
import { messageFunctions } from './functions/message.ts';
import { stableFunctions } from './functions/stable.ts';
import { systemFunctions } from './functions/system.ts';
import type { HostFunction, ParameterType } from './host-function.ts';

/** Every function of `ic0` by name ("Overview of imports"). */
export const SYSTEM_API: ReadonlyMap<string, HostFunction> = new Map(
  Object.entries({
    ...messageFunctions,
    ...cyclesFunctions,
    ...callFunctions,
    ...stableFunctions,
    ...canisterFunctions,
    ...systemFunctions,
    ...certificationFunctions,
    ...costFunctions,
  }),
);

/** Functions that only modules with a 32-bit memory can import: newer ones replace them. */
const ONLY_32_BIT: ReadonlySet<string> = new Set([
  'canister_cycle_balance',
  'msg_cycles_available',
  'msg_cycles_refunded',
  'msg_cycles_accept',
  'call_cycles_add',
  'stable_size',
  'stable_grow',
  'stable_write',
  'stable_read',
]);

/** The type under which a module imports the function; undefined for one that does not exist for it. */
export function importType(name: string, pointer: 'i32' | 'i64'): FunctionType | undefined {
  const found = SYSTEM_API.get(name);
  if (found === undefined || (pointer === 'i64' && ONLY_32_BIT.has(name))) return undefined;
  const toWasm = (type: ParameterType) => {
    if (type === 'size') return 'i64';
    return type === 'I' || type === 'word' ? pointer : type;
  };
  return {
    params: found.params.map(toWasm),
    results: found.result === undefined ? [] : [toWasm(found.result)],
  };
}
