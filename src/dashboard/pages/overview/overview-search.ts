/** So many days the overview can be about. */
export const RANGES = [7, 30, 90] as const;

/** What of the overview stands in its address. */
export interface OverviewSearch {
  readonly days?: (typeof RANGES)[number] | undefined;
}

/** What an address says of the overview; a range that is not offered is left out. */
export function readOverviewSearch(search: Readonly<Record<string, unknown>>): OverviewSearch {
  return { days: RANGES.find((days) => days === search['days']) };
}
