import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/canister/policy/limits.ts';
import { arg, setupServices } from '../support/service-world.ts';

const DAY = 24n * 3_600_000_000_000n;
const ANSWER = Uint8Array.of(1, 2, 3);
const MESSAGE = Uint8Array.of(7, 7, 7, 7, 7);

/** Sends calls; `answers` counts those that were executed. */
function setupRequests() {
  const world = setupServices();
  const executed: string[] = [];
  const send = (
    id: string,
    { method = 'create', message = MESSAGE, caller = 1, answer = ANSWER, fails = false } = {},
  ): Uint8Array => {
    const call = { ...world.call(), principal: Uint8Array.of(caller) };
    return world.requests.once({ id: arg(id), method, message }, call, () => {
      if (fails) throw new Error('refused');
      executed.push(id);
      return answer;
    });
  };
  return { ...world, send, executed };
}

describe('RequestService', () => {
  it('answers the same call once, and then by heart', () => {
    const { send, executed, clock } = setupRequests();
    expect(send('a')).toEqual(ANSWER);
    clock.now += DAY - 1n;
    expect(send('a', { answer: Uint8Array.of(9) })).toEqual(ANSWER);
    expect(executed).toEqual(['a']);
  });

  for (const [what, other] of [
    ['arguments', { message: Uint8Array.of(7, 7, 7, 7, 8) }],
    ['arguments of another length', { message: Uint8Array.of(7, 7, 7, 7) }],
    ['a method', { method: 'store' }],
  ] as const) {
    it(`refuses other ${what} under the same request_id`, () => {
      const { send, executed } = setupRequests();
      send('a');
      expect(() => send('a', other)).toThrow('Conflict: the request_id was used for another call');
      expect(executed).toEqual(['a']);
    });
  }

  it('keeps callers apart, and ids of which one begins like the other', () => {
    const { send, executed } = setupRequests();
    for (const caller of [1, 2]) for (const id of ['a', 'ab']) send(id, { caller });
    expect(executed).toEqual(['a', 'ab', 'a', 'ab']);
  });

  it('does not remember what was refused', () => {
    const { send, executed, store } = setupRequests();
    expect(() => send('a', { fails: true })).toThrow('refused');
    expect(store.requestExpiry.earliest()).toBeUndefined();
    send('a');
    expect(executed).toEqual(['a']);
  });

  it('executes a call again after a day, whether or not the timer has run', () => {
    const { send, executed, clock, requests, store, noted } = setupRequests();
    send('a');
    send('b');
    expect(noted).toEqual([clock.now + DAY, clock.now + DAY]);
    clock.now += DAY;
    send('a', { message: Uint8Array.of(1) });
    expect(requests.expire(10, clock.now)).toEqual({ visited: 1 });
    expect(store.requests.count(Uint8Array.of(1))).toBe(1);
    send('a', { message: Uint8Array.of(1) });
    send('b');
    expect(executed).toEqual(['a', 'b', 'a', 'b']);
  });

  it('forgets in batches, and leaves nothing behind', () => {
    const { send, clock, requests, store } = setupRequests();
    for (let i = 0; i < 5; i++) send(`request-${i}`, { caller: i % 2 });
    clock.now += DAY;
    expect([2, 2, 2].map((batch) => requests.expire(batch, clock.now).visited)).toEqual([2, 2, 1]);
    expect(store.requestExpiry.earliest()).toBeUndefined();
    for (const caller of [0, 1]) expect(store.requests.count(Uint8Array.of(caller))).toBe(0);
  });

  it('remembers a bounded number for each caller', () => {
    const { send, store, executed } = setupRequests();
    const request = { fingerprint: 0, expiresAt: 0n, reply: ANSWER };
    const key = (i: number) => Uint8Array.of(1, 1, ...new TextEncoder().encode(`old-${i}`));
    for (let i = 0; i < LIMITS.requestIds; i++) store.requests.add(key(i), request);
    expect(() => send('a')).toThrow(`QuotaExceeded: no more than ${LIMITS.requestIds} request_ids`);
    send('a', { caller: 2 });
    store.requests.remove(key(0));
    send('b');
    expect(executed).toEqual(['a', 'b']);
  });

  for (const id of ['', 'x'.repeat(65)]) {
    it(`refuses a request_id of ${id.length} bytes`, () => {
      const { send } = setupRequests();
      expect(() => send(id)).toThrow('request_id must be 1 to 64 bytes long');
    });
  }
});
