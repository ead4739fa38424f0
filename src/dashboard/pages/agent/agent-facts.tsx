import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Grant } from '../../../client/index.ts';
import { Badge, type BadgeTone } from '../../components/badge.tsx';
import { Card } from '../../components/page.tsx';
import { Facts } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { RightsLabel } from '../../records/rights.tsx';
import { useStopped } from '../../records/stop-agent.tsx';
import { useAgentUses, useCountedAgents } from '../../records/use-agents.ts';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { type AgentStanding, standingsOf } from './agent-states.ts';
import { useNewest, useTerms } from './use-agent.ts';

const TONES: Readonly<Record<AgentStanding, BadgeTone>> = {
  stopped: 'bad',
  not_registered: 'bad',
  agent_expired: 'bad',
  grant_expired: 'bad',
  granted: 'good',
  withdrawn: 'neutral',
  not_granted: 'warn',
};

/** How an agent stands, what it may do, and how much it did. */
export function AgentFacts({
  agent: principal,
  isRegistered,
  grant,
}: {
  readonly agent: string;
  readonly isRegistered: boolean;
  readonly grant: Grant | undefined;
}): ReactNode {
  const { agent, agents, operator } = texts;
  const { isOther } = useUser();
  const { data: stopped } = useStopped();
  const { data: uses } = useAgentUses();
  const terms = useTerms(principal);
  const lastAt = useNewest(principal).data?.items[0]?.timestamp;
  const stoppedAt = stopped?.get(principal);
  const standings = standingsOf({
    isRegistered,
    isStopped: stoppedAt !== undefined,
    grant,
    isWithdrawn: uses?.get(principal)?.isWithdrawn ?? false,
    terms,
    nowMs: Date.now(),
  });
  const facts: readonly (readonly [string, ReactNode] | false)[] = [
    [agent.rights, grant === undefined ? agent.noRights : <RightsLabel key="rights" rights={grant} />],
    grant !== undefined && [agents.since, <Time key="since" ns={grant.grantedAt} form="absolute" />],
    grant !== undefined && [
      agents.until,
      grant.expiresAt === undefined ? agents.noEnd : <Time key="end" ns={grant.expiresAt} form="absolute" />,
    ],
    terms !== undefined && [agent.terms, <RightsLabel key="terms" rights={terms} />],
    terms !== undefined && [agent.scope, operator.scopes[terms.scope]],
    stoppedAt !== undefined && [agent.stoppedAt, <Time key="stopped" ns={stoppedAt} form="absolute" />],
    [agents.lastUse, lastAt === undefined ? agents.unused : <Time key="last" ns={lastAt} />],
  ];
  return (
    <div className="agent-columns">
      <Card
        title={agent.facts}
        link={
          grant !== undefined &&
          !isOther && (
            <Link to="/agents" search={{ open: principal }}>
              {agent.changeGrant}
            </Link>
          )
        }
      >
        <div className="agent-facts">
          <ul className="agent-standings">
            {standings.map((one) => (
              <li key={one}>
                <Badge tone={TONES[one]}>{agent.standings[one]}</Badge>
                <span className="muted">{agent.meanings[one]}</span>
              </li>
            ))}
          </ul>
          <Facts facts={facts.filter((fact) => fact !== false)} />
        </div>
      </Card>
      <AgentCounts agent={principal} />
    </div>
  );
}

function AgentCounts({ agent: principal }: { readonly agent: string }): ReactNode {
  const { agent } = texts;
  const { data } = useCountedAgents();
  const counts = data?.byAgent.find((one) => one.agent.toText() === principal)?.counts;
  const shown = (count: bigint | undefined) =>
    data === undefined ? undefined : (count ?? 0n).toLocaleString('en');
  return (
    <Card title={agent.counts}>
      <div className="agent-facts">
        <Facts
          facts={[
            [
              agent.interactions,
              <Link key="interactions" to="/interactions" search={{ agent: principal }}>
                {shown(counts?.interactions)}
              </Link>,
            ],
            [agent.failures, shown(counts?.errors)],
            [
              agent.leases,
              <Link key="leases" to="/activities" search={{ agent: principal, type: 'TokenLeased' }}>
                {shown(counts?.credentialLeases)}
              </Link>,
            ],
            [agent.refreshes, shown(counts?.tokenRefreshes)],
          ]}
        />
      </div>
    </Card>
  );
}
