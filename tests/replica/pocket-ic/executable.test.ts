import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { JSONStringify } from 'json-with-bigint';
import { describe, expect, it, onTestFinished } from 'vitest';
import { setupDirectory } from '../support/setup-directory.ts';
import { managementCall, NEW } from './setup-server.ts';

const EXECUTABLE = resolve(import.meta.dirname, '../../../scripts/pocket-ic.mjs');
const JSON_TYPE = { 'content-type': 'application/json' };
const PATIENCE = { timeout: 60_000, interval: 50 };

/** Runs the executable; killed when the test ends, if it runs still. */
function run(...args: readonly string[]): {
  process: ChildProcess;
  output: () => string;
  exit: Promise<number | null>;
} {
  const child = spawn(EXECUTABLE, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += String(part)));
  const exit = new Promise<number | null>((done) => child.once('exit', done));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { process: child, output: () => output, exit };
}

async function portIn(file: string): Promise<number> {
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8'), PATIENCE).toMatch(/^\d+\n$/);
  return Number(readFileSync(file, 'utf8'));
}

async function answers(port: number): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${port}/status`)).ok;
}

describe('the pocket-ic executable', () => {
  it('says which version of the protocol it speaks', async () => {
    const { exit, output } = run('--version');
    expect(await exit).toBe(0);
    expect(output()).toMatch(/^pocket-ic-server 16\.\d+\.\d+\n$/);
  });

  it('writes its port to a file, leaves it to those that come later, and takes it away at its end', async () => {
    const file = join(setupDirectory(), 'port');
    const first = run('--port-file', file);
    const port = await portIn(file);
    expect(await answers(port)).toBe(true);

    const second = run('--port-file', file);
    expect(await second.exit).toBe(0);
    expect(second.output()).toBe('');
    expect(readFileSync(file, 'utf8')).toBe(`${port}\n`);

    first.process.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    expect(existsSync(file)).toBe(false);
  });

  it('takes over the file of a server that is no more', async () => {
    const file = join(setupDirectory(), 'port');
    const killed = run('--port-file', file);
    const before = await portIn(file);
    killed.process.kill('SIGKILL');
    await killed.exit;
    run('--port-file', file);
    await expect.poll(() => readFileSync(file, 'utf8'), PATIENCE).not.toBe(`${before}\n`);
    expect(await answers(await portIn(file))).toBe(true);
  });

  it.each([
    ['SIGTERM', /^((?!Recovered).)*$/s],
    ['SIGKILL', /state: Recovered 1 update call in 1 round that came after the last checkpoint/],
  ] as const)('goes on with an instance of a state_dir after a %s', async (signal, told) => {
    const directory = setupDirectory();
    const start = async (name: string) => {
      const file = join(directory, name);
      const server = run('--port-file', file);
      const url = `http://127.0.0.1:${await portIn(file)}/instances`;
      const post = async (path: string, body: unknown) =>
        (await fetch(url + path, { method: 'POST', headers: JSON_TYPE, body: JSONStringify(body) })).text();
      const config = {
        subnet_config_set: { application: [NEW] },
        state_dir: join(directory, 'state'),
      };
      expect(await post('', config)).toContain('Created');
      return { ...server, post };
    };
    const first = await start('one');
    const creation = managementCall('provisional_create_canister_with_cycles', { amount: 7n });
    const submitted = JSON.parse(await first.post('/0/update/submit_ingress_message', creation));
    const answer = await first.post('/0/update/await_ingress_message', submitted.Ok);
    expect(answer).toMatch(/"Ok"/);
    first.process.kill(signal);
    await first.exit;
    const second = await start('two');
    expect(second.output()).toMatch(told);
    expect(await second.post('/0/update/await_ingress_message', submitted.Ok)).toBe(answer);
  });

  it('takes over a file in which there is no port', async () => {
    const file = join(setupDirectory(), 'port');
    writeFileSync(file, 'nonsense\n');
    run('--port-file', file);
    expect(await answers(await portIn(file))).toBe(true);
  });

  it('ends by itself when nobody asks for anything, or when it is too old', async () => {
    const file = join(setupDirectory(), 'port');
    const idle = run('--ttl', '1', '--port-file', file);
    const old = run('--hard-ttl', '1');
    expect(await Promise.all([idle.exit, old.exit])).toEqual([0, 0]);
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['--port', '70000', /a number from 0 to 65535/],
    ['--ttl', 'soon', /a number from 0 to/],
    ['--no-such-flag', '', /unknown option/],
  ])('refuses %s %s', async (flag, value, text) => {
    const { exit, output } = run(flag, value);
    expect(await exit).toBe(1);
    expect(output()).toMatch(text);
  });

  it('says why it cannot listen', async () => {
    const file = join(setupDirectory(), 'port');
    run('--port-file', file);
    const port = await portIn(file);
    const other = run('--port', String(port));
    expect(await other.exit).toBe(1);
    expect(other.output()).toContain('EADDRINUSE');
  });
});
