import { CanisterMemory } from './canister-memory.ts';
import { FunctionTable } from './function-table.ts';
import {
  functionExport,
  globalExport,
  type InstanceExports,
  isFunction,
  memoryExport,
} from './instance-exports.ts';
import type { GlobalExport, PreparedModule } from './prepared-module.ts';

/**
 * The state of an instance beside its memory, as plain data that can be stored: the bits of its mutable globals, and
 * the function index of each element of the tables that its code changes (-1 for null).
 */
export interface VariablesImage {
  readonly globals: readonly bigint[];
  readonly tables: readonly (readonly number[])[];
}

interface BitAccess {
  readonly isDropFlag: boolean;
  get(): bigint;
  set(bits: bigint): void;
}

const nullReference = -1;

/** Reads and writes, through its host exports, what an instance of a prepared module holds beside its memory. */
export class InstanceVariables {
  readonly memory: CanisterMemory | undefined;
  /** Runs the start function, if the module has one; to be called once, when the module is installed. */
  readonly start: (() => void) | undefined;
  readonly #counter: WebAssembly.Global;
  readonly #charge: WebAssembly.Function;
  readonly #globals: readonly BitAccess[];
  readonly #callbacks: FunctionTable | undefined;
  readonly #tables: readonly FunctionTable[];
  readonly #functions = new Map<number, WebAssembly.Function>();
  readonly #functionIndices = new Map<WebAssembly.Function, number>();
  readonly #redrop: WebAssembly.Function | undefined;

  /** `instance` must be one of `prepared.module`. */
  constructor(prepared: PreparedModule, instance: WebAssembly.Instance) {
    const { hostExports } = prepared;
    const { exports } = instance;
    const find = <T>(lookup: (exports: InstanceExports, name: string) => T, name?: string) =>
      name === undefined ? undefined : lookup(exports, name);
    for (const [index, name] of hostExports.functions) {
      const exported = functionExport(exports, name);
      this.#functions.set(index, exported);
      this.#functionIndices.set(exported, index);
    }
    const start = find(functionExport, hostExports.start);
    const memory = find(memoryExport, hostExports.memory);
    this.memory = memory && new CanisterMemory(memory, prepared);
    this.start = start === undefined ? undefined : () => void start();
    this.#counter = globalExport(exports, hostExports.counter);
    this.#charge = functionExport(exports, hostExports.charge);
    this.#globals = hostExports.globals.map((item) => this.#bitAccess(item, exports));
    this.#callbacks = hostExports.callbacks && new FunctionTable(exports, hostExports.callbacks);
    this.#tables = hostExports.tables.map((item) => new FunctionTable(exports, item));
    this.#redrop = find(functionExport, hostExports.redrop);
  }

  /** How many instructions the instance may still execute; below zero once it ran out. */
  get instructionsLeft(): bigint {
    return asBigint(this.#counter.value);
  }

  set instructionsLeft(count: bigint) {
    this.#counter.value = count;
  }

  /**
   * Takes a number of instructions off, for what a host function does; traps as the code does when nothing is left. A
   * call into the instance takes a fraction of the time that reading and writing the counter from here takes.
   */
  charge(instructions: number): void {
    this.#charge(instructions);
  }

  /** The function that a call's callback names by its index in table 0; null if there is none. */
  callback(index: number | bigint): WebAssembly.Function | null {
    const table = this.#callbacks;
    const unsigned = typeof index === 'bigint' ? BigInt.asUintN(64, index) : index >>> 0;
    return table !== undefined && unsigned < table.length ? table.get(Number(unsigned)) : null;
  }

  /** Copies the globals and tables. The counter is not among them. */
  capture(): VariablesImage {
    return {
      globals: this.#globals.map((global) => global.get()),
      tables: this.#tables.map((table) =>
        Array.from({ length: table.length }, (_, i) => this.#indexOf(table.get(i))),
      ),
    };
  }

  /**
   * Brings globals, tables and dropped segments to what the image says. False, and nothing changed, if this instance
   * cannot: a segment was dropped since, or a table grew. A new instance of the module always can.
   */
  restore(image: VariablesImage): boolean {
    const dropped = this.#globals.some(
      (global, i) => global.isDropFlag && global.get() !== 0n && image.globals[i] === 0n,
    );
    const grew = this.#tables.some((table, i) => table.length > (image.tables[i]?.length ?? 0));
    if (dropped || grew) return false;

    for (const [i, global] of this.#globals.entries()) global.set(image.globals[i] ?? 0n);
    for (const [i, table] of this.#tables.entries()) this.#restoreTable(table, image.tables[i] ?? []);
    this.#redrop?.();
    return true;
  }

  #restoreTable(table: FunctionTable, elements: readonly number[]): void {
    if (elements.length > table.length) table.grow(elements.length - table.length);
    for (const [i, index] of elements.entries()) {
      if (this.#indexOf(table.get(i)) !== index) table.set(i, this.#functions.get(index) ?? null);
    }
  }

  #indexOf(reference: WebAssembly.Function | null): number {
    if (reference === null) return nullReference;
    const index = this.#functionIndices.get(reference);
    if (index === undefined) throw new TypeError('the instance refers to a function that is not its own');
    return index;
  }

  #bitAccess(item: GlobalExport, exports: InstanceExports): BitAccess {
    const { name, type, isDropFlag } = item;
    switch (type) {
      case 'i32':
      case 'i64': {
        const global = globalExport(exports, name);
        const toValue = type === 'i32' ? Number : BigInt;
        return {
          isDropFlag,
          get: () => asBigint(global.value),
          set: (bits) => void (global.value = toValue(bits)),
        };
      }
      case 'funcref': {
        const global = globalExport(exports, name);
        return {
          isDropFlag,
          get: () => BigInt(this.#indexOf(isFunction(global.value) ? global.value : null)),
          set: (bits) => void (global.value = this.#functions.get(Number(bits)) ?? null),
        };
      }
      case 'f32':
      case 'f64':
      case 'v128': {
        const get = functionExport(exports, `get ${name}`);
        const set = functionExport(exports, `set ${name}`);
        return {
          isDropFlag,
          get: () => joinWords(get()),
          set: (bits) => void set(...splitWords(bits, type)),
        };
      }
    }
  }
}

/** One i64, or two of which the low one comes first. */
function joinWords(words: unknown): bigint {
  if (!Array.isArray(words)) return asBigint(words);
  return BigInt.asUintN(64, asBigint(words[0])) | (BigInt.asUintN(64, asBigint(words[1])) << 64n);
}

function splitWords(bits: bigint, type: 'f32' | 'f64' | 'v128'): bigint[] {
  return type === 'v128' ? [BigInt.asIntN(64, bits), BigInt.asIntN(64, bits >> 64n)] : [bits];
}

function asBigint(value: unknown): bigint {
  if (typeof value === 'bigint' || typeof value === 'number') return BigInt(value);
  throw new TypeError('a global of the instance is not an integer');
}
