import { gzipSync } from 'node:zlib';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { askingCanister } from '../support/asking-canister.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { encodeArgument } from '../support/management-types.ts';
import { i32 } from '../support/outcomes.ts';
import { ANONYMOUS, base64, managementCall, message, NEW, setupServer } from './setup-server.ts';

const COUNTER = canister(`
  (global $count (mut i32) (i32.const 0))
  ${update('add', '(global.set $count (i32.add (global.get $count) (i32.const 1))) (call $reply_i32 (global.get $count))')}
  ${query('count', '(call $reply_i32 (global.get $count))')}
  ${update('fail', 'unreachable')}`);

const UNKNOWN = base64(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 9, 1, 1));

describe('instances', () => {
  it('are listed, and are no more once deleted', async () => {
    const server = setupServer();
    await server.createInstance();
    await server.createInstance();
    expect((await server.request('DELETE', '/instances/0')).status).toBe(200);
    expect((await server.get('/instances')).body).toEqual(['Deleted', 'Available']);
    expect(await server.get('/instances/0/read/get_time')).toEqual({
      status: 404,
      body: { message: 'Instance not found: there is no instance 0' },
    });
  });

  it('begin at the time that the client names', async () => {
    const server = setupServer();
    const time = 1_700_000_000_123_456_789n;
    const instance = await server.createInstance(undefined, {
      initial_time: { Timestamp: { nanos_since_epoch: time } },
    });
    expect((await server.get(`${instance}/read/get_time`)).body).toEqual({ nanos_since_epoch: time });
  });

  it('know nothing of each other, and have the same ids', async () => {
    const server = setupServer();
    const [one, other] = [await server.createInstance(), await server.createInstance()];
    const id = await server.install(one, COUNTER);
    await server.call(one, message(id, 'add'));
    expect((await server.post(`${other}/read/get_subnet`, { canister_id: id })).body).toBeNull();
    expect((await server.get(`${one}/_/topology`)).body).toEqual(
      (await server.get(`${other}/_/topology`)).body,
    );
  });

  it('speak the HTTP interface below their path', async () => {
    const server = setupServer();
    const instance = await server.createInstance({ nns: NEW, application: [NEW] });
    const { subnet_configs } = (await server.get(`${instance}/_/topology`)).body;
    const [nns] = Object.keys(subnet_configs).filter((id) => subnet_configs[id].subnet_kind === 'NNS');
    const subnet_id = base64(Principal.fromText(nns ?? '').toUint8Array());
    const { body: rootKey } = await server.post(`${instance}/read/pub_key`, { subnet_id });
    const status = await server.app.inject({ url: `${instance}/api/v2/status` });
    expect(status.rawPayload.includes(Buffer.from(rootKey))).toBe(true);
    const url = `${instance}/api/v3/canister/rwlgt-iiaaa-aaaaa-aaaaa-cai/query`;
    const query = await server.app.inject({ method: 'POST', url, payload: 'no CBOR' });
    expect(query).toMatchObject({
      statusCode: 400,
      headers: { 'content-type': expect.stringContaining('text') },
    });
    expect((await server.app.inject({ url: '/instances/9/api/v2/status' })).statusCode).toBe(404);
  });

  it.each([
    ['no subnet', { subnet_config_set: { application: [] } }, /must contain at least one subnet/],
    ['no set of subnets', {}, /subnet_config_set is not there/],
    [
      'a subnet from a folder',
      { subnet_config_set: { nns: { state_config: { FromPath: '/x' } } } },
      /subnet_config_set.nns.state_config can only be "New"/,
    ],
    [
      'a cost schedule that there is not',
      { subnet_config_set: { application: [{ ...NEW, cost_schedule: 'Half' }] } },
      /subnet_config_set.application.cost_schedule can only be "Normal" or "Free"/,
    ],
    [
      'limits that there are not',
      { subnet_config_set: { system: [{ ...NEW, instruction_config: 'None' }] } },
      /subnet_config_set.system.instruction_config can only be "Production" or "Benchmarking"/,
    ],
    [
      'a subnet with admins',
      { subnet_config_set: { application: [{ ...NEW, subnet_admins: ['BA=='] }] } },
      /subnet_config_set.application.subnet_admins can only be empty/,
    ],
    [
      'a folder without a name',
      { subnet_config_set: { application: [NEW] }, state_dir: '' },
      /state_dir is empty: name a folder/,
    ],
    [
      'a node of another network',
      { subnet_config_set: { application: [NEW] }, bitcoind_addr: ['127.0.0.1:18444'] },
      /bitcoind_addr is not supported here/,
    ],
    [
      'a flag that is none',
      { subnet_config_set: { application: [NEW] }, incomplete_state: 'Maybe' },
      /incomplete_state is Maybe, it has to be "Enabled" or "Disabled"/,
    ],
    [
      'system canisters',
      { subnet_config_set: { nns: NEW }, icp_features: { registry: null, ii: 'DefaultConfig' } },
      /icp_features.ii is not supported here, only cycles_minting, icp_token, cycles_token: leave it out/,
    ],
    ['something else', [1], /The body is not an object/],
  ])('are refused with %s', async (_case, body, text) => {
    const { status, body: answer } = await setupServer().post('/instances', body);
    expect(status).toBe(400);
    expect(answer.Error.message).toMatch(text);
  });

  it('get an application subnet for a canister id that no subnet has', async () => {
    const server = setupServer();
    const instance = await server.createInstance();
    const wished = Principal.fromUint8Array(Uint8Array.of(0, 0, 0, 0, 1, 0x60, 0, 3, 1, 1));
    const created = await server.call(
      instance,
      managementCall('provisional_create_canister_with_cycles', { specified_id: wished }),
    );
    expect(created).toHaveProperty('Ok');
    const { body } = await server.post(`${instance}/read/get_subnet`, {
      canister_id: base64(wished.toUint8Array()),
    });
    expect(body).toHaveProperty('subnet_id');
    expect(Object.keys((await server.get(`${instance}/read/topology`)).body.subnet_configs)).toHaveLength(2);
  });
});

