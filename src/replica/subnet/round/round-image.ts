import type { Task } from '../../execution/task.ts';
import type { OutcallsImage } from '../../state/outcalls.ts';
import type { LedgerImages } from '../../system-canisters/ledgers.ts';
import type { SubnetTotals } from './certified-metrics.ts';
import type { IngressRecord } from './ingress-history.ts';

/** What rounds go on from beside the canisters, as plain data. */
export interface RoundImage {
  /** Of the last batch, in ns since 1970; absent in what was written before there was a journal. */
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
