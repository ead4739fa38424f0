import type { AgentActivity, Analytics, Grant } from '../../client/index.ts';
import { textIn } from '../service/text-in.ts';

/** When an agent last did something for the person, and whether a grant was taken from it since it was given. */
export interface AgentUse {
  readonly lastAt: bigint | undefined;
  readonly isWithdrawn: boolean;
}

/** Who acted without holding a grant. */
export interface OtherAgent extends AgentUse {
  readonly agent: string;
  readonly interactions: bigint;
  readonly leases: bigint;
}

/** The uses by the text of the agent's principal, from activities that are given newest first. */
export function usesIn(activities: readonly AgentActivity[]): ReadonlyMap<string, AgentUse> {
  const uses = new Map<string, AgentUse>();
  const decided = new Set<string>();
  for (const { actor, activityType, metadata, timestamp } of activities) {
    const by = actor.toText();
    const before = uses.get(by);
    if (before?.lastAt === undefined) {
      uses.set(by, { lastAt: timestamp, isWithdrawn: before?.isWithdrawn ?? false });
    }
    if (activityType !== 'AgentGranted' && activityType !== 'AgentWithdrawn') continue;
    const about = textIn(metadata, 'agent');
    // The newest grant or withdrawal is the one that holds.
    if (about === undefined || decided.has(about)) continue;
    decided.add(about);
    uses.set(about, { lastAt: uses.get(about)?.lastAt, isWithdrawn: activityType === 'AgentWithdrawn' });
  }
  return uses;
}

/**
 * Those who acted for the person, or whose grant was withdrawn, and hold none: the last to act first. `own` are the principals that act for
 * nobody: the person's, and the service's.
 */
export function othersIn({
  counted,
  grants,
  uses,
  own,
}: {
  readonly counted: Pick<Analytics, 'byAgent'>;
  readonly grants: readonly Grant[];
  readonly uses: ReadonlyMap<string, AgentUse>;
  readonly own: readonly string[];
}): readonly OtherAgent[] {
  const left = new Set([...own, ...grants.map(({ agent }) => agent.toText())]);
  const counts = new Map(counted.byAgent.map((one) => [one.agent.toText(), one.counts]));
  return [...new Set([...uses.keys(), ...counts.keys()])]
    .filter((agent) => !left.has(agent))
    .map((agent) => ({
      agent,
      interactions: counts.get(agent)?.interactions ?? 0n,
      leases: counts.get(agent)?.credentialLeases ?? 0n,
      lastAt: uses.get(agent)?.lastAt,
      isWithdrawn: uses.get(agent)?.isWithdrawn ?? false,
    }))
    .sort((a, b) => Number((b.lastAt ?? 0n) - (a.lastAt ?? 0n)));
}
