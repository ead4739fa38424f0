import { useQuery } from '@tanstack/react-query';
import { useService } from '../service/service.tsx';
import { useUser } from '../service/user.tsx';

const INTERVAL_MS = 60_000;

/** What is kept of the user's records, and what of theirs will be removed. */
export function useUserRetention() {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['notifications', 'retention', userId],
    queryFn: () => client.getUserRetention(userId),
    // No event tells of it: it is about every user.
    refetchInterval: INTERVAL_MS,
  });
}
