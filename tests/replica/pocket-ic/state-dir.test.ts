import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Principal } from '@dfinity/principal';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { askingCanister } from '../support/asking-canister.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { decodeReply, encodeArgument } from '../support/management-types.ts';
import { i32 } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { SECOND, setupNetwork } from '../support/setup-network.ts';
import {
  ANONYMOUS,
  base64,
  managementCall,
  message,
  NEW,
  type Parsed,
  setupServer,
  type TestServer,
} from './setup-server.ts';

const COUNTER = canister(`
  (global $count (mut i32) (i32.const 0))
  ${update('add', '(global.set $count (i32.add (global.get $count) (i32.const 1))) (call $reply_i32 (global.get $count))')}
  ${query('count', '(call $reply_i32 (global.get $count))')}`);
const OUTCALL = encodeArgument('http_request', {
  url: 'https://example.org/',
  method: { get: null },
  headers: [],
});
const NO_SUBNETS = { application: [] };

/** Creates an instance with a folder; returns the start of its paths. */
async function open(server: TestServer, directory: string, config: object = {}): Promise<string> {
  const { status, body } = await server.post('/instances', {
    subnet_config_set: NO_SUBNETS,
    state_dir: directory,
    ...config,
  });
  expect(body, JSON.stringify(body)).toHaveProperty('Created');
  expect(status).toBe(201);
  return `/instances/${body.Created.instance_id}`;
}

async function refusal(server: TestServer, directory: string, config: object = {}): Promise<string> {
  const { status, body } = await server.post('/instances', {
    subnet_config_set: { application: [NEW] },
    state_dir: directory,
    ...config,
  });
  expect(status).toBe(400);
  return String(body.Error.message);
}

/** What a process would find if the one that has the folder ended now. */
function copyOf(directory: string): string {
  const copy = join(setupDirectory(), 'copy');
  cpSync(directory, copy, { recursive: true });
  return copy;
}

async function countOf(server: TestServer, instance: string, id: string): Promise<unknown> {
  return (await server.post(`${instance}/read/query`, message(id, 'count'))).body.Ok;
}

async function statusOf(server: TestServer, instance: string, id: string) {
  const canister_id = Principal.fromUint8Array(Buffer.from(id, 'base64'));
  const { Ok } = await server.call(instance, managementCall('canister_status', { canister_id }));
  return decodeReply<{ cycles: bigint; query_stats: { num_calls_total: bigint } }>(
    'canister_status',
    new Uint8Array(Buffer.from(Ok, 'base64')),
  );
}

