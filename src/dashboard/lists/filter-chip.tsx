import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../components/button.tsx';
import { texts } from '../texts/en.ts';

/** A filter that an address or a link has set and that has no field: what it keeps, and the way to take it away. */
export function FilterChip({
  name,
  onClear,
  children,
}: {
  readonly name: string;
  readonly onClear: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <p className="list-chip">
      <span className="muted">{name}</span> {children}
      <IconButton icon={X} label={texts.lists.clearFilter(name)} onPress={onClear} />
    </p>
  );
}
