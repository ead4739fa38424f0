import { planRetention, type RetentionPlan } from '../../models/retention/pending-retention.ts';
import { type Retention, type RetentionName, retention } from '../../models/retention/retention.ts';
import { checkRange } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';

/** What is left out stays as it is. */
export type GivenRetention = { readonly [K in RetentionName]: bigint | undefined };

/** What is kept now. */
export interface RetentionInForce {
  readonly retention: Retention;
  /** What is to be kept later, and from when (ns); undefined where that is what is kept now. */
  readonly pending: { readonly effectiveAt: bigint; readonly retention: Retention } | undefined;
}

export function retentionInForce({ settings }: Store): RetentionInForce {
  const { retention: kept, pendingRetention } = settings;
  const pending = pendingRetention && {
    effectiveAt: pendingRetention.from,
    retention: retention.over(kept, pendingRetention.set),
  };
  return { retention: kept, pending };
}

const HOUR_NS = 3_600_000_000_000n;

/** What would be kept, and from when, where a retention were set at `now`. Throws InvalidArgument for a number out of its range. */
export function planOf({ settings }: Store, given: GivenRetention, now: bigint): RetentionPlan {
  const numbers = retention.each((name) => checkRange(name, given[name], retention.rangeOf(name)));
  const before = { inForce: settings.settings.retention, pending: settings.pendingRetention };
  const delay = BigInt(settings.serviceLimits.retention_delay_hours) * HOUR_NS;
  return planRetention(before, numbers, now + delay);
}
