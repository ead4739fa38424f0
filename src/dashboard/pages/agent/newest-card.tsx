import type { ReactNode } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { Card } from '../../components/page.tsx';
import type { Reading } from '../../components/reading.ts';
import { texts } from '../../texts/en.ts';

/** The newest of something, as far as it was looked for. */
interface Newest<T> {
  readonly items: readonly T[];
  readonly looked: number;
  readonly isAll: boolean;
}

/** A card with the newest of something; where not everything could be looked through, it says how much was. */
export function NewestCard<T>({
  title,
  link,
  none,
  query,
  row,
}: {
  readonly title: string;
  readonly link?: ReactNode;
  /** Said where there is nothing. */
  readonly none: string;
  readonly query: Reading<Newest<T>>;
  /** An item as a `li`. */
  readonly row: (item: T) => ReactNode;
}): ReactNode {
  return (
    <Card title={title} link={link}>
      <Loaded reading={query} rows={3}>
        {({ items, looked, isAll }) =>
          items.length > 0 ? (
            <ol className="rows">{items.map(row)}</ol>
          ) : (
            <>
              <p className="card-text">{none}</p>
              {!isAll && <p className="card-text muted">{texts.agent.looked(looked)}</p>}
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
