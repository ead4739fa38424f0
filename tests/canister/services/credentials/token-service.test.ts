import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OWNERS_RIGHTS } from '../../../../src/canister/models/access/rights.ts';
import { LEASE_NS, REFRESH_NS } from '../../../../src/canister/policy/limits/limits.ts';
import { ALL, arg, causeAt, read, setupServices, trailOf, WORK } from '../../support/service-world.ts';

const GITHUB = { user_id: arg('u'), agent_type: 'GitHub' as const, account: undefined };
const REST = { workspace_id: undefined, project_ids: [], selected_repo: undefined };
const PURPOSE = { purpose: arg('to open an issue'), duration_ns: undefined };

/** The services, with a token of `u` that expires after `life` ns; never where it is left out. */
function setupToken({
  life,
  account,
  tokenData = '{"r":1}',
}: {
  life?: bigint;
  account?: string;
  tokenData?: string;
} = {}) {
  const world = setupServices();
  const { credentials, clock, call } = world;
  const named = { ...GITHUB, account: account === undefined ? undefined : arg(account) };
  const expires_at = life === undefined ? undefined : clock.now + life;
  const store = (token: string) =>
    credentials.store(
      {
        ...named,
        ...REST,
        token: arg(token),
        token_data: tokenData === '' ? undefined : arg(tokenData),
        expires_at,
      },
      call(),
    );
  store('first');
  return {
    ...world,
    named,
    store,
    begin: () => read.refresh(world.tokens.beginRefresh(named, call(), ALL)),
    refreshed: (fencing: bigint, token: string, more: { token_data?: string; expires_at?: bigint } = {}) => {
      const token_data = more.token_data === undefined ? undefined : arg(more.token_data);
      const value = { token: arg(token), token_data, expires_at: more.expires_at };
      world.tokens.completeRefresh({ ...named, fencing, outcome: { option: 'refreshed', value } }, call());
    },
    rejected: (fencing: bigint, reason: string) => {
      const outcome = { option: 'rejected', value: { reason: arg(reason) } } as const;
      world.tokens.completeRefresh({ ...named, fencing, outcome }, call());
    },
    failed: (fencing: bigint, reason: string) => {
      const outcome = { option: 'failed', value: { reason: arg(reason) } } as const;
      world.tokens.completeRefresh({ ...named, fencing, outcome }, call());
    },
    expire: () => credentials.expire(10, WORK, causeAt(clock.now)),
    info: () => read.credentialInfos(credentials.list(GITHUB, ALL, call()))[0],
    token: () => read.lease(world.tokens.lease({ ...named, ...PURPOSE }, call(), ALL)).credentials,
    newest: () => trailOf(world.activities, 'u', 1)[0],
  };
}

