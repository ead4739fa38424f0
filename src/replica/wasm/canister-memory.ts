import { MARK_SHIFT } from './memory-layout.ts';
import type { PreparedModule } from './prepared-module.ts';

const PAGE_BYTES = 2 ** MARK_SHIFT;
/** How far beyond the page after the marked one a store can reach: the widest takes 16 bytes. */
const OVERHANG_BYTES = 16;

/** The memory of an instance as the canister sees it, and what was written to since the changes were last taken or undone. */
export class CanisterMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #is64: boolean;
  readonly #shift: number;
  #bytes = new Uint8Array();
  #marks = new Uint8Array();

  /** The memory must be that of an instance of the module. */
  constructor(memory: WebAssembly.Memory, { memory64, shift }: Pick<PreparedModule, 'memory64' | 'shift'>) {
    this.#memory = memory;
    this.#is64 = memory64;
    this.#shift = shift;
  }

  /** Not copied; to be asked for again once the code has run, which can grow it. Whoever writes to it calls `mark`. */
  get bytes(): Uint8Array {
    this.#follow();
    return this.#bytes;
  }

  /** Notes that bytes of it are written to from outside. */
  mark(start: number, length: number): void {
    this.#follow();
    const end = start + length;
    for (let page = pageOf(start); page * PAGE_BYTES < end; page++) this.#marks[page] = 1;
  }

  /** Adds Wasm pages; false where it cannot grow so far. */
  grow(pages: number): boolean {
    try {
      this.#memory.grow(this.#is64 ? BigInt(pages) : pages);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /** Copies what was written to into the place where it was copied to before. */
  saveChanges(heap: Uint8Array): void {
    this.#forEachChange((start, end) => heap.set(this.#bytes.subarray(start, end), start));
  }

  /** Brings back what was written to from where it was copied to before. */
  undoChanges(heap: Uint8Array): void {
    this.#forEachChange((start, end) => this.#bytes.set(heap.subarray(start, end), start));
  }

  /** Makes a copy of all of it. */
  save(): Uint8Array {
    const heap = this.bytes.slice();
    this.#marks.fill(0);
    return heap;
  }

  /** Makes all of it what a heap of the same size is. */
  load(heap: Uint8Array): void {
    this.bytes.set(heap);
    this.#marks.fill(0);
  }

  #forEachChange(visit: (start: number, end: number) => void): void {
    this.#follow();
    const marks = this.#marks;
    for (let page = 0; page < marks.length; page++) {
      if (marks[page] === 0) continue;
      const first = page;
      while (page < marks.length && marks[page] !== 0) page++;
      visit(first * PAGE_BYTES, (page + 1) * PAGE_BYTES + OVERHANG_BYTES);
    }
    marks.fill(0);
  }

  #follow(): void {
    // The views of a memory that grew are empty. Asking the memory itself each time takes longer than most of what is asked.
    if (this.#bytes.length > 0) return;
    const { buffer } = this.#memory;
    this.#bytes = new Uint8Array(buffer, this.#shift);
    this.#marks = new Uint8Array(buffer, 0, pageOf(this.#bytes.length));
  }
}

function pageOf(address: number): number {
  return Math.floor(address / PAGE_BYTES);
}
