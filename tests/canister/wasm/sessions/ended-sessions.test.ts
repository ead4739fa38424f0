import { describe, expect, it } from 'vitest';
import { createSession, GITHUB, storeCredentials, storeInteraction } from '../../support/records.ts';
import { HOUR, SECOND, START, setupCanister, type WasmCanister } from '../../support/wasm-canister.ts';

const DAY = 24n * HOUR;
const ENDED = { Err: { Conflict: { message: 'the session has ended' } } };
const EXPIRED = { Err: { Expired: { message: 'the session has expired' } } };
const NOT_FOUND = { Err: { NotFound: null } };

const update = (canister: WasmCanister, id: string) =>
  canister.call('update_agent_session', [id, ['t'], [], []]);
const end = (canister: WasmCanister, id: string) => canister.call('end_agent_session', [id]);

/** Runs what must be refused, and holds it to have changed nothing. */
async function unchanged(canister: WasmCanister, run: () => Promise<void>): Promise<void> {
  const before = canister.stableDigest();
  await run();
  expect(canister.stableDigest()).toBe(before);
}

/** A day after the start to the nanosecond: a timer that runs before it, as at midnight, must not find itself behind it. */
async function untilTimeIsOver(canister: WasmCanister): Promise<void> {
  await canister.advance(DAY - SECOND);
  await canister.advance(SECOND);
}

describe('a session that is not open', () => {
  for (const id of [
    'ses-0000000000000002',
    'ses-0000000000000000',
    'ses-0000000100000001',
    'ses-0001000000000001',
    'ses-000000000000000A',
    'SES-0000000000000001',
    'int-0000000000000001',
    'user-1_GitHub_1',
    '🙂',
  ]) {
    it(`is not found by the id ${id}`, async () => {
      const canister = await setupCanister();
      await createSession(canister);
      await storeInteraction(canister);
      await unchanged(canister, async () => {
        expect(await update(canister, id)).toEqual(NOT_FOUND);
        expect(await end(canister, id)).toEqual(NOT_FOUND);
        expect(await canister.query('get_agent_session', [id])).toEqual([]);
      });
    });
  }

  it('is neither ended again nor updated', async () => {
    const canister = await setupCanister();
    const id = await createSession(canister);
    expect(await end(canister, id)).toEqual({ Ok: null });
    await unchanged(canister, async () => {
      expect(await end(canister, id)).toEqual(ENDED);
      expect(await update(canister, id)).toEqual(ENDED);
    });
  });

  it('is not updated once its time is over, before the timer ran', async () => {
    const canister = await setupCanister();
    const id = await createSession(canister);
    await untilTimeIsOver(canister);
    expect(await canister.query('get_agent_session', [id])).toMatchObject([{ is_active: true }]);
    await unchanged(canister, async () => expect(await update(canister, id)).toEqual(EXPIRED));
  });

  it('takes no interaction once its time is over, before the timer ran', async () => {
    const canister = await setupCanister();
    const id = await createSession(canister);
    await untilTimeIsOver(canister);
    const interaction = await storeInteraction(canister);
    expect(await canister.query('get_agent_interaction', [interaction])).toMatchObject([{ session_id: [] }]);
    expect(await canister.call('cleanup_expired_sessions', [])).toBe(1);
    expect(await canister.query('get_agent_session', [id])).toMatchObject([{ last_activity: START }]);
  });

  it('can still be ended by its agent once its time is over, before the timer ran', async () => {
    const canister = await setupCanister();
    const id = await createSession(canister);
    await untilTimeIsOver(canister);
    expect(await end(canister, id)).toEqual({ Ok: null });
    expect(await canister.call('cleanup_expired_sessions', [])).toBe(0);
    expect(await update(canister, id)).toEqual(ENDED);
  });

  it('is neither ended nor updated once it has expired', async () => {
    const canister = await setupCanister();
    const id = await createSession(canister);
    await canister.advance(DAY + 120n * SECOND);
    await unchanged(canister, async () => {
      expect(await end(canister, id)).toEqual(EXPIRED);
      expect(await update(canister, id)).toEqual(EXPIRED);
    });
  });
});

describe('credentials whose time is over', () => {
  it('are not updated without a new time, before the timer ran', async () => {
    const canister = await setupCanister();
    await storeCredentials(canister, { expiresAt: START + HOUR });
    await canister.advance(HOUR);
    const refresh = (expiresAt: [] | [bigint]) =>
      canister.call('update_agent_credentials', ['user-1', GITHUB, ['new'], [], [], [], [], expiresAt]);
    await unchanged(canister, async () => {
      expect(await refresh([])).toEqual({
        Err: {
          Expired: { message: 'the credentials have expired; give a new expires_at, or store them again' },
        },
      });
    });
    expect(await refresh([START + 3n * HOUR])).toEqual({ Ok: null });
    await canister.advance(HOUR);
    expect(await canister.query('get_agent_credentials', ['user-1', GITHUB])).toMatchObject([
      { token: 'new' },
    ]);
  });
});
