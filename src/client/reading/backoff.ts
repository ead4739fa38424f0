/** A feed whose network does not answer asks less and less often, down to once in this many intervals. */
const MOST_INTERVALS = 16;

/** How many intervals a feed waits before it asks again, after so many questions in a row without an answer. */
export function intervalsAfter(failures: number): number {
  return Math.min(2 ** failures, MOST_INTERVALS);
}