describe('TokenService.lease', () => {
  it('gives the credentials for ten minutes, and tells who got them for what', () => {
    const { tokens, clock, call, newest } = setupToken();
    const lease = read.lease(tokens.lease({ ...GITHUB, ...PURPOSE }, call(), ALL));
    const until = clock.now + LEASE_NS.byDefault;
    expect(lease).toMatchObject({
      credentials: { user_id: 'u', agent_type: { GitHub: null }, token: 'first', token_data: ['{"r":1}'] },
      lease_until: until,
    });
    const [metadata] = newest()?.metadata ?? [];
    expect(newest()).toMatchObject({ activity_type: { TokenLeased: null }, description: 'Token leased' });
    expect(JSON.parse(metadata ?? '')).toEqual({ purpose: 'to open an issue', until: `${until}` });
  });

  it('ends with the expiry of the token', () => {
    const { tokens, clock, call } = setupToken({ life: 5n });
    const lease = read.lease(tokens.lease({ ...GITHUB, ...PURPOSE, duration_ns: 6n }, call(), ALL));
    expect(lease.lease_until).toBe(clock.now + 5n);
  });

  it('names the account, whatever its label, in valid JSON', () => {
    const { tokens, named, call, newest } = setupToken({ account: 'wörk"\n' });
    tokens.lease({ ...named, purpose: arg('"}'), duration_ns: 1n }, call(), ALL);
    expect(JSON.parse(newest()?.metadata[0] ?? '')).toMatchObject({ account: 'wörk"\n', purpose: '"}' });
  });

  it('finds nothing where no such account is', () => {
    const { tokens, call } = setupToken();
    for (const other of [{ account: arg('work') }, { user_id: arg('v') }, { agent_type: 'Gmail' as const }]) {
      expect(() => tokens.lease({ ...GITHUB, ...PURPOSE, ...other }, call(), ALL)).toThrow('NotFound');
    }
  });

  it('is refused from the time on at which the token expires, before and after it is removed', () => {
    const { tokens, clock, call, expire } = setupToken({ life: 5n, tokenData: '' });
    clock.now += 5n;
    const refusal = 'Expired: the credentials have expired';
    expect(() => tokens.lease({ ...GITHUB, ...PURPOSE }, call(), ALL)).toThrow(refusal);
    expire();
    expect(() => tokens.lease({ ...GITHUB, ...PURPOSE }, call(), ALL)).toThrow(refusal);
  });

  it('is refused after a revocation', () => {
    const { credentials, tokens, call } = setupToken();
    credentials.revoke(GITHUB, call(), OWNERS_RIGHTS);
    expect(() => tokens.lease({ ...GITHUB, ...PURPOSE }, call(), ALL)).toThrow(
      'Expired: the credentials were revoked',
    );
  });

  it('is given while a refresh is under way, and after one failed', () => {
    const { token, begin, failed } = setupToken();
    const { fencing } = begin();
    expect(token()).toMatchObject({ token: 'first' });
    failed(fencing, 'the provider is away');
    expect(token()).toMatchObject({ token: 'first' });
  });
});

