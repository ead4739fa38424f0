import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { sha256 } from '../../../src/replica/codec/sha256.ts';
import { memoryUse } from '../../../src/replica/state/memory-use.ts';
import { executionFee } from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, data, query, update } from '../support/canister-wat.ts';
import { decodeReply, managementFee } from '../support/management-types.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { SECOND, START, setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

interface LogRecord {
  readonly idx: bigint;
  readonly timestamp_nanos: bigint;
  readonly content: Uint8Array;
}

const print = (at: number, size: number) => `(call $ic0.debug_print (i32.const ${at}) (i32.const ${size}))`;
const PRINTER = `
  ${data(100, 'helloworld')}
  ${update('hello', `${print(100, 5)} (call $reply_empty)`)}
  ${update('both', `${print(100, 5)} ${print(105, 5)} (call $reply_empty)`)}
  ${update('trap', `${print(100, 5)} (call $ic0.trap (i32.const 105) (i32.const 5))`)}
  ${update('fail', 'unreachable')}
  ${update('much', `${print(64, 5000)} (call $reply_empty)`)}
  ${query('query', `${print(100, 5)} (call $reply_empty)`)}`;

async function setupPrinter() {
  const network = await setupNetwork();
  const id = await network.install(canister(PRINTER));
  return { network, id, canister_id: Principal.fromUint8Array(id) };
}

async function logs(network: TestNetwork, value: object): Promise<readonly LogRecord[]> {
  const reply = expectReply(await network.queryManagement('fetch_canister_logs', value));
  return decodeReply<{ canister_log_records: readonly LogRecord[] }>('fetch_canister_logs', reply)
    .canister_log_records;
}

function texts(records: readonly LogRecord[]): readonly string[] {
  return records.map(({ content }) => new TextDecoder().decode(content));
}

describe('fetch_canister_logs', () => {
  it('gives what updates printed, and why they trapped', async () => {
    const { network, id, canister_id } = await setupPrinter();
    await network.call(id, 'both');
    await network.network.advanceTime(SECOND);
    await network.call(id, 'trap');
    await network.call(id, 'fail');
    await network.query(id, 'query');
    const records = await logs(network, { canister_id });
    expect(texts(records)).toEqual(['hello', 'world', 'hello', '[TRAP]: world', '[TRAP]: unreachable']);
    expect(records.map(({ idx }) => idx)).toEqual([0n, 1n, 2n, 3n, 4n]);
    expect(records.map(({ timestamp_nanos }) => timestamp_nanos - START)).toEqual([
      0n,
      0n,
      SECOND,
      SECOND,
      SECOND,
    ]);
  });

  it('gives a range of them', async () => {
    const { network, id, canister_id } = await setupPrinter();
    await network.call(id, 'both');
    await network.network.advanceTime(SECOND);
    await network.call(id, 'both');
    const by_idx = { start: 1n, end: 3n };
    const by_timestamp_nanos = { start: START + 1n, end: START + SECOND + 1n };
    expect((await logs(network, { canister_id, filter: { by_idx } })).map(({ idx }) => idx)).toEqual([
      1n,
      2n,
    ]);
    const later = await logs(network, { canister_id, filter: { by_timestamp_nanos } });
    expect(later.map(({ idx }) => idx)).toEqual([2n, 3n]);
  });

  it('keeps the newest that fit, and cuts long ones', async () => {
    const { network, id, canister_id } = await setupPrinter();
    for (let i = 0; i < 200; i++) await network.call(id, 'hello');
    const records = await logs(network, { canister_id });
    expect(records.length).toBe(Math.floor(4096 / (5 + 24)));
    expect(records.at(-1)?.idx).toBe(199n);
    await network.call(id, 'much');
    const [long, ...others] = await logs(network, { canister_id });
    expect(long?.content.length).toBe(4096);
    expect(others).toEqual([]);
  });

  it('keeps what log_memory_limit has room for, which may be nothing', async () => {
    const { network, id, canister_id } = await setupPrinter();
    const limit = async (log_memory_limit: bigint) =>
      expectReply(await network.manage('update_settings', { canister_id, settings: { log_memory_limit } }));
    await limit(8192n);
    for (let i = 0; i < 300; i++) await network.call(id, 'hello');
    expect(await logs(network, { canister_id })).toHaveLength(Math.floor(8192 / (5 + 24)));
    expect(memoryUse(network.canister(id)).log).toBe(8192n);
    await limit(4096n);
    expect(await logs(network, { canister_id })).toHaveLength(Math.floor(4096 / (5 + 24)));
    await limit(0n);
    expect(await logs(network, { canister_id })).toEqual([]);
    await network.call(id, 'hello');
    expect(await logs(network, { canister_id })).toEqual([]);
    expect(memoryUse(network.canister(id)).log).toBe(0n);
  });

  it('gives as much as a reply has room for: the newest, or with a filter the first', async () => {
    const { network, id, canister_id } = await setupPrinter();
    const settings = { log_memory_limit: 2n * 1024n ** 2n };
    expectReply(await network.manage('update_settings', { canister_id, settings }));
    for (let i = 0; i < 500; i++) await network.call(id, 'much');
    const room = Math.floor(2_000_000 / (4096 + 24));
    const newest = await logs(network, { canister_id });
    expect([newest.length, newest.at(-1)?.idx]).toEqual([room, 499n]);
    const first = await logs(network, { canister_id, filter: { by_idx: { start: 0n, end: 1000n } } });
    expect([first.length, first[0]?.idx]).toEqual([room, 0n]);
  });

  it('is told to canisters in replicated mode too, and not to users', async () => {
    const { network, id, canister_id } = await setupPrinter();
    const relay = await installRelay(network);
    await network.call(id, 'hello');
    expect(await relay.manage('fetch_canister_logs', { canister_id })).toMatchObject({
      kind: 'rejected',
      code: 4,
    });
    const settings = { log_visibility: { allowed_viewers: [Principal.fromUint8Array(relay.id)] } };
    expectReply(await network.manage('update_settings', { canister_id, settings }));
    const reply = relayedReply(await relay.manage('fetch_canister_logs', { canister_id }));
    expect(decodeReply('fetch_canister_logs', reply)).toMatchObject({
      canister_log_records: [{ content: utf8('hello') }],
    });
    expectReject(await network.manage('fetch_canister_logs', { canister_id }), 'IC0406', 'Only canisters');
  });

  it('is emptied with the code, and the numbers go on', async () => {
    const { network, id, canister_id } = await setupPrinter();
    await network.call(id, 'hello');
    const printing = canister(`${PRINTER} (func (export "canister_init") ${print(105, 5)})`);
    expectReply(await network.installCode(id, printing, { mode: 'upgrade' }));
    expect(texts(await logs(network, { canister_id }))).toEqual(['hello']);
    expectReply(await network.installCode(id, printing, { mode: 'reinstall' }));
    expect(await logs(network, { canister_id })).toMatchObject([{ idx: 1n, content: utf8('world') }]);
    expectReply(await network.manage('uninstall_code', { canister_id }));
    expect(await logs(network, { canister_id })).toEqual([]);
  });

  it.each([
    ['controllers', { controllers: null }, false],
    ['everyone', { public: null }, true],
    ['those who are named', { allowed_viewers: [Principal.fromUint8Array(stranger)] }, true],
  ])('is told to %s as log_visibility says', async (_, log_visibility, seen) => {
    const { network, canister_id } = await setupPrinter();
    expectReply(await network.manage('update_settings', { canister_id, settings: { log_visibility } }));
    const outcome = await network.queryManagement('fetch_canister_logs', { canister_id }, stranger);
    if (seen) expectReply(outcome);
    else expectReject(outcome, 'IC0406', 'not allowed to read the logs');
  });
});

