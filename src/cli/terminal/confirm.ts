import { createInterface } from 'node:readline/promises';
import { CommandError } from './command-error.ts';

/**
 * Asks the person at the terminal to type a word before something is done that cannot be undone. Throws a `CommandError` where they type
 * another, or where nobody can be asked and `yes` was not given.
 */
export async function confirm(what: string, word: string, yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  if (!canAsk()) throw new CommandError(`${what} Add --yes to do it without asking.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${what} Type ${word} to continue: `);
    if (answer.trim() !== word) throw new CommandError('The word does not match. Nothing was changed.');
  } finally {
    terminal.close();
  }
}

/** Whether somebody sits at the terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY;
}

/** The option that answers the question beforehand. */
export const YES_OPTION = ['--yes', 'do it without asking'] as const;
