/** The bits of an instance's mutable globals, and the function indices in the tables that its code changes. */
export interface InstanceVariablesImage {
  readonly globals: readonly bigint[];
  readonly tables: readonly (readonly number[])[];
}

/** A canister's code and the committed state of its instance. */
export interface InstalledCode {
  /** As it was uploaded, compressed or not. */
  readonly upload: Uint8Array;
  /** SHA-256 of the upload. */
  readonly moduleHash: Uint8Array;
  /** The Wasm memory; replaced when it grew or is shared, and otherwise overwritten where it changed. */
  heap: Uint8Array;
  variables: InstanceVariablesImage;
}

/** Heaps that more than one has, and that are not written to any more. A property of the heap itself, and so of no code. */
const shared = new WeakSet<Uint8Array>();

/** Notes that another has the same heap: whoever writes to it next makes one of its own. */
export function shareHeap({ heap }: InstalledCode): void {
  shared.add(heap);
}

/** Whether a heap may be written to: no other has it. */
export function isHeapOwn({ heap }: InstalledCode): boolean {
  return !shared.has(heap);
}
