import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { ROOT, textOf } from '../../docs/support/files.ts';
import { outputPattern, runBlocks, shellBlocks } from '../../docs/support/shell-blocks.ts';
import { ICP_BINARY, WHY_NO_ICP } from '../support/icp.ts';
import { setupLocalGateway } from '../support/local-gateway.ts';
import { clientOf, type OpenService, setupFolder, setupLocalService } from '../support/local-service.ts';

const MINUTE_MS = 60_000;
/** Of the agent whose key is replaced. */
const OLD_AGENT = Principal.selfAuthenticating(new Uint8Array([1, 2, 3]));
const OPERATOR = '--network ic --identity operator.pem';

/** Where a reader runs the commands, and what takes the place of the Internet Computer there. */
interface Desk {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly adapt: (commands: string) => string;
}

/** Programs that pages call, and the machine may lack. */
const MISSING = ['bash', 'curl', 'jq', 'openssl'].filter((name) => !isInstalled(name));
const WHY_NOT = MISSING.length > 0 ? `there is no ${MISSING.join(', ')}` : WHY_NO_ICP;

function isInstalled(name: string): boolean {
  try {
    execFileSync(name, [name === 'openssl' ? 'version' : '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A folder in which `npx agent-service` is the command of this clone, for the state of the directory. */
function setupDesk(directory: string): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  const cwd = setupFolder();
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  const command = `exec '${process.execPath}' --stack-size=6500 '${ROOT}/scripts/run.mjs' "$@" --directory '${directory}'`;
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\n${command}\n`);
  chmodSync(join(bin, 'npx'), 0o755);
  const path = [bin, dirname(ICP_BINARY), process.env['PATH']].join(delimiter);
  return { cwd, env: { ...process.env, PATH: path, HOME: cwd, ICP_HOME: cwd, DO_NOT_TRACK: '1' } };
}

/** A service that runs for a while, with a user who has linked a name, and a gateway. */
async function setupOperatedService(): Promise<{
  readonly service: OpenService;
  readonly gatewayUrl: string;
}> {
  const service = await setupLocalService();
  const gateway = await setupLocalGateway(service);
  const agent = await clientOf(service);
  const { code } = await agent.createLinkCode('alice');
  await (await clientOf(service, 'user')).redeemLinkCode(code);
  await agent.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
  // As a client of before stored it.
  await (await clientOf(service, 'agent', 'manual')).storeCredentials({
    userId: 'alice',
    agentType: 'GitHub',
    token: 'gho_1',
  });
  await (await clientOf(service, 'admin')).addAgent({ agent: OLD_AGENT, name: 'mail agent' });
  return { service, gatewayUrl: gateway.url };
}

async function setupOperator(): Promise<Desk> {
  const { service, gatewayUrl } = await setupOperatedService();
  const { cwd, env } = setupDesk(service.directory);
  copyFileSync(service.identities.admin.path, join(cwd, 'operator.pem'));
  copyFileSync(service.identities.agent.path, join(cwd, 'agent.pem'));
  const here = `--network ${service.url} --root-key ${service.rootKey}`;
  const adapt = (commands: string) =>
    commands
      .replaceAll(OPERATOR, '')
      .replaceAll('--network ic', here)
      .replaceAll('CANISTER=aaaaa-aa', `CANISTER=${service.canisterId}`)
      .replaceAll('https://$CANISTER.raw.icp0.io', `http://$CANISTER.localhost:${new URL(service.url).port}`)
      .replaceAll('http://127.0.0.1:4980', gatewayUrl);
  return { cwd, env, adapt };
}

/** A person with an empty folder, who deploys to a network that is not of that folder. */
async function setupNewcomer(): Promise<Desk> {
  const service = await setupLocalService();
  const { cwd, env } = setupDesk(join(setupFolder(), '.agent-service'));
  const here = `--network ${service.url} --root-key ${service.rootKey}`;
  const adapt = (commands: string) =>
    commands
      .replaceAll(OPERATOR, `${here} --identity operator.pem --canister-ids canister_ids.json`)
      .replaceAll('--network ic', here);
  return { cwd, env, adapt };
}

/** Runs the commands of a page, and compares what they print with what the page says. */
async function follow(page: string, { cwd, env, adapt }: Desk): Promise<void> {
  const text = textOf(page);
  const blocks = shellBlocks(text);
  expect(blocks.length).toBeGreaterThan(0);
  const key = 'icp identity import operator --from-pem operator.pem --storage plaintext';
  const before = text.includes('"--network ic --identity operator"') && !text.includes(key) ? [key] : [];
  const outputs = await runBlocks([...before, ...blocks.map(({ commands }) => adapt(commands))], {
    cwd,
    env,
  });
  for (const [i, { printed }] of blocks.entries()) {
    if (printed !== undefined) expect(outputs[i + before.length]?.trim()).toMatch(outputPattern(printed));
  }
}

describe('how-to: the commands run as they stand', () => {
  it.for(['back-up', 'upgrade', 'cycles', 'monitor', 'rotate-keys', 'seal-what-is-stored', 'incident'])(
    'in %s.md',
    { timeout: 5 * MINUTE_MS },
    async (page, { skip }) => {
      if (WHY_NOT !== undefined) skip(WHY_NOT);
      await follow(`docs/how-to/${page}.md`, await setupOperator());
    },
  );

  it('in deploy.md', { timeout: 5 * MINUTE_MS }, async ({ skip }) => {
    if (WHY_NOT !== undefined) skip(WHY_NOT);
    const desk = await setupNewcomer();
    await follow('docs/how-to/deploy.md', desk);
    expect(readFileSync(join(desk.cwd, 'canister_ids.json'), 'utf8')).toContain('agent_service');
  });
});
