import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { responseReserve } from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, data, query, typeOf, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, replyI32, replyI64 } from '../support/outcomes.ts';
import { START, setupNetwork } from '../support/setup-network.ts';

/** Replies with what a pair of functions `name_size` and `name_copy` gives. */
const bytes = (name: string) => `
  (call $ic0.${name}_copy (i32.const 64) (i32.const 0) (call $ic0.${name}_size))
  (call $reply (i32.const 64) (call $ic0.${name}_size))`;

describe('the System API', () => {
  it('tells a canister who and where it is', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(`
        ${update('self', bytes('canister_self'))} ${update('subnet', bytes('subnet_self'))}
        ${update('root key', bytes('root_key'))} ${update('info', bytes('msg_caller_info_data'))}
        ${update('signer', bytes('msg_caller_info_signer'))}
        ${update('version', '(call $reply_i64 (call $ic0.canister_version))')}
        ${update('status', '(call $reply_i32 (call $ic0.canister_status))')}
        ${update('time', '(call $reply_i64 (call $ic0.time))')}
        ${update('replicated', '(call $reply_i32 (call $ic0.in_replicated_execution))')}
        ${query('query replicated', '(call $reply_i32 (call $ic0.in_replicated_execution))')}`),
    );
    const { rootKey, subnet } = network.network;
    expect(expectReply(await network.call(id, 'self'))).toEqual(id);
    expect(expectReply(await network.call(id, 'subnet'))).toEqual(subnet.id);
    expect(expectReply(await network.call(id, 'root key'))).toEqual(rootKey);
    expect(expectReply(await network.call(id, 'info'))).toEqual(new Uint8Array());
    expect(expectReply(await network.call(id, 'signer'))).toEqual(new Uint8Array());
    expect(replyI64(await network.call(id, 'version'))).toBe(6n);
    expect(replyI32(await network.call(id, 'status'))).toBe(1);
    expect(replyI64(await network.call(id, 'time'))).toBe(START);
    expect(replyI32(await network.call(id, 'replicated'))).toBe(1);
    expect(replyI32(await network.call(id, 'query replicated'))).toBe(1);
    expect(replyI32(await network.query(id, 'query replicated'))).toBe(0);
  });

  it('counts the instructions of the message and of the call', async () => {
    const network = await setupNetwork();
    const counter = (type: number) => `(call $ic0.performance_counter (i32.const ${type}))`;
    const id = await network.install(
      canister(`
        ${update(
          'twice',
          `(local $first i64) (local.set $first ${counter(0)})
          (call $reply_i64 (i64.sub ${counter(0)} (local.get $first)))`,
        )}
        ${update(
          'both',
          `(local $first i64) (local.set $first ${counter(0)})
          (call $reply_i64 (i64.sub ${counter(1)} (local.get $first)))`,
        )}`),
    );
    // The function's own cost; block by block the rest is charged ahead.
    expect(replyI64(await network.call(id, 'twice'))).toBe(200n);
    expect(replyI64(await network.call(id, 'both'))).toBe(200n);
  });

  /** Functions with the instructions that a call with zeros costs beside its own code. */
  const costs: readonly { readonly name: string; readonly cost: bigint; readonly args?: string }[] = [
    { name: 'time', cost: 500n },
    { name: 'performance_counter', cost: 200n },
    { name: 'stable64_size', cost: 20n },
    { name: 'is_controller', cost: 1_000n },
    { name: 'debug_print', cost: 100n },
    { name: 'debug_print', cost: 107n, args: '(i32.const 64) (i32.const 7)' },
    { name: 'msg_reply_data_append', cost: 509n, args: '(i32.const 64) (i32.const 9)' },
    { name: 'call_new', cost: 1_500n },
    { name: 'stable64_write', cost: 1_025n, args: '(i64.const 0) (i64.const 64) (i64.const 5)' },
    { name: 'stable64_write', cost: 2_025n, args: '(i64.const 4094) (i64.const 64) (i64.const 5)' },
    { name: 'stable64_read', cost: 25n, args: '(i64.const 64) (i64.const 0) (i64.const 5)' },
  ];

  it.each(costs)('charges for $name $cost instructions', async ({ name, cost, args }) => {
    const type = typeOf(name);
    const parameters = /\(param ([^)]*)\)/.exec(type)?.[1]?.split(' ') ?? [];
    const zeros = parameters.map((each) => `(${each}.const 0)`).join(' ');
    const call = `(call $ic0.${name} ${args ?? zeros})`;
    const body = type.includes('result') ? `(drop ${call})` : call;
    // A constant for each argument, the call, and a drop of the result.
    const own = BigInt(parameters.length + 5 + (type.includes('result') ? 1 : 0));
    const network = await setupNetwork();
    const id = await network.install(
      canister(`
        (func (export "canister_init") (drop (call $ic0.stable64_grow (i64.const 1))))
        ${update('nothing', '')} ${update('call', body)}`),
    );
    await network.call(id, 'nothing');
    const base = network.reports.at(-1)!.instructions;
    await network.call(id, 'call');
    expect(network.reports.at(-1)!.instructions - base - own).toBe(cost);
  });

  it.each([
    ['cost_call', '(i64.const 4) (i64.const 10) (i32.const 64)', 260_000n + 14_000n + responseReserve()],
    ['cost_create_canister', '(i32.const 64)', 500_000_000_000n],
    ['cost_http_request', '(i64.const 100) (i64.const 1000) (i32.const 64)', 60_060_000n],
  ])('tells what a service costs: %s', async (name, args, cost) => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(query('cost', `(call $ic0.${name} ${args}) (call $reply_i64 (i64.load (i32.const 64)))`)),
    );
    expect(replyI64(await network.query(id, 'cost'))).toBe(cost);
  });

  describe('of an HTTP outcall by pricing version 2', () => {
    const { Nat64, Opt, Record, Reserved, Variant } = IDL;
    const Usage = Record({
      request_bytes: Nat64,
      http_roundtrip_time_ms: Nat64,
      raw_response_bytes: Nat64,
      transformed_response_bytes: Nat64,
      transform_instructions: Nat64,
      outcall_type: Opt(
        Variant({ fully_replicated: Reserved, non_replicated: Reserved, flexible: Reserved }),
      ),
    });
    const usage = {
      request_bytes: 100n,
      http_roundtrip_time_ms: 2_000n,
      raw_response_bytes: 1_000n,
      transformed_response_bytes: 2_000n,
      transform_instructions: 26n,
    };
    const encode = (type: readonly object[]) =>
      new Uint8Array(IDL.encode([Usage], [{ ...usage, outcall_type: type }]));
    const ask = async (params: Uint8Array) => {
      const network = await setupNetwork();
      const args = `(i32.const 100) (i32.const ${params.length}) (i32.const 64)`;
      const id = await network.install(
        canister(
          `${data(100, params)}
           ${query('cost', `(call $ic0.cost_http_request_v2 ${args}) (call $reply_i64 (i64.load (i32.const 64)))`)}`,
        ),
      );
      return network.query(id, 'cost');
    };

    it.each([
      ['nothing is said of nodes', [], 38_482_600n + 13n * 650_002n + 27_415_557n],
      ['all nodes ask', [{ fully_replicated: null }], 38_482_600n + 13n * 650_002n + 27_415_557n],
      ['one node asks', [{ non_replicated: null }], 29_913_000n + 1_950_002n + 18_980_000n],
    ])('tells what to attach where %s', async (_, type, cost) => {
      expect(replyI64(await ask(encode(type)))).toBe(cost);
    });

    it.each([
      ['a flexible one', encode([{ flexible: null }]), 'IC0502', /no flexible_http_request/],
      ['what is no Candid', utf8('no Candid'), 'IC0502', /cannot be decoded/],
      ['more than any parameters are', new Uint8Array(1001), 'IC0504', /1001 bytes; 1000 at most/],
    ])('traps for %s', async (_, params, code, reason) => {
      expectReject(await ask(params), code, reason);
    });
  });

  it.each([
    ['cost_sign_with_ecdsa', 'test_key_1', 0, 0],
    ['cost_sign_with_ecdsa', 'test_key_1', 1, 0],
    ['cost_sign_with_ecdsa', 'test_key_1', 2, 1],
    ['cost_sign_with_ecdsa', 'no such key', 0, 2],
    ['cost_sign_with_schnorr', 'key_1', 1, 0],
    ['cost_vetkd_derive_key', 'dfx_test_key', 0, 0],
    ['cost_vetkd_derive_key', 'key_1', 1, 1],
    ['cost_vetkd_derive_key', 'no such key', 0, 2],
  ])('tells whether %s knows key %s of curve %i: %i', async (name, key, curve, result) => {
    const network = await setupNetwork();
    const args = `(i32.const 100) (i32.const ${key.length}) (i32.const ${curve}) (i32.const 64)`;
    const id = await network.install(
      canister(`${data(100, key)} ${query('cost', `(call $reply_i32 (call $ic0.${name} ${args}))`)}`),
    );
    expect(replyI32(await network.query(id, 'cost'))).toBe(result);
  });
});

