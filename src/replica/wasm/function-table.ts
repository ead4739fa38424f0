import { type InstanceExports, tableExport } from './instance-exports.ts';
import type { TableExport } from './prepared-module.ts';

/** A funcref table of an instance, indexed by number whether the code addresses it by i32 or by i64. */
export class FunctionTable {
  readonly #table: WebAssembly.Table;
  readonly #toAddress: (value: number) => number | bigint;

  /** A TypeError if the instance has no such export. */
  constructor(exports: InstanceExports, { name, is64 }: TableExport) {
    this.#table = tableExport(exports, name);
    this.#toAddress = is64 ? BigInt : Number;
  }

  get length(): number {
    return Number(this.#table.length);
  }

  /** The function at an index below `length`, or null. */
  get(index: number): WebAssembly.Function | null {
    return this.#table.get(this.#toAddress(index));
  }

  set(index: number, value: WebAssembly.Function | null): void {
    this.#table.set(this.#toAddress(index), value);
  }

  /** Makes the table longer; a RangeError if the module or the engine does not let it. */
  grow(count: number): void {
    this.#table.grow(this.#toAddress(count));
  }
}
