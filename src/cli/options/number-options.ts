import { type Command, InvalidArgumentError } from 'commander';
import type { Limits, Retention } from '../../client/index.ts';

/** Settings that are numbers, by their names in the interface: what each is, in words. */
type NumberNames = Readonly<Record<string, string>>;

type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : S;

export const RETENTION_NAMES = {
  interactions_days: 'days to keep interactions, 0 for no limit',
  interactions_newest: 'newest interactions to keep per user, 0 for all',
  activities_days: 'days to keep activities, 0 for no limit',
  activities_newest: 'newest activities to keep per user, 0 for all',
} satisfies Record<SnakeCase<keyof Retention>, string>;

export const LIMIT_NAMES = {
  caller_burst: 'updates of one caller at once',
  caller_per_minute: 'updates of one caller per minute, on average',
  user_burst: 'updates about one user at once',
  user_per_minute: 'updates about one user per minute, on average',
  active_sessions: 'open sessions of a user',
  total_sessions: 'sessions of a user in total',
  credentials: 'accounts of a user',
  interactions: 'interactions of a user',
  bytes: 'bytes stored for a user',
} satisfies Record<SnakeCase<keyof Limits>, string>;

/** What was given of the numbers, by the names of the options. */
export type NumberOptions = Readonly<Record<string, unknown>>;

/** Adds an option for each name, such as --caller-burst. */
export function addNumberOptions(command: Command, names: NumberNames): Command {
  for (const [name, description] of Object.entries(names)) {
    command.option(`--${name.replaceAll('_', '-')} <number>`, description, readNumber);
  }
  return command;
}

/** The numbers that were given, in decimal, by their names in the interface. */
export function givenNumbers(options: object, names: NumberNames): Readonly<Record<string, string>> {
  const given = new Map<string, unknown>(Object.entries(options));
  return Object.fromEntries(
    Object.keys(names).flatMap((name) => {
      const value = given.get(name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()));
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

/** An option's or argument's value that is a nat64, in decimal. */
export function readNumber(text: string): string {
  if (!/^\d{1,20}$/.test(text) || BigInt(text) >= 2n ** 64n) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 18446744073709551615.');
  }
  return String(BigInt(text));
}
