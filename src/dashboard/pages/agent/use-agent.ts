import { useQuery } from '@tanstack/react-query';
import type { AgentActivityType } from '../../../client/index.ts';
import { useIsOperator, useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { newestInteractions, newestOf } from './agent-history.ts';

/** As many as a card shows. */
const SHOWN = 6;

/** The newest of what an agent did for the person, of one type where it is named. */
export function useNewest(agent: string, activityType?: AgentActivityType) {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['agent-newest', userId, agent, activityType],
    queryFn: () => newestOf(client, { userId, agent, ...(activityType && { activityType }), wanted: SHOWN }),
  });
}

/** The newest interactions of an agent with the person. */
export function useNewestInteractions(agent: string) {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['agent-interactions', userId, agent],
    queryFn: () => newestInteractions(client, { userId, agent, wanted: SHOWN }),
  });
}

/** What an agent is registered with, for those who may know it: who runs the service. */
export function useTerms(agent: string) {
  const { client } = useService();
  const isOperator = useIsOperator() ?? false;
  const { data } = useQuery({
    queryKey: ['agents'],
    queryFn: () => client.listAgents(),
    enabled: isOperator,
  });
  return data?.find((one) => one.agent.toText() === agent);
}
