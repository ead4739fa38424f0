import { PAGE_BYTES, type StablePages, WASM_PAGE_BYTES } from './stable-pages.ts';

/** The most stable memory that a canister has, in Wasm pages: 500 GiB. */
export const MAX_STABLE_WASM_PAGES = (500 * 1024 ** 3) / WASM_PAGE_BYTES;

/**
 * Stable memory as one message sees it: the committed pages with the message's own writes over them, which `commit`
 * makes permanent and which are otherwise forgotten. Offsets and lengths must lie within `bytes`.
 */
export class StableMemory {
  readonly #committed: StablePages;
  readonly #written = new Map<number, Uint8Array>();
  #wasmPages: number;
  /** Nothing that was committed is seen any more. */
  #cleared = false;
  /** The page that was read or written last: most accesses are of a few bytes beside the ones before. */
  #last: Page = NO_PAGE;

  constructor(committed: StablePages) {
    this.#committed = committed;
    this.#wasmPages = committed.wasmPages;
  }

  /** Size in Wasm pages. */
  get wasmPages(): number {
    return this.#wasmPages;
  }

  get bytes(): number {
    return this.#wasmPages * WASM_PAGE_BYTES;
  }

  /** How many pages of 4 KiB the message has written to. */
  get dirtyPages(): number {
    return this.#written.size;
  }

  /** Adds zeroed Wasm pages; returns the size before, or -1 where the limit forbids it. */
  grow(wasmPages: number): number {
    const before = this.#wasmPages;
    if (before + wasmPages > MAX_STABLE_WASM_PAGES) return -1;
    this.#wasmPages += wasmPages;
    return before;
  }

  /** Fills `length` bytes of `target` from `at` on, all of it unless told, with those from `offset` on. */
  read(offset: number, target: Uint8Array, at = 0, length = target.length): void {
    for (let done = 0; done < length; ) {
      const index = Math.floor((offset + done) / PAGE_BYTES);
      const start = offset + done - index * PAGE_BYTES;
      const part = Math.min(PAGE_BYTES - start, length - done);
      const { bytes } = this.#page(index);
      if (bytes === undefined) target.fill(0, at + done, at + done + part);
      else copyBytes(bytes, start, target, at + done, part);
      done += part;
    }
  }

  /** Writes `length` bytes of `source` from `at` on, all of it unless told, from `offset` on. */
  write(offset: number, source: Uint8Array, at = 0, length = source.length): void {
    for (let done = 0; done < length; ) {
      const index = Math.floor((offset + done) / PAGE_BYTES);
      const start = offset + done - index * PAGE_BYTES;
      const part = Math.min(PAGE_BYTES - start, length - done);
      copyBytes(source, at + done, this.#writablePage(index, part === PAGE_BYTES), start, part);
      done += part;
    }
  }

  commit(): void {
    if (this.#cleared) this.#committed.clear();
    this.#committed.apply(this.#written, this.#wasmPages);
    this.#written.clear();
    this.#cleared = false;
    this.#last = NO_PAGE;
  }

  /** Forgets all content; as a write, it takes effect with `commit`. */
  clear(): void {
    this.#written.clear();
    this.#cleared = true;
    this.#wasmPages = 0;
    this.#last = NO_PAGE;
  }

  #page(index: number): Page {
    if (this.#last.index === index) return this.#last;
    const written = this.#written.get(index);
    const bytes = written ?? (this.#cleared ? undefined : this.#committed.page(index));
    this.#last = { index, bytes, isWritten: written !== undefined };
    return this.#last;
  }

  /** The page with its content; without, where all of it is written over. */
  #writablePage(index: number, isReplaced: boolean): Uint8Array {
    const { bytes, isWritten } = this.#page(index);
    if (isWritten && bytes !== undefined) return bytes;
    const page = bytes === undefined || isReplaced ? new Uint8Array(PAGE_BYTES) : bytes.slice();
    this.#written.set(index, page);
    this.#last = { index, bytes: page, isWritten: true };
    return page;
  }
}

interface Page {
  readonly index: number;
  /** Undefined where nothing was ever written. */
  readonly bytes: Uint8Array | undefined;
  /** Whether it is the message's own. */
  readonly isWritten: boolean;
}

const NO_PAGE: Page = { index: -1, bytes: undefined, isWritten: false };

/** Up to so many bytes are copied one by one in less time than a view of them is made. */
const FEW_BYTES = 48;

function copyBytes(source: Uint8Array, from: number, target: Uint8Array, at: number, length: number): void {
  if (length > FEW_BYTES) target.set(source.subarray(from, from + length), at);
  else for (let i = 0; i < length; i++) target[at + i] = source[from + i] ?? 0;
}
