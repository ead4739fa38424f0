import type { ReactNode } from 'react';
import type { AgentSession } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { useIsWaiting } from '../../components/undoable.ts';
import { texts } from '../../texts/en.ts';

/** Whether a session is active, has ended, or is about to end. */
export function SessionState({
  session: { sessionId, isActive },
}: {
  readonly session: AgentSession;
}): ReactNode {
  const { sessions } = texts;
  const isEnding = useIsWaiting(sessionId);
  if (isEnding) return <Badge tone="warn">{sessions.ending}</Badge>;
  return isActive ? (
    <Badge tone="good">{sessions.states.active}</Badge>
  ) : (
    <Badge>{sessions.states.ended}</Badge>
  );
}