describe('a message', () => {
  it('runs with the rounds that the client asks for, and not before', async () => {
    const server = setupServer();
    const instance = await server.createInstance();
    const id = await server.install(instance, COUNTER);
    const { body } = await server.post(`${instance}/update/submit_ingress_message`, message(id, 'add'));
    const status = { raw_message_id: body.Ok, raw_caller: ANONYMOUS };
    expect((await server.post(`${instance}/read/ingress_status`, status)).body).toBeNull();
    await server.post(`${instance}/update/tick`, {});
    expect((await server.post(`${instance}/read/ingress_status`, status)).body).toEqual({
      Ok: base64(i32(1)),
    });
  });

  it('shows its status to its sender only', async () => {
    const server = setupServer();
    const instance = await server.createInstance();
    const id = await server.install(instance, COUNTER);
    const { body } = await server.post(`${instance}/update/submit_ingress_message`, message(id, 'add'));
    const asked = await server.post(`${instance}/read/ingress_status`, {
      raw_message_id: body.Ok,
      raw_caller: base64(Uint8Array.of(1, 1)),
    });
    expect(asked).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('its sender only') },
    });
  });

  it('that is rejected says so by names, and whether it was accepted before', async () => {
    const server = setupServer();
    const instance = await server.createInstance();
    const id = await server.install(instance, COUNTER);
    expect((await server.call(instance, message(id, 'fail'))).Err).toMatchObject({
      reject_code: 'CanisterError',
      error_code: 'CanisterTrapped',
      certified: true,
    });
    expect((await server.call(instance, message(id, 'missing'))).Err).toMatchObject({
      error_code: 'CanisterMethodNotFound',
      certified: true,
    });
    expect((await server.post(`${instance}/read/query`, message(id, 'missing'))).body.Err).toMatchObject({
      error_code: 'CanisterMethodNotFound',
      certified: false,
    });
    const status = managementCall('canister_status', {
      canister_id: Principal.fromUint8Array(Buffer.from(id, 'base64')),
    });
    const asked = { ...status, sender: base64(Uint8Array.of(1, 1)) };
    expect((await server.call(instance, asked)).Err).toMatchObject({
      reject_code: 'CanisterError',
      error_code: 'CanisterStatusAccessDenied',
    });
    // The second id that the subnet would give: no canister has it yet.
    const free = base64(Uint8Array.of(...Buffer.from(id, 'base64').subarray(0, 7), 1, 1, 1));
    expect((await server.call(instance, message(free, 'add'))).Err).toMatchObject({
      reject_code: 'DestinationInvalid',
      error_code: 'CanisterNotFound',
    });
  });

  it('without an answer is not waited for longer than a hundred rounds', async () => {
    const server = setupServer();
    const instance = await server.createInstance();
    const arg = encodeArgument('http_request', {
      url: 'https://example.org/',
      method: { post: null },
      headers: [],
    });
    const id = await server.install(instance, askingCanister(arg, 10n ** 12n));
    expect(await server.call(instance, message(id, 'ask'))).toMatchObject({
      message: expect.stringContaining('no answer after 100 rounds'),
    });
    const [outcall] = (await server.get(`${instance}/read/get_canister_http`)).body;
    expect(outcall).toMatchObject({ http_method: 'POST', url: 'https://example.org/' });
    const response = { CanisterHttpReject: { reject_code: 2, message: 'no' } };
    const mocked = { subnet_id: outcall.subnet_id, request_id: outcall.request_id, response };
    const mock = (body: object) => server.post(`${instance}/update/mock_canister_http`, body);
    expect((await mock({ ...mocked, additional_responses: [response] })).body.message).toMatch(/one node/);
    expect(
      (await mock({ ...mocked, response: { CanisterHttpReject: { reject_code: 0, message: '' } } })).body
        .message,
    ).toMatch(/one of 1 to 6/);
    expect(await mock({ ...mocked, additional_responses: [] })).toEqual({ status: 200, body: null });
    expect((await mock(mocked)).body.message).toMatch(/InvalidCanisterHttpRequestId/);
  });
});

