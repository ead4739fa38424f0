#!/bin/sh
':' //; case "$(ulimit -s)" in unlimited|[89]???|?????*) exec node --stack-size=6500 "$0" "$@" ;; *) exec node "$0" "$@" ;; esac
// The lines above are for the shell: canisters recurse as deep as on the public network where the stack has room for that.
/** For icp: ICP_CLI_NETWORK_LAUNCHER_PATH=<this file> icp network start. Needs the packages that `npm start` installs. */
import { register } from 'tsx/esm/api';
import { ensureStack } from '../bin/stack.mjs';

// Where Node was named, and not the file.
await ensureStack(true);
register();
await import('../src/cli/launcher.ts');
