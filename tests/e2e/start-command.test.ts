import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { NetworkFile } from '../../src/cli/networks/network-file.ts';
import { AgentServiceClient } from '../../src/client/index.ts';
import { identityFromPemFile } from '../../src/client/node.ts';
import { RunningCommand, setupCommand } from './support/command.ts';
import { setupFolder } from './support/local-service.ts';

const READY = 'Press Ctrl-C to stop';

async function started(directory: string, ...options: string[]): Promise<RunningCommand> {
  const command = setupCommand('start', '--directory', directory, ...options);
  await command.printed(READY);
  return command;
}

function networkFile(directory: string): NetworkFile {
  return JSON.parse(readFileSync(join(directory, 'network.json'), 'utf8')) as NetworkFile;
}

async function clientFrom(file: NetworkFile): Promise<AgentServiceClient> {
  return AgentServiceClient.create({
    host: file.replica_url,
    canisterId: file.canister_id,
    identity: await identityFromPemFile(file.agent_pem),
    rootKey: new Uint8Array(Buffer.from(file.root_key, 'hex')),
  });
}

/** A command that the tests share which only look at what it made: its folder, and what it printed. */
let shared: { readonly directory: string; readonly output: string };

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'agent-service-'));
  const command = new RunningCommand([
    'start',
    '--directory',
    directory,
    '--port',
    '0',
    '--dashboard-port',
    '0',
  ]);
  await command.printed(READY);
  shared = { directory, output: command.output };
  return async () => {
    await command.stop();
    rmSync(directory, { recursive: true, force: true });
  };
});

/** A port that somebody else listens on until the test ends. */
async function busyPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}

