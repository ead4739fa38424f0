import './operator.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { Card, Page } from '../../components/page.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { Admins } from './admins.tsx';
import { OperatorOnly } from './operator-only.tsx';
import { PendingRetention } from './pending-retention.tsx';
import { SettingsForm } from './settings-form.tsx';

/** What holds for all users and agents, and who may change it. */
export function SettingsPage(): ReactNode {
  const { operator } = texts;
  return (
    <Page title={operator.settings} about={operator.settingsAbout}>
      <OperatorOnly>
        <div className="page-columns">
          <StoredSettings />
          <Card title={operator.admins}>
            <Admins />
          </Card>
        </div>
      </OperatorOnly>
    </Page>
  );
}

function StoredSettings(): ReactNode {
  const { client } = useService();
  const query = useQuery({ queryKey: ['settings'], queryFn: () => client.getSettings() });
  return (
    <div className="card settings">
      <Loaded reading={query} rows={8}>
        {(data) => (
          <>
            <PendingRetention settings={data} />
            <SettingsForm settings={data} />
          </>
        )}
      </Loaded>
    </div>
  );
}
