/** Runs a command of src/cli, such as `start`, also on a fresh clone: installs and builds first what is missing. */
import { buildCanister, checkNode, install } from './prepare.mjs';

checkNode();
install();
buildCanister();

// TypeScript can be loaded only now that the packages are there.
const { register } = await import('tsx/esm/api');
register();
await import('../src/cli/main.ts');
