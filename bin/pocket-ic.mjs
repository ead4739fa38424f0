#!/usr/bin/env node
/** The command `pocket-ic`: where POCKET_IC_BIN names this file, clients of PocketIC use the embedded network. */
import { checkNode } from './check-node.mjs';
import { isClone, runCompiled } from './how-it-runs.mjs';
import { ensureStack } from './stack.mjs';

if (isClone()) {
  await import('../scripts/pocket-ic.mjs');
} else {
  checkNode();
  await ensureStack(true);
  await runCompiled('pocket-ic.js');
}
