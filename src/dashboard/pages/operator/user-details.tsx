import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { UserInfo } from '../../../client/index.ts';
import { Identifier } from '../../components/identifier.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Facts } from '../../components/side-panel.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { REFRESH_MS } from './operator-only.tsx';
import { inWords, LastActivity } from './user-figures.tsx';

const { operator } = texts;

/** Whose records they are, how much is held, and of what quota; leads to the records. */
export function UserDetails({
  user: { userId, owner, lastActivity },
}: {
  readonly user: UserInfo;
}): ReactNode {
  const { client } = useService();
  const query = useQuery({
    queryKey: ['usage', userId],
    queryFn: () => client.getUsage(userId),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <Facts
        facts={[
          [operator.user, <Identifier key="user" text={userId} what={operator.user} />],
          [
            operator.owner,
            owner === undefined ? (
              operator.notLinked
            ) : (
              <Identifier key="owner" text={owner.toText()} what={operator.owner} />
            ),
          ],
          [texts.overview.lastActivity, <LastActivity key="last" ns={lastActivity} />],
        ]}
      />
      <p>
        <Link to="/" search={{ user: userId }}>
          {operator.seeRecords}
        </Link>
      </p>
      <section className="usage">
        <h3>{operator.used}</h3>
        <Loaded reading={query} rows={5}>
          {(data) =>
            (['activeSessions', 'totalSessions', 'credentials', 'interactions', 'bytes'] as const).map(
              (name) => (
                <label key={name}>
                  <span>{operator.figures[name === 'totalSessions' ? 'sessions' : name]}</span>
                  <span className="number muted">
                    {operator.usage(inWords(name, data[name].used), inWords(name, data[name].limit))}
                  </span>
                  <meter max={Math.max(1, Number(data[name].limit))} value={Number(data[name].used)} />
                </label>
              ),
            )
          }
        </Loaded>
      </section>
    </>
  );
}
