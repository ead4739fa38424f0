/** Wakes the service when something expires. The canister's timer is one; tests have their own. */
export interface ExpirySchedule {
  /** Something was stored that expires at `time` (ns). */
  note(time: bigint, now: bigint): void;
}
