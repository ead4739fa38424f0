import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { useIsWaiting } from '../../components/undoable.ts';
import { texts } from '../../texts/en.ts';
import type { SessionWithoutToken } from './session-without-token.ts';

/** Whether a session is active, has ended, or is about to end. */
export function SessionState({
  session: { sessionId, isActive },
}: {
  readonly session: SessionWithoutToken;
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
