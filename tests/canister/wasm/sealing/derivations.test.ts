import type { Principal } from '@dfinity/principal';
import { TransportSecretKey } from '@dfinity/vetkeys';
import { describe, expect, it } from 'vitest';
import type { SealingRecipient } from '../../../../src/candid/agent_service.did.ts';
import { activitiesOf, GITHUB, newAgent, newCredentials, newGrant, optionOf } from '../../support/records.ts';
import { SealingWorld } from '../../support/sealing-world.ts';
import {
  OWNER as ADMIN,
  AGENT,
  type CanisterOptions,
  HOUR,
  ok,
  principal,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const USER = principal(20);
const PLACE = { userId: USER.toText() };
const ACCOUNT = { user_id: PLACE.userId, agent_type: GITHUB, account: [] as [] };
const PRICE = 26_153_846_153n;
const TRILLION = 1_000_000_000_000n;

async function setupSealed(options: CanisterOptions = {}) {
  const canister = await setupCanister(options);
  const world = new SealingWorld(canister);
  await store(canister, PLACE.userId);
  const [owner, granted, shared] = (await world.recipients(PLACE)) as [
    SealingRecipient,
    SealingRecipient,
    SealingRecipient,
  ];
  return { canister, world, owner, granted, shared };
}

async function store(canister: WasmCanister, userId: string): Promise<void> {
  const token = await new SealingWorld(canister).seal('ghp_token', { userId });
  ok(await canister.call('store_credentials', [newCredentials({ ...ACCOUNT, user_id: userId, token })]));
}

async function limit(canister: WasmCanister, limits: Readonly<Record<string, bigint>>): Promise<void> {
  const changes = Object.entries(limits).map(([name, value]) => ({ name, value: [value] as [bigint] }));
  ok(await canister.call('update_service_limits', [{ changes }], { sender: ADMIN }));
}

async function derivationsOf(canister: WasmCanister, userId: string): Promise<number> {
  const activities = await activitiesOf(canister, userId, { limit: 500 });
  return activities.filter(({ activity_type }) => 'OpeningKeyDerived' in activity_type).length;
}

describe('derivations', () => {
  it('are limited for each agent, and go on with time', async () => {
    const { canister, world, shared } = await setupSealed();
    const other = principal(71);
    ok(await canister.call('add_agent', [newAgent({ agent: other })], { sender: ADMIN }));
    await limit(canister, { derivations_burst: 3n, derivations_per_hour: 1n });
    const before = canister.cycles();
    const outcomes: string[] = [];
    for (let i = 0; i < 6; i++) {
      const { answer } = await world.derive(PLACE, shared, AGENT);
      outcomes.push('Ok' in answer ? 'Ok' : optionOf(answer.Err));
      if ('Err' in answer && 'RateLimited' in answer.Err)
        expect(answer.Err.RateLimited.retry_after_ns).toBeLessThanOrEqual(HOUR);
    }
    expect(outcomes).toEqual(['Ok', 'Ok', 'Ok', 'RateLimited', 'RateLimited', 'RateLimited']);
    expect(before - canister.cycles()).toBeLessThan(4n * PRICE);
    expect(await derivationsOf(canister, PLACE.userId)).toBe(3);
    expect(typeof (await world.key(PLACE, shared, other))).toBe('object');
    await canister.advance(HOUR);
    expect(typeof (await world.key(PLACE, shared, AGENT))).toBe('object');
    expect(await world.key(PLACE, shared, AGENT)).toBe('RateLimited');
  });

  it('of users whom nobody named are limited together, and take nothing from agents and linked users', async () => {
    const { canister, world, shared } = await setupSealed();
    await limit(canister, { unnamed_derivations_burst: 2n, unnamed_derivations_per_hour: 1n });
    const users = Array.from({ length: 5 }, (_, i) => principal(80 + i));
    for (const user of users) await store(canister, user.toText());
    const ownerKey = async (user: Principal, userId = user.toText()) => {
      const [owner] = await world.recipients({ userId });
      const key = await world.key({ userId }, owner as SealingRecipient, user);
      return typeof key === 'string' ? key : 'Ok';
    };
    const outcomes: string[] = [];
    for (const user of users) outcomes.push(await ownerKey(user));
    expect(outcomes).toEqual(['Ok', 'Ok', 'RateLimited', 'RateLimited', 'RateLimited']);
    await store(canister, 'maya');
    const { code } = ok(await canister.call('create_link_code', [{ user_id: 'maya' }]));
    ok(await canister.call('redeem_link_code', [{ code }], { sender: principal(90) }));
    expect(await ownerKey(principal(90), 'maya')).toBe('Ok');
    expect(typeof (await world.key(PLACE, shared, AGENT))).toBe('object');
  });

  it('of many strangers cost what their messages cost', async () => {
    const { canister, owner, shared } = await setupSealed();
    const transport_public_key = TransportSecretKey.random().publicKeyBytes();
    const before = canister.cycles();
    const strangers = 500;
    for (let i = 0; i < strangers; i++) {
      const request = {
        ...ACCOUNT,
        session_id: [] as [],
        recipient: i % 2 ? owner : shared,
        transport_public_key,
      };
      const answer = await canister.call('derive_opening_key', [request], {
        sender: principal(100 + (i % 100)),
      });
      expect(answer).toHaveProperty('Err');
    }
    // A message that is refused costs some 8 million cycles; one derivation 26 billion.
    expect(before - canister.cycles()).toBeLessThan(BigInt(strangers) * 20_000_000n);
    expect(await derivationsOf(canister, PLACE.userId)).toBe(0);
  });

  it('leave the service a reserve', async () => {
    const { canister, world, shared } = await setupSealed({ cycles: 3n * TRILLION });
    expect(typeof (await world.key(PLACE, shared, AGENT))).toBe('object');
    await limit(canister, { derivation_reserve_cycles: canister.cycles() });
    expect((await world.derive(PLACE, shared, AGENT)).answer).toMatchObject({
      Err: { QuotaExceeded: { resource: 'cycles' } },
    });
    expect(await derivationsOf(canister, PLACE.userId)).toBe(1);
    await limit(canister, { derivation_reserve_cycles: 0n });
    expect(typeof (await world.key(PLACE, shared, AGENT))).toBe('object');
  });

  it('refuse a transport key with which nothing would be kept secret, or that is none', async () => {
    const { canister, shared } = await setupSealed();
    const request = (transport_public_key: Uint8Array) =>
      canister.call('derive_opening_key', [
        { ...ACCOUNT, session_id: [], recipient: shared, transport_public_key },
      ]);
    const infinity = Uint8Array.from({ length: 48 }, (_, i) => (i === 0 ? 0xc0 : 0));
    for (const key of [new Uint8Array(0), new Uint8Array(47), new Uint8Array(49), infinity]) {
      expect(await request(key)).toMatchObject({
        Err: { InvalidArgument: { field: 'transport_public_key' } },
      });
    }
    expect(await derivationsOf(canister, PLACE.userId)).toBe(0);
    const before = canister.cycles();
    // Not on the curve: the network refuses it, and the fee comes back.
    const none = Uint8Array.from({ length: 48 }, (_, at) => (at === 0 ? 0x80 : 0xff));
    const message = expect.stringContaining('refused by the network') as string;
    expect(await request(none)).toMatchObject({
      Err: { InvalidArgument: { field: 'transport_public_key', message } },
    });
    expect(before - canister.cycles()).toBeLessThan(PRICE);
    expect(typeof (await new SealingWorld(canister).key(PLACE, shared, AGENT))).toBe('object');
  });

  it('give no key where the right ended while the network derived it', async () => {
    const { canister, world, granted } = await setupSealed();
    const bot = principal(72);
    const scope = [{ granted_users: null }] as [{ granted_users: null }];
    ok(await canister.call('add_agent', [newAgent({ agent: bot, scope })], { sender: ADMIN }));
    ok(
      await canister.call('grant_agent', [newGrant({ user_id: PLACE.userId, agent: bot })], { sender: USER }),
    );
    expect(typeof (await world.key(PLACE, granted, bot))).toBe('object');
    const [{ answer }] = await Promise.all([
      world.derive(PLACE, granted, bot),
      canister.call('withdraw_agent', [{ user_id: PLACE.userId, agent: bot }], { sender: USER }),
    ]);
    expect(answer).toMatchObject({ Err: { Unauthorized: {} } });
    // What was asked for is told all the same.
    expect(await derivationsOf(canister, PLACE.userId)).toBe(2);
  });

  it('go on after an upgrade, with the epochs that were', async () => {
    const { canister, world, shared } = await setupSealed();
    const narrowed = {
      agent: AGENT,
      name: [],
      agent_types: [],
      permissions: [[{ write: null }]],
      scope: [],
      expires_at: [],
    };
    ok(await canister.call('update_agent', [narrowed as never], { sender: ADMIN }));
    ok(
      await canister.call(
        'update_agent',
        [{ ...narrowed, permissions: [[{ read: null }, { write: null }, { credentials: null }]] } as never],
        { sender: ADMIN },
      ),
    );
    ok(await canister.call('update_sealing', [{ sealing: { require: null } }], { sender: ADMIN }));
    const before = ok(await canister.query('get_sealing_keys', [ACCOUNT]));
    expect(before.recipients.map(({ epoch }) => epoch)).toEqual([0n, 0n, 1n]);
    await canister.upgrade();
    expect(ok(await canister.query('get_sealing_keys', [ACCOUNT]))).toEqual(before);
    expect(typeof (await world.key(PLACE, shared, AGENT))).toBe('object');
    expect(await canister.query('get_sealing_keys', [ACCOUNT], { sender: STRANGER })).toMatchObject({
      Err: { Unauthorized: {} },
    });
  });

  it('begin anew for a user_id that was erased', async () => {
    const { canister, world, owner } = await setupSealed();
    const sealed = await world.seal('ghp_token', PLACE);
    const key = await world.key(PLACE, owner, USER);
    ok(await canister.call('erase_user', [{ user_id: PLACE.userId }], { sender: USER }));
    const [next] = (await world.recipients(PLACE)) as [SealingRecipient];
    expect(next.epoch).toBeGreaterThan(owner.epoch);
    expect(
      await canister.call('store_credentials', [newCredentials({ ...ACCOUNT, token: sealed })]),
    ).toMatchObject({ Err: { Conflict: {} } });
    await store(canister, PLACE.userId);
    expect((await world.recipients(PLACE))[0]).toEqual(next);
    expect(await world.key(PLACE, owner, USER)).toBe('Unauthorized');
    const anew = await world.seal('ghp_another', PLACE);
    if (typeof key === 'string') throw new Error(key);
    await expect(world.openWith(anew, PLACE, next, key)).rejects.toThrow('was not sealed for this place');
  });
});
