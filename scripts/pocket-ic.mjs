#!/usr/bin/env node
/** Where POCKET_IC_BIN names this file, clients of PocketIC use the embedded network. Needs the packages that `npm start` installs. */
import { register } from 'tsx/esm/api';

register();
await import('../src/cli/pocket-ic.ts');
