import { describe, expect, it } from 'vitest';
import { terminalReference } from '../../scripts/terminal-reference.ts';
import { createProgram } from '../../src/cli/program.ts';
import { textOf } from './support/files.ts';

const PAGE = 'docs/reference/terminal.md';

describe(PAGE, () => {
  it('is what `npm run generate` makes of the help of the commands', async () => {
    expect(textOf(PAGE)).toBe(terminalReference(await createProgram()));
  });
});
