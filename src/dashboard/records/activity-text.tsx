import type { ReactNode } from 'react';
import type { AgentActivity } from '../../client/index.ts';
import { toldBy, wordsOf } from './activity-words.ts';
import { Actor } from './actor.tsx';

/** What happened, and to which agent, as its link; `withActor` puts who did it before. */
export function ActivityText({
  activity,
  withActor = false,
  isPlain = false,
}: {
  readonly activity: AgentActivity;
  readonly withActor?: boolean;
  /** As in `Actor`. */
  readonly isPlain?: boolean;
}): ReactNode {
  const { agent } = toldBy(activity);
  return (
    <>
      {withActor && (
        <>
          <Actor principal={activity.actor.toText()} isPlain={isPlain} />
          {' · '}
        </>
      )}
      {wordsOf(activity)}
      {agent !== undefined && (
        <>
          {': '}
          <Actor principal={agent} isAgent isPlain={isPlain} />
        </>
      )}
    </>
  );
}
