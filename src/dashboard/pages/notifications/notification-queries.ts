import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { showToast } from '../../components/toasts.tsx';
import { errorMessage } from '../../service/error-message.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { noteRemovalRead } from './pending-removal.ts';

const NEWEST = 6;
const RETENTION_MS = 60_000;

/** The newest notifications, and how many are unread. */
export function useNewestNotifications() {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['notifications', userId],
    queryFn: () => client.listNotifications({ userId, limit: NEWEST }),
  });
}

/** What is kept of the user's records, and what of theirs will be removed. */
export function useUserRetention() {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['notifications', 'retention', userId],
    queryFn: () => client.getUserRetention(userId),
    // No event tells of it: it is about every user.
    refetchInterval: RETENTION_MS,
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
    onError: (error) => showToast({ title: texts.errors.title, text: errorMessage(error), tone: 'bad' }),
  });
  return { markAllRead: () => mutate(), isPending };
}
