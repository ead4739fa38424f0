import type { ReactNode } from 'react';
import { Badge } from '../components/badge.tsx';
import { texts } from '../texts/en.ts';

/** Whether an interaction succeeded. */
export function SuccessBadge({ success }: { readonly success: boolean }): ReactNode {
  const { results } = texts.interactions;
  return <Badge tone={success ? 'good' : 'bad'}>{success ? results.yes : results.no}</Badge>;
}
