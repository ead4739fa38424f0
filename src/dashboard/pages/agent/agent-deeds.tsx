import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Time } from '../../components/time.tsx';
import { ActivityRow } from '../../records/activity-row.tsx';
import { SuccessBadge } from '../../records/success-badge.tsx';
import { texts } from '../../texts/en.ts';
import { NewestCard } from './newest-card.tsx';
import { useNewest, useNewestInteractions } from './use-agent.ts';

/** What an agent did and said last, with the way to all of it. */
export function AgentDeeds({ agent: principal }: { readonly agent: string }): ReactNode {
  const { agent } = texts;
  const did = useNewest(principal);
  const talked = useNewestInteractions(principal);
  return (
    <div className="agent-columns">
      <NewestCard
        title={agent.did}
        link={
          <Link to="/activities" search={{ agent: principal }}>
            {agent.all}
          </Link>
        }
        none={agent.didNothing}
        query={did}
        row={(activity) => <ActivityRow key={activity.id} activity={activity} />}
      />
      <NewestCard
        title={agent.talked}
        link={
          <Link to="/interactions" search={{ agent: principal }}>
            {agent.all}
          </Link>
        }
        none={agent.talkedNothing}
        query={talked}
        row={({ id, message, response, success, timestamp }) => (
          <li key={id}>
            <span className="rows-text">
              <strong>
                <Link to="/interactions" search={{ open: id }}>
                  {message.slice(0, SHOWN_CHARACTERS)}
                </Link>
              </strong>
              <span className="muted">{response.slice(0, SHOWN_CHARACTERS)}</span>
            </span>
            <span className="rows-end muted">
              <SuccessBadge success={success} />
              <Time ns={timestamp} />
            </span>
          </li>
        )}
      />
    </div>
  );
}

/** As much of a text as a row can show: the whole may have half a megabyte. */
const SHOWN_CHARACTERS = 200;
