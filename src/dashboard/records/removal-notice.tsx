import './removal-notice.css';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { UserRetention } from '../../client/index.ts';
import { Time } from '../components/time.tsx';
import { texts } from '../texts/en.ts';
import { pendingRemoval } from './pending-removal.ts';
import { changedNumbers, RetentionRules } from './retention-rules.tsx';
import { useUserRetention } from './use-user-retention.ts';

/** Tells that records of the user will be removed, when and by which rule; nothing where none will. */
export function RemovalNotice({ onFollow }: { readonly onFollow?: () => void }): ReactNode {
  const { data } = useUserRetention();
  const { retention } = texts;
  if (data === undefined || pendingRemoval(data) === undefined) return null;
  return (
    <section className="note note-warn removal-notice" aria-label={retention.noticeTitle}>
      <p>
        <strong>{retention.noticeTitle}</strong>
      </p>
      <PendingRules retention={data} />
      <p>
        <Link to="/data" {...(onFollow !== undefined && { onClick: onFollow })}>
          {retention.seeData}
        </Link>
      </p>
    </section>
  );
}

/** What goes from when on, and how many of the user's records. */
export function PendingRules({ retention: told }: { readonly retention: UserRetention }): ReactNode {
  const { retention } = texts;
  const { pendingRetention: pending, pendingRemovals: removals } = told;
  if (pending === undefined) return null;
  const { interactions = 0n, activities = 0n } = removals ?? {};
  return (
    <>
      <p>
        {retention.pendingAt} <Time ns={pending.effectiveAt} form="absolute" /> (
        <Time ns={pending.effectiveAt} />
        ):
      </p>
      <RetentionRules numbers={changedNumbers(told.retention, pending.retention)} />
      <p>
        {removals === undefined
          ? retention.noticeUncounted
          : interactions + activities === 0n
            ? retention.noticeNone
            : retention.noticeOf(interactions.toLocaleString('en'), activities.toLocaleString('en'))}
      </p>
    </>
  );
}
