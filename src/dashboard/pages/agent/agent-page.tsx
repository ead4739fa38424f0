import './agent-page.css';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Bot } from 'lucide-react';
import type { ReactNode } from 'react';
import { Identifier, shortened } from '../../components/identifier.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { principalIn } from '../../components/principal-text.ts';
import { allRead } from '../../components/reading.ts';
import { EmptyState } from '../../components/states.tsx';
import { StopAgent, useStopped } from '../../records/stop-agent.tsx';
import { useGrants } from '../../records/use-agents.ts';
import { useAgentNameQuery } from '../../service/agent-name.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { AgentDeeds } from './agent-deeds.tsx';
import { AgentFacts } from './agent-facts.tsx';
import { AgentLeases } from './agent-leases.tsx';
import { useNewest } from './use-agent.ts';

const route = getRouteApi('/agents/$agent');

/** One agent as the person sees it: what it may do, the switch that stops it, the tokens that it was given and what it did. */
export function AgentPage(): ReactNode {
  const { agent } = route.useParams();
  const principal = principalIn(agent)?.toText();
  // The address of one agent is followed by that of another without the page going away.
  return principal === undefined ? <UnknownAgent /> : <KnownAgent key={principal} agent={principal} />;
}

function KnownAgent({ agent }: { readonly agent: string }): ReactNode {
  const { client, principal: own } = useService();
  const { userId } = useUser();
  const name = useAgentNameQuery(agent);
  const grants = useGrants();
  const stopped = useStopped();
  const did = useNewest(agent);
  const queries = [name, grants, stopped, did];
  const grant = grants.data?.find((one) => one.agent.toText() === agent);
  const isKnown =
    (name.data ?? null) !== null ||
    grant !== undefined ||
    stopped.data?.has(agent) === true ||
    (did.data?.items.length ?? 0) > 0;
  if (queries.every(({ data }) => data !== undefined)) {
    const isNobody = [own, userId, client.canisterId.toText()].includes(agent) && name.data === null;
    if (isNobody || !isKnown) return <UnknownAgent />;
  }
  return (
    <Page
      title={name.data ?? shortened(agent)}
      about={
        <>
          {texts.agent.about} <Identifier text={agent} what={texts.agent.principal} />
        </>
      }
      actions={<StopAgent agent={agent} />}
    >
      <Loaded reading={allRead(queries)} rows={8}>
        {() => (
          <>
            <AgentFacts agent={agent} isRegistered={name.data !== null} grant={grant} />
            <AgentLeases agent={agent} />
            <AgentDeeds agent={agent} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function UnknownAgent(): ReactNode {
  const { agent } = texts;
  return (
    <Page title={agent.title}>
      <div className="card">
        <EmptyState icon={Bot} title={agent.unknown} help={agent.unknownHelp}>
          <Link to="/agents">{agent.toAgents}</Link>
        </EmptyState>
      </div>
    </Page>
  );
}
