import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AgentActivity } from '../../client/index.ts';
import { Identifier } from '../components/identifier.tsx';
import { Facts } from '../components/side-panel.tsx';
import { Time } from '../components/time.tsx';
import { texts } from '../texts/en.ts';
import { ActivityText } from './activity-text.tsx';
import { isAboutCredentials, toldBy } from './activity-words.ts';
import { Actor } from './actor.tsx';
import { AgentTypeLabel } from './agent-type-label.tsx';
import { CredentialLink } from './credential-link.tsx';
import { SessionLink } from './session-link.tsx';
import { StoredMetadata } from './stored-metadata.tsx';

/** What happened, who did it, what it is about, and its metadata as it is stored. */
export function ActivityDetails({ activity }: { readonly activity: AgentActivity }): ReactNode {
  const { agents, lists, records } = texts;
  const { agent, principal, sessionId, interactionId, account, purpose, reason, until } = toldBy(activity);
  const about: readonly (readonly [string, ReactNode])[] = [
    [agents.purpose, purpose],
    [records.reason, reason],
    [
      agents.account,
      isAboutCredentials(activity.activityType) ? (
        <CredentialLink key="account" agentType={activity.agentType} account={account} />
      ) : (
        account
      ),
    ],
    [agents.agent, agent && <Actor key="agent" principal={agent} what={agents.agent} isAgent />],
    [
      records.principal,
      principal && <Actor key="principal" principal={principal} what={records.principal} />,
    ],
    [records.session, sessionId && <SessionLink key="session" sessionId={sessionId} />],
    [
      records.interaction,
      interactionId && (
        <Link key="interaction" to="/interactions" search={{ open: interactionId }}>
          {interactionId}
        </Link>
      ),
    ],
    [agents.leaseEnd, until === undefined ? undefined : <Time key="until" ns={until} form="absolute" />],
  ];
  return (
    <>
      <p>
        <ActivityText activity={activity} />
      </p>
      <Facts
        facts={[
          [lists.service, <AgentTypeLabel key="service" type={activity.agentType} />],
          [lists.when, <Time key="when" ns={activity.timestamp} form="absolute" />],
          [records.actor, <Actor key="actor" principal={activity.actor.toText()} what={records.actor} />],
          ...about.filter(([, value]) => value !== undefined),
          [records.id, <Identifier key="id" text={activity.id} what={records.id} />],
        ]}
      />
      <StoredMetadata json={activity.metadata} />
    </>
  );
}
