import type { AgentSession } from '../../../client/index.ts';

/** A session as the page keeps it: whatever the service's settings let through, its token is not for the page. */
export type SessionWithoutToken = Omit<AgentSession, 'token'>;

/** The session without its token. */
export function withoutToken({ token: _token, ...session }: AgentSession): SessionWithoutToken {
  return session;
}
