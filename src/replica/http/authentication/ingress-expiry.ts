import { Refusal } from '../refusal.ts';

/** How far ahead a client may set the expiry: the 5 minutes that clients use, and a minute for clocks that differ. */
const MAX_AHEAD_NS = 6n * 60n * 1_000_000_000n;

/**
 * Refuses an expiry (ns since 1970) that has passed or is too far ahead. The text begins as the replica's does: agents
 * know by it that their clock is off, and set it right.
 */
export function checkIngressExpiry(expiry: bigint, now: bigint): void {
  if (expiry >= now && expiry <= now + MAX_AHEAD_NS) return;
  throw new Refusal(
    'expiry',
    `Invalid request expiry: it is ${toTime(expiry)}, and has to be from ${toTime(now)} to ${toTime(now + MAX_AHEAD_NS)}`,
  );
}

/** RFC 3339 in seconds, or the bare number where that has no date. */
function toTime(ns: bigint): string {
  const date = new Date(Number(ns / 1_000_000n));
  return Number.isNaN(date.getTime()) ? `${ns} ns` : date.toISOString();
}
