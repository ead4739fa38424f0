import type { Task } from '../execution/task.ts';
import type { OutcallsImage } from '../state/outcalls.ts';
import type { LedgerImages } from '../system-canisters/ledgers.ts';
import type { IngressRecord } from './ingress-history.ts';

/** What a subnet is made of beside its canisters, as plain data. */
export interface SubnetImage {
  /** ns since 1970. */
  readonly time: bigint;
  /** The rest of the times is absent in what was written before there was a journal. */
  readonly advanced?: bigint;
  /** Of the last batch, in ns since 1970. */
  readonly batchTime?: bigint;
  /** ns since 1970. */
  readonly lastHeartbeat?: bigint;
  readonly nextCanisterNumber: bigint;
  readonly queue: readonly Task[];
  readonly ingress: readonly IngressRecord[];
  readonly totals: SubnetTotals;
  /** Absent in what was written before there were ledgers. */
  readonly ledgers?: LedgerImages;
  /** Absent in what was written before there were outcalls. */
  readonly outcalls?: OutcallsImage;
}

/** Counted since the network was made. */
export interface SubnetTotals {
  readonly cyclesConsumed: bigint;
  readonly updates: bigint;
}
