import type { PreparedModule } from '../wasm/prepared-module.ts';
import { entryPointName } from './entry-point.ts';
import type { ExecutionState } from './execution-state.ts';
import type { HostFunction, ParameterType, ResultType } from './host-function.ts';
import { SYSTEM_API } from './table.ts';
import { Trap, violateContract } from './trap.ts';

type Value = number | bigint;
type HostImport = (...raw: Value[]) => Value | undefined;

/** Where the upper half of a word is on this machine. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

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
  const begin = (): ExecutionState => {
    const state = running();
    const { entryPoint, network } = state.start;
    const fault = network.onHostCall?.(name, entryPoint);
    if (fault !== undefined) throw new Trap('called-trap', fault);
    if (!from.has(entryPoint)) {
      violateContract(`"ic0.${name}" cannot be executed in ${entryPointName(entryPoint)} mode`);
    }
    return state;
  };
  const [first, second, third] = params;
  // Canisters call those of no and of three parameters thousands of times in a message: lists of arguments would take most of the time.
  switch (params.length) {
    case 0:
      return () => {
        const state = begin();
        state.start.instance.charge(cost);
        return toWasm(run(state), result, memory64);
      };
    case 3:
      return (a = 0, b = 0, c = 0) => {
        const state = begin();
        const bytes = fromWasm(c, third);
        state.start.instance.charge(size === 2 ? cost + Number(bytes) : cost);
        return toWasm(run(state, fromWasm(a, first), fromWasm(b, second), bytes), result, memory64);
      };
    default:
      return (...raw) => {
        const state = begin();
        const args = raw.map((value, i) => fromWasm(value, params[i]));
        state.start.instance.charge(size === undefined ? cost : cost + Number(args[size]));
        return toWasm(run(state, ...args), result, memory64);
      };
  }
}

function fromWasm(value: Value, type: ParameterType | undefined): Value {
  switch (type) {
    case 'I':
      return typeof value === 'bigint' ? sizeOf(value) : value >>> 0;
    case 'size':
      return sizeOf(value);
    case 'i32':
      return Number(value) >>> 0;
    case 'i64':
      return BigInt.asUintN(64, BigInt(value));
    case 'word':
    case undefined:
      return value;
  }
}

const WORD = new BigUint64Array(1);
const HALVES = new Uint32Array(WORD.buffer);

/** An i64 as an unsigned number: by its halves, as the engine's own conversion takes several times as long. */
function sizeOf(value: Value): number {
  WORD[0] = BigInt(value);
  return (HALVES[HIGH] ?? 0) * 2 ** 32 + (HALVES[1 - HIGH] ?? 0);
}

function toWasm(value: unknown, type: ResultType | undefined, memory64: boolean): Value | undefined {
  switch (type) {
    case 'I':
      return memory64 ? BigInt(Number(value)) : Number(value);
    case 'i32':
      return Number(value);
    case 'i64':
      return typeof value === 'bigint' ? value : BigInt(Number(value));
    case undefined:
      return undefined;
  }
}
