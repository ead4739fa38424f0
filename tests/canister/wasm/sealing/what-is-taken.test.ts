import { describe, expect, it } from 'vitest';
import type { SealingRecipient } from '../../../../src/candid/agent_service.did.ts';
import { GITHUB, newCredentials, newSession } from '../../support/records.ts';
import { digestOf, sealedText } from '../../support/sealed-text.ts';
import { SealingWorld } from '../../support/sealing-world.ts';
import { AGENT, OWNER, ok, STRANGER, setupCanister } from '../../support/wasm-canister.ts';

const USER = 'maya';
const PLACE = { userId: USER };
const ACCOUNT = { user_id: USER, agent_type: GITHUB, account: [] as [] };
const TOKEN_BYTES = 16 * 1024;
const GRANT_BYTES = 64 * 1024;

async function setupSealing() {
  const canister = await setupCanister();
  const world = new SealingWorld(canister);
  const recipients = await world.recipients(PLACE);
  const text = (field: Parameters<typeof sealedText>[0], length?: number) =>
    sealedText(field, recipients, length);
  const mode = async (sealing: 'off' | 'accept' | 'require') =>
    ok(await canister.call('update_sealing', [{ sealing: { [sealing]: null } as never }], { sender: OWNER }));
  return { canister, world, recipients, text, mode };
}

type Canister = Awaited<ReturnType<typeof setupSealing>>['canister'];

/** Every way in which a secret comes in: the answer to one that is given there. */
const WAYS: Readonly<Record<string, (canister: Canister, token: string, data?: string) => Promise<unknown>>> =
  {
    store_agent_credentials: (canister, token, data) =>
      canister.call('store_agent_credentials', [
        USER,
        GITHUB,
        token,
        data === undefined ? [] : [data],
        [],
        [],
        [],
        [],
      ]),
    update_agent_credentials: async (canister, token, data) => {
      ok(
        await canister.call('store_agent_credentials', [
          USER,
          GITHUB,
          sealedFor(canister),
          [],
          [],
          [],
          [],
          [],
        ]),
      );
      return canister.call('update_agent_credentials', [
        USER,
        GITHUB,
        [token],
        data === undefined ? [] : [data],
        [],
        [],
        [],
        [],
      ]);
    },
    store_credentials: (canister, token, data) =>
      canister.call('store_credentials', [
        newCredentials({ ...ACCOUNT, token, token_data: data === undefined ? [] : [data] }),
      ]),
    complete_token_refresh: async (canister, token, data) => {
      ok(
        await canister.call('store_agent_credentials', [
          USER,
          GITHUB,
          sealedFor(canister),
          [],
          [],
          [],
          [],
          [],
        ]),
      );
      const { fencing } = ok(await canister.call('begin_token_refresh', [ACCOUNT]));
      const token_data: [] | [string] = data === undefined ? [] : [data];
      const refreshed = { token, token_data, expires_at: [] as [] };
      return canister.call('complete_token_refresh', [{ ...ACCOUNT, fencing, outcome: { refreshed } }]);
    },
  };
const SESSION_WAYS: Readonly<Record<string, (canister: Canister, token: string) => Promise<unknown>>> = {
  create_agent_session: (canister, token) =>
    canister.call('create_agent_session', [USER, GITHUB, [token], [], []]),
  create_session: (canister, token) =>
    canister.call('create_session', [newSession({ user_id: USER, token: [token] })]),
  update_agent_session: async (canister, token) => {
    const id = ok(await canister.call('create_agent_session', [USER, GITHUB, [], [], []]));
    return canister.call('update_agent_session', [id, [token], [], []]);
  },
};

const NOW: SealingRecipient[] = (['owner', 'user', 'agent_type'] as const).map((kind) => ({
  kind: { [kind]: null } as SealingRecipient['kind'],
  epoch: 0n,
}));

function sealedFor(_canister: Canister): string {
  return sealedText('token', NOW);
}

