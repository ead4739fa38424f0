import type { ReactNode } from 'react';
import type { AnalyticsCounts, ServiceTotals } from '../../../client/index.ts';
import { bytesInWords } from '../../components/words.ts';
import { texts } from '../../texts/en.ts';

const STORED = [
  'users',
  'activeSessions',
  'sessions',
  'credentials',
  'interactions',
  'activities',
  'bytes',
] as const satisfies readonly (keyof ServiceTotals)[];

/** How much is stored. */
export function StoredFigures({ stored }: { readonly stored: ServiceTotals }): ReactNode {
  return (
    <dl className="operator-figures">
      {STORED.map((name) => (
        <Figure key={name} name={texts.operator.figures[name]}>
          {name === 'bytes' ? bytesInWords(stored.bytes) : stored[name].toLocaleString('en')}
        </Figure>
      ))}
    </dl>
  );
}

/** What was counted of all users; what is stored says how much of it is gone at least. */
export function CountedFigures({
  counts,
  stored,
}: {
  readonly counts: AnalyticsCounts;
  readonly stored: ServiceTotals;
}): ReactNode {
  const { operator, parts } = texts;
  const { latencyCount, latencySumMs, latencyMaxMs } = counts;
  const removed = counts.interactions - stored.interactions;
  const figures = [
    [operator.counted.errors, counts.errors],
    [operator.counted.rateLimited, counts.rateLimited],
    [operator.counted.leases, counts.credentialLeases],
    [operator.counted.refreshFailures, counts.refreshFailures],
  ] as const;
  return (
    <dl className="operator-figures">
      <Figure name={operator.counted.interactions}>
        {counts.interactions.toLocaleString('en')}
        {removed > 0n && <small>{operator.counted.removed(removed.toLocaleString('en'))}</small>}
      </Figure>
      {figures.map(([name, value]) => (
        <Figure key={name} name={name}>
          {value.toLocaleString('en')}
        </Figure>
      ))}
      <Figure name={operator.counted.latency}>
        {latencyCount === 0n ? (
          parts.emptyValue
        ) : (
          <>
            {operator.ms((latencySumMs / latencyCount).toLocaleString('en'))}
            <small>{operator.counted.longest(latencyMaxMs.toLocaleString('en'))}</small>
          </>
        )}
      </Figure>
    </dl>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
