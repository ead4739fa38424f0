import './session-page.css';
import { getRouteApi, Link } from '@tanstack/react-router';
import { MonitorPlay } from 'lucide-react';
import type { ReactNode } from 'react';
import { Identifier } from '../../components/identifier.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Card, Page } from '../../components/page.tsx';
import { Facts } from '../../components/side-panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { Actor } from '../../records/actor.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { SessionState } from '../../records/session-state.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { Conversation } from './conversation.tsx';
import { EndSession } from './end-session.tsx';
import { type ShownSession, useSession, useSessionAgent } from './use-session.ts';

const route = getRouteApi('/sessions/$session');

/** One session: which agent worked in it, how it stands, and what was said. */
export function SessionPage(): ReactNode {
  const { session: sessionId } = route.useParams();
  const query = useSession(sessionId);
  const { data } = query;
  const { isOther } = useUser();
  const { records, session } = texts;
  if (data === undefined || data === null) {
    return (
      <Page title={records.session}>
        <div className="card">
          <Loaded reading={query} rows={8}>
            {() => (
              <EmptyState icon={MonitorPlay} title={session.unknown} help={session.unknownHelp}>
                <Link to="/sessions">{session.toSessions}</Link>
              </EmptyState>
            )}
          </Loaded>
        </div>
      </Page>
    );
  }
  return (
    <Page
      title={session.title(records.agentTypes[data.agentType])}
      about={session.about}
      actions={data.isActive && !isOther && <EndSession session={data} />}
    >
      <Card title={session.facts}>
        <div className="session-facts">
          <SessionFacts session={data} />
        </div>
      </Card>
      <Conversation key={sessionId} session={data} />
    </Page>
  );
}

function SessionFacts({ session }: { readonly session: ShownSession }): ReactNode {
  const { userId: shown } = useUser();
  const { data: agent } = useSessionAgent(session);
  const { agents, lists, parts, sessions } = texts;
  const { sessionId, userId, agentType, projectId, selectedRepo, createdAt, lastActivity } = session;
  return (
    <Facts
      facts={[
        ...(userId === shown
          ? []
          : ([[texts.session.user, <Identifier key="user" text={userId} />]] as const)),
        [lists.service, <AgentTypeLabel key="service" type={agentType} />],
        [sessions.state, <SessionState key="state" session={session} />],
        [
          agents.agent,
          agent === undefined || agent === null ? (
            parts.emptyValue
          ) : (
            <Actor key="agent" principal={agent} what={agents.agent} isAgent />
          ),
        ],
        [sessions.project, projectId],
        [sessions.repository, selectedRepo],
        [sessions.begun, <Time key="begun" ns={createdAt} form="absolute" />],
        [sessions.lastActivity, <Time key="last" ns={lastActivity} form="absolute" />],
        session.endedAt === undefined
          ? [sessions.expires, <Time key="expires" ns={session.expiresAt} form="absolute" />]
          : [sessions.ended, <Time key="ended" ns={session.endedAt} form="absolute" />],
        [sessions.id, <Identifier key="id" text={sessionId} what={sessions.id} />],
      ]}
    />
  );
}