describe('what is asked of an instance', () => {
  it('has integers of any size', async () => {
    const server = setupServer();
    const instance = await server.createInstance();
    const canister_id = await server.install(instance, COUNTER);
    const before = BigInt((await server.post(`${instance}/read/get_cycles`, { canister_id })).body.cycles);
    const { body } = await server.post(`${instance}/update/add_cycles`, { canister_id, amount: 2n ** 100n });
    expect(body.cycles).toBe(before + 2n ** 100n);
  });

  it('has a time that does not go back', async () => {
    const server = setupServer();
    const instance = await server.createInstance();
    expect(await server.post(`${instance}/update/set_time`, { nanos_since_epoch: 5 })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('SettingTimeIntoPast') },
    });
  });

  it('takes blobs that are compressed', async () => {
    const server = setupServer();
    const instance = await server.createInstance();
    const canister_id = await server.install(instance, COUNTER);
    const payload = gzipSync(utf8('unfolded'));
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/octet-stream' };
    const { body: id } = await server.app.inject({ method: 'POST', url: '/blobstore', payload, headers });
    const stored = await server.app.inject({ method: 'GET', url: `/blobstore/${id}` });
    expect(stored.rawPayload).toEqual(payload);
    const blob_id = base64(Buffer.from(id, 'hex'));
    await server.post(`${instance}/update/set_stable_memory`, { canister_id, blob_id });
    const { body } = await server.post(`${instance}/read/get_stable_memory`, { canister_id });
    expect(Buffer.from(body.blob, 'base64').subarray(0, 8).toString()).toBe('unfolded');
  });

  it.each([
    ['read/get_cycles', { canister_id: UNKNOWN }, /CanisterNotFound/],
    ['read/get_cycles', { canister_id: 'not base64!' }, /canister_id is not base64/],
    ['read/get_cycles', {}, /canister_id is not there/],
    ['read/pub_key', { subnet_id: UNKNOWN }, /SubnetNotFound/],
    ['update/set_time', { nanos_since_epoch: -1 }, /nanos_since_epoch is not a natural number/],
    ['update/set_time', { nanos_since_epoch: 'x' }, /nanos_since_epoch is not a natural number/],
    ['update/await_ingress_message', { message_id: '' }, /There is no message/],
    ['read/query', { ...message(UNKNOWN, 'x'), effective_principal: { X: '' } }, /effective_principal/],
    ['read/query', message(UNKNOWN, 'x'), /does not belong to any subnet/],
    ['update/submit_ingress_message', message(UNKNOWN, 'x'), /does not belong to any subnet/],
    ['update/set_stable_memory', { canister_id: UNKNOWN, blob_id: '' }, /CanisterNotFound/],
  ])('is refused by %s for %j', async (path, body, text) => {
    const server = setupServer();
    const instance = await server.createInstance();
    const answer = await server.post(`${instance}/${path}`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(text);
  });

  it('is refused where it is not JSON, or nothing that there is', async () => {
    const server = setupServer();
    const headers = { 'content-type': 'application/json' };
    const broken = await server.app.inject({ method: 'POST', url: '/instances', payload: '{"a":', headers });
    expect(broken.statusCode).toBe(400);
    expect(broken.json().message).toMatch(/The body is not JSON/);
    expect((await server.get('/instances/0/read/nothing')).status).toBe(404);
    expect((await server.get('/instances/x/read/get_time')).status).toBe(404);
    expect((await server.get('/blobstore/00')).status).toBe(404);
  });
});

