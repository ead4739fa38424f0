import './states.css';
import { CircleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { texts } from '../texts/en.ts';
import { Button } from './button.tsx';
import { errorMessage } from './error-message.ts';

/** Says that there is nothing, why, and what to do. */
export function EmptyState({
  icon: Icon,
  title,
  help,
  children,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly help: string;
  /** What to do about it. */
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="state">
      <Icon size={26} strokeWidth={1.5} aria-hidden />
      <p className="state-title">{title}</p>
      <p className="state-help">{help}</p>
      {children}
    </div>
  );
}

/** Says what went wrong, and offers to try again. */
export function ErrorState({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
}): ReactNode {
  return (
    <div className="state state-bad" role="alert">
      <CircleAlert size={26} strokeWidth={1.5} aria-hidden />
      <p className="state-title">{texts.errors.title}</p>
      <p className="state-help">{errorMessage(error)}</p>
      <Button onPress={onRetry}>{texts.errors.retry}</Button>
    </div>
  );
}

/** The place of rows that are being read. */
export function LoadingState({ rows = 5 }: { readonly rows?: number }): ReactNode {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{texts.parts.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="skeleton-row" aria-hidden />
      ))}
    </div>
  );
}
