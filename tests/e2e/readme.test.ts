import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { httpSnippet, snippets } from '../../src/cli/local/snippets.ts';
import { Icp, WHY_NO_ICP } from './support/icp.ts';
import { setupLocalGateway } from './support/local-gateway.ts';
import { setupFolder, setupLocalService } from './support/local-service.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Runs TypeScript that is meant to lie in the project's folder; returns what it prints. */
async function runTypeScript(code: string): Promise<string> {
  const file = join(setupFolder(), 'example.mts');
  writeFileSync(file, code.replaceAll(`'./src/`, `'${pathToFileURL(ROOT).href}/src/`));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', file], { cwd: ROOT });
  return stdout;
}

async function runShell(commands: string): Promise<string> {
  return (await promisify(execFile)('sh', ['-c', commands])).stdout;
}

/** The README's examples in TypeScript. */
function examples(): readonly string[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return Array.from(readme.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = '']) => code);
}

describe("the README's example", () => {
  it('in TypeScript runs as it stands', async () => {
    const { directory } = await setupLocalService();
    const [example = ''] = examples();
    expect(example).toContain(`'.agent-service/network.json'`);
    const output = await runTypeScript(example.replace('.agent-service', directory));
    expect(output).toContain('List all open issues: Found 5 open issues');
    expect(output).toMatch(/activeSessions: 0/);
  });

  it('by HTTP runs as it stands', async () => {
    const service = await setupLocalService();
    const { directory } = service;
    const gateway = await setupLocalGateway(service);
    const [, example = ''] = /```sh\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
    const output = await runShell(
      example.replace('http://127.0.0.1:4980', gateway.url).replace('.agent-service', directory),
    );
    expect(output).toMatch(/"result":"ses-.*"activity_type":"SessionCreated"/);
  });
});

describe("the README's example of a test", () => {
  it('runs as it stands', async () => {
    const [, example = ''] = examples();
    expect(await runTypeScript(example)).toBe('1\n0\n');
  });
});

describe('what npm start prints to copy', () => {
  it('in TypeScript asks for a status', async () => {
    const { url, canisterId, identities } = await setupLocalService();
    const [, , typescript = ''] = snippets({
      url,
      canisterId,
      agentPem: identities.agent.path,
      agent: identities.agent.identity.getPrincipal().toText(),
    });
    expect(await runTypeScript(typescript)).toContain(`userId: 'alice'`);
  });

  it('by HTTP asks for a status', async () => {
    const gateway = await setupLocalGateway(await setupLocalService());
    expect(await runShell(httpSnippet(gateway))).toContain('"user_id":"alice"');
  });

  it('for the terminal asks for a status', async ({ skip }) => {
    if (WHY_NO_ICP !== undefined) skip(WHY_NO_ICP);
    const service = await setupLocalService();
    const { url, canisterId, identities } = service;
    const [terminal = ''] = snippets({
      url,
      canisterId,
      agentPem: identities.agent.path,
      agent: identities.agent.identity.getPrincipal().toText(),
    });
    const icp = new Icp(service, setupFolder());
    const outputs: string[] = [];
    for (const command of terminal.split('; ')) {
      const [program, ...args] = command.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1'));
      expect(program).toBe('icp');
      outputs.push((await icp.run(...args)).stdout);
    }
    expect(outputs.at(-1)).toContain('user_id = "alice"');
  });
});
