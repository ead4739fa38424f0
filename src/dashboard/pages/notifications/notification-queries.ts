import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { showError, showToast } from '../../components/toasts.tsx';
import { noteRemovalRead } from '../../records/pending-removal.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

const NEWEST = 6;

/** The newest notifications, and how many are unread. */
export function useNewestNotifications() {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['notifications', userId],
    queryFn: () => client.listNotifications({ userId, limit: NEWEST }),
  });
}

/** Marks every notification as read, up to the newest one that is there. */
export function useMarkAllRead(): { readonly markAllRead: () => void; readonly isPending: boolean } {
  const { client } = useService();
  const { userId } = useUser();
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      const newest = (await client.listNotifications({ userId, limit: 1 })).items[0];
      if (newest !== undefined) await client.markNotificationsRead(userId, newest.index);
      noteRemovalRead(userId, await client.getUserRetention(userId));
    },
    onSuccess: async () => {
      showToast({ title: texts.notifications.marked });
      await queries.resetQueries({ predicate: ({ queryKey }) => queryKey.includes('notifications') });
    },
    onError: (error) => showError(error),
  });
  return { markAllRead: () => mutate(), isPending };
}
