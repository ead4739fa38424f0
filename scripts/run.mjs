#!/usr/bin/env node
/** Runs a command of src/cli, such as `start`, also on a fresh clone: installs and builds first what is missing. */
import { buildCanister, buildDashboard, checkNode, checkStack, install } from './prepare.mjs';

checkNode();
checkStack();
install();
// The others call a canister that is there.
if (['start', 'deploy', 'demo'].includes(process.argv[2])) buildCanister();
if (process.argv[2] === 'start') buildDashboard();

// TypeScript can be loaded only now that the packages are there.
const { register } = await import('tsx/esm/api');
register();
await import('../src/cli/main.ts');
