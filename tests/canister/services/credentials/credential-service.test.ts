import { describe, expect, it } from 'vitest';
import { ALL, arg, causeAt, read, setupServices, trailOf, WORK } from '../../support/service-world.ts';

const REST = {
  account: undefined,
  token_data: undefined,
  workspace_id: undefined,
  selected_repo: undefined,
  expires_at: undefined,
};
const UNCHANGED = { ...REST, token: undefined, project_ids: undefined };
const GITHUB = { user_id: arg('u'), agent_type: 'GitHub' as const, account: undefined };

describe('CredentialService', () => {
  it('stores credentials as they are given', () => {
    const { credentials, clock, call } = setupServices();
    const expiresAt = clock.now + 1n;
    credentials.store(
      {
        ...GITHUB,
        ...REST,
        token: arg('tok'),
        token_data: arg('{"scope":"repo","ü":[1]}'),
        workspace_id: arg('w'),
        project_ids: [
          { 0: arg('1'), 1: arg('One') },
          { 0: arg('2'), 1: arg('Zwei') },
        ],
        selected_repo: arg('o/r'),
        expires_at: expiresAt,
      },
      call(),
    );
    expect(read.credentials(credentials.get(GITHUB, ALL, clock.now))).toEqual({
      user_id: 'u',
      agent_type: { GitHub: null },
      token: 'tok',
      token_data: ['{"scope":"repo","ü":[1]}'],
      workspace_id: ['w'],
      project_ids: [
        ['1', 'One'],
        ['2', 'Zwei'],
      ],
      selected_repo: ['o/r'],
      created_at: clock.now,
      updated_at: clock.now,
      expires_at: [expiresAt],
    });
  });

  it('replaces what was stored before, and keeps when the first came', () => {
    const { credentials, clock, call } = setupServices();
    const created = clock.now;
    credentials.store(
      { ...GITHUB, ...REST, token: arg('a'), project_ids: [], workspace_id: arg('w') },
      call(),
    );
    clock.now += 7n;
    credentials.store({ ...GITHUB, ...REST, token: arg('b'), project_ids: [] }, call());
    expect(read.credentials(credentials.get(GITHUB, ALL, clock.now))).toMatchObject({
      token: 'b',
      workspace_id: [],
      created_at: created,
      updated_at: clock.now,
    });
  });

  it('changes what an update names and nothing else', () => {
    const { credentials, clock, call } = setupServices();
    const pair = { 0: arg('1'), 1: arg('One') };
    credentials.store(
      { ...GITHUB, ...REST, token: arg('a'), project_ids: [pair], workspace_id: arg('w') },
      call(),
    );
    clock.now += 7n;
    credentials.update({ ...GITHUB, ...UNCHANGED, token: arg('b') }, call());
    expect(read.credentials(credentials.get(GITHUB, ALL, clock.now))).toMatchObject({
      token: 'b',
      workspace_id: ['w'],
      project_ids: [['1', 'One']],
      updated_at: clock.now,
      created_at: clock.now - 7n,
    });
  });

  it('finds nothing to update where nothing is stored', () => {
    const { credentials, call } = setupServices();
    expect(() => credentials.update({ ...GITHUB, ...UNCHANGED, token: arg('b') }, call())).toThrow(
      'NotFound',
    );
    credentials.store({ ...GITHUB, ...REST, token: arg('a'), project_ids: [] }, call());
    const asana = { ...GITHUB, agent_type: 'Asana' as const };
    expect(() => credentials.update({ ...asana, ...UNCHANGED, token: arg('b') }, call())).toThrow('NotFound');
  });

  it('keeps each agent type and each user apart', () => {
    const { credentials, status, clock, call } = setupServices();
    for (const agent_type of ['InFoundr', 'GitHub'] as const) {
      credentials.store(
        { ...REST, user_id: arg('u'), agent_type, token: arg(agent_type), project_ids: [] },
        call(),
      );
    }
    credentials.store({ ...GITHUB, ...REST, user_id: arg('v'), token: arg('of v'), project_ids: [] }, call());
    const tokens = read
      .allCredentials(credentials.listByUser(arg('u'), ALL, clock.now))
      .map(({ token }) => token);
    expect(tokens).toEqual(['GitHub', 'InFoundr']);
    expect(status.get(arg('u')).connectedAgents).toBe(2);
    expect(credentials.listByUser(arg('nobody'), ALL, clock.now)).toEqual([]);
  });

  it('removes credentials whose time is over, and tells so', () => {
    const { credentials, activities, status, clock, call, noted } = setupServices();
    credentials.store(
      { ...GITHUB, ...REST, token: arg('a'), project_ids: [], expires_at: clock.now + 10n },
      call(),
    );
    expect(noted).toEqual([clock.now + 10n]);
    clock.now += 9n;
    expect(credentials.expire(10, WORK, causeAt(clock.now)).ended).toBe(0);
    clock.now += 1n;
    expect(credentials.expire(10, WORK, causeAt(clock.now)).ended).toBe(1);
    expect(credentials.get(GITHUB, ALL, clock.now)).toBeUndefined();
    expect(status.get(arg('u')).connectedAgents).toBe(0);
    const [newest] = trailOf(activities, 'u', 1);
    expect(newest).toMatchObject({ activity_type: { TokenExpired: null } });
  });

  it('goes by the newest expiry when credentials are renewed', () => {
    const { credentials, clock, call } = setupServices();
    credentials.store(
      { ...GITHUB, ...REST, token: arg('a'), project_ids: [], expires_at: clock.now + 10n },
      call(),
    );
    credentials.update({ ...GITHUB, ...UNCHANGED, expires_at: clock.now + 20n }, call());
    clock.now += 10n;
    expect(credentials.expire(10, WORK, causeAt(clock.now))).toEqual({ ended: 0, more: false });
    clock.now += 10n;
    expect(credentials.expire(10, WORK, causeAt(clock.now))).toEqual({ ended: 1, more: false });
  });

  it('refuses an update that would be lost with credentials that have expired', () => {
    const { credentials, clock, call } = setupServices();
    const expiresAt = clock.now + 5n;
    credentials.store(
      { ...GITHUB, ...REST, token: arg('t'), project_ids: [], expires_at: expiresAt },
      call(),
    );
    clock.now += 5n;
    expect(() => credentials.update({ ...GITHUB, ...UNCHANGED, token: arg('new') }, call())).toThrow(
      'Expired: the credentials have expired',
    );
    expect(credentials.get(GITHUB, ALL, clock.now - 1n)).toBeDefined();
    expect(credentials.get(GITHUB, ALL, clock.now)).toBeUndefined();
    credentials.update({ ...GITHUB, ...UNCHANGED, expires_at: clock.now + 1n }, call());
    expect(read.credentials(credentials.get(GITHUB, ALL, clock.now))).toMatchObject({
      expires_at: [clock.now + 1n],
    });
  });

  it('never expires credentials that were replaced by ones without an end', () => {
    const { credentials, clock, call } = setupServices();
    credentials.store(
      { ...GITHUB, ...REST, token: arg('a'), project_ids: [], expires_at: clock.now + 10n },
      call(),
    );
    credentials.store({ ...GITHUB, ...REST, token: arg('b'), project_ids: [] }, call());
    clock.now += 10n;
    expect(credentials.expire(10, WORK, causeAt(clock.now)).more).toBe(false);
  });

  const pairs = (count: number) => Array.from({ length: count }, (_, i) => ({ 0: arg(`${i}`), 1: arg('x') }));
  const refused = [
    {
      what: 'an empty token',
      change: { token: arg('') },
      message: 'token must be 1 to 16384 bytes long, is 0',
    },
    {
      what: 'token_data that is no JSON',
      change: { token_data: arg('{') },
      message: 'token_data must be valid JSON',
    },
    {
      what: 'token_data that is too long',
      change: { token_data: arg(`"${'x'.repeat(65_535)}"`) },
      message: 'token_data must be 1 to 65536 bytes long, is 65537',
    },
    {
      what: 'too many project_ids',
      change: { project_ids: pairs(257) },
      message: 'project_ids must have at most 256 entries, has 257',
    },
    {
      what: 'a project without an id',
      change: { project_ids: [{ 0: arg(''), 1: arg('x') }] },
      message: 'project_ids must be 1 to 512 bytes long, is 0',
    },
    {
      what: 'an expiry that is over',
      change: { expires_at: 1_000_000_000_000_000_000n },
      message: 'expires_at must be in the future',
    },
  ];
  for (const { what, change, message } of refused) {
    it(`refuses ${what}, and stores nothing`, () => {
      const { credentials, status, call } = setupServices();
      const args = { ...GITHUB, ...REST, token: arg('t'), project_ids: [], ...change };
      expect(() => credentials.store(args, call())).toThrow(`InvalidArgument: ${message}`);
      expect(() => credentials.update(args, call())).toThrow(`InvalidArgument: ${message}`);
      expect(status.get(arg('u')).lastActivity).toBe(0n);
    });
  }
});

