import type { ReactNode } from 'react';
import type { AgentActivity } from '../../../client/index.ts';
import { Actor } from '../../components/actor.tsx';
import { AgentTypeLabel } from '../../components/agent-type-label.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { JsonTree } from '../../components/json-tree.tsx';
import { Facts, SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { PanelSection } from '../../lists/panel-section.tsx';
import { texts } from '../../texts/en.ts';

/** All that is known of an activity. */
export function ActivityPanel({
  activity,
  onClose,
}: {
  readonly activity: AgentActivity | undefined;
  readonly onClose: () => void;
}): ReactNode {
  const { lists, records } = texts;
  return (
    <SidePanel
      isOpen={activity !== undefined}
      title={activity === undefined ? '' : records.activityTypes[activity.activityType]}
      onClose={onClose}
    >
      {activity && (
        <>
          <p>{activity.description}</p>
          <Facts
            facts={[
              [lists.service, <AgentTypeLabel key="service" type={activity.agentType} />],
              [lists.when, <Time key="when" ns={activity.timestamp} form="absolute" />],
              [records.actor, <Actor key="actor" principal={activity.actor.toText()} what={records.actor} />],
              [records.id, <Identifier key="id" text={activity.id} what={records.id} />],
            ]}
          />
          <PanelSection title={lists.metadata}>
            <JsonTree json={activity.metadata} />
          </PanelSection>
        </>
      )}
    </SidePanel>
  );
}
