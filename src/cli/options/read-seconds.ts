import { InvalidArgumentError } from 'commander';

const MAX_SECONDS = 86_400;
const MS = 1000;

/** An option's value in seconds, up to a day, as ms. */
export function readSeconds(text: string): number {
  const seconds = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds === 0 || seconds > MAX_SECONDS)
    throw new InvalidArgumentError(
      `It must be a number of seconds from 0.001 to ${MAX_SECONDS}, such as 30.`,
    );
  return Math.round(seconds * MS);
}
