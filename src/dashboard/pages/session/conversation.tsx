import { Link } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentInteraction } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Card } from '../../components/page.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { beginningOf } from '../../lists/beginning-of.ts';
import { useCursorList } from '../../lists/cursor-list.ts';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { SaidText } from './said-text.tsx';
import type { ShownSession } from './use-session.ts';

const idOf = ({ id }: AgentInteraction): string => id;

/** What was said in a session, the oldest first; what comes in meanwhile is put at the end. */
export function Conversation({
  session: { sessionId, userId },
}: {
  readonly session: ShownSession;
}): ReactNode {
  const { client } = useService();
  const { interactions, session } = texts;
  const list = useCursorList({
    queryKey: ['conversation', userId, sessionId],
    read: (cursor) => client.listInteractions({ userId, sessionId, cursor }),
    idOf,
  });
  const { items, error, hasMore, isReadingMore, readMore } = list;
  const hasFailed = error !== null && error !== undefined;
  return (
    <Card
      title={session.conversation}
      link={
        <Link to="/interactions" search={{ session: sessionId }}>
          {interactions.asList}
        </Link>
      }
    >
      <Loaded
        reading={beginningOf(list)}
        rows={6}
        empty={<EmptyState icon={MessagesSquare} title={session.none} help={session.noneHelp} />}
      >
        {() => (
          <>
            <div className="conversation-head">
              <span className="muted" role="status">
                {session.shown(items.length, hasMore)}
              </span>
              {hasMore && !hasFailed && (
                <Button isPending={isReadingMore} onPress={readMore}>
                  {session.earlier}
                </Button>
              )}
            </div>
            {hasFailed && <ErrorState error={error} onRetry={readMore} />}
            <ol className="conversation">
              {[...items].reverse().map((one) => (
                <Turn key={one.id} interaction={one} />
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Turn({
  interaction: { id, message, response, success, timestamp },
}: {
  readonly interaction: AgentInteraction;
}): ReactNode {
  const { parts, session } = texts;
  return (
    <li className="turn">
      <div className="turn-head muted">
        <Time ns={timestamp} form="absolute" />
        {!success && <Badge tone="bad">{session.failed}</Badge>}
        <Link to="/interactions" search={{ open: id }}>
          {parts.details}
        </Link>
      </div>
      <div className="said">
        <h3>{session.asked}</h3>
        <SaidText text={message} />
      </div>
      <div className={success ? 'said said-answer' : 'said said-answer said-failed'}>
        <h3>{session.answered}</h3>
        <SaidText text={response} />
      </div>
    </li>
  );
}
