import { codedEnumeration } from '../coded-enumeration.ts';
import { holdsSecrets, type StateRecord } from './credential-state.ts';

/** Why somebody has to look at a connection. Codes are stored. */
export const dueKinds = codedEnumeration(['expires', 'failed']);
export type DueKind = (typeof dueKinds.names)[number];

/** What a connection is due for, and since when or from when on (ns). */
export interface Due {
  readonly kind: DueKind;
  readonly time: bigint;
}

/**
 * Undefined where nothing is left that could end, or nothing ends by itself. What a provider refuses for good waits for its user and not for a refresh, as
 * does what failed and has no time at which it ends.
 */
export function dueOf(record: StateRecord): Due | undefined {
  const { state, stateSince, expiresAt } = record;
  if (!holdsSecrets(record)) return undefined;
  if (state === 'needs_reauthorization') return { kind: 'failed', time: stateSince };
  if (expiresAt !== undefined) return { kind: 'expires', time: expiresAt };
  return state === 'refresh_failed' ? { kind: 'failed', time: stateSince } : undefined;
}
