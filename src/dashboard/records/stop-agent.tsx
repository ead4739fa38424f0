import { Principal } from '@dfinity/principal';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { showError, showToast } from '../components/toasts.tsx';
import { useService } from '../service/service.tsx';
import { useUser } from '../service/user.tsx';
import { texts } from '../texts/en.ts';

/** The agents that the person has stopped, by the texts of their principals, and since when (ns since 1970). */
export function useStopped() {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    queryKey: ['blocked-agents', userId],
    queryFn: async () => {
      const blocked = await client.listBlockedAgents(userId);
      return new Map(blocked.map(({ agent, blockedAt }) => [agent.toText(), blockedAt]));
    },
  });
}

/** Stops an agent at once, whatever it may do, or lets one that was stopped act again. */
export function StopAgent({ agent }: { readonly agent: string }): ReactNode {
  const { client } = useService();
  const { userId, isOther } = useUser();
  const queries = useQueryClient();
  const { data: stopped } = useStopped();
  const isStopped = stopped?.has(agent) ?? false;
  const { agents } = texts;
  const { mutate, isPending } = useMutation({
    mutationFn: () => {
      const request = { userId, agent: Principal.fromText(agent) };
      return isStopped ? client.unblockAgent(request) : client.blockAgent(request);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['blocked-agents', userId] });
      showToast({ title: isStopped ? agents.resumed : agents.stopped });
    },
    onError: (error) => showError(error),
  });
  // The user alone may.
  if (isOther) return null;
  return (
    <Button
      tone={isStopped ? 'quiet' : 'danger'}
      isPending={isPending}
      isDisabled={stopped === undefined}
      onPress={() => mutate()}
    >
      {isStopped ? agents.resume : agents.stop}
    </Button>
  );
}
