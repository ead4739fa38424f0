import './form-error.css';
import type { ReactNode } from 'react';
import { errorMessage } from './error-message.ts';

/** Why what a form asked for failed; its place is there before, so that it is read aloud when it comes. */
export function FormError({
  error,
  message = errorMessage,
}: {
  /** Null or undefined where nothing failed. */
  readonly error: unknown;
  /** The words for it, where the form has its own. */
  readonly message?: (error: unknown) => string;
}): ReactNode {
  return (
    <div className="form-error" role="alert">
      {error !== null && error !== undefined && <p className="field-error">{message(error)}</p>}
    </div>
  );
}
