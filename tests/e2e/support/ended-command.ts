import { vi } from 'vitest';
import { run } from '../../../src/cli/run.ts';

/** What a command ended with, and what it printed. */
export interface EndedCommand {
  readonly code: number;
  readonly output: string;
  /** What it printed on the standard error. */
  readonly errors: string;
}

/**
 * Runs a command in the test's own process, to its end: it takes a tenth of the time of one in a process of its own (`setupCommand`). One at a time, as
 * it prints where the test would.
 */
export async function endedCommand(...words: readonly string[]): Promise<EndedCommand> {
  let output = '';
  let errors = '';
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text) => void (output += `${String(text)}\n`)),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => (output += String(text)) !== ''),
    vi.spyOn(console, 'error').mockImplementation((text) => void (errors += `${String(text)}\n`)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => (errors += String(text)) !== ''),
  ];
  try {
    const code = await run(words);
    return { code, output, errors };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
