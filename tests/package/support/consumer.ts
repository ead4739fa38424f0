import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, preview } from 'vite';
import { ROOT } from './packed-package.ts';

const run = promisify(execFile);

/** Uses every export: a session in a network in memory, and what is wrong with a key. Is JavaScript without its types. */
const USE = (types: boolean) => {
  const typed = (text: string) => (types ? text : '');
  return `import { readFile } from 'node:fs/promises';
import { AgentServiceClient${typed(', type AgentStatus')} } from 'agent-service';
import { ${typed('type _SERVICE, ')}idlFactory } from 'agent-service/candid';
import { identityFromPem } from 'agent-service/node';
import { MemoryNetwork, Principal } from 'agent-service/testing';

const module = await readFile(new URL(import.meta.resolve('agent-service/agent_service.wasm.gz')));
const did = await readFile(new URL(import.meta.resolve('agent-service/agent_service.did')), 'utf8');
const network = await MemoryNetwork.create();
const sender = Principal.fromUint8Array(new Uint8Array([1]));
const canisterId = await network.install({ module, sender });
const service = network.actor${typed('<_SERVICE>')}(canisterId, idlFactory, { sender });
await service.add_agent({
  agent: sender, name: 'me', agent_types: [], permissions: [], scope: [], expires_at: [],
});
await service.create_agent_session('alice', { GitHub: null }, [], [], []);
const { active_sessions } = await service.get_agent_status('alice');
const count${typed(": AgentStatus['activeSessions']")} = Number(active_sessions);
const problem = await identityFromPem('none').then(() => '', String);
console.log(JSON.stringify({ count, did: did.includes('service :'), client: typeof AgentServiceClient.create, problem }));
`;
};

/** What `USE` prints. */
export const USED = {
  count: 1,
  did: true,
  client: 'function',
  problem: 'TypeError: the PEM text is no private key in PEM without a password',
};

/** Runs a module of plain JavaScript in the project, which uses every export; resolves with what it found. */
export async function useInNode(project: string): Promise<unknown> {
  writeFileSync(join(project, 'use.mjs'), USE(false));
  const { stdout } = await run(process.execPath, ['--stack-size=6500', 'use.mjs'], { cwd: project });
  return JSON.parse(stdout);
}

/** Checks the same with types, strictly; resolves with what TypeScript says of the project and of the package. */
export async function useInTypeScript(
  project: string,
  options: readonly string[],
): Promise<readonly string[]> {
  for (const name of ['@types/node', 'undici-types']) {
    cpSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name), { recursive: true });
  }
  writeFileSync(join(project, 'use.ts'), USE(true));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'];
  const words = [tsc, '--noEmit', '--target', 'es2022', '--types', 'node', ...strict, ...options, 'use.ts'];
  const output = await run(process.execPath, words, { cwd: project }).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error as { stdout: string }).stdout,
  );
  // Other packages may say of themselves what they like.
  return output.split('\n').filter((line) => /^use\.ts|agent-service\/dist/.test(line));
}

/** Builds a page of the project that imports the client and the interface, and serves it; the code of the page, and where it is. */
export async function buildPage(
  project: string,
): Promise<{ readonly code: string; readonly url: string; close(): Promise<void> }> {
  const root = join(project, 'page');
  mkdirSync(root);
  writeFileSync(join(root, 'index.html'), '<title>…</title><script type="module" src="/main.js"></script>');
  writeFileSync(
    join(root, 'main.js'),
    `import { AgentServiceClient, NotFoundError } from 'agent-service';
import { idlFactory } from 'agent-service/candid';
const client = await AgentServiceClient.create({ host: 'http://127.0.0.1:9', canisterId: 'aaaaa-aa' }).catch(String);
document.title = [typeof client, typeof idlFactory, new NotFoundError('it').kind].join(' ');
`,
  );
  const common = { root, configFile: false, logLevel: 'error' } as const;
  await build({ ...common, build: { target: 'es2022' } });
  const assets = join(root, 'dist/assets');
  const code = readdirSync(assets)
    .map((name) => readFileSync(join(assets, name), 'utf8'))
    .join('\n');
  const server = await preview({ ...common, preview: { port: 0, host: '127.0.0.1' } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the page is not served');
  return { code, url, close: () => server.close() };
}
