import './loaded.css';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { texts } from '../texts/en.ts';
import { Button } from './button.tsx';
import { errorMessage } from './error-message.ts';
import { ErrorState, LoadingState } from './states.tsx';

/** What is read from the service, and how that stands: a query of TanStack, or a list. */
export interface Reading<T> {
  /** Undefined until it is read. */
  readonly data: T | undefined;
  /** Why it could not be read, or not again; null or undefined where it could. */
  readonly error: unknown;
  readonly refetch: () => unknown;
}

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

/** Several readings as one: read when all are, failed when one has. */
export function allRead(readings: readonly Reading<unknown>[]): Reading<true> {
  return {
    data: readings.every(({ data }) => data !== undefined) ? true : undefined,
    error: readings.map(({ error }) => error).find((error) => error !== null && error !== undefined),
    refetch: () => {
      for (const { refetch } of readings) void refetch();
    },
  };
}
