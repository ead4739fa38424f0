import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of this package, which is as far above what is compiled of this file: the version of the commands, of the HTTP interface and of the tools. */
export const VERSION = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }
).version;
