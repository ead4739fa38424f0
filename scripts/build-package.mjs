/**
 * Builds what the package has in the place of sources, into dist/: compiled JavaScript with its declarations, the interface, the canister's module and the
 * dapp. npm runs it before it packs, also on a fresh clone.
 */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode } from '../bin/check-node.mjs';
import { buildCanister, buildDashboard, compile, install, ROOT } from './prepare.mjs';

const DIST = join(ROOT, 'dist');

checkNode();
install();
buildCanister();
buildDashboard();

const { include } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.build.json'), 'utf8'));
// What was compiled of a source that is no more would be packed.
for (const source of include)
  rmSync(join(ROOT, source.replace(/^src/, 'dist')), { recursive: true, force: true });
compile('tsconfig.build.json');
copyFileSync(join(ROOT, 'src/candid/agent_service.did'), join(DIST, 'candid/agent_service.did'));
copyFileSync(join(ROOT, '.azle/agent_service/agent_service.wasm.gz'), join(DIST, 'agent_service.wasm.gz'));
