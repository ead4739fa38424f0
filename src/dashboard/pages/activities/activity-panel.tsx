import type { ReactNode } from 'react';
import type { AgentActivity } from '../../../client/index.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { ActivityDetails } from '../../records/activity-details.tsx';
import { texts } from '../../texts/en.ts';

/** All that is known of an activity. */
export function ActivityPanel({
  activity,
  onClose,
}: {
  readonly activity: AgentActivity | undefined;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <SidePanel
      isOpen={activity !== undefined}
      title={activity === undefined ? '' : texts.records.activityTypes[activity.activityType]}
      onClose={onClose}
    >
      {activity && <ActivityDetails activity={activity} />}
    </SidePanel>
  );
}
