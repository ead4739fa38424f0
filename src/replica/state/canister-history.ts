/** Who changed a canister. */
export type ChangeOrigin =
  | { readonly kind: 'user'; readonly userId: Uint8Array }
  | {
      readonly kind: 'canister';
      readonly canisterId: Uint8Array;
      readonly canisterVersion: bigint | undefined;
    };

/** What changed. */
export type ChangeDetails =
  | { readonly kind: 'creation'; readonly controllers: readonly Uint8Array[] }
  | { readonly kind: 'code_uninstall' }
  | {
      readonly kind: 'code_deployment';
      readonly mode: 'install' | 'reinstall' | 'upgrade';
      readonly moduleHash: Uint8Array;
    }
  | {
      readonly kind: 'load_snapshot';
      readonly snapshotId: Uint8Array;
      /** Whether it was uploaded; absent in what was written before that could be. */
      readonly uploaded?: boolean;
      /** Of the canister that it was taken from, at that time. */
      readonly canisterVersion: bigint;
      /** ns since 1970. */
      readonly takenAt: bigint;
      /** Undefined where it is the canister itself. */
      readonly fromCanisterId: Uint8Array | undefined;
    }
  | { readonly kind: 'controllers_change'; readonly controllers: readonly Uint8Array[] };

/** One entry of a canister's history ("Canister history"). */
export interface CanisterChange {
  /** ns since 1970. */
  readonly timestamp: bigint;
  readonly canisterVersion: bigint;
  readonly origin: ChangeOrigin;
  readonly details: ChangeDetails;
}

const MAX_CHANGES = 20;

/** The newest changes of a canister, and how many there have been. */
export class CanisterHistory {
  #changes: CanisterChange[] = [];
  #total = 0n;

  /** At most the newest twenty, oldest first. */
  get changes(): readonly CanisterChange[] {
    return this.#changes;
  }

  get total(): bigint {
    return this.#total;
  }

  add(change: CanisterChange): void {
    this.#changes = [...this.#changes, change].slice(-MAX_CHANGES);
    this.#total += 1n;
  }

  /** Drops the changes, and not their number. */
  forget(): void {
    this.#changes = [];
  }

  /** Brings back what was saved. */
  restore(changes: readonly CanisterChange[], total: bigint): void {
    this.#changes = [...changes];
    this.#total = total;
  }
}
