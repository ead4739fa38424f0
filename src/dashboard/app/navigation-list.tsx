import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NAVIGATION, type NavigationItem } from '../components/navigation.ts';
import { useIsOperator } from '../service/service.tsx';
import { texts } from '../texts/en.ts';

const GROUPS: readonly NavigationItem['group'][] = ['yours', 'service'];

/** The links to all pages that are for who is signed in. */
export function NavigationList({ onFollow }: { readonly onFollow?: () => void }): ReactNode {
  const isOperator = useIsOperator() ?? false;
  return (
    <nav className="navigation" aria-label={texts.frame.navigation}>
      {GROUPS.filter((group) => group === 'yours' || isOperator).map((group) => {
        const items = NAVIGATION.filter((item) => item.group === group);
        return (
          items.length > 0 && (
            <div key={group}>
              <h2 className="navigation-title">{texts.frame.groups[group]}</h2>
              <ul>
                {items.map(({ to, title, icon: Icon }) => (
                  <li key={to}>
                    <Link
                      to={to}
                      className="navigation-link"
                      activeOptions={{ exact: true }}
                      {...(onFollow === undefined ? {} : { onClick: onFollow })}
                    >
                      <Icon size={17} strokeWidth={1.75} aria-hidden />
                      {title}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </nav>
  );
}
