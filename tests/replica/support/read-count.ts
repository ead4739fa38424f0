import { InvalidArgumentError } from 'commander';

/** A number from 0 on, of a command's options. */
export function readCount(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('It has to be a number from 0 on.');
  return value;
}
