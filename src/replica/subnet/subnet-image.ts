import type { RoundImage } from './round/round-image.ts';

/** What a subnet is made of beside its canisters, as plain data. */
export interface SubnetImage extends RoundImage {
  /** ns since 1970. */
  readonly time: bigint;
  /** Absent in what was written before there was a journal. */
  readonly advanced?: bigint;
}