describe('TokenService, refreshing', () => {
  it('gives one caller the token and a number, and lets others wait', () => {
    const { begin, clock, info, newest } = setupToken();
    const refresh = begin();
    const deadline = clock.now + REFRESH_NS;
    expect(refresh).toMatchObject({ deadline, credentials: { token: 'first', token_data: ['{"r":1}'] } });
    expect(newest()).toMatchObject({
      activity_type: { TokenLeased: null },
      metadata: [`{"fencing":"${refresh.fencing}","until":"${deadline}"}`],
    });
    expect(info()).toMatchObject({ refresh_deadline: [deadline] });
    clock.now = deadline - 1n;
    expect(begin).toThrow(`Conflict: another caller refreshes the token: wait until ${deadline}`);
    clock.now = deadline;
    expect(info()).toMatchObject({ refresh_deadline: [] });
    expect(begin().fencing).toBe(refresh.fencing + 1n);
  });

  it('stores the new token once, and lets the next begin', () => {
    const { begin, refreshed, token, info, clock, noted } = setupToken({ life: 100n });
    const { fencing } = begin();
    clock.now += 1n;
    const expires_at = clock.now + 1000n * REFRESH_NS;
    refreshed(fencing, 'second', { token_data: '{"r":2}', expires_at });
    expect(token()).toMatchObject({ token: 'second', token_data: ['{"r":2}'], expires_at: [expires_at] });
    expect(info()).toMatchObject({ state: { active: null }, state_since: clock.now, refresh_deadline: [] });
    expect(noted.at(-1)).toBe(expires_at);
    expect(() => refreshed(fencing, 'third')).toThrow('Conflict: ');
    expect(begin().fencing).toBeGreaterThan(fencing);
  });

  it('keeps the token data where the provider gave no new one', () => {
    const { begin, refreshed, token } = setupToken();
    refreshed(begin().fencing, 'second');
    expect(token()).toMatchObject({ token: 'second', token_data: ['{"r":1}'] });
  });

  it('takes a result after its deadline, also where another has begun since, unless that was completed', () => {
    const { begin, refreshed, token, clock } = setupToken();
    const late = begin().fencing;
    clock.now += 2n * REFRESH_NS;
    refreshed(late, 'second');
    expect(token()).toMatchObject({ token: 'second' });
    const stalled = begin().fencing;
    clock.now += REFRESH_NS;
    const newest = begin().fencing;
    refreshed(stalled, 'third');
    expect(() => refreshed(newest, 'lost')).toThrow(`Conflict: refresh ${newest} was superseded`);
    expect(token()).toMatchObject({ token: 'third' });
  });

  it('takes a result for a token that expired and was removed meanwhile', () => {
    const { begin, refreshed, token, expire, clock, status } = setupToken({ life: 1n, tokenData: '' });
    const { fencing } = begin();
    clock.now += 1n;
    expect(begin).toThrow('Expired');
    expect(expire().ended).toBe(1);
    expect(begin).toThrow('Expired');
    expect(status.get(arg('u')).connectedAgents).toBe(0);
    refreshed(fencing, 'second', { token_data: '{"r":2}' });
    expect(token()).toMatchObject({ token: 'second', token_data: ['{"r":2}'] });
    expect(status.get(arg('u')).connectedAgents).toBe(1);
  });

  const overtaken: [string, (world: ReturnType<typeof setupToken>) => void][] = [
    ['stored', ({ store }) => store('stored')],
    ['revoked', ({ credentials, call }) => credentials.revoke(GITHUB, call(), OWNERS_RIGHTS)],
    [
      'updated',
      ({ credentials, call }) =>
        credentials.update(
          {
            ...GITHUB,
            ...REST,
            project_ids: undefined,
            token: arg('u'),
            token_data: undefined,
            expires_at: undefined,
          },
          call(),
        ),
    ],
  ];
  for (const [what, overtake] of overtaken) {
    it(`stores nothing over credentials that were ${what} since it began, and never gives the number again`, () => {
      const world = setupToken();
      const { fencing } = world.begin();
      overtake(world);
      const before = world.info();
      for (const number of [fencing, fencing + 1n]) {
        expect(() => world.refreshed(number, 'late')).toThrow('Conflict: ');
        expect(() => world.failed(number, 'late')).toThrow('Conflict: ');
      }
      expect(world.info()).toEqual(before);
      world.store('again');
      expect(world.begin().fencing).toBeGreaterThan(fencing + 1n);
    });
  }

  it('goes on under way when an update changes no secret', () => {
    const { begin, credentials, refreshed, token, call } = setupToken();
    const { fencing } = begin();
    const nothing = {
      token: undefined,
      token_data: undefined,
      project_ids: undefined,
      expires_at: undefined,
    };
    credentials.update({ ...GITHUB, ...REST, ...nothing, workspace_id: arg('w') }, call());
    refreshed(fencing, 'second');
    expect(token()).toMatchObject({ token: 'second', workspace_id: ['w'] });
  });

  it('begins for the shortest token whose time is over, with the grant alone', () => {
    const { store, begin, clock } = setupToken({ life: 5n });
    store('t');
    clock.now += 5n;
    expect(begin().credentials).toMatchObject({ token: '', token_data: ['{"r":1}'] });
  });

  it('records a failure with its reason, which a success takes away', () => {
    const { begin, failed, refreshed, info, newest, clock } = setupToken();
    const { fencing } = begin();
    clock.now += 3n;
    failed(fencing, 'HTTP 503');
    expect(info()).toMatchObject({
      state: { refresh_failed: null },
      state_reason: ['HTTP 503'],
      state_since: clock.now,
      refresh_deadline: [],
    });
    expect(newest()).toMatchObject({
      activity_type: { TokenRefreshFailed: null },
      metadata: ['{"reason":"HTTP 503"}'],
    });
    refreshed(begin().fencing, 'second');
    expect(info()).toMatchObject({ state: { active: null }, state_reason: [] });
  });
});

