import { describe, expect, it } from 'vitest';
import {
  activitiesOf,
  createSession,
  GITHUB,
  newAgent,
  newGrant,
  storeCredentials,
} from '../../support/records.ts';
import {
  AGENT,
  HOUR,
  OWNER,
  ok,
  principal,
  SECOND,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const ALICE = { user_id: 'alice' };
const PHONE = { sender: STRANGER };
const LAPTOP = { sender: principal(31) };
const TEN_MINUTES = 600n * SECOND;

async function codeFor(canister: WasmCanister, user_id = 'alice'): Promise<string> {
  return ok(await canister.call('create_link_code', [{ user_id }])).code;
}

/** A canister on which the phone owns what is held about alice. */
async function setupLinked(): Promise<WasmCanister> {
  const canister = await setupCanister();
  const code = await codeFor(canister);
  expect(await canister.call('redeem_link_code', [{ code }], PHONE)).toEqual({ Ok: ALICE });
  return canister;
}

describe('a user who redeemed a code', () => {
  it('owns what is held about them, and nobody else does', async () => {
    const canister = await setupLinked();
    const session = await createSession(canister, { userId: 'alice' });
    await storeCredentials(canister, { userId: 'alice', token: 'secret' });
    const read = (sender = PHONE) => canister.query('get_agent_credentials', ['alice', GITHUB], sender);
    expect(await read()).toMatchObject([{ token: 'secret' }]);
    await expect(read(LAPTOP)).rejects.toThrow('Unauthorized');
    const bot = principal(32);
    const registered = newAgent({ agent: bot, scope: [{ granted_users: null }] });
    ok(await canister.call('add_agent', [registered], { sender: OWNER }));
    ok(await canister.call('grant_agent', [newGrant({ ...ALICE, agent: bot })], PHONE));
    expect(await read({ sender: bot })).toMatchObject([{ user_id: 'alice' }]);
    ok(await canister.call('withdraw_agent', [{ ...ALICE, agent: bot }], PHONE));
    ok(await canister.call('end_agent_session', [session], PHONE));
    ok(await canister.call('revoke_credentials', [{ ...ALICE, agent_type: GITHUB, account: [] }], PHONE));
    const trail = await activitiesOf(canister, 'alice', { ...PHONE });
    expect(trail.map(({ activity_type }) => Object.keys(activity_type)[0])).toEqual([
      'TokenRevoked',
      'SessionEnded',
      'AgentWithdrawn',
      'AgentGranted',
      'TokenStored',
      'SessionCreated',
      'UserLinked',
      'LinkCodeIssued',
    ]);
  });

  it('owns nothing more when they unlinked, and another can be linked', async () => {
    const canister = await setupLinked();
    const list = (sender = PHONE) => canister.query('get_user_agent_sessions', ['alice'], sender);
    expect(await list()).toEqual([]);
    expect(await canister.call('unlink_user', [ALICE], LAPTOP)).toHaveProperty('Err.Unauthorized');
    ok(await canister.call('unlink_user', [ALICE], PHONE));
    await expect(list()).rejects.toThrow('Unauthorized');
    expect(await canister.call('unlink_user', [ALICE], PHONE)).toHaveProperty('Err.Unauthorized');
    ok(await canister.call('redeem_link_code', [{ code: await codeFor(canister) }], LAPTOP));
    expect(await list(LAPTOP)).toEqual([]);
    await expect(list()).rejects.toThrow('Unauthorized');
  });

  it('can be unlinked by an admin when they lost their key, and cannot be by an agent', async () => {
    const canister = await setupLinked();
    expect(await canister.call('unlink_user', [ALICE])).toHaveProperty('Err.Unauthorized');
    expect(await canister.call('create_link_code', [ALICE])).toHaveProperty('Err.Conflict');
    ok(await canister.call('unlink_user', [ALICE], { sender: OWNER }));
    ok(await canister.call('redeem_link_code', [{ code: await codeFor(canister) }], LAPTOP));
  });

  it('keeps what they own, and an open code its time, through an upgrade', async () => {
    const canister = await setupLinked();
    const owned = await canister.query('list_my_users', [{}], PHONE);
    expect(owned).toEqual({
      Ok: [
        { user_id: STRANGER.toText(), linked_at: [] },
        { ...ALICE, linked_at: [canister.now()] },
      ],
    });
    const [code, late] = [await codeFor(canister, 'bob'), await codeFor(canister, 'carol')];
    await canister.upgrade();
    expect(await canister.query('list_my_users', [{}], PHONE)).toEqual(owned);
    expect(await canister.query('get_user_agent_sessions', ['alice'], PHONE)).toEqual([]);
    await canister.advance(TEN_MINUTES - 1n);
    expect(await canister.call('redeem_link_code', [{ code }], PHONE)).toEqual({ Ok: { user_id: 'bob' } });
    await canister.advance(1n);
    expect(await canister.call('redeem_link_code', [{ code: late }], PHONE)).toHaveProperty('Err.Expired');
  });
});

describe('a link code', () => {
  it('is another one each time, and is not kept', async () => {
    const canister = await setupCanister();
    const codes: string[] = [];
    for (let i = 0; i < 20; i++) codes.push(await codeFor(canister, `user-${i % 2}`));
    expect(new Set(codes).size).toBe(20);
    for (const code of codes) {
      expect(canister.countInStable(code)).toBe(0);
      expect(canister.countInStable(code.replaceAll('-', ''))).toBe(0);
    }
  });

  it('is redeemed by one of those who come at once', async () => {
    const canister = await setupCanister();
    const code = await codeFor(canister);
    const callers = [PHONE, LAPTOP, { sender: AGENT }];
    const results = await Promise.all(
      callers.map((caller) => canister.call('redeem_link_code', [{ code }], caller)),
    );
    expect(results).toEqual([{ Ok: ALICE }, { Err: { NotFound: null } }, { Err: { NotFound: null } }]);
  });

  it('of those that are made at once is the last one', async () => {
    const canister = await setupCanister();
    const codes = await Promise.all([1, 2, 3].map(() => codeFor(canister)));
    const results = [];
    for (const code of codes) results.push(await canister.call('redeem_link_code', [{ code }], PHONE));
    expect(results.filter((result) => 'Ok' in result)).toEqual([{ Ok: ALICE }]);
  });

  it('is not made for who was removed, or for a user who was linked, while randomness was on its way', async () => {
    const canister = await setupCanister();
    const code = await codeFor(canister);
    const [made] = await Promise.all([
      canister.call('create_link_code', [ALICE]),
      canister.call('redeem_link_code', [{ code }], PHONE),
    ]);
    expect(made).toHaveProperty('Err.Conflict');
    const [refused] = await Promise.all([
      canister.call('create_link_code', [{ user_id: 'bob' }]),
      canister.call('remove_agent', [{ agent: AGENT }], { sender: OWNER }),
    ]);
    expect(refused).toHaveProperty('Err.Unauthorized');
    const trail = await activitiesOf(canister, 'bob', { sender: OWNER });
    expect(trail).toEqual([]);
  });

  it('cannot be guessed: a caller who was wrong five times waits until it is over', async () => {
    const canister = await setupCanister();
    const code = await codeFor(canister);
    const guess = (text: string) => canister.call('redeem_link_code', [{ code: text }], PHONE);
    const wrong = `${code.startsWith('0') ? '1' : '0'}${code.slice(1)}`;
    for (let i = 0; i < 5; i++) expect(await guess(wrong)).toEqual({ Err: { NotFound: null } });
    const limited = { Err: { RateLimited: { retry_after_ns: TEN_MINUTES } } };
    expect([await guess(code), await guess(wrong)]).toEqual([limited, limited]);
    await canister.advance(TEN_MINUTES);
    expect(await guess(code)).toHaveProperty('Err.Expired');
  });

  it('gives its agent no way to what the text of a principal owns', async () => {
    const canister = await setupCanister();
    const user_id = STRANGER.toText();
    expect(await canister.call('create_link_code', [{ user_id }])).toHaveProperty('Err.InvalidArgument');
    await canister.advance(HOUR);
    expect(await canister.query('get_user_agent_sessions', [user_id], PHONE)).toEqual([]);
  });
});
