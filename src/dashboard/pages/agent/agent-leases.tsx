import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Identifier } from '../../components/identifier.tsx';
import { Time } from '../../components/time.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { LeasedToken, LeaseEnd, purposeOf } from '../../records/lease-parts.tsx';
import { textIn } from '../../service/text-in.ts';
import { texts } from '../../texts/en.ts';
import { NewestCard } from './newest-card.tsx';
import { useNewest } from './use-agent.ts';

/** The tokens that an agent was given, and the sessions that it began, which they are for. */
export function AgentLeases({ agent: principal }: { readonly agent: string }): ReactNode {
  const { agent, agents } = texts;
  const leases = useNewest(principal, 'TokenLeased');
  const sessions = useNewest(principal, 'SessionCreated');
  return (
    <div className="agent-columns">
      <NewestCard
        title={agent.leased}
        link={
          <Link to="/activities" search={{ agent: principal, type: 'TokenLeased' }}>
            {agent.all}
          </Link>
        }
        none={agent.leasedNothing}
        query={leases}
        row={(lease) => (
          <li key={lease.id}>
            <span className="rows-text">
              <strong>
                <Link to="/activities" search={{ open: lease.id, type: 'TokenLeased' }}>
                  {purposeOf(lease)}
                </Link>
              </strong>
              <span className="muted">
                {agents.leaseEnd} <LeaseEnd lease={lease} />
              </span>
            </span>
            <span className="rows-end muted">
              <LeasedToken lease={lease} />
              <Time ns={lease.timestamp} />
            </span>
          </li>
        )}
      />
      <NewestCard
        title={agent.sessions}
        link={
          <Link to="/activities" search={{ agent: principal, type: 'SessionCreated' }}>
            {agent.all}
          </Link>
        }
        none={agent.sessionsNothing}
        query={sessions}
        row={({ id, agentType, metadata, timestamp }) => {
          const sessionId = textIn(metadata, 'session_id');
          return (
            <li key={id}>
              <span className="rows-text">
                {sessionId === undefined ? (
                  texts.records.session
                ) : (
                  <>
                    <strong>
                      <Link to="/sessions/$session" params={{ session: sessionId }}>
                        {texts.records.session}
                      </Link>
                    </strong>
                    <span className="muted">
                      <Identifier text={sessionId} what={texts.sessions.id} />
                    </span>
                  </>
                )}
              </span>
              <span className="rows-end muted">
                <AgentTypeLabel type={agentType} />
                <Time ns={timestamp} />
              </span>
            </li>
          );
        }}
      />
    </div>
  );
}
