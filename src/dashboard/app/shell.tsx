import './frame.css';
import type { ReactNode } from 'react';
import { Brand } from '../components/brand.tsx';
import { NAVIGATION } from '../components/navigation.ts';
import { texts } from '../texts/en.ts';

/** What is around every page until it is known who looks at it. index.html has the same, which is there before any script. */
export function Shell(): ReactNode {
  return (
    <div className="frame">
      <aside className="frame-side">
        <Brand />
        <nav className="navigation" aria-label={texts.frame.navigation}>
          <div>
            <h2 className="navigation-title">{texts.frame.groups.yours}</h2>
            <ul>
              {NAVIGATION.filter(({ group }) => group === 'yours').map(({ to, title, icon: Icon }) => (
                <li key={to}>
                  <a className="navigation-link" href={to}>
                    <Icon size={17} strokeWidth={1.75} aria-hidden />
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        </nav>
      </aside>
      <header className="frame-top">
        <span className="frame-top-brand">
          <Brand />
        </span>
      </header>
      <main className="frame-content">
        <p role="status" className="muted">
          {texts.frame.starting}
        </p>
      </main>
    </div>
  );
}
