import type { ReactNode } from 'react';
import type { AgentSession } from '../../client/index.ts';
import { Badge } from '../components/badge.tsx';
import { texts } from '../texts/en.ts';

type Dated = Pick<AgentSession, 'isActive' | 'endedAt' | 'expiresAt'>;

/** Whether a session is active, was ended, or ran out: the service ends one that has expired at its expiry or after. */
export function stateOf({ isActive, endedAt, expiresAt }: Dated): 'active' | 'ended' | 'expired' {
  if (isActive) return 'active';
  return endedAt !== undefined && endedAt < expiresAt ? 'ended' : 'expired';
}

/** How a session stands, in a word. */
export function SessionState({ session }: { readonly session: Dated }): ReactNode {
  const state = stateOf(session);
  return <Badge tone={state === 'active' ? 'good' : 'neutral'}>{texts.sessions.states[state]}</Badge>;
}
