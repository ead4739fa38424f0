import type { Additions } from './additions.ts';
import type { ByteWriter } from './byte-writer.ts';
import { Injection } from './injection-points.ts';
import { MemoryHelpers } from './memory-helpers.ts';
import { MARK_SHIFT, type MemoryLayout, shifted } from './memory-layout.ts';
import { Opcode } from './opcodes.ts';
import { codesByType } from './value-types.ts';

/** The value types of what stores store. */
const storedTypes = new Map<number, number>([
  [Injection.storeI32, codesByType.i32],
  [Injection.storeI64, codesByType.i64],
  [Injection.storeF32, codesByType.f32],
  [Injection.storeF64, codesByType.f64],
  [Injection.storeV128, codesByType.v128],
]);

/**
 * Writes the code that puts a function's memory accesses where the layout has the canister's memory, and marks the pages
 * that it stores to. A store marks the page that its address, less the static offset in its page, lies in: what it wrote is in
 * that page or in the next, but for at most 16 bytes after it.
 */
export class MemoryCode {
  readonly #layout: MemoryLayout;
  readonly #helpers: MemoryHelpers;
  readonly #locals = new Map<number, number>();
  #address = 0;

  constructor(additions: Additions, layout: MemoryLayout) {
    this.#layout = layout;
    this.#helpers = new MemoryHelpers(additions, layout);
  }

  /** Begins a function with such injections; gives the types of the locals that it needs, from the index `first` on. */
  enterFunction(first: number, kinds: readonly number[]): readonly number[] {
    const stored = [...storedTypes].filter(([kind]) => kinds.includes(kind));
    if (stored.length === 0) return [];
    this.#address = first;
    for (const [i, [kind]] of stored.entries()) this.#locals.set(kind, first + 1 + i);
    return [this.#layout.is64 ? codesByType.i64 : codesByType.i32, ...stored.map(([, type]) => type)];
  }

  /** Writes what belongs at an injection point of one of these kinds. */
  write(out: ByteWriter, kind: number, value: number): void {
    switch (kind) {
      case Injection.offset:
        out.unsigned(shifted(value, this.#layout));
        return;
      case Injection.mark:
        out.byte(Opcode.localGet).unsigned(this.#address).bytes(this.#helpers.toPage);
        out.bytes([Opcode.i32Const, 1, Opcode.i32Store8, 0]).unsigned(Math.floor(value / 2 ** MARK_SHIFT));
        return;
      case Injection.memorySize:
        out.bytes(this.#helpers.withoutHidden);
        return;
      case Injection.memoryGrow:
      case Injection.memoryCopy:
      case Injection.memoryFill:
      case Injection.memoryInit:
        out.byte(Opcode.call).unsigned(this.#helpers.function(kind, value));
        return;
      default:
        this.#writeBeforeStore(out, this.#locals.get(kind) ?? 0);
    }
  }

  /** Keeps the address of the store that follows. */
  #writeBeforeStore(out: ByteWriter, value: number): void {
    out.byte(Opcode.localSet).unsigned(value);
    out.byte(Opcode.localTee).unsigned(this.#address);
    out.byte(Opcode.localGet).unsigned(value);
  }
}
