import { useQuery } from '@tanstack/react-query';
import { nowNs, startOfDays } from '../service/daily-counts.ts';
import { useService } from '../service/service.tsx';
import { useUser } from '../service/user.tsx';
import { usesIn } from './agent-use.ts';

const COUNTED_DAYS = 90;
/** As many activities as one page has. */
const LOOKED_AT = 500;

/** What the person granted. */
export function useGrants() {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({ queryKey: ['grants', userId], queryFn: () => client.listGrants(userId) });
}

/** When agents last acted for the person, by the newest activities. */
export function useAgentUses() {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['agent-uses', userId],
    queryFn: async () => usesIn((await client.listActivities({ userId, limit: LOOKED_AT })).items),
  });
}

/** What agents did for the person in ninety days. */
export function useCountedAgents() {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['counted-agents', userId],
    queryFn: () => client.getUserAnalytics({ userId, from: startOfDays(COUNTED_DAYS, nowNs()) }),
  });
}
