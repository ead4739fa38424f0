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
  | {
      readonly kind: 'creation';
      readonly controllers: readonly Uint8Array[];
      /** Of the environment variables that it was created with ("Hash of map"); undefined where it was without. */
      readonly variablesHash?: Uint8Array | undefined;
    }
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

/** A history as plain data. */
export interface HistoryImage {
  readonly changes: readonly CanisterChange[];
  readonly total: bigint;
  /** Absent in what was written before it was noted, as is the next. */
  readonly createdAt?: bigint | undefined;
  readonly installedAt?: bigint | undefined;
}

const MAX_CHANGES = 20;

/** The newest changes of a canister, and how many there have been. */
export class CanisterHistory {
  #changes: CanisterChange[] = [];
  #total = 0n;
  #createdAt: bigint | undefined;
  #installedAt: bigint | undefined;

  /** At most the newest twenty, oldest first. */
  get changes(): readonly CanisterChange[] {
    return this.#changes;
  }

  get total(): bigint {
    return this.#total;
  }

  /** When the canister was created, in ns since 1970; undefined for one that was before that was noted. */
  get createdAt(): bigint | undefined {
    return this.#createdAt;
  }

  /** When code was deployed or a snapshot loaded last, in ns since 1970; undefined where it never was. */
  get installedAt(): bigint | undefined {
    return this.#installedAt;
  }

  add(change: CanisterChange): void {
    this.#changes = [...this.#changes, change].slice(-MAX_CHANGES);
    this.#total += 1n;
    const { kind } = change.details;
    if (kind === 'creation') this.#createdAt = change.timestamp;
    if (kind === 'code_deployment' || kind === 'load_snapshot') this.#installedAt = change.timestamp;
  }

  /** Drops the changes, and not their number. */
  forget(): void {
    this.#changes = [];
  }

  /** Plain data, so that it can be saved. */
  image(): HistoryImage {
    return {
      changes: this.#changes,
      total: this.#total,
      createdAt: this.#createdAt,
      installedAt: this.#installedAt,
    };
  }

  /** Brings back what was saved. */
  restore({ changes, total, createdAt, installedAt }: HistoryImage): void {
    this.#changes = [...changes];
    this.#total = total;
    this.#createdAt = createdAt;
    this.#installedAt = installedAt;
  }
}
