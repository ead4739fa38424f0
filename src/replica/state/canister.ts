import type { Callback, CallContext } from './call-context.ts';
import { CanisterHistory } from './canister-history.ts';
import { CanisterLog } from './canister-log.ts';
import type { CanisterSettings } from './canister-settings.ts';
import type { CanisterSnapshot } from './canister-snapshot.ts';
import { type CyclesConsumed, nothingConsumed } from './cycles-consumed.ts';
import type { InstalledCode } from './installed-code.ts';
import type { LowMemoryHook } from './low-memory-hook.ts';
import { StablePages } from './stable-pages.ts';

/** Whether a canister takes calls ("IC method stop_canister"). */
export type RunState = 'running' | 'stopping' | 'stopped';

/** Someone who waits until a canister has stopped. */
export type StopWaiter = CallContext['origin'] & { readonly cycles: bigint };

/** The committed state of a canister. Whoever changes it does so whole, at the end of a message. */
export class Canister {
  readonly id: Uint8Array;
  settings: CanisterSettings;
  runState: RunState = 'running';
  /** Goes up with each change of code, settings or state ("Canister version"). */
  version = 0n;
  /** The balance. */
  cycles = 0n;
  /** Until when memory and computation are paid for, in ns since 1970; undefined until they are asked for. */
  paidUntil: bigint | undefined;
  consumed: CyclesConsumed = nothingConsumed();
  code: InstalledCode | undefined;
  lowMemoryHook: LowMemoryHook = 'condition_not_satisfied';
  readonly stable = new StablePages();
  certifiedData: Uint8Array = new Uint8Array();
  /** ns since 1970; 0 when none is set. */
  globalTimer = 0n;
  /** Uploaded parts of modules by their SHA-256 in hex. */
  readonly chunks = new Map<string, Uint8Array>();
  /** By their ids in hex, in the order in which they were taken. */
  readonly snapshots = new Map<string, CanisterSnapshot>();
  readonly callContexts = new Map<bigint, CallContext>();
  readonly callbacks = new Map<bigint, Callback>();
  readonly log = new CanisterLog();
  readonly history = new CanisterHistory();
  /** Totals over all queries ("query_stats"). */
  queryStats = { calls: 0n, instructions: 0n, requestBytes: 0n, replyBytes: 0n };
  stopWaiters: readonly StopWaiter[] = [];
  #nextCallId = 0n;
  #snapshotCount = 0n;

  constructor(id: Uint8Array, settings: CanisterSettings) {
    this.id = id;
    this.settings = settings;
  }

  /** A number that no call context and no callback of this canister had before. */
  nextCallId(): bigint {
    return this.#nextCallId++;
  }

  /** A number that no snapshot of this canister had before. */
  nextSnapshotNumber(): bigint {
    return this.#snapshotCount++;
  }

  /** How many snapshots were taken; settable for a canister that is loaded. */
  get snapshotCount(): bigint {
    return this.#snapshotCount;
  }

  set snapshotCount(count: bigint) {
    this.#snapshotCount = count;
  }

  /** The next number that `nextCallId` gives; settable for one that is loaded. */
  get callIdCounter(): bigint {
    return this.#nextCallId;
  }

  set callIdCounter(next: bigint) {
    this.#nextCallId = next;
  }
}
