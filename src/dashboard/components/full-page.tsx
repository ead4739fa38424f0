import type { ReactNode } from 'react';
import './full-page.css';

/** A page without navigation. */
export function FullPage({ children }: { readonly children: ReactNode }): ReactNode {
  return <main className="full-page">{children}</main>;
}
