import './badge.css';
import type { ReactNode } from 'react';

/** How good what a badge says is. */
export type BadgeTone = 'neutral' | 'good' | 'warn' | 'bad';

/** A state in a word. The colour repeats the word. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: BadgeTone;
  readonly children: ReactNode;
}): ReactNode {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
