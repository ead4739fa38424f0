import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { Facts, SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { Actor } from '../../records/actor.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { SessionState } from '../../records/session-state.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import type { ToldSession } from './told-sessions.ts';

const { agents, lists, sessions } = texts;

/** All that is known of a session but its token, and the way to end it. */
export function SessionPanel({
  session,
  onEnd,
  onClose,
}: {
  readonly session: ToldSession | undefined;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { isOther } = useUser();
  return (
    <SidePanel
      isOpen={session !== undefined}
      title={session === undefined ? '' : texts.records.agentTypes[session.agentType]}
      footer={
        session?.isActive === true &&
        !isOther && (
          <Button tone="danger" onPress={onEnd}>
            {sessions.end}
          </Button>
        )
      }
      onClose={onClose}
    >
      {session && <SessionFacts session={session} />}
    </SidePanel>
  );
}

function SessionFacts({ session }: { readonly session: ToldSession }): ReactNode {
  const {
    sessionId,
    agentType,
    projectId,
    selectedRepo,
    createdAt,
    lastActivity,
    expiresAt,
    endedAt,
    agent,
  } = session;
  return (
    <>
      <Facts
        facts={[
          [lists.service, <AgentTypeLabel key="service" type={agentType} />],
          [sessions.state, <SessionState key="state" session={session} />],
          [agents.agent, agent && <Actor key="agent" principal={agent} what={agents.agent} isAgent />],
          [sessions.project, projectId],
          [sessions.repository, selectedRepo],
          [sessions.begun, <Time key="begun" ns={createdAt} form="absolute" />],
          [sessions.lastActivity, <Time key="last" ns={lastActivity} form="absolute" />],
          endedAt === undefined
            ? [sessions.expires, <Time key="expires" ns={expiresAt} form="absolute" />]
            : [sessions.ended, <Time key="ended" ns={endedAt} form="absolute" />],
          [sessions.id, <Identifier key="id" text={sessionId} what={sessions.id} />],
        ]}
      />
      <p>
        <Link to="/sessions/$session" params={{ session: sessionId }}>
          {texts.session.open}
        </Link>
      </p>
      <p>
        <Link to="/interactions" search={{ session: sessionId }}>
          {sessions.interactions}
        </Link>
      </p>
    </>
  );
}
