/** Who may read logs, snapshots or status of a canister beside its controllers. */
export type Visibility =
  | { readonly kind: 'controllers' }
  | { readonly kind: 'public' }
  | { readonly kind: 'allowed_viewers'; readonly viewers: readonly Uint8Array[] };

/** A canister's settings, all definite ("IC method update_settings"). */
export interface CanisterSettings {
  /** At most ten. */
  readonly controllers: readonly Uint8Array[];
  /** Percent of a core that is reserved; 0 to 100. */
  readonly computeAllocation: bigint;
  /** Reserved bytes; 0 for as much as there is. */
  readonly memoryAllocation: bigint;
  /** Seconds of idling that the balance must cover. */
  readonly freezingThreshold: bigint;
  /** Cycles. */
  readonly reservedCyclesLimit: bigint;
  /** Cycles that a call from another canister has to bring. */
  readonly minimumIncomingCanisterCallCycles: bigint;
  /** Bytes of heap; 0 for no limit of its own. */
  readonly wasmMemoryLimit: bigint;
  /** Bytes left of the limit at which `canister_on_low_wasm_memory` runs. */
  readonly wasmMemoryThreshold: bigint;
  /** Bytes of log that are kept. */
  readonly logMemoryLimit: bigint;
  readonly logVisibility: Visibility;
  readonly snapshotVisibility: Visibility;
  readonly statusVisibility: Visibility;
  readonly environmentVariables: ReadonlyMap<string, string>;
}

/** What the heap of a new canister may have, in bytes: 3 GiB, so that it runs into this limit before the one that nobody can lift. */
const DEFAULT_WASM_MEMORY_LIMIT = 3_221_225_472n;
const CONTROLLERS: Visibility = { kind: 'controllers' };

/** What a new canister has where its creator says nothing. */
export function defaultSettings(controllers: readonly Uint8Array[]): CanisterSettings {
  return {
    controllers,
    computeAllocation: 0n,
    memoryAllocation: 0n,
    freezingThreshold: 2_592_000n,
    reservedCyclesLimit: 5_000_000_000_000n,
    minimumIncomingCanisterCallCycles: 0n,
    wasmMemoryLimit: DEFAULT_WASM_MEMORY_LIMIT,
    wasmMemoryThreshold: 0n,
    logMemoryLimit: 4096n,
    logVisibility: CONTROLLERS,
    snapshotVisibility: CONTROLLERS,
    statusVisibility: CONTROLLERS,
    environmentVariables: new Map(),
  };
}
