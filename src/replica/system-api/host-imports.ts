import type { PreparedModule } from '../wasm/prepared-module.ts';
import { entryPointName } from './entry-point.ts';
import type { ExecutionState } from './execution-state.ts';
import type { HostFunction, ParameterType, ResultType } from './host-function.ts';
import { SYSTEM_API } from './table.ts';
import { Trap, violateContract } from './trap.ts';

type Value = number | bigint;
type HostImport = (...raw: Value[]) => Value | undefined;

/**
 * The `ic0` functions that a module imports, for one instance of it. `running` tells which execution they act on.
 * Each checks where it is called from, charges its instructions, and only then acts.
 */
export function hostImports(
  module: PreparedModule,
  running: () => ExecutionState,
): Record<string, HostImport> {
  return Object.fromEntries(
    module.imports.map((name) => {
      const found = SYSTEM_API.get(name);
      if (found === undefined) throw new TypeError(`the module imports ic0.${name}, which does not exist`);
      return [name, hostImport(name, found, module.memory64, running)];
    }),
  );
}

function hostImport(
  name: string,
  { params, result, from, cost, size, run }: HostFunction,
  memory64: boolean,
  running: () => ExecutionState,
): HostImport {
  return (...raw) => {
    const state = running();
    const { entryPoint, instance, network } = state.start;
    const fault = network.onHostCall?.(name, entryPoint);
    if (fault !== undefined) throw new Trap('called-trap', fault);
    if (!from.has(entryPoint)) {
      violateContract(`"ic0.${name}" cannot be executed in ${entryPointName(entryPoint)} mode`);
    }
    const args = raw.map((value, i) => fromWasm(value, params[i]));
    instance.charge(size === undefined ? cost : cost + Number(args[size]));
    return toWasm(run(state, args), result, memory64);
  };
}

function fromWasm(value: Value, type: ParameterType | undefined): Value {
  switch (type) {
    case 'I':
      return typeof value === 'bigint' ? Number(BigInt.asUintN(64, value)) : value >>> 0;
    case 'i32':
      return Number(value) >>> 0;
    case 'i64':
      return BigInt.asUintN(64, BigInt(value));
    case 'word':
    case undefined:
      return value;
  }
}

function toWasm(
  value: Value | undefined,
  type: ResultType | undefined,
  memory64: boolean,
): Value | undefined {
  switch (type) {
    case 'I':
      return memory64 ? BigInt(value ?? 0) : Number(value);
    case 'i32':
      return Number(value);
    case 'i64':
      return BigInt(value ?? 0);
    case undefined:
      return undefined;
  }
}