describe('npm start', () => {
  it('deploys the service, tells where it is, and finds its data again the next time', async () => {
    const directory = setupFolder();
    const first = await started(directory, '--port', '0');
    const file = networkFile(directory);
    expect(first.output).toContain(file.replica_url);
    expect(first.output).toContain(file.canister_id);
    const sessionId = await (await clientFrom(file)).createAgentSession({
      userId: 'alice',
      agentType: 'GitHub',
    });
    expect(await first.stop('SIGTERM')).toBe(0);

    const second = await started(directory, '--port', '0');
    const again = networkFile(directory);
    const { replica_url, gateway_url, dashboard_url, pid } = again;
    expect(again).toEqual({ ...file, replica_url, gateway_url, dashboard_url, pid });
    expect(second.output).toContain('Agent Service: unchanged');
    const session = await (await clientFrom(again)).getAgentSession(sessionId);
    expect(session).toMatchObject({ sessionId, userId: 'alice', isActive: true });
  });

  it('first contact: writes network.json once, whole, when all that it tells of is there', async () => {
    const directory = setupFolder();
    const seen = new Set<string>();
    for (const round of [1, 2]) {
      const command = setupCommand('start', '--directory', directory, '--port', '0');
      // In the second round the file of the first is there until the folder is the new network's.
      const before = round === 1 ? '' : [...seen].at(-1);
      while (!command.output.includes(READY)) {
        const path = join(directory, 'network.json');
        const text = existsSync(path) ? readFileSync(path, 'utf8') : before;
        if (text !== before) seen.add(text ?? '');
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      seen.add(readFileSync(join(directory, 'network.json'), 'utf8'));
      expect(seen.size).toBe(round);
      expect(await command.stop('SIGINT')).toBe(0);
    }
    for (const text of seen) {
      const { dashboard_url, gateway_url, replica_url } = JSON.parse(text) as NetworkFile;
      for (const url of [dashboard_url, gateway_url, replica_url]) expect(url).toMatch(/^http:\/\/127/);
    }
  });

  it('first contact: finds its service again after it was stopped before network.json was there', async () => {
    const directory = setupFolder();
    const first = setupCommand('start', '--directory', directory, '--port', '0');
    await first.printed('Agent Service: installed');
    await first.stop('SIGINT');
    const second = await started(directory, '--port', '0');
    expect(second.output).toContain('Agent Service: unchanged');
  });

  it('first contact: listens where it is told, and warns of what that opens', async () => {
    const directory = setupFolder();
    const hosts = ['--gateway-host', '0.0.0.0', '--dashboard-host', '127.0.0.1'];
    const { output } = await started(directory, '--port', '0', '--gateway-port', '0', ...hosts);
    const { gateway_url = '' } = networkFile(directory);
    expect((await fetch(`http://127.0.0.2:${new URL(gateway_url).port}/healthz`)).status).toBe(200);
    expect(output).toMatch(/Warning: the gateway listens on 0\.0\.0\.0\. .*API key/);
    expect(output).not.toMatch(/Warning: the (network|dashboard)/);
  });

  it('first contact: has a name at icp that no other folder has', async () => {
    const other = await started(setupFolder(), '--port', '0');
    const names = [shared, other].map(({ output }) => {
      const [, name] = /icp identity import (\S+) .* --identity \1 /.exec(output) ?? [];
      return name;
    });
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(2);
  });

  it('keeps every key to its owner', () => {
    const { directory } = shared;
    const { admin_pem, agent_pem, user_pem } = networkFile(directory);
    for (const path of [admin_pem, agent_pem, user_pem, join(directory, 'state/manifest')]) {
      expect(statSync(path).mode & 0o077, path).toBe(0);
    }
  });

  it('has what it answered when it starts again after it was killed, and says what it recovered', async () => {
    const directory = setupFolder();
    const first = await started(directory, '--port', '0');
    const before = await clientFrom(networkFile(directory));
    const sessionId = await before.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    await first.stop('SIGKILL');
    const second = await started(directory, '--port', '0');
    expect(second.output).toMatch(/^Recovered \d+ update calls? in \d+ rounds? that came after/m);
    const client = await clientFrom(networkFile(directory));
    expect(await client.getAgentSession(sessionId)).toMatchObject({ sessionId, isActive: true });
  });

  it('serves the dapp, with a configuration that leads to the service', async () => {
    const { directory, output } = shared;
    const [, url = ''] = /Dashboard {5}(\S+)/.exec(output) ?? [];
    expect(await (await fetch(url)).text()).toContain('<title>Agent Service</title>');
    const { replica_url, canister_id, root_key } = networkFile(directory);
    const config: unknown = await (await fetch(`${url}/config.json`)).json();
    expect(config).toMatchObject({ network_url: replica_url, canister_id, root_key });
    expect(statSync(join(directory, 'identities/dashboard.secret')).mode & 0o077).toBe(0);
  });

  it('says which port is in use', async () => {
    const port = await busyPort();
    const command = setupCommand('start', '--directory', setupFolder(), '--port', String(port));
    expect(await command.exit()).toBe(1);
    expect(command.output).toContain(`Port ${port} is in use. Choose another with --port, or 0 for any.`);
  });

  it('says which port of the gateway is in use, and ends', async () => {
    const port = String(await busyPort());
    const options = ['--directory', setupFolder(), '--port', '0', '--gateway-port', port];
    const command = setupCommand('start', ...options);
    expect(await command.exit()).toBe(1);
    expect(command.output).toContain(
      `Port ${port} is in use. Choose another with --gateway-port, or 0 for any.`,
    );
  });

  it('says what is no port', async () => {
    const command = setupCommand('start', '--directory', setupFolder(), '--port', '70000');
    expect(await command.exit()).toBe(2);
    expect(command.output).toContain('A port is a number from 0 to 65535.');
  });

  it('says that the folder is in use by another process', async () => {
    const second = setupCommand('start', '--directory', shared.directory, '--port', '0');
    expect(await second.exit()).toBe(1);
    expect(second.output).toMatch(/is in use by process \d+\. Stop that network first/);
  });

  it('says that the saved state is damaged, and leaves it as it is', async () => {
    const directory = setupFolder();
    expect(await (await started(directory, '--port', '0')).stop()).toBe(0);
    const manifest = join(directory, 'state/manifest');
    const { size } = statSync(manifest);
    truncateSync(manifest, size - 1);
    const command = setupCommand('start', '--directory', directory, '--port', '0');
    expect(await command.exit()).toBe(1);
    expect(command.output).toContain('The saved state is damaged');
    expect(command.output).toContain(manifest);
    expect(statSync(manifest).size).toBe(size - 1);
    expect(readdirSync(join(directory, 'state')).filter((name) => name.startsWith('lock'))).toEqual([]);
  });
});
