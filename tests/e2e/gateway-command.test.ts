import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { NetworkFile } from '../../src/cli/networks/network-file.ts';
import { AgentServiceClient } from '../../src/client/index.ts';
import { identityFromPemFile } from '../../src/client/node.ts';
import { EventReader } from '../gateway/support/event-reader.ts';
import { send } from '../gateway/support/setup-gateway.ts';
import { type RunningCommand, setupCommand } from './support/command.ts';
import { setupFolder } from './support/local-service.ts';

async function startNetwork(directory: string, port = 0): Promise<RunningCommand> {
  const options = ['--directory', directory, '--port', String(port), '--gateway-port', '0'];
  const command = setupCommand('start', ...options);
  await command.printed('Press Ctrl-C to stop');
  return command;
}

async function startGateway(directory: string, port: number): Promise<RunningCommand> {
  const command = setupCommand('gateway', '--directory', directory, '--port', String(port));
  await command.printed('Server listening');
  return command;
}

function networkFile(directory: string): NetworkFile & { gateway_url: string; agent_key: string } {
  return JSON.parse(readFileSync(join(directory, 'network.json'), 'utf8')) as ReturnType<typeof networkFile>;
}

/** A port that nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}

describe('the gateway of npm start', () => {
  it('takes the key of the development agent, the same one the next time', async () => {
    const directory = setupFolder();
    const first = await startNetwork(directory);
    const { gateway_url, agent_key } = networkFile(directory);
    expect(first.output).toContain(gateway_url);
    expect(statSync(agent_key).mode & 0o077).toBe(0);
    const key = readFileSync(agent_key, 'utf8').trim();
    expect(first.output).not.toContain(key);
    expect((await send(gateway_url, 'GET /v1/users/alice/status', { key })).status).toBe(200);
    expect(await first.stop()).toBe(0);
    await startNetwork(directory);
    const again = networkFile(directory);
    expect(readFileSync(again.agent_key, 'utf8').trim()).toBe(key);
    expect((await send(again.gateway_url, 'GET /v1/users/alice/status', { key })).status).toBe(200);
  });

  it('knows at once which keys are made and revoked', async () => {
    const directory = setupFolder();
    await startNetwork(directory);
    const { gateway_url, admin_pem } = networkFile(directory);
    const keys = async (...args: readonly string[]) => {
      const command = setupCommand('keys', ...args, '--directory', directory);
      expect([await command.exit(), command.output]).toEqual([0, expect.anything()]);
      return command.output;
    };
    const made = await keys('create', '--name', 'for the test', '--pem', admin_pem);
    const [key = ''] = /ask_\S+/.exec(made) ?? [];
    expect((await send(gateway_url, 'GET /v1/agents', { key })).status).toBe(200);
    const listed = await keys('list', '--json');
    expect(listed).not.toMatch(/PRIVATE|secret|pem/);
    const all = JSON.parse(listed) as { id: string; name: string; created_at: string }[];
    const { id = '', created_at } = all.find(({ name }) => name === 'for the test') ?? {};
    expect(created_at).toMatch(/^\d{19}$/);
    await keys('revoke', id);
    expect((await send(gateway_url, 'GET /v1/agents', { key })).status).toBe(401);
    expect(await keys('list')).not.toContain('for the test');
    const unknown = setupCommand('keys', 'revoke', id, '--directory', directory);
    expect([await unknown.exit(), unknown.output.trim()]).toEqual([1, `There is no key ${id}.`]);
  });
});

describe('a stream of events', () => {
  it('loses and repeats nothing when the gateway is killed and the network restarted in its middle', async () => {
    const directory = setupFolder();
    const network = await startNetwork(directory);
    const { replica_url, canister_id, agent_pem, root_key, agent_key } = networkFile(directory);
    const client = await AgentServiceClient.create({
      host: replica_url,
      canisterId: canister_id,
      identity: await identityFromPemFile(agent_pem),
      rootKey: new Uint8Array(Buffer.from(root_key, 'hex')),
    });
    const write = async (count: number) => {
      for (let i = 0; i < count; i++) {
        await client.logAgentActivity({
          userId: i % 3 === 1 ? 'bob' : 'alice',
          agentType: 'GitHub',
          activityType: 'TaskCreated',
          description: 'a task',
        });
      }
    };
    const port = await freePort();
    const gateway = await startGateway(directory, port);
    const key = readFileSync(agent_key, 'utf8').trim();
    const readerOf = (path: string) => {
      const reader = new EventReader(`http://127.0.0.1:${port}${path}`, key, 'act-0000000000000000');
      onTestFinished(() => reader.end());
      return reader;
    };
    const [all, alice] = [readerOf('/v1/events'), readerOf('/v1/users/alice/events')];
    const arrived = (count: number) =>
      expect.poll(() => all.ids.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);

    await write(5);
    await arrived(3);
    await gateway.stop('SIGKILL');
    await write(5);
    await startGateway(directory, port);
    await arrived(10);
    await write(3);
    await network.stop('SIGTERM');
    await startNetwork(directory, Number(new URL(replica_url).port));
    await write(3);
    await arrived(16);
    const written: [user: string, id: string][] = [];
    for await (const { activity } of client.eachEvent({ after: 0n }))
      written.push([activity.userId, activity.id]);
    expect(all.ids).toEqual(written.map(([, id]) => id));
    const ofAlice = written.filter(([user]) => user === 'alice').map(([, id]) => id);
    await expect.poll(() => alice.ids, { timeout: 60_000 }).toEqual(ofAlice);
  });

  it('ends when the gateway is asked to, which waits for no listener', async () => {
    const directory = setupFolder();
    await startNetwork(directory);
    const port = await freePort();
    const gateway = await startGateway(directory, port);
    const { agent_key } = networkFile(directory);
    const headers = { authorization: `Bearer ${readFileSync(agent_key, 'utf8').trim()}` };
    const { body } = await fetch(`http://127.0.0.1:${port}/v1/users/alice/events`, { headers });
    const parts: Uint8Array[] = [];
    const read = (async () => {
      for await (const part of body ?? []) parts.push(part);
    })();
    await expect.poll(() => parts.length).toBeGreaterThan(0);
    expect(await gateway.stop('SIGTERM')).toBe(0);
    await read;
    expect(Buffer.concat(parts).toString()).toContain('event: position');
  });
});
