import { Link, useRouterState, useSearch } from '@tanstack/react-router';
import { Eye } from 'lucide-react';
import type { ReactNode } from 'react';
import { Identifier } from '../components/identifier.tsx';
import { LoadingState } from '../components/states.tsx';
import { LiveProvider } from '../live/live.tsx';
import { useIsOperator } from '../service/service.tsx';
import { OtherUserProvider, useUser } from '../service/user.tsx';
import { texts } from '../texts/en.ts';

/** The pages of a user's records, which those who run the service may read of every user. */
const OF_RECORDS: readonly string[] = [
  '/',
  '/sessions',
  '/sessions/$session',
  '/credentials',
  '/interactions',
  '/activities',
  '/agents',
  '/agents/$agent',
  '/data',
];

/** Where the address names another user and the reader runs the service, the pages of records show that user's; says so, with the way back. */
export function ViewedUser({ children }: { readonly children: ReactNode }): ReactNode {
  const { user } = useSearch({ from: '__root__' });
  const page = useRouterState({ select: ({ matches }) => matches.at(-1)?.fullPath ?? '' });
  const { userId: own } = useUser();
  const isOperator = useIsOperator();
  const { frame } = texts;
  if (user === undefined || user === own || !OF_RECORDS.includes(page)) return children;
  if (isOperator === undefined) return <LoadingState rows={8} />;
  if (!isOperator) return children;
  return (
    <OtherUserProvider userId={user}>
      <LiveProvider>
        <p className="note" role="note">
          <Eye size={16} aria-hidden /> {frame.viewing} <Identifier text={user} />
          <Link to="." search={{ user: undefined }}>
            {frame.viewOwn}
          </Link>
        </p>
        {children}
      </LiveProvider>
    </OtherUserProvider>
  );
}
