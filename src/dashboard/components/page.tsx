import './page.css';
import './rows.css';
import { type ReactNode, useEffect } from 'react';
import { texts } from '../texts/en.ts';

/** A page: its title, what it is about in a sentence, its actions, and its content. */
export function Page({
  title,
  about,
  actions,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  useEffect(() => {
    document.title = `${title} · ${texts.frame.name}`;
  }, [title]);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {about !== undefined && <p className="page-about">{about}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with a title of its own. */
export function Card({
  title,
  link,
  children,
}: {
  readonly title: string;
  /** To the whole of what the card shows a part of. */
  readonly link?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="card" aria-label={title}>
      <header className="card-head">
        <h2>{title}</h2>
        {link}
      </header>
      {children}
    </section>
  );
}
