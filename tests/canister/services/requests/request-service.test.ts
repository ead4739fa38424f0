import { describe, expect, it } from 'vitest';
import { sameBytes } from '../../../../src/canister/codec/index.ts';
import type { AnsweredRequest, Made } from '../../../../src/canister/models/requests/request.ts';
import { LIMITS } from '../../../../src/canister/policy/limits/limits.ts';
import type { Likeness } from '../../../../src/canister/services/requests/request.ts';
import { arg, setupServices, WORK, workOf } from '../../support/service-world.ts';

const DAY = 24n * 3_600_000_000_000n;
const ANSWER = Uint8Array.of(1, 2, 3);
const MESSAGE = Uint8Array.of(7, 7, 7, 7, 7);

interface Sent {
  readonly made: Made;
  /** Of the record that it made. */
  readonly sequence: number;
  readonly message: Uint8Array;
  readonly caller: number;
  readonly answer: Uint8Array;
  readonly fails: boolean;
  /** What the call is to the one before; by its message unless told. */
  readonly likeness: Likeness;
}

/** Sends calls; `answers` counts those that were executed. */
function setupRequests() {
  const world = setupServices();
  const executed: string[] = [];
  const send = (
    id: string,
    {
      made = 'session',
      sequence = 0,
      message = MESSAGE,
      caller = 1,
      answer = ANSWER,
      fails = false,
      likeness,
    }: Partial<Sent> = {},
  ): Uint8Array => {
    const call = { ...world.call(), principal: Uint8Array.of(caller) };
    const request = {
      id: arg(id),
      made,
      keep: () => ({ user: 1, sequence, kept: message }),
      compare: ({ kept }: AnsweredRequest) =>
        likeness ?? (sameBytes(kept ?? message, message) ? 'same' : 'other'),
    };
    return world.requests.once(request, call, () => {
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
  ] as const) {
    it(`refuses other ${what} under the same request_id`, () => {
      const { send, executed } = setupRequests();
      send('a');
      expect(() => send('a', other)).toThrow('Conflict: the request_id was used for another call');
      expect(executed).toEqual(['a']);
    });
  }

  it('refuses another method under the same request_id, as long as what it made is there', () => {
    const { send, executed, sessions, erasures, call } = setupRequests();
    const begun = { token: undefined, project_id: undefined, selected_repo: undefined };
    sessions.create({ user_id: arg('u'), agent_type: 'GitHub', ...begun }, call());
    send('a', { sequence: 1 });
    expect(() => send('a', { made: 'activity' })).toThrow(
      'Conflict: the request_id was used for another call',
    );
    expect(executed).toEqual(['a']);
    erasures.erase({ user_id: arg('u') }, call(), { byUser: false, self: Uint8Array.of(1) });
    send('a', { made: 'activity' });
    expect(executed).toEqual(['a', 'a']);
  });

  it('executes a call anew where what it made is gone, and remembers that one', () => {
    const { send, executed, store } = setupRequests();
    send('a');
    expect(send('a', { likeness: 'gone', answer: Uint8Array.of(9) })).toEqual(Uint8Array.of(9));
    expect(send('a')).toEqual(Uint8Array.of(9));
    expect(executed).toEqual(['a', 'a']);
    expect(store.requests.count(Uint8Array.of(1))).toBe(1);
  });

  it('keeps the entry of what is gone where the call is refused now', () => {
    const { send, store } = setupRequests();
    send('a');
    expect(() => send('a', { likeness: 'gone', fails: true })).toThrow('refused');
    expect(store.requests.count(Uint8Array.of(1))).toBe(1);
    expect(send('a')).toEqual(ANSWER);
  });

  it('says so where nobody can tell any more', () => {
    const { send } = setupRequests();
    send('a');
    expect(() => send('a', { likeness: 'changed' })).toThrow('the credentials have changed since');
  });

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
    expect(requests.expire(WORK, clock.now)).toBe(false);
    expect(store.requests.count(Uint8Array.of(1))).toBe(1);
    send('a', { message: Uint8Array.of(1) });
    send('b');
    expect(executed).toEqual(['a', 'b', 'a', 'b']);
  });

  it('forgets in batches, and leaves nothing behind', () => {
    const { send, clock, requests, store } = setupRequests();
    for (let i = 0; i < 5; i++) send(`request-${i}`, { caller: i % 2 });
    clock.now += DAY;
    expect([1, 2, 3].map(() => requests.expire(workOf(1), clock.now))).toEqual([true, true, false]);
    expect(store.requestExpiry.earliest()).toBeUndefined();
    for (const caller of [0, 1]) expect(store.requests.count(Uint8Array.of(caller))).toBe(0);
  });

  it('remembers a bounded number for each caller', () => {
    const { send, store, executed } = setupRequests();
    const rest = { user: 1, sequence: 1, kept: ANSWER, expiresAt: 0n };
    const request = { ...rest, made: 'session', reply: ANSWER } as const;
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
