import { useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Grant } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { isPast } from '../../components/dates.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Card } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { showToast } from '../../components/toasts.tsx';
import { Actor } from '../../records/actor.tsx';
import type { AgentUse } from '../../records/agent-use.ts';
import { RightsLabel } from '../../records/rights.tsx';
import { StopAgent } from '../../records/stop-agent.tsx';
import { useAgentUses, useGrants } from '../../records/use-agents.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

/** What the person granted, with the way to narrow and to withdraw it. */
export function Grants({ onChange }: { readonly onChange: (grant: Grant) => void }): ReactNode {
  const { client } = useService();
  const { userId, isOther } = useUser();
  const queries = useQueryClient();
  const query = useGrants();
  const { data: uses } = useAgentUses();
  const [leaving, setLeaving] = useState<Grant>();
  const { agents } = texts;
  return (
    <Card title={agents.granted}>
      <Loaded
        reading={query}
        rows={3}
        empty={<EmptyState icon={KeyRound} title={agents.none} help={agents.noneHelp} />}
      >
        {(data) => (
          <ul className="rows">
            {data.map((grant) => (
              <li key={grant.agent.toText()} className="row-stack">
                <GrantFacts grant={grant} use={uses?.get(grant.agent.toText())} />
                {!isOther && (
                  <span className="rows-end">
                    <Button tone="quiet" onPress={() => onChange(grant)}>
                      {agents.change}
                    </Button>
                    <Button tone="danger" onPress={() => setLeaving(grant)}>
                      {agents.withdraw}
                    </Button>
                    <StopAgent agent={grant.agent.toText()} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <ConfirmDialog
        isOpen={leaving !== undefined}
        title={agents.withdrawTitle}
        confirm={agents.withdraw}
        onConfirm={async () => {
          if (leaving === undefined) return;
          await client.withdrawAgent({ userId, agent: leaving.agent });
          await queries.invalidateQueries({ queryKey: ['grants', userId] });
          showToast({ title: agents.withdrawn });
        }}
        onClose={() => setLeaving(undefined)}
      >
        <p className="code agent-principal">{leaving?.agent.toText()}</p>
        <p>{agents.withdrawText}</p>
        <p>{agents.withdrawEvery}</p>
      </ConfirmDialog>
    </Card>
  );
}

function GrantFacts({
  grant,
  use,
}: {
  readonly grant: Grant;
  readonly use: AgentUse | undefined;
}): ReactNode {
  const { agent, grantedAt, expiresAt } = grant;
  const { agents } = texts;
  return (
    <div className="row-facts">
      <Actor principal={agent.toText()} what={agents.agent} isAgent />
      <RightsLabel rights={grant} />
      <span className="row-notes muted">
        <span>
          {agents.since} <Time ns={grantedAt} />
        </span>
        <span>
          {use?.lastAt === undefined ? (
            agents.unused
          ) : (
            <>
              {agents.lastUse} <Time ns={use.lastAt} />
            </>
          )}
        </span>
        {expiresAt === undefined ? (
          <span>{agents.noEnd}</span>
        ) : isPast(expiresAt) ? (
          <Badge tone="bad">{agents.ended}</Badge>
        ) : (
          <span>
            {agents.until} <Time ns={expiresAt} form="absolute" />
          </span>
        )}
      </span>
    </div>
  );
}
