import { describe, expect, it } from 'vitest';
import { bareCanister, canister, data, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, replyI32, replyText } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

const MIB = 1024 * 1024;
/** Instructions that append a number of bytes of whatever is in memory, which has 64 pages. */
const append = (bytes: number) => `(call $ic0.msg_reply_data_append (i32.const 64) (i32.const ${bytes}))`;
const LARGE = { memory: '(memory 64)' };

describe('a method', () => {
  it('replies with what it appended', async () => {
    const network = await setupNetwork();
    const body = `(call $ic0.msg_reply_data_append (i32.const 100) (i32.const 3))
      (call $ic0.msg_reply_data_append (i32.const 101) (i32.const 4)) (call $ic0.msg_reply)`;
    const id = await network.install(
      canister(`${data(100, 'abcde')} ${update('u', body)} ${query('q', body)}`),
    );
    expect(replyText(await network.call(id, 'u'))).toBe('abcbcde');
    expect(replyText(await network.query(id, 'q'))).toBe('abcbcde');
    expect(replyText(await network.call(id, 'q'))).toBe('abcbcde');
  });

  it('replies with many parts', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(
        `
        (func $many (local $i i32)
          (loop $again
            (call $ic0.msg_reply_data_append (local.get $i) (i32.const 1))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $i) (i32.const 300000))))
          (call $ic0.msg_reply))
        ${update('many', '(call $many)')}`,
        { memory: '(memory 5)' },
      ),
    );
    expect(expectReply(await network.call(id, 'many'))).toEqual(new Uint8Array(300_000));
  });

  const answers: Readonly<Record<string, readonly [body: string, code: string, message: string]>> = {
    'rejects with its own message': [
      '(call $ic0.msg_reject (i32.const 100) (i32.const 4))',
      'IC0406',
      '^no: é$',
    ],
    'calls ic0.trap': [
      '(call $ic0.trap (i32.const 100) (i32.const 4))',
      'IC0503',
      "called `ic0.trap` with message: 'no: é'",
    ],
    'divides by zero': [
      '(drop (i32.div_u (i32.const 1) (i32.load (i32.const 64))))',
      'IC0502',
      'integer division by 0',
    ],
    'does not answer': ['', 'IC0506', 'did not reply'],
    'replies twice': ['(call $reply_empty) (call $reply_empty)', 'IC0504', 'already replied'],
    'rejects after its reply': [
      '(call $reply_empty) (call $ic0.msg_reject (i32.const 100) (i32.const 4))',
      'IC0504',
      'already replied',
    ],
    'appends after its reply': [`(call $reply_empty) ${append(1)}`, 'IC0504', 'already replied'],
    'rejects with a text that is not UTF-8': [
      '(call $ic0.msg_reject (i32.const 110) (i32.const 2))',
      'IC0504',
      'UTF-8',
    ],
    'reads memory that it does not have': [
      '(call $ic0.msg_reply_data_append (i32.const 65535) (i32.const 2))',
      'IC0504',
      'out of bounds',
    ],
    'reads more of its argument than there is': [
      '(call $ic0.msg_arg_data_copy (i32.const 0) (i32.const 0) (i32.const 1))',
      'IC0504',
      'exceeds the 0 bytes',
    ],
    'asks for a counter that does not exist': [
      '(drop (call $ic0.performance_counter (i32.const 2)))',
      'IC0504',
      'no counter 2',
    ],
    'reads stable memory that it does not have': [
      '(call $ic0.stable64_read (i64.const 0) (i64.const 0) (i64.const 1))',
      'IC0502',
      'stable memory out of bounds',
    ],
    'certifies more than fits': [
      '(call $ic0.certified_data_set (i32.const 64) (i32.const 33))',
      'IC0504',
      'exceed the limit of 32',
    ],
    'performs no call': ['(drop (call $ic0.call_perform))', 'IC0504', 'no call is under construction'],
  };

  it.each(Object.entries(answers))('is rejected when it %s', async (_, [body, code, message]) => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(
        `${data(100, 'no: é')} ${data(110, new Uint8Array([0xc3, 0x28]))} ${update('m', body)}`.replaceAll(
          '(i32.const 100) (i32.const 4)',
          '(i32.const 100) (i32.const 6)',
        ),
      ),
    );
    expectReject(await network.call(id, 'm'), code, new RegExp(message));
  });

  it.each([
    ['call', 2 * MIB, 2 * MIB + 1],
    ['query', 3 * MIB, 3 * MIB + 1],
  ] as const)('replies to a %s with at most %i bytes', async (kind, most, tooMuch) => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(
        `${query('most', `${append(most)} (call $ic0.msg_reply)`)}
         ${query('too much', `${append(tooMuch - 1)} ${append(1)} (call $ic0.msg_reply)`)}`,
        LARGE,
      ),
    );
    expect(expectReply(await network[kind](id, 'most')).length).toBe(most);
    expectReject(await network[kind](id, 'too much'), 'IC0504', `cannot be larger than ${most}`);
  });

  it('rejects with a message of the size of a reply at most', async () => {
    const network = await setupNetwork();
    const reject = (bytes: number) => `(call $ic0.msg_reject (i32.const 64) (i32.const ${bytes}))`;
    const id = await network.install(
      canister(`${update('most', reject(2 * MIB))} ${update('too much', reject(2 * MIB + 1))}`, LARGE),
    );
    expect(expectReject(await network.call(id, 'most'), 'IC0406').message.length).toBe(2 * MIB);
    expectReject(await network.call(id, 'too much'), 'IC0504', 'cannot be larger');
  });

  it('traps with a message that is cut where it is long', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(update('m', `(call $ic0.trap (i32.const 64) (i32.const ${4 * MIB - 64}))`), LARGE),
    );
    const { message } = expectReject(await network.call(id, 'm'), 'IC0503');
    expect(message.length).toBeLessThan(20_000);
  });

  it('answers without a memory', async () => {
    const network = await setupNetwork();
    const id = await network.install(bareCanister(update('m', '(call $ic0.msg_reply)')));
    expect(expectReply(await network.call(id, 'm'))).toEqual(new Uint8Array());
  });
});

