export const DAY_NS = 24n * 3_600_000_000_000n;

/** A user may have a tenth more than the newest that are kept: to find where those end takes a walk over them. */
const SURPLUS = 10;

/** How many records a user may have before those behind the newest go. */
export function mostKept(newest: number): number {
  return newest + Math.floor(newest / SURPLUS);
}
