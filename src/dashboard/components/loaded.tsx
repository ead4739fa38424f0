import './loaded.css';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { texts } from '../texts/en.ts';
import { Button } from './button.tsx';
import { errorMessage } from './error-message.ts';
import type { Reading } from './reading.ts';
import { ErrorState, LoadingState } from './states.tsx';

/** Shows what is read, and until then that it is being read or why it could not be. What was read once stays when it cannot be read again, and says so. */
export function Loaded<T>({
  reading: { data, error, refetch },
  rows,
  empty,
  children,
}: {
  readonly reading: Reading<T>;
  /** As of `LoadingState`. */
  readonly rows?: number;
  /** Shown in place of a list without items. */
  readonly empty?: ReactNode;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const hasFailed = error !== null && error !== undefined;
  const retry = () => void refetch();
  if (data === undefined) {
    return hasFailed ? (
      <ErrorState error={error} onRetry={retry} />
    ) : (
      <LoadingState {...(rows !== undefined && { rows })} />
    );
  }
  const isEmpty = empty !== undefined && Array.isArray(data) && data.length === 0;
  return (
    <>
      {hasFailed && (
        <div className="stale" role="alert">
          <CircleAlert size={16} aria-hidden />
          <p>
            {texts.errors.stale} {errorMessage(error)}
          </p>
          <Button tone="quiet" onPress={retry}>
            {texts.errors.retry}
          </Button>
        </div>
      )}
      {isEmpty ? empty : children(data)}
    </>
  );
}
