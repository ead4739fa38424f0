import { describe, expect, it } from 'vitest';
import { GITHUB, newSession, sessionPage } from '../../support/records.ts';
import { HOUR, OWNER, ok, SECOND, setupCanister, type WasmCanister } from '../../support/wasm-canister.ts';

const DAY = 24n * HOUR;
const MARKER = 'a-token-of-a-session';

async function setupSession() {
  const canister = await setupCanister();
  const session = newSession({ token: [MARKER], project_id: ['p'], request_id: ['r'] });
  const id = ok(await canister.call('create_session', [session]));
  expect(await tokensOf(canister, id)).toEqual([[MARKER], [MARKER], [MARKER], [MARKER]]);
  return { canister, id };
}

/** What each method shows of the token, as query and as update. */
async function tokensOf(canister: WasmCanister, id: string) {
  const shown: ([] | [string])[] = [];
  for (const ask of [canister.query.bind(canister), canister.call.bind(canister)]) {
    const [got] = await ask('get_agent_session', [id]);
    const [listed] = await ask('get_user_agent_sessions', ['user-1']);
    expect(listed).toEqual(got);
    shown.push(got?.token ?? [], ok(await ask('list_sessions', sessionPage())).items[0]?.token ?? []);
  }
  return shown;
}

const NONE = [[], [], [], []];

describe('secrets that outlive their use', () => {
  it('do not: the token of a session goes when it is ended', async () => {
    const { canister, id } = await setupSession();
    ok(await canister.call('end_agent_session', [id]));
    expect(await tokensOf(canister, id)).toEqual(NONE);
    expect(canister.countInStable(MARKER)).toBe(0);
    expect(await canister.query('get_agent_session', [id])).toMatchObject([{ project_id: ['p'] }]);
  });

  it('do not: the token of a session goes when it expires, and is shown no more from that time on', async () => {
    const { canister, id } = await setupSession();
    await canister.advance(DAY - SECOND);
    expect(await tokensOf(canister, id)).not.toEqual(NONE);
    await canister.advance(SECOND);
    expect(await tokensOf(canister, id)).toEqual(NONE);
    await canister.advance(90n * SECOND);
    expect(await tokensOf(canister, id)).toEqual(NONE);
    expect(canister.countInStable(MARKER)).toBe(0);
  });

  it('do not: expiry on demand takes the token, too', async () => {
    const { canister } = await setupSession();
    await canister.stop();
    await canister.advance(DAY);
    await canister.start();
    expect(await canister.call('cleanup_expired_sessions', [])).toBe(1);
    expect(canister.countInStable(MARKER)).toBe(0);
  });

  it.each(['t', 't'.repeat(2000), 't'.repeat(MARKER.length)])(
    'do not: a session gets another token (%#)',
    async (token) => {
      const { canister, id } = await setupSession();
      ok(await canister.call('update_agent_session', [id, [token], [], []]));
      expect(canister.countInStable(MARKER)).toBe(0);
      expect(await tokensOf(canister, id)).toEqual([[token], [token], [token], [token]]);
    },
  );

  it('do not: an update of something else moves the record, and leaves no copy', async () => {
    const { canister, id } = await setupSession();
    ok(await canister.call('update_agent_session', [id, [], ['another project'], []]));
    ok(await canister.call('end_agent_session', [id]));
    expect(canister.countInStable(MARKER)).toBe(0);
  });

  it('do not: the user of the session is erased', async () => {
    const { canister } = await setupSession();
    ok(await canister.call('erase_user', [{ user_id: 'user-1' }], { sender: OWNER }));
    expect(canister.countInStable(MARKER)).toBe(0);
  });

  it('stay where the session does, over an upgrade', async () => {
    const { canister, id } = await setupSession();
    await canister.upgrade();
    ok(await canister.call('store_agent_interaction', ['user-1', GITHUB, 'm', 'r', true, []]));
    expect(await tokensOf(canister, id)).toEqual([[MARKER], [MARKER], [MARKER], [MARKER]]);
  });
});