describe('a secret that is sent', () => {
  it.each(Object.entries(WAYS))(
    'to %s is taken sealed, in clear where the service says so',
    async (_name, send) => {
      const { canister, text, mode } = await setupSealing();
      ok((await send(canister, text('token'), text('token_data'))) as never);
      ok((await send(canister, 'in-clear', '{"r":1}')) as never);
      await mode('off');
      ok((await send(canister, text('token'), text('token_data'))) as never);
      await mode('require');
      ok((await send(canister, text('token'), text('token_data'))) as never);
      for (const [field, token, data] of [
        ['token', 'in-clear', undefined],
        ['token_data', text('token'), '{}'],
      ] as const) {
        const refused = await send(canister, token, data);
        expect(refused).toMatchObject({ Err: { InvalidArgument: { field } } });
        expect(JSON.stringify(refused)).toContain('must be sealed');
        expect(JSON.stringify(refused)).not.toContain('in-clear');
      }
    },
  );

  it.each(Object.entries(SESSION_WAYS))(
    'to %s is taken sealed, in clear where the service says so',
    async (_name, send) => {
      const { canister, text, mode } = await setupSealing();
      ok((await send(canister, text('session_token'))) as never);
      ok((await send(canister, 'in-clear')) as never);
      await mode('require');
      ok((await send(canister, text('session_token'))) as never);
      expect(await send(canister, 'in-clear')).toMatchObject({
        Err: { InvalidArgument: { field: 'token' } },
      });
      expect(await send(canister, text('token'))).toMatchObject({
        Err: { InvalidArgument: { field: 'token' } },
      });
    },
  );

  it.each(Object.entries({ ...WAYS, ...SESSION_WAYS }))(
    'to %s is a Conflict that names today’s recipients where it is sealed for others',
    async (name, send) => {
      const { canister } = await setupSealing();
      const field = name in SESSION_WAYS ? 'session_token' : 'token';
      const [owner, granted, shared] = NOW as [SealingRecipient, SealingRecipient, SealingRecipient];
      for (const others of [
        [owner, granted],
        [owner],
        [granted, shared],
        [owner, { ...granted, epoch: 1n }, shared],
        [owner, granted, { ...shared, epoch: 2n ** 40n }],
      ]) {
        expect(await send(canister, sealedText(field, others))).toMatchObject({
          Err: {
            Conflict: {
              message: expect.stringContaining(
                'has to be for owner.0,user.0,type.0: nothing was stored',
              ) as string,
            },
          },
        });
      }
    },
  );

  it.each(Object.entries({ ...WAYS, ...SESSION_WAYS }))(
    'to %s is refused malformed, and never shown',
    async (name, send) => {
      const { canister } = await setupSealing();
      const field = name in SESSION_WAYS ? 'session_token' : 'token';
      const good = sealedText(field, NOW);
      const body = good.slice(good.lastIndexOf(':') + 1);
      for (const bad of [
        'agent-service-sealed:',
        'agent-service-sealed:1',
        good.replace(':1:', ':2:'),
        good.replace(field, 'passphrase'),
        good.replace('owner.0', 'owner.00'),
        good.replace('owner.0', 'owner.-1'),
        good.replace('owner.0', 'owner.99999999999999999'),
        good.replace('owner.0,user.0', 'user.0,owner.0'),
        good.replace('user.0', 'owner.0'),
        good.replace('user.0', 'user'),
        good.slice(0, good.lastIndexOf(':') + 1),
        `${good} `,
        `${good}=`,
        good.slice(0, -500),
        good.replace(body, body.replace(/.$/, '+')),
        `${good}A`.slice(0, good.length - ((body.length + 3) % 4)),
      ]) {
        const answer = await send(canister, bad);
        expect([bad.slice(0, 80), answer]).toMatchObject([
          bad.slice(0, 80),
          { Err: { InvalidArgument: { field: 'token' } } },
        ]);
        expect(JSON.stringify(answer)).not.toContain(body.slice(0, 40));
      }
      expect(await canister.query('get_user_agent_credentials', [USER])).toSatisfy(
        (all: { token: string }[]) => all.every(({ token }) => token.startsWith('agent-service-sealed:')),
      );
    },
  );

  it.each(Object.entries(WAYS))(
    'to %s has the limits of one in clear, counted before it is sealed',
    async (_name, store) => {
      const { canister, text } = await setupSealing();
      ok((await store(canister, text('token', TOKEN_BYTES), text('token_data', GRANT_BYTES))) as never);
      ok((await store(canister, text('token', 1), text('token_data', 1))) as never);
      for (const [field, token, data] of [
        ['token', text('token', TOKEN_BYTES + 1), text('token_data')],
        ['token', text('token', 0), text('token_data')],
        ['token_data', text('token'), text('token_data', GRANT_BYTES + 1)],
        ['token_data', text('token'), text('token_data', 0)],
      ] as const) {
        const answer = await store(canister, token, data);
        expect(answer).toMatchObject({
          Err: { InvalidArgument: { field, message: expect.stringContaining('that are sealed') as string } },
        });
      }
      const [stored] = await canister.query('get_user_agent_credentials', [USER]);
      expect(stored?.token.length).toBeLessThan(1000);
    },
  );
});