describe('CredentialService with several accounts', () => {
  const account = (label: string) => ({
    ...GITHUB,
    ...REST,
    account: arg(label),
    token: arg(label),
    project_ids: [],
  });

  it('keeps them apart, and the default one from all of them', () => {
    const { credentials, clock, call } = setupServices();
    credentials.store({ ...GITHUB, ...REST, token: arg('own'), project_ids: [] }, call());
    for (const label of ['work', 'private']) credentials.store(account(label), call());
    credentials.update({ ...GITHUB, ...UNCHANGED, workspace_id: arg('w') }, call());
    const infos = read.credentialInfos(credentials.list(GITHUB, ALL, call()));
    expect(infos.map((info) => [info.account, info.workspace_id])).toEqual([
      [[], ['w']],
      [['work'], []],
      [['private'], []],
    ]);
    const tokens = read.allCredentials(credentials.listByUser(arg('u'), ALL, clock.now));
    expect(tokens.map(({ token }) => token)).toEqual(['own']);
  });

  it('lists them without tokens, of the types that the caller may see', () => {
    const { credentials, clock, call } = setupServices();
    credentials.store(
      { ...account('work'), token_data: arg('"secret"'), workspace_id: arg('w'), expires_at: clock.now + 5n },
      call(),
    );
    const gmail = { ...account('work'), agent_type: 'Gmail' as const };
    credentials.store(gmail, call());
    const [info, ...others] = read.credentialInfos(
      credentials.list({ ...GITHUB, agent_type: undefined }, { ...ALL, read: 1 }, call()),
    );
    expect(others).toEqual([]);
    expect(info).toEqual({
      agent_type: { GitHub: null },
      account: ['work'],
      workspace_id: ['w'],
      project_ids: [],
      selected_repo: [],
      created_at: clock.now,
      updated_at: clock.now,
      expires_at: [clock.now + 5n],
      state: { expiring: null },
      state_reason: [],
      state_since: clock.now,
      refresh_deadline: [],
      refresh_failures: [],
      last_failure_at: [],
      is_private: [false],
      token_form: [{ clear: null }],
      token_data_form: [{ clear: null }],
    });
    expect(credentials.list({ ...GITHUB, agent_type: undefined }, ALL, call())).toHaveLength(2);
    expect(credentials.list({ user_id: arg('v'), agent_type: undefined }, ALL, call())).toEqual([]);
  });

  it('takes seven at most, and lets a new one take the place of one that has no token any more', () => {
    const { credentials, clock, call } = setupServices();
    const labels = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const label of labels) credentials.store(account(label), call());
    const refusal = 'QuotaExceeded: no more than 7 accounts';
    expect(() => credentials.store(account('g'), call())).toThrow(refusal);
    credentials.store({ ...account('c'), token: arg('again') }, call());
    credentials.store({ ...GITHUB, ...REST, token: arg('own'), project_ids: [] }, call());
    credentials.store({ ...account('g'), agent_type: 'Gmail' }, call());
    credentials.revoke({ ...GITHUB, account: arg('c') }, call(), ALL);
    clock.now += 1n;
    credentials.store(account('g'), call());
    expect(() => credentials.store(account('c'), call())).toThrow(refusal);
    const infos = read.credentialInfos(credentials.list(GITHUB, ALL, call()));
    expect(infos.map((info) => info.account)).toEqual([[], ['a'], ['b'], ['g'], ['d'], ['e'], ['f']]);
    expect(infos[3]).toMatchObject({ created_at: clock.now, state: { active: null } });
  });

  it('counts an agent type as connected while one of its accounts has a token', () => {
    const { credentials, status, call } = setupServices();
    for (const label of ['work', 'private']) credentials.store(account(label), call());
    const connected = () => status.get(arg('u')).connectedAgents;
    expect(connected()).toBe(1);
    credentials.revoke({ ...GITHUB, account: arg('work') }, call(), ALL);
    expect(connected()).toBe(1);
    credentials.revoke({ ...GITHUB, account: arg('private') }, call(), ALL);
    expect(connected()).toBe(0);
  });
});

