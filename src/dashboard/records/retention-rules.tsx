import type { ReactNode } from 'react';
import type { Retention } from '../../client/index.ts';
import { texts } from '../texts/en.ts';

type Name = keyof Retention;

const NAMES = [
  'interactionsDays',
  'interactionsNewest',
  'activitiesDays',
  'activitiesNewest',
] as const satisfies readonly Name[];

/** Which records of the user go; 0 keeps all. */
export function RetentionRules({ numbers }: { readonly numbers: Partial<Retention> }): ReactNode {
  return (
    <ul className="retention-rules">
      {NAMES.map((name) => {
        const value = numbers[name] ?? 0n;
        return (
          value !== 0n && <li key={name}>{texts.retention.ofYours[name](value.toLocaleString('en'))}</li>
        );
      })}
    </ul>
  );
}

/** Those of the numbers that will be others. */
export function changedNumbers(now: Retention, later: Retention): Partial<Retention> {
  return Object.fromEntries(
    NAMES.filter((name) => now[name] !== later[name]).map((name) => [name, later[name]] as const),
  );
}

/** Whether nothing goes. */
export function keepsAll(numbers: Retention): boolean {
  return NAMES.every((name) => numbers[name] === 0n);
}
