import { planRetention, type RetentionPlan } from '../../models/retention/pending-retention.ts';
import { type RetentionName, retention } from '../../models/retention/retention.ts';
import { checkRange } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';

/** What is left out stays as it is. */
export type GivenRetention = { readonly [K in RetentionName]: bigint | undefined };

const HOUR_NS = 3_600_000_000_000n;

/** What would be kept, and from when, where a retention were set at `now`. Throws InvalidArgument for a number out of its range. */
export function planOf({ settings }: Store, given: GivenRetention, now: bigint): RetentionPlan {
  const numbers = retention.each((name) => checkRange(name, given[name], retention.rangeOf(name)));
  const before = { inForce: settings.settings.retention, pending: settings.pendingRetention };
  const delay = BigInt(settings.serviceLimits.retention_delay_hours) * HOUR_NS;
  return planRetention(before, numbers, now + delay);
}
