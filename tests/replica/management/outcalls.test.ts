import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import type { OutcallResponse } from '../../../src/replica/management/answer-outcall.ts';
import { HttpRequestResult, TransformArg } from '../../../src/replica/management/outcall-types.ts';
import { httpRequestFee } from '../../../src/replica/system-api/cycle-costs.ts';
import { askingCanister } from '../support/asking-canister.ts';
import { data, query } from '../support/canister-wat.ts';
import { decodeReply, encodeArgument } from '../support/management-types.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { installRelay, type Relayed, relayedReply } from '../support/relay.ts';
import { SECOND, setupNetwork, type TestNetwork } from '../support/setup-network.ts';

const REQUEST = {
  url: 'https://example.org/',
  method: { get: null },
  headers: [],
  max_response_bytes: 1000n,
};
const OK: OutcallResponse = {
  kind: 'replied',
  status: 200,
  headers: [{ name: 'etag', value: '7' }],
  body: utf8('hello'),
};
const CYCLES = 10n ** 11n;

/** Makes an outcall through a relay, and waits until it is pending. */
async function setupOutcall(request: object = REQUEST, cycles = CYCLES) {
  const network = await setupNetwork();
  const relay = await installRelay(network, { amount: 10n ** 15n });
  const answer = relay.manage('http_request', request, cycles);
  await new Promise((resolve) => setImmediate(resolve));
  await network.network.subnet.idle();
  return { network, relay, answer };
}

function pendingId({ network }: TestNetwork): bigint {
  const [outcall] = network.subnet.outcalls;
  if (outcall === undefined) throw new Error('no outcall is pending');
  return outcall.id;
}

function result(relayed: Relayed) {
  const reply = relayedReply(relayed);
  return decodeReply<{ status: bigint; body: Uint8Array; headers: unknown }>('http_request', reply);
}

describe('http_request ("IC method http_request")', () => {
  it('waits for the response, and gives it to the canister', async () => {
    const { network, answer } = await setupOutcall({ ...REQUEST, body: utf8('body') });
    const { subnet } = network.network;
    expect(subnet.outcalls).toMatchObject([
      { request: { url: REQUEST.url, method: 'get', body: utf8('body'), maxResponseBytes: 1000n } },
    ]);
    expect(subnet.answerOutcall(pendingId(network), OK)).toBe(true);
    expect(result(await answer)).toEqual({
      status: 200n,
      headers: [{ name: 'etag', value: '7' }],
      body: utf8('hello'),
    });
    expect(subnet.outcalls).toEqual([]);
  });

  it('takes the fee for the request and for the longest response, and gives back the rest', async () => {
    const { network, relay, answer } = await setupOutcall();
    network.network.subnet.answerOutcall(pendingId(network), OK);
    const fee = httpRequestFee(BigInt(REQUEST.url.length), 1000n);
    expect((await answer).refunded).toBe(CYCLES - fee);
    expect(network.canister(relay.id).consumed.http_outcalls).toBe(fee);
  });

  describe('by pricing version 2', () => {
    const request = { ...REQUEST, pricing_version: 2 };
    // 13 * (1,000,000 + 50 a byte of the request + 140,000 * 13 + 800 * 13 * 13).
    const base = 13n * (1_000_000n + 50n * BigInt(REQUEST.url.length) + 1_820_000n + 135_200n);

    it('takes the fee for what the response used, and gives back the rest', async () => {
      const { network, relay, answer } = await setupOutcall(request);
      await network.network.advanceTime(2n * SECOND);
      network.network.subnet.answerOutcall(pendingId(network), OK);
      const { refunded, ...relayed } = await answer;
      // Two seconds, ten bytes as they came, and what the canister gets, which all nodes agree on.
      const reply = BigInt(relayedReply({ refunded, ...relayed }).length);
      const fee = base + 13n * (300n * 2000n + 50n * 10n) + 13n * 730n * reply;
      expect(refunded).toBe(CYCLES - fee);
      expect(network.canister(relay.id).consumed.http_outcalls).toBe(fee);
    });

    it('costs less where one node alone asks, and never more than was sent', async () => {
      const alone = 13n * (1_000_000n + 50n * BigInt(REQUEST.url.length) + 92_000n * 13n + 100_000n);
      const { network, relay, answer } = await setupOutcall({ ...request, is_replicated: false }, alone + 7n);
      network.network.subnet.answerOutcall(pendingId(network), OK);
      expect(await answer).toMatchObject({ refunded: 0n });
      expect(network.canister(relay.id).consumed.http_outcalls).toBe(alone + 7n);
    });

    it('takes the base fee of one that nobody answers', async () => {
      const { network, answer } = await setupOutcall(request);
      await network.network.advanceTime(60n * SECOND);
      expect(await answer).toMatchObject({ refunded: CYCLES - base });
    });

    it('is refused with too few cycles for the base fee', async () => {
      const { answer } = await setupOutcall(request, base - 1n);
      const message = expect.stringMatching(/cycles are required/);
      expect(await answer).toMatchObject({ kind: 'rejected', message });
    });
  });

  it('is priced by the first version where it names one that there is not', async () => {
    const { network, answer } = await setupOutcall({ ...REQUEST, pricing_version: 3 });
    network.network.subnet.answerOutcall(pendingId(network), OK);
    const fee = httpRequestFee(BigInt(REQUEST.url.length), 1000n);
    expect((await answer).refunded).toBe(CYCLES - fee);
  });

  it.each(['put', 'delete', 'patch'])('makes a %s by one node only', async (method) => {
    const request = { ...REQUEST, method: { [method]: null } };
    const { network } = await setupOutcall({ ...request, is_replicated: false });
    expect(network.network.subnet.outcalls).toMatchObject([{ request: { method } }]);
    const { answer } = await setupOutcall(request);
    const message = expect.stringMatching(`is_replicated is not false, got ${method}`);
    expect(await answer).toMatchObject({ kind: 'rejected', message });
  });

  it('passes a reject on', async () => {
    const { network, answer } = await setupOutcall();
    const response = { kind: 'rejected', code: 2, message: 'no route' } as const;
    network.network.subnet.answerOutcall(pendingId(network), response);
    expect(await answer).toMatchObject({ kind: 'rejected', code: 2, message: 'no route' });
  });

  it('rejects a response that is longer than the canister allowed', async () => {
    const { network, answer } = await setupOutcall();
    network.network.subnet.answerOutcall(pendingId(network), { ...OK, body: new Uint8Array(1001) });
    expect(await answer).toMatchObject({
      code: 1,
      message: expect.stringMatching('exceeds size limit of 1000 bytes'),
    });
  });

  it('is answered once', async () => {
    const { network, answer } = await setupOutcall();
    const { subnet } = network.network;
    const id = pendingId(network);
    subnet.answerOutcall(id, OK);
    expect(subnet.answerOutcall(id, OK)).toBe(false);
    expect(result(await answer).status).toBe(200n);
  });

  it('is given up after a minute', async () => {
    const { network, answer } = await setupOutcall();
    await network.network.advanceTime(59n * SECOND);
    expect(network.network.subnet.outcalls).toHaveLength(1);
    await network.network.advanceTime(SECOND);
    expect(await answer).toMatchObject({ code: 2, message: expect.stringMatching('timed out') });
  });

  it('is for canisters only', async () => {
    const network = await setupNetwork();
    const outcome = await network.manage('http_request', REQUEST);
    expectReject(outcome, 'IC0406', 'Only canisters can call');
  });

  it.each([
    ['too few cycles', REQUEST, 1n, /1 cycles, but \d+ cycles are required/],
    ['a long URL', { ...REQUEST, url: `https://${'x'.repeat(8185)}` }, CYCLES, /url has 8193 characters/],
    ['a large response', { ...REQUEST, max_response_bytes: 2_000_001n }, CYCLES, /0\.\.=2000000/],
    [
      'many headers',
      { ...REQUEST, headers: Array.from({ length: 65 }, () => ({ name: 'a', value: 'b' })) },
      CYCLES,
      /headers has 65 entries/,
    ],
    [
      'a long header',
      { ...REQUEST, headers: [{ name: 'a', value: 'b'.repeat(8193) }] },
      CYCLES,
      /more than 8192 bytes/,
    ],
    [
      "a transform of another's",
      {
        ...REQUEST,
        transform: { function: [Principal.managementCanister(), 'transform'], context: new Uint8Array() },
      },
      CYCLES,
      /transform expects a query of the calling canister/,
    ],
  ])('refuses %s', async (_case, request, cycles, message) => {
    const { network, answer } = await setupOutcall(request, cycles);
    const relayed = await answer;
    expect(relayed).toMatchObject({ code: 4, message: expect.stringMatching(message), refunded: cycles });
    expect(network.network.subnet.outcalls).toEqual([]);
  });
});

