import './operator.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bot, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Agent } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { isPast } from '../../components/dates.ts';
import { Identifier } from '../../components/identifier.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useOpenRecord } from '../../lists/open-record.ts';
import { RightsLabel } from '../../records/rights.tsx';
import { useIsOperator, useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { AgentForm } from './agent-form.tsx';
import { AgentLimits } from './agent-limits.tsx';
import { OperatorOnly, REFRESH_MS } from './operator-only.tsx';

/** Who may call the service; adding, changing and removing them. */
export function RegisteredAgentsPage(): ReactNode {
  const { openId, open, close } = useOpenRecord();
  const isOperator = useIsOperator() ?? false;
  const { operator } = texts;
  return (
    <Page
      title={operator.agents}
      about={operator.agentsAbout}
      actions={
        isOperator && (
          <Button tone="primary" icon={Plus} onPress={() => open('new')}>
            {operator.add}
          </Button>
        )
      }
    >
      <OperatorOnly>
        <AgentList onChange={({ agent }) => open(agent.toText())} />
        <AgentPanel openId={openId} onClose={close} />
      </OperatorOnly>
    </Page>
  );
}

/** Adds an agent, or changes the one that is named. */
function AgentPanel({
  openId,
  onClose,
}: {
  readonly openId: string | undefined;
  readonly onClose: () => void;
}): ReactNode {
  const { data } = useRegisteredAgents();
  const agent = data?.find((one) => one.agent.toText() === openId);
  return (
    <SidePanel
      isOpen={openId === 'new' || agent !== undefined}
      title={agent?.name ?? texts.operator.add}
      onClose={onClose}
    >
      <AgentForm agent={agent} onDone={onClose} />
      {agent !== undefined && <AgentLimits agent={agent.agent} onDone={onClose} />}
    </SidePanel>
  );
}

function useRegisteredAgents() {
  const { client } = useService();
  return useQuery({
    queryKey: ['agents'],
    queryFn: () => client.listAgents(),
    refetchInterval: REFRESH_MS,
  });
}

function AgentList({ onChange }: { readonly onChange: (agent: Agent) => void }): ReactNode {
  const { client } = useService();
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<Agent>();
  const query = useRegisteredAgents();
  const { operator } = texts;
  return (
    <div className="card">
      <Loaded
        reading={query}
        empty={<EmptyState icon={Bot} title={operator.noAgents} help={operator.noAgentsHelp} />}
      >
        {(data) =>
          [false, true].map((ended) => {
            const some = data.filter(({ expiresAt }) => isPast(expiresAt) === ended);
            return (
              some.length > 0 && (
                <section key={String(ended)}>
                  {ended && <h2 className="rows-title">{operator.endedAgents}</h2>}
                  <ul className="rows" aria-label={ended ? operator.endedAgents : operator.agents}>
                    {some.map((agent) => (
                      <li key={agent.agent.toText()} className="row-stack">
                        <AgentFacts agent={agent} />
                        <span className="rows-end">
                          <Button tone="quiet" onPress={() => onChange(agent)}>
                            {operator.change}
                          </Button>
                          <Button tone="danger" onPress={() => setLeaving(agent)}>
                            {operator.remove}
                          </Button>
                        </span>
                      </li>
                    ))}
                  </ul>
                </section>
              )
            );
          })
        }
      </Loaded>
      <ConfirmDialog
        isOpen={leaving !== undefined}
        title={operator.removeTitle(leaving?.name ?? '')}
        confirm={operator.remove}
        onConfirm={async () => {
          if (leaving === undefined) return;
          await client.removeAgent(leaving.agent);
          await queries.invalidateQueries({ queryKey: ['agents'] });
          showToast({ title: operator.removed(leaving.name) });
        }}
        onClose={() => setLeaving(undefined)}
      >
        <p>{operator.removeText}</p>
      </ConfirmDialog>
    </div>
  );
}

function AgentFacts({ agent }: { readonly agent: Agent }): ReactNode {
  const { name, agent: principal, scope, addedAt, expiresAt } = agent;
  const { operator, agents } = texts;
  return (
    <div className="row-facts">
      <span className="row-title">
        <strong>{name}</strong>
        {isPast(expiresAt) ? (
          <Badge tone="neutral">{agents.expired}</Badge>
        ) : (
          <Badge tone={scope === 'every_user' ? 'warn' : 'neutral'}>{operator.scopes[scope]}</Badge>
        )}
      </span>
      <Identifier text={principal.toText()} what={agents.agent} />
      <RightsLabel rights={agent} />
      <span className="row-notes muted">
        <span>
          {operator.added} <Time ns={addedAt} />
        </span>
        {expiresAt === undefined ? (
          <span>{agents.noEnd}</span>
        ) : (
          <span>
            {isPast(expiresAt) ? agents.ended : agents.until} <Time ns={expiresAt} form="absolute" />
          </span>
        )}
      </span>
    </div>
  );
}
