import type { AgentSession } from '../../../client/index.ts';

/** A session as the page keeps it: the service sends its token along to who may see it, and the page drops it on arrival. */
export type SessionWithoutToken = Omit<AgentSession, 'token'>;

/** The session without its token. */
export function withoutToken({ token: _token, ...session }: AgentSession): SessionWithoutToken {
  return session;
}