describe('the transform of an outcall', () => {
  /** A canister that asks, and answers with what its transform made of the response. */
  async function setupTransform(transform: string) {
    const network = await setupNetwork();
    const id = await network.create({ amount: 10n ** 15n });
    const arg = encodeArgument('http_request', {
      ...REQUEST,
      transform: { function: [Principal.fromUint8Array(id), 'transform'], context: utf8('ctx') },
    });
    expectReply(await network.installCode(id, askingCanister(arg, CYCLES, transform)));
    const answer = network.call(id, 'ask');
    await new Promise((resolve) => setImmediate(resolve));
    await network.network.subnet.idle();
    network.network.subnet.answerOutcall(pendingId(network), OK);
    return { network, answer };
  }

  const CHANGED = new Uint8Array(
    IDL.encode([HttpRequestResult], [{ status: 201n, headers: [], body: utf8('changed') }]),
  );

  it('is a query of the management canister, and what it returns is the response', async () => {
    const given = new Uint8Array(
      IDL.encode([TransformArg], [{ response: { ...OK, status: 200n }, context: utf8('ctx') }]),
    );
    const { network, answer } = await setupTransform(`
      ${data(2048, CHANGED)}
      ${query(
        'transform',
        `(if (i32.ne (call $ic0.msg_arg_data_size) (i32.const ${given.length})) (then unreachable))
         (if (i32.ne (call $ic0.msg_caller_size) (i32.const 0)) (then unreachable))
         (call $reply (i32.const 2048) (i32.const ${CHANGED.length}))`,
      )}`);
    expect(expectReply(await answer)).toEqual(CHANGED);
    expect(network.reports.map(({ entryPoint }) => entryPoint)).toContain('TQ');
  });

  it.each([
    ['traps', query('transform', 'unreachable'), /trapped/],
    ['is missing', '', /no query method 'transform'/],
    ['returns something else', query('transform', '(call $reply_empty)'), /does not return an HTTP response/],
  ])('rejects the outcall where it %s', async (_case, transform, message) => {
    const { answer } = await setupTransform(transform);
    expectReject(await answer, 'IC0406', message);
  });
});
