import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Identifier } from '../components/identifier.tsx';
import { texts } from '../texts/en.ts';

/** A session by its id, as a link to its page. */
export function SessionLink({ sessionId }: { readonly sessionId: string }): ReactNode {
  return (
    <span className="actor">
      <Link to="/sessions/$session" params={{ session: sessionId }}>
        {texts.records.session}
      </Link>
      <Identifier text={sessionId} what={texts.sessions.id} />
    </span>
  );
}
