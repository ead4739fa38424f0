import { useQuery } from '@tanstack/react-query';
import { useService } from '../service/service.tsx';
import { useUser } from '../service/user.tsx';
import { usesIn } from './agent-use.ts';

const DAY_NS = 86_400_000_000_000n;
const COUNTED_DAYS = 90n;
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
    queryFn: () => {
      const now = BigInt(Date.now()) * 1_000_000n;
      return client.getUserAnalytics({ userId, from: now - (now % DAY_NS) - (COUNTED_DAYS - 1n) * DAY_NS });
    },
  });
}
