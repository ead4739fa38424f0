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
  /** The Wasm memory; replaced when it grew or is shared, overwritten otherwise. */
  heap: Uint8Array;
  variables: InstanceVariablesImage;
}

/** Heaps that more than one has, and that are not written to any more. A property of the heap itself, and so of no code. */
const shared = new WeakSet<Uint8Array>();

/** Notes that another has the same heap: whoever writes to it next makes one of its own. */
export function shareHeap({ heap }: InstalledCode): void {
  shared.add(heap);
}

/** Makes the heap what the memory is: in place, unless it grew or a copy has the same heap. */
export function replaceHeap(code: InstalledCode, memory: Uint8Array): void {
  if (code.heap.length === memory.length && !shared.has(code.heap)) code.heap.set(memory);
  else code.heap = memory.slice();
}
