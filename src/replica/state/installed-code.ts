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
  /** Whether a copy has the same heap; what is loaded or installed shares nothing. */
  heapIsShared?: boolean;
  variables: InstanceVariablesImage;
}
