import './agents-page.css';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { texts } from '../../texts/en.ts';
import { type GrantDraft, GrantPanel } from './grant-panel.tsx';
import { Grants } from './grants.tsx';
import { Leases } from './leases.tsx';
import { OtherAgents } from './other-agents.tsx';

/** Who may act for the person, and every token that was handed out. */
export function AgentsPage(): ReactNode {
  const [draft, setDraft] = useState<GrantDraft>();
  const { agents } = texts;
  return (
    <Page
      title={agents.title}
      about={agents.about}
      actions={
        <Button tone="primary" icon={Plus} onPress={() => setDraft('new')}>
          {agents.grant}
        </Button>
      }
    >
      <div className="agents-columns">
        <Grants onChange={setDraft} />
        <OtherAgents />
      </div>
      <Leases />
      <GrantPanel draft={draft} onClose={() => setDraft(undefined)} />
    </Page>
  );
}
