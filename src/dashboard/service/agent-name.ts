import { Principal } from '@dfinity/principal';
import { useQuery } from '@tanstack/react-query';
import { useService } from './service.tsx';

/** The name under which an agent is registered, by the text of its principal. */
export function useAgentNameQuery(principal: string | undefined) {
  const { client } = useService();
  return useQuery({
    queryKey: ['agent-name', principal],
    queryFn: async () => {
      if (principal === undefined) return null;
      const [agent] = await client.getAgentNames([Principal.fromText(principal)]);
      // A query has to have a value, also where there is no such agent.
      return agent?.name ?? null;
    },
    enabled: principal !== undefined,
  });
}

/** The name of an agent; undefined for whoever is none, and until it is known. */
export function useAgentName(principal: string | undefined): string | undefined {
  return useAgentNameQuery(principal).data ?? undefined;
}