describe('what is sealed anew', () => {
  it('may be as long as what is stored, for agents; for users, some 5 KiB', async () => {
    const { canister, text } = await setupSealing();
    const [token, grant] = ['t'.repeat(TOKEN_BYTES), JSON.stringify('r'.repeat(GRANT_BYTES - 2))];
    ok(await canister.call('store_agent_credentials', [USER, GITHUB, token, [grant], [], [], [], []]));
    const replacement = (secret: string, sealed: string) => ({ digest: digestOf(secret), sealed });
    const anew = replacement(token, text('token', TOKEN_BYTES));
    const anewData = replacement(grant, text('token_data', GRANT_BYTES));
    ok(
      await canister.call('reseal_credentials', [
        { ...ACCOUNT, new_token: [anew], new_token_data: [anewData] },
      ]),
    );
    const session = ok(
      await canister.call('create_agent_session', [USER, GITHUB, [token], ['p'.repeat(500)], []]),
    );
    const new_token = replacement(token, text('session_token', TOKEN_BYTES));
    ok(await canister.call('reseal_session', [{ session_id: session, new_token }]));
    const own = { user_id: STRANGER.toText(), agent_type: GITHUB, account: [] as [] };
    const place = { userId: own.user_id };
    const short = 's'.repeat(5000);
    ok(await canister.call('store_agent_credentials', [own.user_id, GITHUB, short, [], [], [], [], []]));
    const sealed = await new SealingWorld(canister).seal(short, place);
    const mine = {
      ...own,
      new_token: [replacement(short, sealed)] as [{ digest: Uint8Array; sealed: string }],
      new_token_data: [] as [],
    };
    ok(await canister.call('reseal_credentials', [mine], { sender: STRANGER }));
  });

  it('takes the place of the very secret that was read', async () => {
    const { canister, world, text } = await setupSealing();
    ok(
      await canister.call('store_agent_credentials', [USER, GITHUB, 'in-clear', ['{"r":1}'], [], [], [], []]),
    );
    const { fencing } = ok(await canister.call('begin_token_refresh', [ACCOUNT]));
    const [before] = ok(await canister.query('list_credentials', [{ user_id: USER, agent_type: [] }]));
    expect([before?.token_form, before?.token_data_form]).toEqual([[{ clear: null }], [{ clear: null }]]);
    const sealed = await world.seal('in-clear', PLACE);
    const wrong = { digest: digestOf('another'), sealed };
    const reseal = (new_token: object, new_token_data: object[] = []) =>
      canister.call('reseal_credentials', [{ ...ACCOUNT, new_token: [new_token], new_token_data } as never]);
    expect(await reseal(wrong)).toMatchObject({ Err: { Conflict: {} } });
    expect(await reseal({ digest: digestOf('in-clear').slice(1), sealed })).toMatchObject({
      Err: { InvalidArgument: { field: 'new_token.digest' } },
    });
    expect(await reseal({ digest: digestOf('in-clear'), sealed: 'in-clear' })).toMatchObject({
      Err: { InvalidArgument: { field: 'new_token.sealed' } },
    });
    // All or nothing.
    const both = [{ digest: digestOf('another'), sealed: text('token_data') }];
    expect(await reseal({ digest: digestOf('in-clear'), sealed }, both)).toMatchObject({
      Err: { Conflict: {} },
    });
    ok(await reseal({ digest: digestOf('in-clear'), sealed }));
    expect(await reseal({ digest: digestOf('in-clear'), sealed })).toMatchObject({ Err: { Conflict: {} } });
    const [after] = ok(await canister.query('list_credentials', [{ user_id: USER, agent_type: [] }]));
    expect(after).toEqual({ ...before, token_form: [{ sealed: null }] });
    // The refresh that was under way goes on.
    const refreshed = { token: text('token'), token_data: [] as [], expires_at: [] as [] };
    ok(await canister.call('complete_token_refresh', [{ ...ACCOUNT, fencing, outcome: { refreshed } }]));
  });

  it('is listed until it is, for whoever may seal it', async () => {
    const { canister, world, text } = await setupSealing();
    ok(await canister.call('store_agent_credentials', [USER, GITHUB, 'in-clear', [], [], [], [], []]));
    ok(
      await canister.call('store_credentials', [
        newCredentials({ ...ACCOUNT, user_id: 'nora', token: text('token') }),
      ]),
    );
    const session = ok(await canister.call('create_agent_session', [USER, GITHUB, ['in-clear'], [], []]));
    const list = async (request: object = {}) =>
      ok(
        await canister.query('list_unsealed_secrets', [
          { filter: [], limit: [], cursor: [], ...request } as never,
        ]),
      ).items.map(({ user_id, session_id, token }) => [
        user_id,
        session_id[0],
        Object.keys(token[0] ?? {})[0],
      ]);
    expect(await list()).toEqual([
      [USER, undefined, 'clear'],
      [USER, session, 'clear'],
    ]);
    const sealed = { digest: digestOf('in-clear'), sealed: await world.seal('in-clear', PLACE) };
    ok(await canister.call('reseal_credentials', [{ ...ACCOUNT, new_token: [sealed], new_token_data: [] }]));
    const place = { ...PLACE, field: 'session_token' as const };
    const anew = { digest: digestOf('in-clear'), sealed: await world.seal('in-clear', place) };
    ok(await canister.call('reseal_session', [{ session_id: session, new_token: anew }]));
    expect(await list()).toEqual([]);
    const metrics = Buffer.from(
      (
        await canister.query('http_request', [
          { method: 'GET', url: '/metrics', headers: [], body: new Uint8Array(), certificate_version: [] },
        ])
      ).body,
    ).toString();
    expect(metrics).toMatch(/^agent_service_credentials_in_clear 0( |$)/m);
    const narrowed = {
      agent: AGENT,
      name: [],
      agent_types: [[{ Gmail: null }]],
      permissions: [],
      scope: [],
      expires_at: [],
    };
    ok(await canister.call('update_agent', [narrowed as never], { sender: OWNER }));
    const all = {
      agent: AGENT,
      name: [],
      agent_types: [[{ GitHub: null }]],
      permissions: [],
      scope: [],
      expires_at: [],
    };
    ok(await canister.call('update_agent', [all as never], { sender: OWNER }));
    expect(await list()).toEqual([
      ['nora', undefined, 'stale'],
      [USER, undefined, 'stale'],
      [USER, session, 'stale'],
    ]);
    expect(await list({ filter: [{ user_id: 'nora', agent_type: [] }] })).toEqual([
      ['nora', undefined, 'stale'],
    ]);
    expect(await list({ limit: [1] })).toEqual([['nora', undefined, 'stale']]);
  });
});
