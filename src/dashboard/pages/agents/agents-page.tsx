import './agents-page.css';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { useOpenRecord } from '../../lists/open-record.ts';
import { useGrants } from '../../records/use-agents.ts';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { type GrantDraft, GrantPanel } from './grant-panel.tsx';
import { Grants } from './grants.tsx';
import { Leases } from './leases.tsx';
import { OtherAgents } from './other-agents.tsx';
import { StopEverythingButton } from './stop-everything-button.tsx';

/** Who may act for the person, and every token that was handed out. */
export function AgentsPage(): ReactNode {
  const { openId, open, close } = useOpenRecord();
  const { isOther } = useUser();
  const { data: grants } = useGrants();
  const draft: GrantDraft | undefined = isOther
    ? undefined
    : openId === 'new'
      ? openId
      : grants?.find(({ agent }) => agent.toText() === openId);
  const { agents } = texts;
  return (
    <Page
      title={agents.title}
      about={agents.about}
      actions={
        !isOther && (
          <>
            <StopEverythingButton />
            <Button tone="primary" icon={Plus} onPress={() => open('new')}>
              {agents.grant}
            </Button>
          </>
        )
      }
    >
      <div className="page-columns">
        <Grants onChange={({ agent }) => open(agent.toText())} />
        <OtherAgents />
      </div>
      <Leases />
      <GrantPanel draft={draft} onClose={close} />
    </Page>
  );
}