type Step =
  | { readonly kind: 'begin' | 'revoke' | 'store' | 'expire' }
  | { readonly kind: 'advance'; readonly ns: bigint }
  | { readonly kind: 'complete'; readonly which: number; readonly failed: boolean; readonly life: bigint };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('begin', 'begin', 'revoke', 'store', 'expire') }),
  fc.record({ kind: fc.constant('advance' as const), ns: fc.bigInt(1n, REFRESH_NS) }),
  fc.record({
    kind: fc.constant('complete' as const),
    which: fc.nat(),
    failed: fc.boolean(),
    life: fc.bigInt(1n, 3n * REFRESH_NS),
  }),
);

describe('any order of refreshes, revocations, expiries and new tokens', () => {
  it('stores what the first open refresh brings that succeeds, and nothing over what came since', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const life = 2n * REFRESH_NS;
        const world = setupToken({ life });
        const { clock } = world;
        const given: bigint[] = [];
        const model = {
          token: 'first' as string | undefined,
          hasGrant: true,
          expiresAt: clock.now + life,
          open: new Set<bigint>(),
          lastFailed: 0n,
          deadline: 0n,
        };
        const isOver = () => model.expiresAt <= clock.now;
        const isUnderWay = () => model.deadline > clock.now;
        const close = () => Object.assign(model, { open: new Set(), lastFailed: 0n, deadline: 0n });
        const tryTo = (act: () => void) => {
          try {
            act();
            return true;
          } catch {
            return false;
          }
        };
        for (const [index, each] of steps.entries()) {
          switch (each.kind) {
            case 'advance':
              clock.now += each.ns;
              break;
            case 'begin': {
              const begun = tryTo(() => void given.push(world.begin().fencing));
              expect(begun).toBe(model.hasGrant && !isUnderWay());
              if (!begun) break;
              expect(given.length === 1 || given.at(-1)! > given.at(-2)!).toBe(true);
              model.open.add(given.at(-1)!);
              model.deadline = clock.now + REFRESH_NS;
              break;
            }
            case 'complete': {
              if (given.length === 0) break;
              const fencing = given[each.which % given.length]!;
              const expires_at = clock.now + each.life;
              const done = tryTo(() => {
                if (each.failed) world.failed(fencing, 'why');
                else world.refreshed(fencing, `token-${index}`, { expires_at });
              });
              const tellsMore = fencing !== model.lastFailed && (fencing === given.at(-1) || !isUnderWay());
              expect(done).toBe(model.open.has(fencing) && (!each.failed || tellsMore));
              if (!done) break;
              if (each.failed) {
                model.lastFailed = fencing;
                if (fencing === given.at(-1)) model.deadline = 0n;
                break;
              }
              close();
              [model.token, model.expiresAt] = [`token-${index}`, expires_at];
              break;
            }
            case 'store': {
              const stored = tryTo(() => world.store(`token-${index}`));
              // The world's stores always name the first expiry, which has to lie in the future.
              if (!stored) break;
              close();
              Object.assign(model, { token: `token-${index}`, hasGrant: true });
              model.expiresAt = 1_000_000_000_000_000_000n + life;
              break;
            }
            case 'revoke':
              tryTo(() => world.credentials.revoke(GITHUB, world.call(), OWNERS_RIGHTS));
              if (!model.hasGrant) break;
              close();
              Object.assign(model, { token: undefined, hasGrant: false });
              break;
            case 'expire':
              expect(world.expire().ended).toBe(Number(model.token !== undefined && isOver()));
              if (isOver()) model.token = undefined;
          }
          let token: string | undefined;
          tryTo(() => {
            ({ token } = world.token());
          });
          expect(token).toBe(isOver() ? undefined : model.token);
        }
      }),
    );
  });
});
