import './operator.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bot, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Agent } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { Page } from '../../components/page.tsx';
import { RightsLabel } from '../../components/rights.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useIsOperator, useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { AgentForm } from './agent-form.tsx';
import { AgentLimits } from './agent-limits.tsx';
import { OperatorOnly, REFRESH_MS } from './operator-only.tsx';

/** Who may call the service; adding, changing and removing them. */
export function RegisteredAgentsPage(): ReactNode {
  const [draft, setDraft] = useState<Agent | 'new'>();
  const isOperator = useIsOperator() ?? false;
  const { operator } = texts;
  const close = () => setDraft(undefined);
  return (
    <Page
      title={operator.agents}
      about={operator.agentsAbout}
      actions={
        isOperator && (
          <Button tone="primary" icon={Plus} onPress={() => setDraft('new')}>
            {operator.add}
          </Button>
        )
      }
    >
      <OperatorOnly>
        <AgentList onChange={setDraft} />
        <SidePanel
          isOpen={draft !== undefined}
          title={draft === undefined || draft === 'new' ? operator.add : draft.name}
          onClose={close}
        >
          {draft !== undefined && <AgentForm agent={draft === 'new' ? undefined : draft} onDone={close} />}
          {draft !== undefined && draft !== 'new' && <AgentLimits agent={draft.agent} onDone={close} />}
        </SidePanel>
      </OperatorOnly>
    </Page>
  );
}

function AgentList({ onChange }: { readonly onChange: (agent: Agent) => void }): ReactNode {
  const { client } = useService();
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<Agent>();
  const { data, error, refetch } = useQuery({
    queryKey: ['agents'],
    queryFn: () => client.listAgents(),
    refetchInterval: REFRESH_MS,
  });
  const { operator } = texts;
  return (
    <div className="card">
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState />
      ) : data.length === 0 ? (
        <EmptyState icon={Bot} title={operator.noAgents} help={operator.noAgentsHelp} />
      ) : (
        <ul className="rows" aria-label={operator.agents}>
          {data.map((agent) => (
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
      )}
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
        <Badge tone={scope === 'every_user' ? 'warn' : 'neutral'}>{operator.scopes[scope]}</Badge>
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
            {agents.until} <Time ns={expiresAt} form="absolute" />
          </span>
        )}
      </span>
    </div>
  );
}
