import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';

const DAY_NS = 86_400_000_000_000n;

/** What was counted of the user in the last days, today included. */
export function useAnalytics(days: number) {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['analytics', userId, days],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const now = BigInt(Date.now()) * 1_000_000n;
      const today = now - (now % DAY_NS);
      return client.getUserAnalytics({ userId, from: today - BigInt(days - 1) * DAY_NS });
    },
  });
}

export type AnalyticsQuery = ReturnType<typeof useAnalytics>;
