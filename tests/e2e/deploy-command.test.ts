import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { HttpAgent } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { deployCanister } from '../../src/cli/deployment/deploy-canister.ts';
import { ManagementCanister } from '../../src/cli/deployment/management-canister.ts';
import { readModule } from '../../src/cli/files/project.ts';
import type { LocalService } from '../../src/cli/local/local-service.ts';
import { networkFacts } from '../../src/cli/local/network-facts.ts';
import { writeNetworkFile } from '../../src/cli/networks/network-file.ts';
import { setupCommand } from './support/command.ts';
import { clientOf, setupFolder, setupLocalService } from './support/local-service.ts';
import { LogSettings } from './support/log-settings.ts';

/** The output of a deployment that ends with the code. */
async function deployed(code: number, ...options: string[]): Promise<string> {
  const command = setupCommand('deploy', ...options);
  expect(await command.exit(), command.output).toBe(code);
  return command.output;
}

/** A module that does the same and is another one to the network: with a custom section more, of so many bytes. */
function otherModule(bytes: number): Uint8Array {
  const size = bytes + 2;
  const leb128 = [size & 0x7f, (size >> 7) & 0x7f, (size >> 14) & 0x7f, size >> 21].map((part, i) =>
    i < 3 ? part | 0x80 : part,
  );
  const section = Buffer.concat([Uint8Array.of(0, ...leb128, 1, 0x78), new Uint8Array(bytes)]);
  return new Uint8Array(Buffer.concat([gunzipSync(readModule()), section]));
}

function agentOf({ url, rootKey, identities }: LocalService): Promise<HttpAgent> {
  return HttpAgent.create({
    host: url,
    identity: identities.admin.identity,
    rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
  });
}

const create = () => Promise.reject(new Error('no canister was to be created'));

describe('a deployment', () => {
  it('upgrades in one message or in chunks, and keeps what is stored', async () => {
    const service = await setupLocalService();
    const client = await clientOf(service);
    const sessionId = await client.createAgentSession({ userId: 'alice', agentType: 'Asana' });
    const agent = await agentOf(service);
    const canisterId = Principal.fromText(service.canisterId);
    const management = new ManagementCanister(agent);
    const before = await management.status(canisterId);

    const small = gzipSync(otherModule(10));
    const large = otherModule(100_000);
    for (const module of [small, large]) {
      const plan = { agent, module: new Uint8Array(module), setup: {}, canisterId, create };
      expect(await deployCanister(plan)).toEqual({ canisterId, change: 'upgraded' });
      expect(await deployCanister(plan)).toEqual({ canisterId, change: 'unchanged' });
    }
    const again = { agent, module: new Uint8Array(large), setup: {}, canisterId, create, force: true };
    expect(await deployCanister(again)).toEqual({ canisterId, change: 'upgraded' });
    expect((await management.status(canisterId)).moduleHash).not.toBe(before.moduleHash);
    expect(await client.getAgentSession(sessionId)).toMatchObject({ userId: 'alice' });
  });

  it('starts a service that an earlier one left stopped', async () => {
    const service = await setupLocalService();
    const agent = await agentOf(service);
    const canisterId = Principal.fromText(service.canisterId);
    const management = new ManagementCanister(agent);
    await management.whileStopped(canisterId, async () => {
      const plan = { agent, module: readModule(), setup: {}, canisterId, create };
      expect(await deployCanister(plan)).toEqual({ canisterId, change: 'unchanged' });
      expect((await management.status(canisterId)).isRunning).toBe(true);
    });
  });

  it('of a new service hides its logs from all but controllers, and an upgrade leaves what they chose', async () => {
    const service = await setupLocalService();
    const agent = await agentOf(service);
    const logs = new LogSettings(agent);
    const canisterId = await logs.createPublic();
    const plan = { agent, module: readModule(), setup: {}, canisterId, create };
    expect(await deployCanister(plan)).toEqual({ canisterId, change: 'installed' });
    expect(await logs.visibility(canisterId)).toEqual({ controllers: null });
    await logs.publish(canisterId);
    expect(await deployCanister({ ...plan, module: otherModule(10) })).toMatchObject({ change: 'upgraded' });
    expect(await logs.visibility(canisterId)).toEqual({ public: null });
  });

  it('of a module that is none changes nothing', async () => {
    const service = await setupLocalService();
    const agent = await agentOf(service);
    const canisterId = Principal.fromText(service.canisterId);
    const module = new Uint8Array([1, 2, 3]);
    await expect(deployCanister({ agent, module, setup: {}, canisterId, create })).rejects.toMatchObject({
      kind: 'CallRejected',
      errorCode: 'IC0505',
    });
    const status = await (await clientOf(service)).getAgentStatus('alice');
    expect(status.totalSessions).toBe(0);
  });
});