describe('an instance that is busy', () => {
  /** An instance with an operation that takes a hundred rounds, and a turn of the process for each. */
  async function setupBusy() {
    const server = setupServer();
    const instance = await server.createInstance();
    const arg = encodeArgument('http_request', { url: 'https://x.org/', method: { get: null }, headers: [] });
    const id = await server.install(instance, askingCanister(arg, 10n ** 12n));
    const { body } = await server.post(`${instance}/update/submit_ingress_message`, message(id, 'ask'));
    const long = (headers: Record<string, string>) =>
      server.post(`${instance}/update/await_ingress_message`, body.Ok, headers);
    return { server, instance, long };
  }

  it('tells a client that waits no longer where the end can be asked for', async () => {
    const { server, long } = await setupBusy();
    const { status, body } = await long({ 'processing-timeout-ms': '0' });
    expect(status).toBe(202);
    const path = `${body.state_label}/${body.op_id}`;
    await expect
      .poll(async () => String((await server.get(`/read_graph/${path}`)).body.message), { timeout: 10_000 })
      .toMatch(/no answer after 100 rounds/);
    await server.request('DELETE', `/prune_graph/${path}`);
    expect((await server.get(`/read_graph/${path}`)).status).toBe(404);
  });

  it('tells others to try again, and does nothing of what they asked for', async () => {
    const { server, instance, long } = await setupBusy();
    const started = await long({ 'processing-timeout-ms': '0' });
    const before = (await server.get('/instances')).body;
    const refused = await server.post(
      `${instance}/update/set_time`,
      { nanos_since_epoch: 2n ** 62n },
      { 'processing-timeout-ms': '0' },
    );
    expect(before).toEqual(['Busy']);
    expect(refused).toEqual({ status: 409, body: started.body });
    const later = await server.get(`${instance}/read/get_time`);
    expect(later.status).toBe(200);
    expect(BigInt(later.body.nanos_since_epoch)).toBeLessThan(2n ** 62n);
  });

  it('refuses a wait that is none', async () => {
    const { long } = await setupBusy();
    expect((await long({ 'processing-timeout-ms': 'soon' })).body.message).toMatch(/has to be a number/);
  });
});

describe('gateways', () => {
  it('are opened, listed and closed, and go with their instance', async () => {
    const server = setupServer();
    await server.createInstance();
    const opened = await server.post('/http_gateway', { forward_to: { PocketIcInstance: 0 } });
    expect(opened.status).toBe(201);
    const { instance_id, port } = opened.body.Created;
    expect((await fetch(`http://127.0.0.1:${port}/api/v2/status`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/_/topology`)).status).toBe(200);
    const gateway = { instance_id, port, forward_to: { PocketIcInstance: 0 } };
    expect((await server.get('/http_gateway')).body).toEqual([gateway]);
    await server.post(`/http_gateway/${instance_id}/stop`);
    expect((await server.get('/http_gateway')).body).toEqual([]);
    await server.post('/http_gateway', { forward_to: { PocketIcInstance: 0 } });
    await server.request('DELETE', '/instances/0');
    expect((await server.get('/http_gateway')).body).toEqual([]);
  });

  it('can come with the instance', async () => {
    const server = setupServer();
    const { body } = await server.post('/instances', {
      subnet_config_set: { application: [NEW] },
      http_gateway_config: { ip_addr: '127.0.0.1' },
      initial_time: { AutoProgress: {} },
    });
    const { http_gateway_info, instance_id } = body.Created;
    expect((await server.get(`/instances/${instance_id}/auto_progress`)).body).toBe(true);
    expect((await fetch(`http://127.0.0.1:${http_gateway_info.port}/api/v2/status`)).status).toBe(200);
    await server.post(`/instances/${instance_id}/stop_progress`, {});
    expect((await server.get(`/instances/${instance_id}/auto_progress`)).body).toBe(false);
  });

  it.each([
    [{ forward_to: { Replica: 'http://x' } }, /forward_to.PocketIcInstance is not there/],
    [{ forward_to: { PocketIcInstance: 7 } }, /there is no instance 7/],
    [{ forward_to: { PocketIcInstance: 0 }, https_config: {} }, /https_config is not supported/],
    [{ forward_to: { PocketIcInstance: 0 }, port: 70_000 }, /port is not at most 65535/],
    [{ forward_to: { PocketIcInstance: 0 }, ip_addr: '203.0.113.1' }, /cannot listen at 203.0.113.1/],
  ])('are refused for %j', async (body, text) => {
    const server = setupServer();
    await server.createInstance();
    const refused = await server.post('/http_gateway', body);
    expect(refused.status).toBe(400);
    expect(refused.body.Error.message).toMatch(text);
  });
});
