import type { ReactNode } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { PendingRules } from '../../records/removal-notice.tsx';
import { keepsAll, RetentionRules } from '../../records/retention-rules.tsx';
import { useUserRetention } from '../../records/use-user-retention.ts';
import { texts } from '../../texts/en.ts';

/** What is kept of the user's records now, and what of them will be removed. */
export function KeptRecords(): ReactNode {
  const query = useUserRetention();
  const { retention } = texts;
  return (
    <Loaded reading={query} rows={2}>
      {(data) => (
        <>
          {keepsAll(data.retention) ? (
            <p>{retention.keptForEver}</p>
          ) : (
            <div>
              <p>{retention.removedNow}</p>
              <RetentionRules numbers={data.retention} />
            </div>
          )}
          {data.pendingRetention !== undefined && (
            <section className="note note-warn removal-notice" aria-label={retention.noticeTitle}>
              <PendingRules retention={data} />
            </section>
          )}
        </>
      )}
    </Loaded>
  );
}
