/** Writes beside src/candid/agent_service.did its TypeScript types and IDL factory, and the names of its queries. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@dfinity/candid';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
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

const { idlFactory } = (await import(GENERATED)) as { idlFactory: IDL.InterfaceFactory };
const queries = idlFactory({ IDL })._fields.filter(([, { annotations }]) => annotations.includes('query'));
writeFileSync(
  join(CANDID, 'query-methods.ts'),
  `/** The methods that are queries; made from agent_service.did. */
export const QUERY_METHODS: ReadonlySet<string> = new Set([
${queries.map(([name]) => `  '${name}',\n`).join('')}]);
`,
);
