import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../components/states.tsx';
import { texts } from '../texts/en.ts';

/** What an unknown address shows. */
export function MissingPage(): ReactNode {
  const { pageMissing, pageMissingHelp, toOverview } = texts.frame;
  return (
    <EmptyState icon={Compass} title={pageMissing} help={pageMissingHelp}>
      <Link to="/">{toOverview}</Link>
    </EmptyState>
  );
}
