import { useQuery } from '@tanstack/react-query';
import {
  type AgentSession,
  InvalidArgumentError,
  NotFoundError,
  UnauthorizedError,
} from '../../../client/index.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';

/** A session without its token. */
export type ShownSession = Omit<AgentSession, 'token'>;

/** What the service says of an id that is not one of the person's sessions. */
const NONE = [NotFoundError, InvalidArgumentError, UnauthorizedError];

/** The session with an id; null where there is none, or none that the person may see. */
export function useSession(sessionId: string) {
  const { client } = useService();
  const { userId } = useUser();
  return useQuery({
    // With the user, so that what happens about them reads it again.
    queryKey: ['session', userId, sessionId],
    queryFn: async (): Promise<ShownSession | null> => {
      try {
        const found = await client.getAgentSession(sessionId);
        if (found === undefined) return null;
        // The page has no use for it, so that it is not kept.
        const { token: _token, ...session } = found;
        return session;
      } catch (error) {
        if (NONE.some((kind) => error instanceof kind)) return null;
        throw error;
      }
    },
  });
}

/** The principal of the agent that began a session; null where the activity that tells it is not there any more. */
export function useSessionAgent({ userId, sessionId, agentType, createdAt }: ShownSession) {
  const { client } = useService();
  return useQuery({
    queryKey: ['session-agent', sessionId],
    queryFn: async () => {
      const { items } = await client.listActivities({
        userId,
        agentType,
        activityType: 'SessionCreated',
        from: createdAt,
        until: createdAt + 1n,
      });
      return items.find(({ metadata }) => metadata?.includes(sessionId) === true)?.actor.toText() ?? null;
    },
  });
}