describe('the state of credentials', () => {
  const MINUTE = 60_000_000_000n;

  function setupStates() {
    const world = setupServices();
    const { credentials, clock, call } = world;
    const store = (life: bigint) =>
      credentials.store(
        { ...GITHUB, ...REST, token: arg('t'), project_ids: [], expires_at: clock.now + life },
        call(),
      );
    const state = () => {
      const [info] = read.credentialInfos(credentials.list(GITHUB, ALL, call()));
      return [Object.keys(info?.state ?? {})[0], info?.state_since, info?.state_reason[0]];
    };
    return { ...world, store, state };
  }

  it('goes from active to expiring and expired by the time alone, and stays when the token is removed', () => {
    const { clock, store, state, credentials } = setupStates();
    const start = clock.now;
    store(60n * MINUTE);
    const steps = [
      [0n, 'active', 0n],
      [50n * MINUTE - 1n, 'active', 0n],
      [50n * MINUTE, 'expiring', 50n * MINUTE],
      [60n * MINUTE - 1n, 'expiring', 50n * MINUTE],
      [60n * MINUTE, 'expired', 60n * MINUTE],
      [61n * MINUTE, 'expired', 60n * MINUTE],
    ] as const;
    for (const [after, expected, since] of steps) {
      clock.now = start + after;
      expect(state()).toEqual([expected, start + since, undefined]);
    }
    credentials.expire(10, WORK, causeAt(clock.now));
    expect(state()).toEqual(['expired', start + 60n * MINUTE, undefined]);
    store(60n * MINUTE);
    expect(state()).toEqual(['active', clock.now, undefined]);
  });

  it('is expiring from the beginning where the token is short-lived', () => {
    const { clock, store, state } = setupStates();
    store(MINUTE);
    expect(state()).toEqual(['expiring', clock.now, undefined]);
  });

  for (const [owns, reason] of [
    [true, 'revoked by the user'],
    [false, 'revoked by an agent'],
  ] as const) {
    it(`is revoked with the reason '${reason}', and cannot be updated, revoked or read then`, () => {
      const { clock, store, state, credentials, call } = setupStates();
      store(60n * MINUTE);
      clock.now += 1n;
      credentials.revoke(GITHUB, call(), { ...ALL, owns });
      expect(state()).toEqual(['revoked', clock.now, reason]);
      expect(credentials.get(GITHUB, ALL, clock.now)).toBeUndefined();
      expect(() => credentials.revoke(GITHUB, call(), ALL)).toThrow('NotFound');
      expect(() => credentials.update({ ...GITHUB, ...UNCHANGED, token: arg('x') }, call())).toThrow(
        'NotFound',
      );
      clock.now += 60n * MINUTE;
      expect(credentials.expire(10, WORK, causeAt(clock.now))).toEqual({ ended: 0, more: false });
      expect(state()[0]).toBe('revoked');
    });
  }
});

describe('the setting query_tokens', () => {
  const THIRD_PARTY = { ...ALL, firstParty: false };
  const cases = [
    [undefined, ['t', '']],
    ['first_party', ['t', '']],
    ['nobody', ['', '']],
    ['everybody', ['t', 't']],
  ] as const;
  for (const [query_tokens, expected] of cases) {
    it(`of ${query_tokens ?? 'nothing'} decides whose queries show tokens`, () => {
      const { credentials, settings, clock, call } = setupServices();
      credentials.store({ ...GITHUB, ...REST, token: arg('t'), project_ids: [] }, call());
      settings.update({ query_tokens }, call());
      const tokens = [ALL, THIRD_PARTY].map(
        (rights) => read.credentials(credentials.get(GITHUB, rights, clock.now))?.token,
      );
      expect(tokens).toEqual(expected);
      const withoutSecrets = { ...ALL, secrets: 0 };
      expect(read.credentials(credentials.get(GITHUB, withoutSecrets, clock.now))?.token).toBe('');
    });
  }
});
