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

  /** Fills `target` from `offset` on. */
  read(offset: number, target: Uint8Array): void {
    forEachPage(offset, target.length, (index, start, length, done) => {
      const page = this.#page(index);
      if (page === undefined) target.fill(0, done, done + length);
      else target.set(page.subarray(start, start + length), done);
    });
  }

  /** Writes `source` from `offset` on. */
  write(offset: number, source: Uint8Array): void {
    forEachPage(offset, source.length, (index, start, length, done) => {
      this.#writablePage(index).set(source.subarray(done, done + length), start);
    });
  }

  commit(): void {
    if (this.#cleared) this.#committed.clear();
    this.#committed.apply(this.#written, this.#wasmPages);
    this.#written.clear();
    this.#cleared = false;
  }

  /** Forgets all content; as a write, it takes effect with `commit`. */
  clear(): void {
    this.#written.clear();
    this.#cleared = true;
    this.#wasmPages = 0;
  }

  #page(index: number): Uint8Array | undefined {
    return this.#written.get(index) ?? (this.#cleared ? undefined : this.#committed.page(index));
  }

  #writablePage(index: number): Uint8Array {
    const written = this.#written.get(index);
    if (written !== undefined) return written;
    const page = this.#page(index)?.slice() ?? new Uint8Array(PAGE_BYTES);
    this.#written.set(index, page);
    return page;
  }
}

type PageVisitor = (index: number, start: number, length: number, done: number) => void;

function forEachPage(offset: number, length: number, visit: PageVisitor): void {
  for (let done = 0; done < length; ) {
    const position = offset + done;
    const start = position % PAGE_BYTES;
    const part = Math.min(PAGE_BYTES - start, length - done);
    visit(Math.floor(position / PAGE_BYTES), start, part, done);
    done += part;
  }
}
