/** Writes docs/reference/terminal.md from the help of the commands. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../src/cli/program.ts';
import { terminalReference } from './terminal-reference.ts';

const PAGE = join(import.meta.dirname, '../docs/reference/terminal.md');

writeFileSync(PAGE, terminalReference(await createProgram()));
