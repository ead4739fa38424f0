import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { nowNs, startOfDays } from '../../service/daily-counts.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';

/** What was counted of the user in the last days, today included. */
export function useAnalytics(days: number) {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['analytics', userId, days],
    placeholderData: keepPreviousData,
    queryFn: () => client.getUserAnalytics({ userId, from: startOfDays(days, nowNs()) }),
  });
}

export type AnalyticsQuery = ReturnType<typeof useAnalytics>;
