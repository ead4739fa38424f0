import type { ReactNode } from 'react';
import { Identifier } from '../../components/identifier.tsx';
import { JsonTree } from '../../components/json-tree.tsx';
import { PanelSection } from '../../components/panel-section.tsx';
import { Facts, SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { Actor } from '../../records/actor.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { SessionLink } from '../../records/session-link.tsx';
import { SuccessBadge } from '../../records/success-badge.tsx';
import { texts } from '../../texts/en.ts';
import type { ToldInteraction } from './told-interactions.ts';

/** What was said in an interaction, and what is known of it. */
export function InteractionPanel({
  interaction,
  onClose,
}: {
  readonly interaction: ToldInteraction | undefined;
  readonly onClose: () => void;
}): ReactNode {
  const { interactions, lists, records } = texts;
  return (
    <SidePanel
      isOpen={interaction !== undefined}
      title={records.activityTypes.InteractionCompleted}
      onClose={onClose}
    >
      {interaction && (
        <>
          <Facts
            facts={[
              [lists.service, <AgentTypeLabel key="service" type={interaction.agentType} />],
              [interactions.result, <SuccessBadge key="result" success={interaction.success} />],
              [lists.when, <Time key="when" ns={interaction.timestamp} form="absolute" />],
              [
                texts.agents.agent,
                interaction.agent && (
                  <Actor key="agent" principal={interaction.agent} what={texts.agents.agent} isAgent />
                ),
              ],
              [
                interactions.session,
                interaction.sessionId && <SessionLink key="session" sessionId={interaction.sessionId} />,
              ],
              [records.id, <Identifier key="id" text={interaction.id} what={records.id} />],
            ]}
          />
          <PanelSection title={interactions.message}>
            <p className="list-message">{interaction.message}</p>
          </PanelSection>
          <PanelSection title={interactions.response}>
            <p className="list-message">{interaction.response}</p>
          </PanelSection>
          <PanelSection title={lists.metadata}>
            <JsonTree json={interaction.metadata} />
          </PanelSection>
        </>
      )}
    </SidePanel>
  );
}