describe('npm run deploy', () => {
  it('finds the local network and leaves what is the same', async () => {
    const service = await setupLocalService();
    for (const network of ['local', service.url]) {
      const output = await deployed(0, '--directory', service.directory, '--network', network);
      expect(output).toContain(`Agent Service on ${network}: unchanged`);
      expect(output).toContain(service.canisterId);
    }
  });

  it('deploys a second service to the URL of a network, with its agents', async () => {
    const service = await setupLocalService();
    const { admin, user } = service.identities;
    const canisterIds = join(setupFolder(), 'canister_ids.json');
    const options = ['--network', service.url, '--identity', admin.path, '--canister-ids', canisterIds];
    const agents = ['--agents', user.identity.getPrincipal().toText()];
    expect(await deployed(0, ...options, ...agents)).toContain('installed');

    const ids = JSON.parse(readFileSync(canisterIds, 'utf8')) as { agent_service: Record<string, string> };
    const canisterId = ids.agent_service[service.url] ?? '';
    expect(canisterId).not.toBe(service.canisterId);
    const client = await clientOf({ ...service, canisterId }, 'user');
    expect(await client.getUserAgentSessions('alice')).toEqual([]);
    expect(await deployed(0, ...options)).toContain(`${canisterId} (unchanged)`);
  });

  it('first contact: heeds the root key that it is told, whatever an old network.json says', async () => {
    const [service, old] = [await setupLocalService(), await setupLocalService()];
    const { admin } = service.identities;
    const stale = setupFolder();
    // Of an earlier network at the same URL.
    writeNetworkFile(stale, { ...networkFacts(old), replica_url: service.url });
    const ids = ['--canister-ids', join(stale, 'ids.json')];
    const options = ['--directory', stale, '--root-key', service.rootKey, '--identity', admin.path, ...ids];
    expect(await deployed(0, ...options, '--network', service.url)).toContain('(installed)');
    const known = ['--canister', service.canisterId];
    expect(await deployed(0, ...options, ...known, '--network', 'local')).toContain(
      `${service.canisterId} (unchanged)`,
    );
  });

  it.each([
    ['there is no local network', () => ['--directory', setupFolder()], /There is no local network yet/],
    ['nobody is named to control it', () => ['--network', 'ic'], /--identity FILE/],
    [
      'nobody answers',
      () => ['--network', 'http://127.0.0.1:9', '--identity', pem()],
      /the network is not reached at http:\/\/127.0.0.1:9/,
    ],
    [
      'the identity is none',
      () => ['--network', 'ic', '--identity', join(setupFolder(), 'none.pem')],
      /--identity: .*none.pem cannot be read: there is no such file/,
    ],
  ])('says that %s', async (_reason, options, message) => {
    expect(await deployed(1, ...options())).toMatch(message);
  });

  it('says that a network is none', async () => {
    expect(await deployed(2, '--network', 'mars', '--identity', pem())).toContain(
      'It must be local, ic, or the URL of a network',
    );
  });

  it('says that a principal is none', async () => {
    expect(await deployed(2, '--owner', 'alice')).toContain('A principal is such as');
  });

  it('says that the identity may not change the canister', async () => {
    const service = await setupLocalService();
    const options = ['--directory', service.directory, '--identity', service.identities.user.path];
    expect(await deployed(1, ...options)).toMatch(/Only controllers.*can call canister_status/);
  });
});

/** The path of a new key. */
function pem(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const path = join(setupFolder(), 'key.pem');
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return path;
}
