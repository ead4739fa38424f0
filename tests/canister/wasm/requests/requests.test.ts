import { describe, expect, it } from 'vitest';
import { TASK_WORK } from '../../../../src/canister/policy/limits/limits.ts';
import {
  activitiesOf,
  GITHUB,
  GMAIL,
  newActivity,
  newInteraction,
  newSession,
  newSettings,
  raiseRates,
  someLimits,
} from '../../support/records.ts';
import {
  type Args,
  HOUR,
  OWNER,
  ok,
  principal,
  SECOND,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const DAY = 24n * HOUR;
const SOON = 90n * SECOND;
const OTHER = principal(5);

/** The methods that take a request_id, with arguments, and others. */
const METHODS = {
  create_session: [newSession(), newSession({ agent_type: GMAIL })],
  store_interaction: [newInteraction(), newInteraction({ response: 'another one' })],
  log_activity: [newActivity(), newActivity({ description: 'b task' })],
} as const;
type Method = keyof typeof METHODS;

function send(canister: WasmCanister, method: Method, request: object, id?: string, sender?: typeof OTHER) {
  const request_id = id === undefined ? [] : [id];
  return canister.call(method, [{ ...request, request_id }] as never as Args<Method>, { sender });
}

/** How many sessions, interactions and activities there are. */
async function count(canister: WasmCanister): Promise<number[]> {
  const sessions = await canister.query('get_user_agent_sessions', ['user-1']);
  const interactions = await canister.query('get_user_agent_interactions', ['user-1', []]);
  const activities = await activitiesOf(canister, 'user-1', { limit: 500 });
  return [sessions, interactions, activities].map(({ length }) => length);
}

describe('a request_id', () => {
  for (const [method, [request, other]] of Object.entries(METHODS) as [Method, (typeof METHODS)[Method]][]) {
    it(`lets ${method} happen once, also after an upgrade, and gives the first answer again`, async () => {
      const canister = await setupCanister();
      const first = ok(await send(canister, method, request, 'r-1'));
      const before = await count(canister);
      const digest = canister.stableDigest();
      expect(await send(canister, method, request, 'r-1')).toEqual({ Ok: first });
      expect(canister.stableDigest()).toBe(digest);
      await canister.upgrade();
      expect(await send(canister, method, request, 'r-1')).toEqual({ Ok: first });
      expect(await count(canister)).toEqual(before);
      expect(await send(canister, method, request, 'r-2')).not.toEqual({ Ok: first });
      expect(await send(canister, method, request)).not.toEqual({ Ok: first });
    });

    it(`of ${method} is a Conflict with other arguments`, async () => {
      const canister = await setupCanister();
      ok(await send(canister, method, request, 'r-1'));
      const digest = canister.stableDigest();
      expect(await send(canister, method, other, 'r-1')).toEqual({
        Err: { Conflict: { message: 'the request_id was used for another call' } },
      });
      expect(canister.stableDigest()).toBe(digest);
    });
  }

  it('is a Conflict for another method', async () => {
    const canister = await setupCanister();
    ok(await send(canister, 'create_session', newSession(), 'r-1'));
    expect(await send(canister, 'log_activity', newActivity(), 'r-1')).toHaveProperty('Err.Conflict');
  });

  it('is of its caller alone', async () => {
    const canister = await setupCanister({ agents: [principal(2), OTHER] });
    const first = ok(await send(canister, 'create_session', newSession(), 'r-1'));
    const second = ok(await send(canister, 'create_session', newSession(), 'r-1', OTHER));
    expect(second).not.toBe(first);
  });

  it('is not remembered where the call was refused', async () => {
    const canister = await setupCanister();
    const session_id: [string] = ['ses-0000000000000001'];
    const request = newInteraction({ session_id });
    expect(await send(canister, 'store_interaction', request, 'r-1')).toEqual({ Err: { NotFound: null } });
    ok(await send(canister, 'create_session', newSession()));
    ok(await send(canister, 'store_interaction', request, 'r-1'));
  });

  it('gives its answer to nobody who may not write any more', async () => {
    const canister = await setupCanister();
    ok(await send(canister, 'create_session', newSession(), 'r-1'));
    ok(await canister.call('remove_agent', [{ agent: principal(2) }], { sender: OWNER }));
    expect(await send(canister, 'create_session', newSession(), 'r-1')).toHaveProperty('Err.Unauthorized');
  });

  it('gives the first answer where the quota has been used up since', async () => {
    const canister = await setupCanister();
    const first = ok(await send(canister, 'store_interaction', newInteraction(), 'r-1'));
    ok(
      await canister.call('update_settings', [newSettings({ limits: [someLimits({ interactions: 1n })] })], {
        sender: OWNER,
      }),
    );
    expect(await send(canister, 'store_interaction', newInteraction(), 'r-1')).toEqual({ Ok: first });
    expect(await send(canister, 'store_interaction', newInteraction(), 'r-2')).toHaveProperty(
      'Err.QuotaExceeded',
    );
  });

  it('is forgotten after a day, by the timer in messages that are bounded by what they cost', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const ids = Array.from({ length: 450 }, (_, i) => `r-${i}`);
    await Promise.all(ids.map((id) => send(canister, 'log_activity', newActivity(), id)));
    await canister.advance(DAY - SECOND);
    const before = canister.executions.length;
    await canister.advance(SECOND + SOON);
    const runs = canister.executions.slice(before).map(({ instructions }) => Number(instructions));
    const largest = Math.max(...runs);
    expect(largest).toBeLessThan(TASK_WORK * 1.1);
    const after = canister.executions.length;
    await canister.advance(DAY);
    const later = canister.executions.slice(after).map(({ instructions }) => Number(instructions));
    expect(Math.max(0, ...later)).toBeLessThan(largest / 10);
    const [, , activities] = await count(canister);
    ok(await send(canister, 'log_activity', newActivity({ agent_type: GITHUB, description: 'c' }), 'r-1'));
    expect((await count(canister))[2]).toBe((activities ?? 0) + 1);
  });
});
