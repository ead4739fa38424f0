import './filter-bar.css';
import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { texts } from '../texts/en.ts';

/** The filters of a list in a row: fields as children, and a way back to none. */
export function FilterBar({
  isFiltered,
  onClear,
  children,
}: {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <search className="filter-bar" aria-label={texts.parts.filters}>
      {children}
      {isFiltered && (
        <Button tone="quiet" onPress={onClear}>
          {texts.parts.clearFilters}
        </Button>
      )}
    </search>
  );
}