describe('the chunk store', () => {
  it('keeps chunks by their hash, once each, until it is cleared', async () => {
    const { network, canister_id } = await setupPrinter();
    const upload = async (chunk: Uint8Array) =>
      decodeReply('upload_chunk', expectReply(await network.manage('upload_chunk', { canister_id, chunk })));
    const [a, b] = [utf8('a'), utf8('b')];
    expect(await upload(a)).toEqual({ hash: sha256(a) });
    await upload(b);
    await upload(a);
    const stored = async () =>
      decodeReply('stored_chunks', expectReply(await network.manage('stored_chunks', { canister_id })));
    expect(await stored()).toEqual([{ hash: sha256(a) }, { hash: sha256(b) }]);
    expectReply(await network.manage('clear_chunk_store', { canister_id }));
    expect(await stored()).toEqual([]);
  });

  it('charges for each chunk, refuses it without the cycles, and counts it as 1 MiB', async () => {
    const { network, canister_id } = await setupPrinter();
    const canister = network.canister(canister_id.toUint8Array());
    const { cycles } = canister;
    const value = { canister_id, chunk: utf8('short') };
    expectReply(await network.manage('upload_chunk', value));
    expect(cycles - canister.cycles).toBe(managementFee('upload_chunk', value) + executionFee(200_000_000n));
    expect(memoryUse(canister).chunks).toBe(1024n * 1024n);
    canister.cycles = 1_000_000n;
    expectReject(await network.manage('upload_chunk', { canister_id, chunk: utf8('another') }), 'IC0207');
    expect(canister.chunks.size).toBe(1);
  });

  it('takes chunks of 1 MiB, and a hundred of them', async () => {
    const { network, canister_id } = await setupPrinter();
    const upload = async (chunk: Uint8Array) => network.manage('upload_chunk', { canister_id, chunk });
    expectReply(await upload(new Uint8Array(1024 * 1024)));
    expectReject(await upload(new Uint8Array(1024 * 1024 + 1)), 'IC0408', '1048576 at most');
    for (let i = 1; i < 100; i++) expectReply(await upload(new Uint8Array([i])));
    expectReject(await upload(utf8('one more')), 'IC0408', 'holds 100 chunks');
    expectReply(await upload(new Uint8Array([1])));
  });
});