describe('stable memory of 32 bits', () => {
  const STABLE = canister(`
    ${data(100, 'bytes')}
    ${update('grow', '(call $reply_i32 (call $ic0.stable_grow (i32.const 65535)))')}
    ${update('too far', '(call $reply_i32 (call $ic0.stable_grow (i32.const -1)))')}
    ${update('grow64', '(call $reply_i64 (call $ic0.stable64_grow (i64.const 2)))')}
    ${update('too far64', '(call $reply_i64 (call $ic0.stable64_grow (i64.const -1)))')}
    ${update('write', '(call $ic0.stable_write (i32.const -65541) (i32.const 100) (i32.const 5)) (call $reply_empty)')}
    ${query('read', '(call $ic0.stable_read (i32.const 64) (i32.const -65541) (i32.const 5)) (call $reply (i32.const 64) (i32.const 5))')}
    ${query('past the end', '(call $ic0.stable_read (i32.const 64) (i32.const -65540) (i32.const 5))')}
    ${query('size', '(call $reply_i32 (call $ic0.stable_size))')}`);

  it('is the one that the functions of 64 bits see, as long as it is no larger than 4 GiB', async () => {
    const network = await setupNetwork();
    const id = await network.install(STABLE);
    expect(replyI32(await network.call(id, 'too far'))).toBe(-1);
    expect(replyI64(await network.call(id, 'too far64'))).toBe(2n ** 64n - 1n);
    expect(replyI32(await network.call(id, 'grow'))).toBe(0);
    expectReply(await network.call(id, 'write'));
    expect(new TextDecoder().decode(expectReply(await network.query(id, 'read')))).toBe('bytes');
    expectReject(await network.query(id, 'past the end'), 'IC0502', 'stable memory out of bounds');
    expect(replyI32(await network.query(id, 'size'))).toBe(65_535);
    expect(replyI32(await network.call(id, 'grow'))).toBe(-1);
    expect(replyI64(await network.call(id, 'grow64'))).toBe(65_535n);
    expectReject(
      await network.query(id, 'size'),
      'IC0502',
      '32 bit stable memory api used on a memory larger than 4GB',
    );
  });
});
