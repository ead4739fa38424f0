import type { ReactNode } from 'react';
import { Card } from '../../components/page.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { texts } from '../../texts/en.ts';

/** What a query of the newest gives. */
interface NewestQuery<T> {
  readonly data:
    | { readonly items: readonly T[]; readonly looked: number; readonly isAll: boolean }
    | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** A card with the newest of something; where not everything could be looked through, it says how much was. */
export function NewestCard<T>({
  title,
  link,
  none,
  query: { data, error, refetch },
  row,
}: {
  readonly title: string;
  readonly link?: ReactNode;
  /** Said where there is nothing. */
  readonly none: string;
  readonly query: NewestQuery<T>;
  /** An item as a `li`. */
  readonly row: (item: T) => ReactNode;
}): ReactNode {
  return (
    <Card title={title} link={link}>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState rows={3} />
      ) : (
        <>
          {data.items.length === 0 ? (
            <p className="card-text">{none}</p>
          ) : (
            <ol className="rows">{data.items.map(row)}</ol>
          )}
          {!data.isAll && data.items.length === 0 && (
            <p className="card-text muted">{texts.agent.looked(data.looked)}</p>
          )}
        </>
      )}
    </Card>
  );
}
