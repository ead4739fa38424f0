import type { Additions } from './additions.ts';
import { ByteWriter } from './byte-writer.ts';
import { Injection } from './injection-points.ts';
import { MemoryHelpers } from './memory-helpers.ts';
import { MARK_SHIFT, type MemoryLayout, shifted } from './memory-layout.ts';
import { Opcode } from './opcodes.ts';
import { codesByType } from './value-types.ts';

/** The types of what stores store. */
const storedTypes = new Map<number, number>([
  [Injection.storeI32, codesByType.i32],
  [Injection.storeI64, codesByType.i64],
  [Injection.storeF32, codesByType.f32],
  [Injection.storeF64, codesByType.f64],
  [Injection.storeV128, codesByType.v128],
]);

/**
 * Writes the code that moves a function's memory accesses to where the layout has the canister's memory, and that marks the
 * pages that it stores to. A store adds the page of its address to that of its static offset: what it writes begins in the
 * marked page or in the next one, so that nothing has to be added up.
 */
export class MemoryCode {
  readonly #layout: MemoryLayout;
  readonly #helpers: MemoryHelpers;
  /** What goes before a store, by the kind of its injection, in the present function. */
  readonly #beforeStore = new Map<number, readonly number[]>();
  #mark: readonly number[] = [];

  constructor(additions: Additions, layout: MemoryLayout) {
    this.#layout = layout;
    this.#helpers = new MemoryHelpers(additions, layout);
  }

  /** Begins a function with injections of these kinds; gives the types of the locals that it needs, from `first` on. */
  enterFunction(first: number, kinds: readonly number[]): readonly number[] {
    const stored = [...storedTypes].filter(([kind]) => kinds.includes(kind));
    if (stored.length === 0) return [];
    const address = indexOf(first);
    for (const [i, [kind]] of stored.entries()) {
      const value = indexOf(first + 1 + i);
      this.#beforeStore.set(kind, [
        ...[Opcode.localSet, ...value, Opcode.localTee, ...address, Opcode.localGet, ...value],
      ]);
    }
    const store = [Opcode.i32Const, 1, Opcode.i32Store8, 0];
    this.#mark = [Opcode.localGet, ...address, ...this.#helpers.toPage, ...store];
    return [this.#layout.is64 ? codesByType.i64 : codesByType.i32, ...stored.map(([, type]) => type)];
  }

  /** Writes what belongs at an injection point of one of the kinds that are about memory. */
  write(out: ByteWriter, kind: number, value: number): void {
    switch (kind) {
      case Injection.offset:
        out.unsigned(shifted(value, this.#layout));
        return;
      case Injection.mark:
        out.bytes(this.#mark).unsigned(Math.floor(value / 2 ** MARK_SHIFT));
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
        out.bytes(this.#beforeStore.get(kind) ?? []);
    }
  }
}

function indexOf(local: number): readonly number[] {
  return [...new ByteWriter(8).unsigned(local).written()];
}
