import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpAgent } from '@dfinity/agent';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FIRST_SUBNET, ManagementCanister } from '../../src/cli/deployment/management-canister.ts';
import { canister, query } from '../replica/support/canister-wat.ts';
import { DEEP, FRAMES, sumOf } from '../replica/support/deep-frames.ts';
import { setupFolder } from './support/local-service.ts';

const ROOT = join(import.meta.dirname, '../..');
const PATIENCE = { timeout: 110_000, interval: 100 };
const FRAMES_EACH = 3_000;
const DEEP_CANISTER = canister(`${DEEP}
  (func $endless (call $endless) (drop (call $ic0.time)))
  ${query('deep', FRAMES)} ${query('endless', '(call $endless)')}`);

/** Runs a command as a person does, without Node's own flags; stopped when the test ends. */
function run(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'ignore'] });
  const ended = new Promise((done) => child.once('exit', done));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return child;
}

/** The content of a file that is written at once, or ends with a line end. */
async function jsonIn<T>(file: string): Promise<T> {
  const content = () => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');
  await expect.poll(content, PATIENCE).not.toBe('');
  return JSON.parse(content()) as T;
}

const START = ['start', '--port', '0', '--gateway-port', '0', '--dashboard-port', '0', '--directory'];

async function startedBy(command: string, args: readonly string[]): Promise<string> {
  const folder = setupFolder();
  run(command, [...args, ...START, folder]);
  return (await jsonIn<{ replica_url: string }>(join(folder, 'network.json'))).replica_url;
}

async function launchedBy(command: string, args: readonly string[]): Promise<string> {
  const folder = setupFolder();
  run(command, [...args, '--status-dir', folder]);
  const { gateway_port } = await jsonIn<{ gateway_port: number }>(join(folder, 'status.json'));
  return `http://127.0.0.1:${gateway_port}`;
}

async function pocketIcBy(command: string, args: readonly string[]): Promise<string> {
  const file = join(setupFolder(), 'port');
  run(command, [...args, '--port-file', file]);
  const port = await jsonIn<number>(file);
  const post = async (path: string, body: unknown): Promise<{ Created: Record<string, number> }> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { Created: Record<string, number> };
  };
  const created = await post('/instances', { subnet_config_set: { nns: { state_config: 'New' } } });
  const id = created.Created['instance_id'];
  await post(`/instances/${id}/auto_progress`, {});
  const gateway = await post('/http_gateway', { forward_to: { PocketIcInstance: id } });
  return `http://127.0.0.1:${gateway.Created['port']}`;
}

const SCRIPT = (name: string) => join(ROOT, 'scripts', name);
const NODE = process.execPath;

/** Each way in which people start a network, or their tools do. */
const WAYS: Readonly<Record<string, () => Promise<string>>> = {
  // What npx runs.
  'agent-service start': () => startedBy(SCRIPT('run.mjs'), []),
  'node scripts/run.mjs start': () => startedBy(NODE, [SCRIPT('run.mjs')]),
  'npm start': () => startedBy(NODE, ['--stack-size=6500', SCRIPT('run.mjs')]),
  'a stack that the system has no room for': () => startedBy(NODE, ['--stack-size=60000', SCRIPT('run.mjs')]),
  'the PocketIC executable': () => pocketIcBy(SCRIPT('pocket-ic.mjs'), []),
  'node scripts/pocket-ic.mjs': () => pocketIcBy(NODE, [SCRIPT('pocket-ic.mjs')]),
  "icp's launcher": () => launchedBy(SCRIPT('icp-network-launcher.mjs'), []),
  'node scripts/icp-network-launcher.mjs': () => launchedBy(NODE, [SCRIPT('icp-network-launcher.mjs')]),
};

describe('stack depth, by each way of starting a network', () => {
  it.each(Object.entries(WAYS))(
    '%s: 3,000 frames of 32 locals run, and endless ones trap',
    async (_way, start) => {
      const host = await start();
      const agent = await HttpAgent.create({
        host,
        identity: Ed25519KeyIdentity.generate(),
        shouldFetchRootKey: true,
        verifyQuerySignatures: false,
      });
      const management = new ManagementCanister(agent);
      const id = await management.createProvisionally(FIRST_SUBNET);
      await management.install(id, { install: null }, { module: DEEP_CANISTER, arg: new Uint8Array() });
      const arg = new Uint8Array(new Uint32Array([FRAMES_EACH]).buffer);
      const deep = await agent.query(id, { methodName: 'deep', arg });
      if (!('reply' in deep)) throw new Error(JSON.stringify(deep));
      expect(new DataView(new Uint8Array(deep.reply.arg).buffer).getBigUint64(0, true)).toBe(
        sumOf(BigInt(FRAMES_EACH)),
      );
      const endless = await agent.query(id, { methodName: 'endless', arg });
      expect(endless).toMatchObject({ status: 'rejected', error_code: 'IC0502' });
      expect(await agent.query(id, { methodName: 'deep', arg })).toMatchObject({ status: 'replied' });
    },
  );
});
