import type { EntryPoint } from './entry-point.ts';
import type { ExecutionState } from './execution-state.ts';
import { copyToGuest } from './guest-memory.ts';

/**
 * How a value is passed: `I` a pointer or size, i32 or i64 by the module's memory, always a number here; `word` of the
 * same type and passed on as it is; `i32` and `i64` unsigned; `size` an unsigned i64 that counts bytes, a number here.
 */
export type ParameterType = 'I' | 'word' | 'i32' | 'i64' | 'size';
export type ResultType = 'I' | 'i32' | 'i64';

type Value<T> = T extends 'i64' ? bigint : T extends 'word' ? number | bigint : number;
type Values<P extends readonly ParameterType[]> = { [K in keyof P]: Value<P[K]> };

interface Specification<P extends readonly ParameterType[], R> {
  readonly params: P;
  readonly result?: R;
  /** From where it may be called; elsewhere it traps. */
  readonly from: readonly EntryPoint[];
  /** Instructions, 500 unless told. */
  readonly cost?: number;
  /** Index of the parameter that counts the bytes it copies, each of which costs one instruction. */
  readonly size?: number;
  // Where there is no result, whatever `run` returns is ignored.
  readonly run: (state: ExecutionState, ...args: Values<P>) => R extends ResultType ? Value<R> : unknown;
}

/** A function of `ic0`: its type, who may call it, what it costs, what it does. */
export interface HostFunction {
  readonly params: readonly ParameterType[];
  readonly result: ResultType | undefined;
  readonly from: ReadonlySet<EntryPoint>;
  readonly cost: number;
  readonly size: number | undefined;
  /** Whatever it returns where there is no result is ignored. */
  readonly run: (state: ExecutionState, ...args: readonly (number | bigint)[]) => unknown;
}

/** Functions of `ic0` by name. */
export type HostFunctions = Readonly<Record<string, HostFunction>>;

const DEFAULT_COST = 500;

/** Defines a function of `ic0`; the types of `run` follow from `params` and `result`. */
export function hostFunction<
  const P extends readonly ParameterType[],
  const R extends ResultType | undefined = undefined,
>(specification: Specification<P, R>): HostFunction {
  const { params, result, from, cost = DEFAULT_COST, size, run } = specification;
  return {
    params,
    result,
    from: new Set(from),
    cost,
    size,
    // The caller converts each argument to what `params` says, which the type system cannot follow.
    run: run as HostFunction['run'],
  };
}

/** The functions `<name>_size` and `<name>_copy` through which a canister reads some bytes. */
export function bytesFunctions(
  name: string,
  from: readonly EntryPoint[],
  bytes: (state: ExecutionState) => Uint8Array,
): HostFunctions {
  return {
    [`${name}_size`]: hostFunction({
      params: [],
      result: 'I',
      from,
      run: (state) => bytes(state).length,
    }),
    [`${name}_copy`]: hostFunction({
      params: ['I', 'I', 'I'],
      from,
      size: 2,
      run: (state, target, offset, size) => copyToGuest(state, bytes(state), target, offset, size),
    }),
  };
}
