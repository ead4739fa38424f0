import type { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import type { SealingRecipient } from '../../../../src/candid/agent_service.did.ts';
import {
  activitiesOf,
  GITHUB,
  GMAIL,
  newAgent,
  newCredentials,
  newGrant,
  optionOf,
} from '../../support/records.ts';
import { SealingWorld } from '../../support/sealing-world.ts';
import {
  OWNER as ADMIN,
  AGENT,
  CONTROLLER,
  HOUR,
  ok,
  principal,
  STRANGER,
  setupCanister,
} from '../../support/wasm-canister.ts';

const USER = principal(20);
const PLACE = { userId: USER.toText() };
const ACCOUNT = { user_id: PLACE.userId, agent_type: GITHUB, account: [] as [] };
const SECRET = 'ghp_the-token-of-the-user';
const GRANTED = { scope: [{ granted_users: null }] as [{ granted_users: null }] };
const FAR = 90n * 24n * HOUR;

const CALLERS = {
  'the owner': USER,
  'an agent of the type': AGENT,
  'an agent granted the type': principal(41),
  'an agent granted another type': principal(42),
  'an agent granted to read': principal(43),
  'an agent of another type': principal(44),
  'an agent that reads': principal(45),
  'an agent with an expired grant': principal(46),
  'an expired agent': principal(47),
  'a withdrawn agent': principal(48),
  'a blocked agent': principal(49),
  'a removed agent': principal(50),
  'another user': principal(21),
  'an admin': ADMIN,
  'a controller': CONTROLLER,
  'a stranger': STRANGER,
};
type Caller = keyof typeof CALLERS;

/** Who may open what is sealed for each kind, in the order of the kinds. */
const OPENERS: Readonly<Record<string, readonly Caller[]>> = {
  owner: ['the owner'],
  user: ['an agent granted the type'],
  agent_type: ['an agent of the type'],
};

/** A canister with a sealed token of the user's, after all that the names of the callers say. */
async function setupSealed() {
  const canister = await setupCanister();
  const world = new SealingWorld(canister);
  const admin = { sender: ADMIN };
  const user = { sender: USER };
  const add = async (name: Caller, more: object = {}) =>
    ok(await canister.call('add_agent', [newAgent({ agent: CALLERS[name], ...more })], admin));
  const grant = async (name: Caller, more: object = {}) =>
    ok(
      await canister.call(
        'grant_agent',
        [newGrant({ user_id: PLACE.userId, agent: CALLERS[name], ...more })],
        user,
      ),
    );
  for (const name of [
    'an agent granted the type',
    'a withdrawn agent',
    'a blocked agent',
    'a removed agent',
  ] as const) {
    await add(name, GRANTED);
    await grant(name);
  }
  await add('an agent granted another type', GRANTED);
  await grant('an agent granted another type', { agent_types: [[GMAIL]] });
  await add('an agent granted to read', GRANTED);
  await grant('an agent granted to read', { permissions: [[{ read: null }]] });
  await add('an agent with an expired grant', GRANTED);
  await grant('an agent with an expired grant', { expires_at: [canister.now() + HOUR] });
  await add('an agent of another type', { agent_types: [[GMAIL]] });
  await add('an agent that reads', { permissions: [[{ read: null }]] });
  await add('an expired agent', { expires_at: [canister.now() + HOUR] });
  const stop = { user_id: PLACE.userId };
  ok(await canister.call('withdraw_agent', [{ ...stop, agent: CALLERS['a withdrawn agent'] }], user));
  ok(await canister.call('block_agent', [{ ...stop, agent: CALLERS['a blocked agent'] }], user));
  ok(await canister.call('remove_agent', [{ agent: CALLERS['a removed agent'] }], admin));
  await canister.advance(2n * HOUR);
  const recipients = await world.recipients(PLACE);
  const sealed = await world.seal(SECRET, PLACE);
  ok(
    await canister.call('store_credentials', [
      newCredentials({ ...ACCOUNT, token: sealed, expires_at: [canister.now() + FAR] }),
    ]),
  );
  return { canister, world, recipients, sealed, admin, user };
}

describe('a sealed token', () => {
  it('is opened by its recipients, and by nobody else', async () => {
    const { world, recipients, sealed } = await setupSealed();
    expect(recipients.map(({ kind }) => optionOf(kind))).toEqual(Object.keys(OPENERS));
    for (const recipient of recipients) {
      const kind = optionOf(recipient.kind);
      for (const [name, sender] of Object.entries(CALLERS)) {
        const isOne = OPENERS[kind]?.includes(name as Caller) === true;
        const opened = await world.open(sealed, PLACE, recipient, sender);
        expect([kind, name, opened]).toEqual([kind, name, isOne ? SECRET : 'Unauthorized']);
      }
    }
  }, 120_000);

  it('leaves an entry for each key that was handed out, and none for a refusal', async () => {
    const { canister, world, recipients, sealed } = await setupSealed();
    const [, , shared] = recipients;
    await world.open(sealed, PLACE, shared as SealingRecipient, AGENT);
    await world.open(sealed, PLACE, shared as SealingRecipient, STRANGER);
    const found = (await activitiesOf(canister, PLACE.userId, { limit: 50 })).filter(
      ({ activity_type }) => 'OpeningKeyDerived' in activity_type,
    );
    expect(found.map(({ actor }) => actor.toText())).toEqual([AGENT.toText()]);
    expect(JSON.parse(found[0]?.metadata[0] ?? '')).toEqual({
      recipient: 'type',
      epoch: Number(shared?.epoch),
    });
  });

  it('is not opened with what an agent has in memory that has lost its right since, once it is sealed anew', async () => {
    const { canister, world, recipients, sealed, admin, user } = await setupSealed();
    const [, granted, shared] = recipients as [SealingRecipient, SealingRecipient, SealingRecipient];
    const bot = CALLERS['an agent granted the type'];
    const kept = [await world.key(PLACE, granted, bot), await world.key(PLACE, shared, AGENT)];
    ok(await canister.call('withdraw_agent', [{ user_id: PLACE.userId, agent: bot }], user));
    const narrowed = {
      agent: AGENT,
      name: [],
      agent_types: [[GMAIL]],
      permissions: [],
      scope: [],
      expires_at: [],
    };
    ok(await canister.call('update_agent', [narrowed as never], admin));
    const today = await world.recipients(PLACE, USER);
    expect(today.map(({ epoch }) => epoch > 0n)).toEqual([false, true, true]);
    const anew = await world.seal(SECRET, PLACE, today);
    for (const [i, key] of kept.entries()) {
      const then = [granted, shared][i] as SealingRecipient;
      const now = today[i + 1] as SealingRecipient;
      if (typeof key === 'string') throw new Error(key);
      // What they could open before, they can open still: the key is theirs.
      expect(await world.openWith(sealed, PLACE, then, key)).toBe(SECRET);
      await expect(world.openWith(anew, PLACE, now, key)).rejects.toThrow('was not sealed for this place');
      await expect(world.openWith(anew, PLACE, then, key)).rejects.toThrow('and not for');
      expect(await world.open(anew, PLACE, now, i === 0 ? bot : AGENT)).toBe('Unauthorized');
    }
  });

  it('is not opened by the next owner of a user_id who was unlinked, until it is sealed anew', async () => {
    const canister = await setupCanister();
    const world = new SealingWorld(canister);
    const place = { userId: 'maya' };
    const account = { ...ACCOUNT, user_id: 'maya' };
    const [first, second] = [principal(61), principal(62)];
    const link = async (sender: Principal) => {
      const { code } = ok(await canister.call('create_link_code', [{ user_id: 'maya' }]));
      ok(await canister.call('redeem_link_code', [{ code }], { sender }));
    };
    await link(first);
    const [owner] = (await world.recipients(place)) as [SealingRecipient];
    const sealed = await world.seal(SECRET, place);
    ok(await canister.call('store_credentials', [newCredentials({ ...account, token: sealed })]));
    const kept = await world.key(place, owner, first);
    ok(await canister.call('unlink_user', [{ user_id: 'maya' }], { sender: first }));
    await link(second);
    expect(await world.open(sealed, place, owner, second)).toBe('Unauthorized');
    expect(await world.open(sealed, place, owner, first)).toBe('Unauthorized');
    const [next] = (await world.recipients(place)) as [SealingRecipient];
    const anew = await world.seal(SECRET, place);
    ok(await canister.call('store_credentials', [newCredentials({ ...account, token: anew })]));
    expect(await world.open(anew, place, next, second)).toBe(SECRET);
    if (typeof kept === 'string') throw new Error(kept);
    await expect(world.openWith(anew, place, next, kept)).rejects.toThrow('was not sealed for this place');
  });

  it('is not opened by another user, for another account, type or field, or in another canister', async () => {
    const { canister, world, recipients, sealed } = await setupSealed();
    const [owner, , shared] = recipients as [SealingRecipient, SealingRecipient, SealingRecipient];
    const key = await world.key(PLACE, shared, AGENT);
    if (typeof key === 'string') throw new Error(key);
    for (const place of [
      { userId: 'somebody' },
      { ...PLACE, account: 'work' },
      { ...PLACE, type: GMAIL },
      { ...PLACE, field: 'token_data' as const },
    ]) {
      await expect(world.openWith(sealed, place, shared, key)).rejects.toThrow(
        'was not sealed for this place',
      );
    }
    const elsewhere = new SealingWorld(canister, principal(99));
    await expect(elsewhere.openWith(sealed, PLACE, shared, key)).rejects.toThrow('not sealed for this place');
    const theirs = await elsewhere.seal(SECRET, PLACE, recipients);
    await expect(world.openWith(theirs, PLACE, shared, key)).rejects.toThrow('not sealed for this place');
    expect(await world.key({ userId: principal(21).toText() }, owner, principal(21))).toBe('NotFound');
  });

  it('has no key derived that nothing is sealed for', async () => {
    const { world, recipients } = await setupSealed();
    const [owner, , shared] = recipients as [SealingRecipient, SealingRecipient, SealingRecipient];
    const later = { ...shared, epoch: shared.epoch + 1n };
    expect(await world.key(PLACE, later, AGENT)).toBe('NotFound');
    expect(await world.key({ ...PLACE, account: 'work' }, shared, AGENT)).toBe('NotFound');
    expect(await world.key({ ...PLACE, sessionId: 'ses-0000000000000001' }, shared, AGENT)).toBe('NotFound');
    expect(await world.key(PLACE, { ...owner, epoch: 2n ** 60n }, USER)).toBe('Unauthorized');
    expect(await world.key(PLACE, { ...shared, epoch: 2n ** 60n }, AGENT)).toBe('NotFound');
  });

  it('is kept from agents for every user in a private account, as one in clear is', async () => {
    const { canister, world, recipients, sealed, user } = await setupSealed();
    const [owner, , shared] = recipients as [SealingRecipient, SealingRecipient, SealingRecipient];
    const lease = [{ ...ACCOUNT, purpose: 'p', duration_ns: [] as [] }] as const;
    ok(await canister.call('lease_agent_credentials', [...lease]));
    ok(await canister.call('set_account_privacy', [{ ...ACCOUNT, is_private: true }], user));
    expect(await world.open(sealed, PLACE, shared, AGENT)).toBe('Unauthorized');
    expect(await world.open(sealed, PLACE, owner, USER)).toBe(SECRET);
    expect(await canister.call('lease_agent_credentials', [...lease])).toMatchObject({
      Err: { Unauthorized: {} },
    });
    expect(await canister.call('begin_token_refresh', [ACCOUNT])).toMatchObject({
      Err: { Unauthorized: {} },
    });
    const [shown] = await canister.query('get_agent_credentials', [PLACE.userId, GITHUB]);
    expect([shown?.token, shown?.token_data]).toEqual(['', []]);
    const bot = { sender: CALLERS['an agent granted the type'] };
    ok(await canister.call('lease_agent_credentials', [...lease], bot));
    expect((await world.recipients(PLACE)).map(({ kind }) => optionOf(kind))).toEqual(['owner', 'user']);
    ok(await canister.call('revoke_credentials', [ACCOUNT], user));
    const anew = await world.seal(SECRET, PLACE);
    ok(await canister.call('store_credentials', [newCredentials({ ...ACCOUNT, token: anew })]));
    const [info] = ok(await canister.query('list_credentials', [{ user_id: PLACE.userId, agent_type: [] }]));
    expect([info?.is_private, info?.token_form]).toEqual([[true], [{ sealed: null }]]);
  });
});
