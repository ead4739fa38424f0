import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Card } from '../../components/page.tsx';
import { allRead } from '../../components/reading.ts';
import { Time } from '../../components/time.tsx';
import { Actor } from '../../records/actor.tsx';
import { othersIn } from '../../records/agent-use.ts';
import { StopAgent, useStopped } from '../../records/stop-agent.tsx';
import { useAgentUses, useCountedAgents, useGrants } from '../../records/use-agents.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

/** Agents that acted for the person without a grant, and what the service does not tell of them. */
export function OtherAgents(): ReactNode {
  const grants = useGrants();
  const uses = useAgentUses();
  const counted = useCountedAgents();
  const { data: stopped } = useStopped();
  const { client, principal } = useService();
  const { userId } = useUser();
  const { agents } = texts;
  const others =
    counted.data &&
    grants.data &&
    uses.data &&
    othersIn({
      counted: counted.data,
      grants: grants.data,
      uses: uses.data,
      own: [userId, principal, client.canisterId.toText()],
    });
  return (
    <Card title={agents.others}>
      <p className="card-text muted">{agents.othersAbout}</p>
      <Loaded
        reading={{ ...allRead([counted, grants, uses]), data: others }}
        rows={2}
        empty={<p className="card-text">{agents.noOthers}</p>}
      >
        {(shown) => (
          <ul className="rows">
            {shown.map(({ agent, interactions, leases, lastAt, isWithdrawn }) => (
              <li key={agent} className="row-stack">
                <div className="row-facts">
                  <Actor principal={agent} what={agents.agent} isAgent />
                  <span className="row-notes muted">
                    <span>
                      {agents.counted(interactions.toLocaleString('en'), leases.toLocaleString('en'))}
                    </span>
                    {lastAt !== undefined && (
                      <span>
                        {agents.actedBy} <Time ns={lastAt} />
                      </span>
                    )}
                  </span>
                </div>
                <span className="rows-end">
                  {stopped?.has(agent) === true ? (
                    <Badge tone="bad">{agents.isStopped}</Badge>
                  ) : (
                    <Badge tone={isWithdrawn ? 'neutral' : 'warn'}>
                      {isWithdrawn ? agents.wasWithdrawn : agents.notGranted}
                    </Badge>
                  )}
                  <StopAgent agent={agent} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
