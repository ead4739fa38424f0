import { describe, expect, it } from 'vitest';
import type { TokenRefreshOutcome } from '../../../../src/candid/agent_service.did.ts';
import {
  activitiesOf,
  GITHUB,
  newCredentials,
  optionOf,
  raiseRates,
  storeCredentials,
} from '../../support/records.ts';
import {
  AGENT,
  HOUR,
  OWNER,
  ok,
  principal,
  SECOND,
  START,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const ACCOUNT = { user_id: 'user-1', agent_type: GITHUB, account: [] as [] };
const GRANT = '{"refresh_token":"R-of-the-grant"}';
const DAY = 24n * HOUR;
const OTHER = principal(7);

interface Setup {
  /** ns; never where it is null. */
  readonly life?: bigint | null;
  readonly token_data?: [] | [string];
}

/** A canister with two agents, and an account of the user with a grant. */
async function setupAccount({ life = HOUR, token_data = [GRANT] }: Setup = {}) {
  const canister = await setupCanister({ agents: [AGENT, OTHER] });
  const expires_at: [] | [bigint] = life === null ? [] : [canister.now() + life];
  ok(
    await canister.call('store_credentials', [newCredentials({ token: 'T-first', token_data, expires_at })]),
  );
  return canister;
}

async function infoOf(canister: WasmCanister) {
  const [info] = ok(await canister.query('list_credentials', [{ user_id: 'user-1', agent_type: [GITHUB] }]));
  if (info === undefined) throw new Error('there are no credentials');
  return { ...info, state: optionOf(info.state) };
}

const lease = (canister: WasmCanister) =>
  canister.call('lease_agent_credentials', [{ ...ACCOUNT, purpose: 'p', duration_ns: [] }]);
const begin = (canister: WasmCanister, sender = AGENT) =>
  canister.call('begin_token_refresh', [ACCOUNT], { sender });
const complete = (canister: WasmCanister, fencing: bigint, outcome: TokenRefreshOutcome, sender = AGENT) =>
  canister.call('complete_token_refresh', [{ ...ACCOUNT, fencing, outcome }], { sender });

function refreshed(token: string, life?: bigint, canister?: WasmCanister): TokenRefreshOutcome {
  const expires_at: [] | [bigint] = life === undefined ? [] : [(canister?.now() ?? 0n) + life];
  return { refreshed: { token, token_data: [], expires_at } };
}
const failed = (reason: string) => ({ failed: { reason } });
const rejected = (reason: string) => ({ rejected: { reason } });

async function activities(canister: WasmCanister): Promise<string[]> {
  const list = await activitiesOf(canister, 'user-1');
  return list.map(({ activity_type }) => optionOf(activity_type));
}

describe('the grant goes with the access token', () => {
  it('no more: two hours after an hour it needs a refresh, which one gets and completes', async () => {
    const canister = await setupAccount();
    await canister.advance(2n * HOUR);
    expect(await infoOf(canister)).toMatchObject({ state: 'needs_refresh', state_since: START + HOUR });
    expect(canister.countInStable('T-first')).toBe(0);
    const refresh = ok(await begin(canister));
    expect(refresh.credentials).toMatchObject({ token: '', token_data: [GRANT] });
    ok(await complete(canister, refresh.fencing, refreshed('T-second', HOUR, canister)));
    expect(await infoOf(canister)).toMatchObject({ state: 'active', state_reason: [] });
    expect(ok(await lease(canister)).credentials).toMatchObject({ token: 'T-second', token_data: [GRANT] });
  });

  it('can be had between the end of the access token and the timer, too, without the token', async () => {
    const canister = await setupAccount();
    await canister.advance(HOUR);
    expect(await infoOf(canister)).toMatchObject({ state: 'needs_refresh', state_since: START + HOUR });
    expect(ok(await begin(canister)).credentials).toMatchObject({ token: '', token_data: [GRANT] });
  });

  it('is nothing to tell of: no activity says that something ended', async () => {
    const canister = await setupAccount();
    const before = await activities(canister);
    await canister.advance(3n * HOUR);
    expect(await activities(canister)).toEqual(before);
  });

  it('is read by begin_token_refresh alone', async () => {
    const canister = await setupAccount();
    await canister.advance(2n * HOUR);
    for (const query of [true, false]) {
      const ask = query ? canister.query.bind(canister) : canister.call.bind(canister);
      expect(await ask('get_agent_credentials', ['user-1', GITHUB])).toEqual([]);
      expect(await ask('get_user_agent_credentials', ['user-1'])).toEqual([]);
    }
    expect(await lease(canister)).toEqual({
      Err: {
        Expired: { message: 'the access token has expired and needs a refresh: call begin_token_refresh' },
      },
    });
    const exported = ok(
      await canister.query('export_user', [{ user_id: 'user-1', cursor: [] }], { sender: OWNER }),
    );
    expect(exported.page).not.toContain('R-of-the-grant');
    // To be told apart from an account that nobody has to care for.
    expect(await canister.query('get_agent_status', ['user-1'])).toMatchObject({ connected_agents: 1 });
    expect(ok(await canister.query('get_usage', [{ user_id: 'user-1' }])).credentials.used).toBe(1n);
  });

  it('ends 180 days after the access token, wiped, with an activity, and frees the quota', async () => {
    const canister = await setupAccount();
    await canister.advance(HOUR + 180n * DAY - SECOND);
    expect(await infoOf(canister)).toMatchObject({ state: 'needs_refresh' });
    await canister.advance(SECOND);
    // Before the timer the time alone decides.
    expect(await infoOf(canister)).toMatchObject({
      state: 'expired',
      state_since: START + HOUR + 180n * DAY,
    });
    expect(await begin(canister)).toEqual({
      Err: { Expired: { message: 'the credentials have expired; store new ones' } },
    });
    await canister.advance(2n * 60n * SECOND);
    expect(canister.countInStable('R-of-the-grant')).toBe(0);
    expect((await activities(canister))[0]).toBe('TokenExpired');
    expect(await infoOf(canister)).toMatchObject({ state: 'expired' });
    expect(ok(await canister.query('get_usage', [{ user_id: 'user-1' }])).credentials.used).toBe(0n);
    expect(await canister.query('get_agent_status', ['user-1'])).toMatchObject({ connected_agents: 0 });
    expect(await canister.call('revoke_credentials', [ACCOUNT])).toEqual({ Err: { NotFound: null } });
  });

  it.each(['{', 'x', '""', '0'])('counts whatever the token_data says: %s', async (text) => {
    const canister = await setupAccount({ token_data: [] });
    const stored = await canister.call('store_credentials', [
      newCredentials({ token_data: [text], expires_at: [canister.now() + HOUR] }),
    ]);
    if (!('Ok' in stored)) return expect(stored).toHaveProperty('Err.InvalidArgument.field', 'token_data');
    await canister.advance(2n * HOUR);
    expect(ok(await begin(canister)).credentials.token_data).toEqual([text]);
  });

  it('without token_data there is none: the credentials expire as a whole', async () => {
    const canister = await setupAccount({ token_data: [] });
    await canister.advance(2n * HOUR);
    expect(await infoOf(canister)).toMatchObject({ state: 'expired' });
    expect(await begin(canister)).toHaveProperty('Err.Expired');
    expect((await activities(canister))[0]).toBe('TokenExpired');
  });

  it('lives for as long as the setting says now, be it lowered or raised later', async () => {
    const canister = await setupAccount();
    const setDays = async (days: bigint) => {
      const changes = [{ name: 'token_data_days', value: [days] as [bigint] }];
      ok(await canister.call('update_service_limits', [{ changes }], { sender: OWNER }));
    };
    await canister.advance(2n * HOUR);
    await setDays(3650n);
    await canister.advance(1000n * DAY);
    expect(await infoOf(canister)).toMatchObject({ state: 'needs_refresh' });
    await canister.upgrade();
    await setDays(1000n);
    expect(await infoOf(canister)).toMatchObject({ state: 'expired' });
    expect(await begin(canister)).toHaveProperty('Err.Expired');
    await canister.advance(120n * SECOND);
    expect(canister.countInStable('R-of-the-grant')).toBe(0);
    await setDays(3650n);
    expect(await infoOf(canister)).toMatchObject({ state: 'expired' });
  });

  it('outlives an upgrade at every step, and the timer goes on', async () => {
    const canister = await setupAccount();
    await canister.upgrade();
    await canister.advance(2n * HOUR);
    await canister.upgrade();
    expect(await infoOf(canister)).toMatchObject({ state: 'needs_refresh' });
    const { fencing } = ok(await begin(canister));
    await canister.upgrade();
    ok(await complete(canister, fencing, failed('HTTP 503')));
    await canister.upgrade();
    await canister.advance(200n * DAY);
    expect(canister.countInStable('R-of-the-grant')).toBe(0);
  });

  it('does not end early where the access token ends at the end of time', async () => {
    const canister = await setupAccount({ life: 2n ** 64n - 1n - START });
    await canister.advance(1000n * DAY);
    expect(await infoOf(canister)).toMatchObject({ state: 'active' });
    await storeCredentials(canister, { userId: 'another', expiresAt: canister.now() + HOUR });
    await canister.advance(2n * HOUR);
    expect(await canister.query('get_agent_credentials', ['another', GITHUB])).toEqual([]);
  });

  it('goes with what was revoked, replaced or erased', async () => {
    for (const end of ['revoke', 'replace', 'erase'] as const) {
      const canister = await setupAccount();
      await canister.advance(2n * HOUR);
      if (end === 'revoke') ok(await canister.call('revoke_credentials', [ACCOUNT]));
      else if (end === 'replace') await storeCredentials(canister, { token: 'new' });
      else ok(await canister.call('erase_user', [{ user_id: 'user-1' }], { sender: OWNER }));
      expect(canister.countInStable('R-of-the-grant')).toBe(0);
      const before = await activities(canister);
      await canister.advance(200n * DAY);
      expect(await activities(canister)).toEqual(before);
    }
  });

  it('is removed on demand, both steps', async () => {
    const canister = await setupAccount();
    await canister.stop();
    await canister.advance(HOUR);
    await canister.start();
    expect(await canister.call('cleanup_expired_credentials', [])).toBe(1);
    expect(await infoOf(canister)).toMatchObject({ state: 'needs_refresh' });
    expect(await canister.call('cleanup_expired_credentials', [])).toBe(0);
    await canister.stop();
    await canister.advance(180n * DAY);
    await canister.start();
    expect(await canister.call('cleanup_expired_credentials', [])).toBe(1);
    expect(await canister.call('cleanup_expired_credentials', [])).toBe(0);
  });

  it('is no token: an update that gives none cannot make it active', async () => {
    const canister = await setupAccount();
    await canister.advance(2n * HOUR);
    const expires_at: [bigint] = [canister.now() + HOUR];
    const update = (token: [] | [string]) =>
      canister.call('update_agent_credentials', ['user-1', GITHUB, token, [], [], [], [], expires_at]);
    expect(await update([])).toHaveProperty('Err.Expired');
    expect(await infoOf(canister)).toMatchObject({ state: 'needs_refresh' });
    expect(await update(['T-new'])).toEqual({ Ok: null });
    expect(ok(await lease(canister)).credentials).toMatchObject({ token: 'T-new', token_data: [GRANT] });
  });
});

describe("fencing drops what can't be had again", () => {
  it('no more: a rotated token that comes late is stored, and the other caller is told', async () => {
    const canister = await setupAccount();
    const slow = ok(await begin(canister));
    await canister.advance(130n * SECOND);
    const fast = ok(await begin(canister, OTHER));
    ok(await complete(canister, slow.fencing, refreshed('T-rotated')));
    const late = await complete(canister, fast.fencing, refreshed('T-lost'), OTHER);
    expect(late).toHaveProperty(
      'Err.Conflict.message',
      expect.stringMatching(/superseded.*lease the new token/),
    );
    expect(await complete(canister, fast.fencing, failed('invalid_grant'), OTHER)).toHaveProperty(
      'Err.Conflict',
    );
    expect(ok(await lease(canister)).credentials.token).toBe('T-rotated');
    expect(await infoOf(canister)).toMatchObject({ state: 'active' });
  });

  it('not even where the other caller was told that the old grant is dead', async () => {
    const canister = await setupAccount();
    const slow = ok(await begin(canister));
    await canister.advance(130n * SECOND);
    const fast = ok(await begin(canister, OTHER));
    ok(await complete(canister, fast.fencing, failed('invalid_grant'), OTHER));
    expect(await infoOf(canister)).toMatchObject({ state: 'needs_reauthorization' });
    ok(await complete(canister, slow.fencing, refreshed('T-rotated')));
    expect(await infoOf(canister)).toMatchObject({ state: 'active', state_reason: [], refresh_failures: [] });
    expect((await activities(canister)).slice(0, 2)).toEqual(['TokenRefreshRecovered', 'TokenRefreshed']);
  });

  it('is stored also after the access token, and the grant, have ended by themselves', async () => {
    for (const wait of [2n * HOUR, 200n * DAY]) {
      const canister = await setupAccount();
      const { fencing } = ok(await begin(canister));
      await canister.advance(wait);
      ok(await complete(canister, fencing, refreshed('T-late')));
      expect(ok(await lease(canister)).credentials.token).toBe('T-late');
      expect(ok(await canister.query('get_usage', [{ user_id: 'user-1' }])).credentials.used).toBe(1n);
    }
  });

  it('never revives what was revoked, replaced or erased, nor another account in its slot', async () => {
    const ends: Record<string, (canister: WasmCanister) => Promise<unknown>> = {
      revoked: (canister) => canister.call('revoke_credentials', [ACCOUNT]),
      replaced: (canister) => storeCredentials(canister, { token: 'T-new' }),
      erased: (canister) => canister.call('erase_user', [{ user_id: 'user-1' }], { sender: OWNER }),
      'erased and stored again': async (canister) => {
        await canister.call('erase_user', [{ user_id: 'user-1' }], { sender: OWNER });
        await storeCredentials(canister, { token: 'T-new' });
        ok(await begin(canister, OTHER));
      },
      'revoked and stored again': async (canister) => {
        await canister.call('revoke_credentials', [ACCOUNT]);
        await storeCredentials(canister, { token: 'T-new' });
        ok(await begin(canister, OTHER));
      },
    };
    for (const [what, end] of Object.entries(ends)) {
      const canister = await setupAccount();
      const numbers = [ok(await begin(canister)).fencing];
      await canister.advance(130n * SECOND);
      numbers.push(ok(await begin(canister)).fencing);
      await end(canister);
      for (const fencing of numbers) {
        for (const outcome of [refreshed('T-late'), failed('r'), rejected('r')]) {
          const result = await complete(canister, fencing, outcome);
          expect([what, optionOf('Err' in result ? result.Err : result)]).toEqual([
            what,
            what === 'erased' ? 'NotFound' : 'Conflict',
          ]);
        }
      }
      expect(canister.countInStable('T-late')).toBe(0);
    }
  });

  it('gives no number twice, also not to the account that comes into a slot in the same round', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const labels = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const label of labels)
      await canister.call('store_credentials', [newCredentials({ account: [label] })]);
    const numbers: bigint[] = [];
    const beginOf = async (label: string) =>
      numbers.push(
        ok(await canister.call('begin_token_refresh', [{ ...ACCOUNT, account: [label] }])).fencing,
      );
    for (let i = 0; i < 4; i++) {
      await beginOf('a');
      ok(await canister.call('revoke_credentials', [{ ...ACCOUNT, account: ['a'] }]));
      ok(await canister.call('store_credentials', [newCredentials({ account: ['g'] })]));
      await beginOf('g');
      ok(await canister.call('erase_user', [{ user_id: 'user-1' }], { sender: OWNER }));
      for (const label of labels)
        ok(await canister.call('store_credentials', [newCredentials({ account: [label] })]));
    }
    expect(canister.now()).toBe(START);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('tells a caller who sends a result again', async () => {
    const canister = await setupAccount();
    const first = ok(await begin(canister));
    ok(await complete(canister, first.fencing, failed('HTTP 503')));
    expect(await complete(canister, first.fencing, failed('HTTP 503'))).toHaveProperty('Err.Conflict');
    expect(await infoOf(canister)).toMatchObject({ refresh_failures: [1] });
    const second = ok(await begin(canister));
    ok(await complete(canister, second.fencing, refreshed('T-second')));
    expect(await complete(canister, second.fencing, refreshed('T-second'))).toHaveProperty('Err.Conflict');
    expect(await complete(canister, second.fencing + 1n, refreshed('T-none'))).toHaveProperty('Err.Conflict');
  });

  it('hears no failure of an older refresh while a newer one is under way', async () => {
    const canister = await setupAccount();
    const slow = ok(await begin(canister));
    await canister.advance(130n * SECOND);
    const fast = ok(await begin(canister, OTHER));
    expect(await complete(canister, slow.fencing, failed('invalid_grant'))).toHaveProperty('Err.Conflict');
    expect(await infoOf(canister)).toMatchObject({ state: 'active', refresh_deadline: [fast.deadline] });
    ok(await complete(canister, fast.fencing, refreshed('T-second'), OTHER));
  });
});

describe('untyped failure', () => {
  it('no more: 503, then invalid_grant, then a token, each told apart', async () => {
    const canister = await setupAccount();
    ok(await complete(canister, ok(await begin(canister)).fencing, failed('503')));
    expect(ok(await lease(canister))).toMatchObject({
      state: { refresh_failed: null },
      state_reason: ['503'],
    });
    await canister.advance(SECOND);
    ok(await complete(canister, ok(await begin(canister)).fencing, failed('invalid_grant')));
    expect(ok(await lease(canister))).toMatchObject({
      credentials: { token: 'T-first' },
      state: { needs_reauthorization: null },
      state_reason: ['invalid_grant'],
    });
    expect(await infoOf(canister)).toMatchObject({
      state: 'needs_reauthorization',
      state_since: START + SECOND,
      refresh_failures: [2],
      last_failure_at: [START + SECOND],
    });
    ok(await complete(canister, ok(await begin(canister)).fencing, refreshed('T-second')));
    expect(ok(await lease(canister))).toMatchObject({ state: { active: null }, state_reason: [] });
    const list = await activitiesOf(canister, 'user-1');
    const told = list
      .map(({ activity_type, metadata }) => [optionOf(activity_type), metadata[0]])
      .filter(([type]) => type?.startsWith('TokenRefresh'));
    expect(told).toEqual([
      ['TokenRefreshRecovered', '{"failures":2}'],
      ['TokenRefreshed', undefined],
      ['TokenRefreshFailed', '{"reason":"invalid_grant","permanent":true}'],
      ['TokenRefreshFailed', '{"reason":"503"}'],
    ]);
  });

  it('is notified, and so is the recovery, of a user who never said what they want to hear of', async () => {
    const user = principal(20);
    const canister = await setupCanister();
    const account = { ...ACCOUNT, user_id: user.toText() };
    ok(await canister.call('store_credentials', [newCredentials({ user_id: user.toText() })]));
    for (const outcome of [failed('503'), refreshed('T')]) {
      const { fencing } = ok(await canister.call('begin_token_refresh', [account]));
      ok(await canister.call('complete_token_refresh', [{ ...account, fencing, outcome }]));
    }
    const request = { user_id: user.toText(), limit: [] as [], cursor: [] as [] };
    const { items } = ok(await canister.query('list_notifications', [request], { sender: user }));
    expect(items.map(({ activity }) => optionOf(activity.activity_type))).toEqual([
      'TokenRefreshRecovered',
      'TokenRefreshFailed',
    ]);
  });

  const REFUSAL = 'the provider refuses the grant (gone): the user has to connect the account again';

  it('refuses a lease of a dead grant once the access token has ended, and says why', async () => {
    const canister = await setupAccount();
    ok(await complete(canister, ok(await begin(canister)).fencing, rejected('gone')));
    expect(ok(await lease(canister))).toMatchObject({ state: { needs_reauthorization: null } });
    for (const wait of [HOUR, HOUR]) {
      await canister.advance(wait);
      expect(await lease(canister)).toEqual({ Err: { Expired: { message: REFUSAL } } });
      expect(await infoOf(canister)).toMatchObject({
        state: 'needs_reauthorization',
        state_reason: ['gone'],
      });
    }
    expect(canister.countInStable('T-first')).toBe(0);
    // Somebody may try again all the same.
    const { fencing } = ok(await begin(canister));
    ok(await complete(canister, fencing, failed('503')));
    expect(await infoOf(canister)).toMatchObject({ state: 'needs_reauthorization', state_reason: ['gone'] });
  });

  it('refuses a lease of a dead grant whose access token ends nobody knows when', async () => {
    const canister = await setupAccount({ life: null });
    ok(await complete(canister, ok(await begin(canister)).fencing, rejected('gone')));
    expect(await lease(canister)).toEqual({ Err: { Expired: { message: REFUSAL } } });
    expect(await canister.query('get_agent_credentials', ['user-1', GITHUB])).toEqual([]);
    expect(ok(await begin(canister)).credentials).toMatchObject({ token: 'T-first', token_data: [GRANT] });
  });

  it.each([
    ['invalid_grant', true],
    ['invalid_grant: Token has been expired or revoked.', true],
    ['bad_refresh_token', true],
    ['bad_verification_code (HTTP 200)', true],
    ['invalid_grants', false],
    ['invalid_grant_type', false],
    ['HTTP 400 invalid_request', false],
    ['temporarily_unavailable', false],
    ['HTTP 503', false],
  ])('takes a failure that says %j as one for good: %s', async (reason, isPermanent) => {
    const canister = await setupAccount();
    ok(await complete(canister, ok(await begin(canister)).fencing, failed(reason)));
    expect(await infoOf(canister)).toMatchObject({
      state: isPermanent ? 'needs_reauthorization' : 'refresh_failed',
      state_reason: [reason],
    });
  });

  it('of a grant that is alone leaves it as one that needs a refresh, with the reason', async () => {
    const canister = await setupAccount();
    await canister.advance(2n * HOUR);
    ok(await complete(canister, ok(await begin(canister)).fencing, failed('HTTP 503')));
    expect(await infoOf(canister)).toMatchObject({
      state: 'needs_refresh',
      state_reason: ['HTTP 503'],
      refresh_failures: [1],
    });
    ok(await complete(canister, ok(await begin(canister)).fencing, refreshed('T-second')));
    expect((await activities(canister))[0]).toBe('TokenRefreshRecovered');
  });
});