describe('a call', () => {
  it('is refused before it is queued where it cannot run', async () => {
    const network = await setupNetwork();
    const id = await network.install(canister(update('m', '(call $reply_empty)')));
    expectReject(await network.query(id, 'm'), 'IC0536', "no query method 'm'");
    const missing = network.canister(id).id.with(7, 9);
    expectReject(await network.call(missing, 'm'), 'IC0301', 'not found');
    expectReject(await network.query(missing, 'm'), 'IC0301', 'not found');
    const empty = await network.create();
    expectReject(await network.call(empty, 'm'), 'IC0537', 'no wasm module');
    expectReject(await network.query(empty, 'm'), 'IC0537', 'no Wasm module');
    expect(network.network.subnet.requester(network.message(id, 'm').requestId)).toBeUndefined();
  });

  it.each(['accept', 'ignore', 'trap', 'accept twice'])(
    'meets an inspect_message that would %s it',
    async (what) => {
      const bodies: Readonly<Record<string, string>> = {
        accept: '(call $ic0.accept_message)',
        ignore: '',
        trap: 'unreachable',
        'accept twice': '(call $ic0.accept_message) (call $ic0.accept_message)',
      };
      const network = await setupNetwork();
      const id = await network.install(
        canister(`
        (func (export "canister_inspect_message") ${bodies[what] ?? ''})
        ${update('m', '(call $reply_i32 (i32.const 5))')} ${query('q', '(call $reply_i32 (i32.const 6))')}`),
      );
      // Queries are not inspected.
      expect(replyI32(await network.query(id, 'q'))).toBe(6);
      const outcome = await network.call(id, 'm');
      if (what === 'accept') expect(replyI32(outcome)).toBe(5);
      else expectReject(outcome, { ignore: 'IC0406', trap: 'IC0502' }[what] ?? 'IC0504');
    },
  );

  it('shows inspect_message the message', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(`
        (func (export "canister_inspect_message")
          (call $ic0.msg_method_name_copy (i32.const 64) (i32.const 0) (call $ic0.msg_method_name_size))
          (call $ic0.msg_arg_data_copy (i32.const 80) (i32.const 0) (call $ic0.msg_arg_data_size))
          (if (i32.and (i32.eq (i32.load8_u (i32.const 64)) (i32.const 97)) (i32.eq (i32.load8_u (i32.const 80)) (i32.const 1)))
            (then (call $ic0.accept_message))))
        ${update('a', '(call $reply_empty)')} ${update('b', '(call $reply_empty)')}`),
    );
    expectReply(await network.call(id, 'a', new Uint8Array([1])));
    expectReject(await network.call(id, 'a', new Uint8Array([2])), 'IC0406');
    expectReject(await network.call(id, 'b', new Uint8Array([1])), 'IC0406');
  });
});