/** An instance in which everything has happened that can. */
async function setupEventful(server: TestServer, directory: string) {
  const instance = await open(server, directory, { subnet_config_set: { nns: NEW, application: [NEW] } });
  const id = await server.install(instance, COUNTER);
  const asking = await server.install(instance, askingCanister(OUTCALL, 10n ** 12n));
  await server.call(instance, message(id, 'add'));
  await server.post(`${instance}/update/set_time`, { nanos_since_epoch: 1_700_000_000_000_000_000n });
  await server.post(`${instance}/update/add_cycles`, { canister_id: id, amount: 10n ** 20n });
  const { body: hex } = await server.app.inject({
    method: 'POST',
    url: '/blobstore',
    payload: Buffer.from('what is stable'),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const blob_id = base64(Buffer.from(hex, 'hex'));
  await server.post(`${instance}/update/set_stable_memory`, { canister_id: id, blob_id });
  const specified_id = Principal.fromUint8Array(Uint8Array.of(0, 0, 0, 0, 1, 0x60, 0, 3, 1, 1));
  await server.call(instance, managementCall('provisional_create_canister_with_cycles', { specified_id }));
  const { body: asked } = await server.post(
    `${instance}/update/submit_ingress_message`,
    message(asking, 'ask'),
  );
  const tick = async () => server.post(`${instance}/update/tick`, {});
  await tick();
  for (let i = 0; i < 5; i++) await countOf(server, instance, id);
  await tick();
  const { body: waiting } = await server.post(
    `${instance}/update/submit_ingress_message`,
    message(id, 'add'),
  );
  return { instance, id, asked: asked.Ok, waiting: waiting.Ok };
}

/** What can be seen of an instance without changing it. */
async function seen(server: TestServer, instance: string, id: string) {
  const get = async (path: string): Promise<Parsed> => (await server.get(`${instance}/${path}`)).body;
  const post = async (path: string): Promise<Parsed> =>
    (await server.post(`${instance}/${path}`, { canister_id: id })).body;
  return {
    topology: await get('_/topology'),
    time: await get('read/get_time'),
    outcalls: await get('read/get_canister_http'),
    cycles: await post('read/get_cycles'),
    controllers: await post('read/get_controllers'),
    stable: Buffer.from((await post('read/get_stable_memory')).blob, 'base64')
      .subarray(0, 14)
      .toString(),
    count: await countOf(server, instance, id),
  };
}

describe('an instance with a state_dir', () => {
  it.each([
    ['is deleted', async (server: TestServer, instance: string) => server.request('DELETE', instance)],
    ['its server ends', async (server: TestServer) => server.app.close()],
  ])('goes on where it was after %s, in another server too', async (_case, end) => {
    const directory = join(setupDirectory(), 'state');
    const server = setupServer();
    const { instance, id, asked, waiting } = await setupEventful(server, directory);
    const before = await seen(server, instance, id);
    expect(before).toMatchObject({ stable: 'what is stable', count: base64(i32(1)), outcalls: [{}] });
    expect(Object.keys(before.topology.subnet_configs)).toHaveLength(3);
    await end(server, instance);
    expect(readdirSync(directory).filter((name) => name.startsWith('lock.'))).toEqual([]);

    const later = setupServer();
    const again = await open(later, directory);
    expect(await seen(later, again, id)).toEqual(before);
    const { body } = await later.post(`${again}/update/await_ingress_message`, waiting);
    expect(body).toEqual({ Ok: base64(i32(2)) });
    const { subnet_id, request_id } = before.outcalls[0];
    const response = { CanisterHttpReject: { reject_code: 2, message: 'not today' } };
    await later.post(`${again}/update/mock_canister_http`, { subnet_id, request_id, response });
    const { body: answered } = await later.post(`${again}/update/await_ingress_message`, asked);
    expect(JSON.stringify(answered)).not.toContain('no answer');
    expect(answered.message).toBeUndefined();
  });

  it('has what was answered when its process is gone, and says what it recovered', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => told.mockRestore());
    const directory = join(setupDirectory(), 'state');
    const server = setupServer();
    const { instance, id, waiting } = await setupEventful(server, directory);
    const copy = copyOf(directory);
    const again = await open(server, copy);
    expect(await seen(server, again, id)).toEqual(await seen(server, instance, id));
    expect(told).toHaveBeenCalledWith(
      expect.stringMatching(
        /^.*copy: Recovered \d+ update calls in \d+ rounds that came after the last checkpoint/,
      ),
    );
    for (const each of [instance, again]) {
      const { body } = await server.post(`${each}/update/await_ingress_message`, waiting);
      expect(body).toEqual({ Ok: base64(i32(2)) });
    }
    const [one, other] = [await statusOf(server, instance, id), await statusOf(server, again, id)];
    expect(other).toEqual(one);
    expect(one.query_stats.num_calls_total).toBeGreaterThanOrEqual(6n);
    // Ids and random numbers go on as they would have.
    expect(await server.install(again, COUNTER)).toBe(await server.install(instance, COUNTER));
    expect(await seen(server, again, id)).toEqual(await seen(server, instance, id));
  });

  it('keeps what happens while it goes on by itself, and writes nothing while nothing does', async () => {
    const directory = join(setupDirectory(), 'state');
    const server = setupServer();
    const instance = await open(server, directory, { subnet_config_set: { application: [NEW] } });
    const id = await server.install(instance, COUNTER);
    await server.post(`${instance}/auto_progress`, {});
    const url = `${instance}/update/submit_ingress_message`;
    const { body: submitted } = await server.post(url, message(id, 'add'));
    const status = { raw_message_id: submitted.Ok, raw_caller: ANONYMOUS };
    await expect
      .poll(async (): Promise<unknown> => (await server.post(`${instance}/read/ingress_status`, status)).body)
      .toEqual({ Ok: base64(i32(1)) });
    const records = () =>
      readdirSync(join(directory, 'journal')).map(
        (name) => readFileSync(join(directory, 'journal', name)).length,
      );
    const timeNow = async () =>
      BigInt((await server.get(`${instance}/read/get_time`)).body.nanos_since_epoch);
    const before = records();
    const later = (await timeNow()) + SECOND / 10n;
    const copy = copyOf(directory);
    await expect.poll(timeNow).toBeGreaterThan(later);
    // An idle instance writes nothing, though its time goes on.
    expect(records().reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(
      before.reduce((sum, size) => sum + size, 0),
    );
    const again = await open(server, copy);
    expect(await countOf(server, again, id)).toBe(base64(i32(1)));
  });

  it('has its subnets and its time from the folder, and moves the time on where that is asked for', async () => {
    const directory = join(setupDirectory(), 'state');
    const server = setupServer();
    const first = await open(server, directory, { subnet_config_set: { application: [NEW, NEW] } });
    const { body: topology } = await server.get(`${first}/_/topology`);
    await server.request('DELETE', first);
    const at = (nanos_since_epoch: bigint) => ({ initial_time: { Timestamp: { nanos_since_epoch } } });
    expect(await refusal(server, directory, at(5n))).toMatch(/SettingTimeIntoPast/);
    const time = 1_700_000_000_000_000_000n;
    const second = await open(server, directory, { subnet_config_set: { nns: NEW }, ...at(time) });
    expect((await server.get(`${second}/_/topology`)).body).toEqual(topology);
    expect((await server.get(`${second}/read/get_time`)).body.nanos_since_epoch).toBe(time);
  });

  it('does not go on without what came last unless it may', async () => {
    const directory = join(setupDirectory(), 'state');
    const server = setupServer();
    const first = await open(server, directory, { subnet_config_set: { application: [NEW] } });
    await server.request('DELETE', first);
    rmSync(join(directory, 'journal'), { recursive: true });
    expect(await refusal(server, directory)).toMatch(/The journal of .* was removed: .* incomplete_state/);
    await open(server, directory, { incomplete_state: 'Enabled' });
  });
});

describe('a state_dir', () => {
  it('belongs to one instance at a time', async () => {
    const directory = join(setupDirectory(), 'state');
    const server = setupServer();
    const first = await open(server, directory, { subnet_config_set: { application: [NEW] } });
    expect(await refusal(server, directory)).toMatch(/is in use by process \d+/);
    await server.request('DELETE', first);
    await open(server, directory);
  });

  it('is free again after a gateway could not listen', async () => {
    const directory = join(setupDirectory(), 'state');
    const server = setupServer();
    const config = { http_gateway_config: { ip_addr: '203.0.113.1' } };
    expect(await refusal(server, directory, config)).toMatch(/cannot listen at 203.0.113.1/);
    await open(server, directory);
  });

  it('that has nothing needs subnets to begin with', async () => {
    const directory = join(setupDirectory(), 'state');
    const text = await refusal(setupServer(), directory, { subnet_config_set: NO_SUBNETS });
    expect(text).toMatch(/must contain at least one subnet: .*state has no instance to go on with/);
  });

  it('is refused with files of somebody else, which it leaves alone', async () => {
    const directory = setupDirectory();
    writeFileSync(join(directory, 'registry.proto'), 'x');
    expect(await refusal(setupServer(), directory)).toMatch(
      /has files and no state of an instance \(registry.proto\)/,
    );
    expect(readdirSync(directory)).toEqual(['registry.proto']);
  });

  it('is refused where it is a file', async () => {
    const file = join(setupDirectory(), 'file');
    writeFileSync(file, 'x');
    expect(await refusal(setupServer(), file)).toMatch(/The state folder .*file cannot be used/);
  });

  it('is not shared with local networks', async () => {
    const ofNetwork = setupDirectory();
    const network = await setupNetwork({ directory: ofNetwork });
    await network.network.close();
    const server = setupServer();
    expect(await refusal(server, ofNetwork)).toMatch(/has the state of a local network, not of an instance/);
    const ofInstance = join(setupDirectory(), 'state');
    const instance = await open(server, ofInstance, { subnet_config_set: { application: [NEW] } });
    await server.request('DELETE', instance);
    await expect(setupNetwork({ directory: ofInstance })).rejects.toThrow(
      /has the state of an instance of PocketIC's protocol, not of a local network/,
    );
  });

  it.each([
    [
      'a manifest that was altered',
      (copy: string) => alter(join(copy, 'manifest')),
      /manifest is not complete/,
    ],
    [
      'a journal that was altered',
      (copy: string) => alter(journalOf(copy)),
      /The journal is damaged: .* altered/,
    ],
    [
      'a blob that is missing',
      (copy: string) => rmSync(join(copy, 'blobs'), { recursive: true }),
      /blobs\/\w+ is missing/,
    ],
  ])('is refused with %s', async (_case, damage, text) => {
    const directory = join(setupDirectory(), 'state');
    const server = setupServer();
    const instance = await open(server, directory, { subnet_config_set: { application: [NEW] } });
    await server.install(instance, COUNTER);
    await server.request('DELETE', instance);
    await open(server, directory);
    await server.post('/instances/1/update/tick', {});
    const copy = copyOf(directory);
    expect(existsSync(journalOf(copy))).toBe(true);
    damage(copy);
    expect(await refusal(server, copy)).toMatch(text);
  });

  it('goes on from what an end in its first moment left', async () => {
    const directory = setupDirectory();
    for (const name of ['blobs', 'journal']) mkdirSync(join(directory, name));
    writeFileSync(join(directory, 'manifest.draft'), 'half');
    await open(setupServer(), directory, { subnet_config_set: { application: [NEW] } });
  });
});

function journalOf(directory: string): string {
  const name = readdirSync(join(directory, 'journal')).at(-1) ?? '';
  return join(directory, 'journal', name);
}

function alter(path: string): void {
  const bytes = readFileSync(path);
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
