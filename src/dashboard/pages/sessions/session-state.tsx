import type { ReactNode } from 'react';
import type { AgentSession } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { texts } from '../../texts/en.ts';

/** Whether a session is active. */
export function SessionState({ session: { isActive } }: { readonly session: AgentSession }): ReactNode {
  const { sessions } = texts;
  return isActive ? (
    <Badge tone="good">{sessions.states.active}</Badge>
  ) : (
    <Badge>{sessions.states.ended}</Badge>
  );
}
