import './notification-settings-page.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { showError, showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { BrowserPermission } from './browser-permission.tsx';
import { WishTable } from './wish-table.tsx';
import { rulesOf, type Wishes, wishesOf } from './wishes.ts';

/** Of what the person wants to hear, and how. */
export function NotificationSettingsPage(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const query = useQuery({
    queryKey: ['notification-settings', userId],
    queryFn: () => client.getNotificationSettings(userId),
  });
  const { notifications } = texts;
  return (
    <Page title={notifications.settings} about={notifications.settingsAbout}>
      <BrowserPermission />
      <Loaded reading={query} rows={8}>
        {(data) => <WishForm key={userId} stored={wishesOf(data)} />}
      </Loaded>
    </Page>
  );
}

function WishForm({ stored }: { readonly stored: Wishes }): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const queries = useQueryClient();
  const [wishes, setWishes] = useState(stored);
  const { notifications } = texts;
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.updateNotificationSettings(userId, rulesOf(wishes)),
    onSuccess: async (rules) => {
      queries.setQueryData(['notification-settings', userId], rules);
      showToast({ title: notifications.saved, tone: 'good' });
      await queries.resetQueries({ predicate: ({ queryKey }) => queryKey.includes('notifications') });
    },
    onError: (error) => showError(error),
  });
  return (
    <>
      <WishTable wishes={wishes} onChange={setWishes} />
      {wishes.kept.length > 0 && <p className="muted">{notifications.others(wishes.kept.length)}</p>}
      <div>
        <Button tone="primary" isPending={isPending} onPress={() => mutate()}>
          {notifications.save}
        </Button>
      </div>
    </>
  );
}
