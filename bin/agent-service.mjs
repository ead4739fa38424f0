#!/usr/bin/env node
/** The command `agent-service`. */
import { checkNode } from './check-node.mjs';
import { isClone, runCompiled } from './how-it-runs.mjs';
import { ensureStack, runsCanisters } from './stack.mjs';

if (isClone()) {
  await import('../scripts/run.mjs');
} else {
  checkNode();
  await ensureStack(runsCanisters(process.argv[2]));
  await runCompiled('main.js');
}
