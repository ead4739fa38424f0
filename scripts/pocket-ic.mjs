#!/bin/sh
':' //; case "$(ulimit -s)" in unlimited|[89]???|?????*) exec node --stack-size=6500 "$0" "$@" ;; *) exec node "$0" "$@" ;; esac
// The lines above are for the shell: canisters recurse as deep as on the public network where the stack has room for that.
/** Where POCKET_IC_BIN names this file, clients of PocketIC use the embedded network. Needs the packages that `npm start` installs. */
import { register } from 'tsx/esm/api';
import { ensureStack } from '../bin/stack.mjs';

// Where Node was named, and not the file.
await ensureStack(true);
register();
await import('../src/cli/pocket-ic.ts');
