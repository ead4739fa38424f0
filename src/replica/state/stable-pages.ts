/** Bytes of a page of stable memory as it is stored and copied; a Wasm page is sixteen of them. */
export const PAGE_BYTES = 4096;
/** Bytes of a Wasm page, the unit in which stable memory grows. */
export const WASM_PAGE_BYTES = 65_536;

/**
 * A canister's committed stable memory. Sparse: a page that was never written is absent and reads as zeros. Pages are
 * immutable once they are in here; a change puts a new one in its place.
 */
export class StablePages {
  readonly #pages = new Map<number, Uint8Array>();
  readonly #changed = new Set<number>();
  #wasmPages = 0;

  /** Size in Wasm pages of 64 KiB. */
  get wasmPages(): number {
    return this.#wasmPages;
  }

  page(index: number): Uint8Array | undefined {
    return this.#pages.get(index);
  }

  /** The pages that exist, in no order. */
  pages(): IterableIterator<[index: number, page: Uint8Array]> {
    return this.#pages.entries();
  }

  /** Bytes held by the pages that exist. */
  get storedBytes(): number {
    return this.#pages.size * PAGE_BYTES;
  }

  /** Takes over changed pages and a new size. */
  apply(changes: ReadonlyMap<number, Uint8Array>, wasmPages: number): void {
    for (const [index, page] of changes) {
      this.#pages.set(index, page);
      this.#changed.add(index);
    }
    this.#wasmPages = wasmPages;
  }

  /** The indices of the pages that were written or removed since this was asked last. */
  takeChanged(): readonly number[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  clear(): void {
    for (const index of this.#pages.keys()) this.#changed.add(index);
    this.#pages.clear();
    this.#wasmPages = 0;
  }
}
