import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NAVIGATION } from '../../components/navigation.ts';
import { texts } from '../../texts/en.ts';

/** A link from a part of a list to the page of the whole list, which has its own name for it. */
export function ToList({ path }: { readonly path: string }): ReactNode {
  const page = NAVIGATION.find(({ to }) => to === path);
  return page && <Link to={page.to}>{texts.overview.toList(page.title)}</Link>;
}
