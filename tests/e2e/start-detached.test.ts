import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { localState } from '../../src/cli/networks/local-state.ts';
import type { NetworkFile } from '../../src/cli/networks/network-file.ts';
import { setupCommand } from './support/command.ts';
import { setupFolder } from './support/local-service.ts';

const ANY_PORTS = ['--port', '0', '--gateway-port', '0', '--dashboard-port', '0'];

/** Where a network of the background keeps its data; what runs there when the test ends is killed. */
function setupHome(): string {
  const directory = join(setupFolder(), 'a home – größer');
  onTestFinished(() => {
    const found = localState(directory);
    if (found.state !== 'stopped') process.kill(found.pid, 'SIGKILL');
  });
  return directory;
}

/** Runs a command to its end; what it printed, and its exit code. */
async function ran(...words: readonly string[]): Promise<readonly [code: number | null, output: string]> {
  const command = setupCommand(...words);
  return [await command.exit(), command.output];
}

function networkFile(directory: string): NetworkFile {
  return JSON.parse(readFileSync(join(directory, 'network.json'), 'utf8')) as NetworkFile;
}

async function untilBusy(directory: string): Promise<void> {
  while (localState(directory).state !== 'busy') await new Promise((done) => setTimeout(done, 5));
}

describe('start --detach', () => {
  it('ends when everything answers; status tells of it, and stop ends it', async () => {
    const directory = setupHome();
    const at = ['--directory', directory] as const;
    const waiting = ran('status', '--wait', ...at);
    const [code, output] = await ran('start', '--detach', ...ANY_PORTS, ...at);
    expect([code, output]).toEqual([0, expect.stringContaining('Stop it with "agent-service stop"')]);
    const file = networkFile(directory);
    for (const url of [file.replica_url, file.gateway_url, file.dashboard_url]) {
      expect(output).toContain(url);
      expect((await fetch(`${url}/${url === file.replica_url ? 'api/v2/status' : 'healthz'}`)).ok).toBe(
        url !== file.dashboard_url,
      );
    }
    expect(await waiting).toEqual([0, expect.stringContaining(file.replica_url)]);
    const [, json] = await ran('status', '--json', ...at);
    expect(JSON.parse(json)).toEqual({ ...file, pid: localState(directory).state === 'running' && file.pid });
    expect((await ran('usage', 'alice', ...at))[0]).toBe(0);
    expect(await ran('start', '--detach', ...at)).toEqual([
      1,
      `A local network already uses ${directory} (process ${file.pid}). Stop it first.\n`,
    ]);

    expect(await ran('stop', ...at)).toEqual([
      0,
      `Stopped the local network of ${directory}; its data stays.\n`,
    ]);
    expect(existsSync(join(directory, 'network.json'))).toBe(false);
    expect(readdirSync(join(directory, 'state')).filter((name) => name.startsWith('lock'))).toEqual([]);
    expect((await ran('stop', ...at))[1]).toBe(`No local network runs in ${directory}.\n`);
    expect(await ran('status', ...at)).toEqual([1, expect.stringContaining('There is no local network yet')]);
  });

  it('says of a network that was killed that it is gone, and starts again', async () => {
    const directory = setupHome();
    const at = ['--directory', directory] as const;
    expect((await ran('start', '--detach', ...ANY_PORTS, ...at))[0]).toBe(0);
    const { pid = 0 } = networkFile(directory);
    process.kill(pid, 'SIGKILL');
    while (localState(directory).state !== 'stopped') await new Promise((done) => setTimeout(done, 5));
    for (const words of [['status'], ['usage', 'alice']]) {
      expect(await ran(...words, ...at)).toEqual([1, expect.stringContaining(`process ${pid} that wrote`)]);
    }
    expect((await ran('start', '--detach', ...ANY_PORTS, ...at))[0]).toBe(0);
    expect(networkFile(directory).pid).not.toBe(pid);
  });

  it('tells what the process printed that did not start, such as of a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((done) => server.once('listening', done));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const directory = setupHome();
    const [code, output] = await ran('start', '--detach', '--port', String(port), '--directory', directory);
    expect([code, output]).toEqual([1, expect.stringContaining(`Port ${port} is in use.`)]);
    expect(localState(directory)).toEqual({ state: 'stopped' });
  });

  it('is stopped with the command that waits for it, and by stop while it starts', async () => {
    const directory = setupHome();
    const options = ['start', '--detach', ...ANY_PORTS, '--directory', directory];
    const interrupted = setupCommand(...options);
    await untilBusy(directory);
    expect(await interrupted.stop('SIGINT')).toBe(1);
    expect(localState(directory)).toEqual({ state: 'stopped' });

    const stopped = setupCommand(...options);
    await untilBusy(directory);
    expect((await ran('stop', '--directory', directory))[0]).toBe(0);
    expect(await stopped.exit()).toBe(1);
    expect(localState(directory)).toEqual({ state: 'stopped' });
  });
});

describe('start in a folder that takes no files', () => {
  const file = () => {
    const path = join(setupFolder(), 'file');
    writeFileSync(path, '');
    return path;
  };

  it.each([
    ['is a file', '', []],
    ['is a file', '', ['--detach']],
    ['lies below a file', 'home', []],
    ['lies below a file', 'home', ['--detach']],
  ])('says so where it %s (%j, %j)', async (what, below, words) => {
    const directory = join(file(), below);
    const [code, output] = await ran('start', ...words, ...ANY_PORTS, '--directory', directory);
    expect([code, output]).toEqual([
      1,
      `--directory: ${directory} ${what}. Give a folder that can be written to.\n`,
    ]);
    expect(output).not.toMatch(/ at .*:\d+:\d+/);
  });

  it.skipIf(!existsSync('/dev/full'))(
    'says so where the disk is full, and leaves nothing running',
    async () => {
      const directory = setupHome();
      mkdirSync(directory);
      symlinkSync('/dev/full', join(directory, 'network.json.draft'));
      const [code, output] = await ran('start', ...ANY_PORTS, '--directory', directory);
      expect([code, output]).toEqual([1, expect.stringMatching(/cannot be used \(ENOSPC.*Make room/)]);
      expect(output).not.toMatch(/ at .*:\d+:\d+/);
      expect(localState(directory)).toEqual({ state: 'stopped' });
    },
  );
});
