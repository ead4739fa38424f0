import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';
import type { StoreInteractionArgs } from '../../../../src/candid/agent_service.did.ts';
import {
  activitiesOf,
  GITHUB,
  GMAIL,
  newActivity,
  newCredentials,
  newInteraction,
  newSession,
  newSettings,
  RETENTION_DELAY,
  someRetention,
} from '../../support/records.ts';
import {
  type Args,
  encodeArgs,
  HOUR,
  OWNER,
  ok,
  SECOND,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const DAY = 24n * HOUR;
const ADMIN = { sender: OWNER };
const ACCOUNT = { user_id: 'user-1', agent_type: GITHUB, account: [] as [] };
const OTHER_CALL = { Err: { Conflict: { message: 'the request_id was used for another call' } } };

/** FNV-1a of 32 bits over the bytes. */
function fnv(bytes: Uint8Array): number {
  let hash = 0x811c_9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash >>> 0;
}

/** The same over words, and over the length, as an earlier version had it. */
function fnvOfWords(bytes: Uint8Array): number {
  let hash = 0x811c_9dc5 ^ bytes.length;
  const end = bytes.length - (bytes.length % 4);
  for (const word of new Uint32Array(bytes.slice(0, end).buffer)) hash = Math.imul(hash ^ word, 0x0100_0193);
  for (const byte of bytes.subarray(end)) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash >>> 0;
}

/** Two requests that differ, and whose hashes of 32 bits do not. */
function equalPrints(print: (bytes: Uint8Array) => number): [StoreInteractionArgs, StoreInteractionArgs] {
  const seen = new Map<number, StoreInteractionArgs>();
  for (let i = 0; i < 2_000_000; i++) {
    const request = newInteraction({ message: `message ${i * 2_654_435_761}`, request_id: ['r'] });
    const hash = print(new TextEncoder().encode(request.message.padEnd(32)));
    const other = seen.get(hash);
    if (other !== undefined) {
      const padded = (each: StoreInteractionArgs) => ({ ...each, message: each.message.padEnd(32) });
      return [padded(other), padded(request)];
    }
    seen.set(hash, request);
  }
  throw new Error('there is no pair');
}

describe('identity by a weak hash', () => {
  it.each([
    ['bytes', fnv],
    ['words', fnvOfWords],
  ])('is no identity: requests whose FNV-1a over %s is equal are a Conflict', async (_what, print) => {
    const [first, second] = equalPrints(print);
    expect(first.message).not.toBe(second.message);
    const canister = await setupCanister();
    ok(await canister.call('store_interaction', [first]));
    expect(await canister.call('store_interaction', [second])).toEqual(OTHER_CALL);
    expect(await canister.call('store_interaction', [first])).toHaveProperty('Ok');
  });

  /** Each method: a request, and others that each differ in one argument. */
  const changes = {
    create_session: [
      newSession({ token: ['t'], project_id: ['p'] }),
      { user_id: 'user-2' },
      { agent_type: GMAIL },
      { token: ['u'] },
      { token: [] },
      { project_id: [] },
      { selected_repo: ['p'] },
      { project_id: [], selected_repo: ['p'] },
      { token: ['tp'], project_id: [] },
    ],
    store_interaction: [
      newInteraction({ metadata: ['{}'] }),
      { user_id: 'user-2' },
      { agent_type: GMAIL },
      { message: 'a messagf' },
      { response: 'b' },
      { success: false },
      { metadata: [] },
      { metadata: ['{ }'] },
      { session_id: ['ses-0000000000000001'] },
    ],
    log_activity: [
      newActivity(),
      { user_id: 'user-2' },
      { agent_type: GMAIL },
      { activity_type: { TaskUpdated: null } },
      { description: 'a tasl' },
      { metadata: ['{}'] },
    ],
    store_credentials: [
      newCredentials({ token_data: ['{}'], project_ids: [[['a', 'b']]] }),
      { user_id: 'user-2' },
      { agent_type: GMAIL },
      { account: ['work'] },
      { token: 'b-token' },
      { token_data: [] },
      { workspace_id: ['w'] },
      { project_ids: [] },
      { project_ids: [[['ab', '']]] },
      { selected_repo: ['r'] },
      { expires_at: [2n ** 62n] },
    ],
  } as const;
  type Method = keyof typeof changes;
  for (const [method, [request, ...others]] of Object.entries(changes) as [
    Method,
    readonly [object, ...object[]],
  ][]) {
    it(`is no identity: every argument of ${method} counts`, async () => {
      const canister = await setupCanister();
      // For others than the request, users and sessions are there.
      ok(await canister.call('create_session', [newSession({ user_id: 'user-2' })]));
      const send = (change: object) =>
        canister.call(method, [{ ...request, ...change, request_id: ['r'] }] as never as Args<Method>);
      const first = await send({});
      ok(first as { Ok: unknown });
      for (const change of others) {
        const before = canister.stableDigest();
        expect([change, await send(change)]).toEqual([
          change,
          { Err: { Conflict: expect.anything() as unknown } },
        ]);
        expect(canister.stableDigest()).toBe(before);
      }
      expect(await send({})).toEqual(first);
      await canister.upgrade();
      expect(await send({})).toEqual(first);
    });
  }

  it('is the values, not the bytes that they came in', async () => {
    const canister = await setupCanister();
    const request = newInteraction({ request_id: ['r'] });
    const first = ok(await canister.call('store_interaction', [request]));
    const { user_id, agent_type, message, response, success } = request;
    const type = IDL.Record({
      user_id: IDL.Text,
      agent_type: IDL.Variant({ GitHub: IDL.Null }),
      message: IDL.Text,
      response: IDL.Text,
      success: IDL.Bool,
      request_id: IDL.Opt(IDL.Text),
    });
    const arg = IDL.encode([type], [{ user_id, agent_type, message, response, success, request_id: ['r'] }]);
    expect(arg).not.toEqual(encodeArgs('store_interaction', [request]));
    const outcome = await canister.rawCall('store_interaction', arg);
    expect(outcome.kind === 'replied' && Buffer.from(outcome.reply).includes(first)).toBe(true);
    expect(await canister.query('get_user_agent_interactions', ['user-1', []])).toHaveLength(1);
  });

  it('tells a session that was named from the current one', async () => {
    const canister = await setupCanister();
    const id = ok(await canister.call('create_session', [newSession()]));
    const named = newInteraction({ session_id: [id], request_id: ['r'] });
    const first = ok(await canister.call('store_interaction', [named]));
    expect(await canister.call('store_interaction', [{ ...named, session_id: [] }])).toEqual(OTHER_CALL);
    ok(await canister.call('end_agent_session', [id]));
    expect(await canister.call('store_interaction', [named])).toEqual({ Ok: first });
  });
});

describe('a reply outlives what it tells of', () => {
  const erase = (canister: WasmCanister) =>
    canister.call('erase_user', [{ user_id: 'user-1' }], ADMIN).then(ok);

  it('no more: what an erased user had is written anew', async () => {
    const canister = await setupCanister();
    const session = newSession({ token: ['t'], request_id: ['s'] });
    const interaction = newInteraction({ request_id: ['i'] });
    const activity = newActivity({ request_id: ['a'] });
    const credentials = newCredentials({ request_id: ['c'] });
    const sendAll = async () => [
      ok(await canister.call('create_session', [session])),
      ok(await canister.call('store_interaction', [interaction])),
      ok(await canister.call('log_activity', [activity])),
      ok(await canister.call('store_credentials', [credentials])),
    ];
    const first = await sendAll();
    expect(await sendAll()).toEqual(first);
    await erase(canister);
    const second = await sendAll();
    expect(first.filter((id) => id !== null && second.includes(id))).toEqual([]);
    expect(await canister.query('get_agent_credentials', ['user-1', GITHUB])).toHaveLength(1);
    expect(await canister.query('get_agent_session', [String(second[0])])).toHaveLength(1);
    expect(await sendAll()).toEqual(second);
  });

  it('no more: what retention removed is written anew', async () => {
    const canister = await setupCanister();
    const send = async () =>
      ok(await canister.call('store_interaction', [newInteraction({ request_id: ['i'] })]));
    const log = async () => ok(await canister.call('log_activity', [newActivity({ request_id: ['a'] })]));
    const first = [await send(), await log()];
    for (let i = 0; i < 3; i++)
      ok(await canister.call('store_interaction', [newInteraction({ message: `${i}` })]));
    const retention = someRetention({ interactions_newest: 1n, activities_newest: 1n });
    ok(await canister.call('update_settings', [newSettings({ retention: [retention] })], ADMIN));
    await canister.advance(RETENTION_DELAY);
    expect(await canister.query('get_agent_interaction', [first[0] ?? ''])).toEqual([]);
    const second = [await send(), await log()];
    expect(second.filter((id) => first.includes(id))).toEqual([]);
    expect(await activitiesOf(canister, 'user-1')).toHaveLength(3);
  });

  it('no more: credentials that were revoked, changed or have expired are a Conflict, and stay so', async () => {
    const ends: Record<string, (canister: WasmCanister) => Promise<unknown>> = {
      revoked: (canister) => canister.call('revoke_credentials', [ACCOUNT]),
      'stored again': (canister) => canister.call('store_credentials', [newCredentials({ token: 'new' })]),
      'stored with the same token': (canister) =>
        canister.call('store_credentials', [newCredentials({ expires_at: [canister.now() + HOUR] })]),
      updated: (canister) =>
        canister.call('update_agent_credentials', ['user-1', GITHUB, [], [], ['w'], [], [], []]),
      refreshed: async (canister) => {
        const { fencing } = ok(await canister.call('begin_token_refresh', [ACCOUNT]));
        const refreshed = { token: 'a-token', token_data: [] as [], expires_at: [] as [] };
        return canister.call('complete_token_refresh', [{ ...ACCOUNT, fencing, outcome: { refreshed } }]);
      },
      expired: (canister) => canister.advance(2n * HOUR),
    };
    for (const [what, end] of Object.entries(ends)) {
      const canister = await setupCanister();
      const request = newCredentials({ expires_at: [canister.now() + HOUR], request_id: ['r'] });
      ok(await canister.call('store_credentials', [request]));
      await canister.advance(SECOND);
      expect(await canister.call('store_credentials', [request])).toEqual({ Ok: null });
      await end(canister);
      // What has expired is refused for its argument only where the call is executed.
      const before = canister.stableDigest();
      expect([what, await canister.call('store_credentials', [request])]).toMatchObject([
        what,
        {
          Err: {
            Conflict: { message: expect.stringMatching(/the credentials have changed since/) as string },
          },
        },
      ]);
      expect(canister.stableDigest()).toBe(before);
    }
  });

  it('stays where what it tells of is there: a session that changed and ended', async () => {
    const canister = await setupCanister();
    const request = newSession({ token: ['t'], request_id: ['r'] });
    const id = ok(await canister.call('create_session', [request]));
    ok(await canister.call('update_agent_session', [id, ['u'], ['p'], []]));
    expect(await canister.call('create_session', [request])).toEqual({ Ok: id });
    ok(await canister.call('end_agent_session', [id]));
    expect(await canister.call('create_session', [request])).toEqual({ Ok: id });
    expect(await canister.call('create_session', [{ ...request, token: ['u'] }])).toEqual(OTHER_CALL);
  });

  it('is of one day: after it the same call is executed again', async () => {
    const canister = await setupCanister();
    const request = newActivity({ request_id: ['r'] });
    const first = ok(await canister.call('log_activity', [request]));
    await canister.advance(DAY);
    expect(ok(await canister.call('log_activity', [request]))).not.toBe(first);
  });

  it('is known again at a bounded cost, whatever the size of what is sent', async () => {
    const canister = await setupCanister();
    const large = { message: 'm'.repeat(262_144), response: 'r'.repeat(262_144) };
    const interaction = newInteraction({ ...large, request_id: ['i'] });
    for (let i = 0; i < 2; i++) ok(await canister.call('store_interaction', [interaction]));
    const session = newSession({ token: ['t'.repeat(16_384)], request_id: ['s'] });
    ok(await canister.call('create_session', [session]));
    const first = canister.instructionsOf('create_session');
    ok(await canister.call('create_session', [session]));
    const costs = [
      canister.instructionsOf('store_interaction'),
      first,
      canister.instructionsOf('create_session'),
    ];
    console.log(
      'again 512 KiB, session of 16 KiB first, again:',
      costs.map((cost) => cost / 1e6),
    );
    expect(Math.max(...costs)).toBeLessThan(500_000_000);
  });
});
