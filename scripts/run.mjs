#!/usr/bin/env node
/** Runs a command of src/cli, such as `start`, also on a fresh clone: installs and builds first what is missing. */
import { checkNode } from '../bin/check-node.mjs';
import { ensureStack, runsCanisters } from '../bin/stack.mjs';
import { buildCanister, buildDashboard, install } from './prepare.mjs';

checkNode();
await ensureStack(runsCanisters(process.argv[2]));
install();
// The others call a canister that is there.
if (runsCanisters(process.argv[2]) || process.argv[2] === 'deploy') buildCanister();
if (process.argv[2] === 'start') buildDashboard();

// TypeScript can be loaded only now that the packages are there.
const { register } = await import('tsx/esm/api');
register();
await import('../src/cli/main.ts');
