/** Writes what is made of src/candid/agent_service.did: its types and IDL factory beside it, the client's methods and types, and the reference. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles, ROOT } from './interface/generated-files.ts';

const CANDID = join(ROOT, 'src/candid');
const GENERATED = join(CANDID, 'agent_service.did.ts');

const options = ['--actor-disabled', '--declarations-flat', '--declarations-typescript', '--force'];
execFileSync(
  join(ROOT, 'node_modules/.bin/icp-bindgen'),
  ['--did-file', join(CANDID, 'agent_service.did'), '--out-dir', CANDID, ...options],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
// The generator writes for the successor of @dfinity/agent, and declares locals that it does not use.
const generated = readFileSync(GENERATED, 'utf8').replaceAll('@icp-sdk/core/', '@dfinity/');
writeFileSync(GENERATED, `// @ts-nocheck\n${generated}`);

for (const [path, content] of generatedFiles()) writeFileSync(join(ROOT, path), content);
