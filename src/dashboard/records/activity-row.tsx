import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AgentActivity } from '../../client/index.ts';
import { Time } from '../components/time.tsx';
import { texts } from '../texts/en.ts';
import { ActivityText } from './activity-text.tsx';
import { AgentTypeLabel } from './agent-type-label.tsx';

/** An activity as a row of a card, with the way to its details. */
export function ActivityRow({
  activity,
  ...how
}: {
  readonly activity: AgentActivity;
  /** As of `ActivityText`. */
  readonly withActor?: boolean;
  readonly isPlain?: boolean;
}): ReactNode {
  return (
    <li>
      <span className="rows-text">
        <strong>
          <Link to="/activities" search={{ open: activity.id }}>
            {texts.records.activityTypes[activity.activityType]}
          </Link>
        </strong>
        <span className="muted">
          <ActivityText activity={activity} {...how} />
        </span>
      </span>
      <span className="rows-end muted">
        <AgentTypeLabel type={activity.agentType} />
        <Time ns={activity.timestamp} />
      </span>
    </li>
  );
}
