import type { AgentActivity, Analytics, Grant } from '../../../client/index.ts';

/** When an agent last did something for the person, and whether a grant was taken from it since it was given. */
export interface AgentUse {
  readonly lastAt: bigint | undefined;
  readonly isWithdrawn: boolean;
}

/** An agent that acted without holding a grant. */
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

/** The agents that were counted for the person and hold no grant, the last to act first. */
export function othersIn(
  { byAgent }: Pick<Analytics, 'byAgent'>,
  grants: readonly Grant[],
  uses: ReadonlyMap<string, AgentUse>,
): readonly OtherAgent[] {
  const granted = new Set(grants.map(({ agent }) => agent.toText()));
  return byAgent
    .map(({ agent, counts }) => ({
      agent: agent.toText(),
      interactions: counts.interactions,
      leases: counts.credentialLeases,
      lastAt: uses.get(agent.toText())?.lastAt,
      isWithdrawn: uses.get(agent.toText())?.isWithdrawn ?? false,
    }))
    .filter(({ agent }) => !granted.has(agent))
    .sort((a, b) => Number((b.lastAt ?? 0n) - (a.lastAt ?? 0n)));
}

/** A text at the top level of metadata; undefined where there is none. Metadata is JSON text that an agent can have written. */
export function textIn(metadata: string | undefined, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(metadata ?? 'null');
    if (typeof value !== 'object' || value === null || !(name in value)) return undefined;
    const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
