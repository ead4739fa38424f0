import { IDL } from '@dfinity/candid';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DueConnection, DueConnectionPage } from '../../../../src/candid/agent_service.did.ts';
import { dueConnection } from '../../../../src/canister/api/interface-types.ts';
import { pageResult } from '../../../../src/canister/api/replies.ts';
import { NO_RIGHTS, OWNERS_RIGHTS, type Rights } from '../../../../src/canister/models/access/rights.ts';
import type { Work } from '../../../../src/canister/models/work.ts';
import { PAGE_VISITS } from '../../../../src/canister/policy/limits/limits.ts';
import { method } from '../../support/candid-interface.ts';
import { memoryMaps } from '../../support/memory-maps.ts';
import { ALL, arg, causeAt, SELF, setupServices, WORK, workOf } from '../../support/service-world.ts';

const HOUR = 3_600_000_000_000n;
const REST = { workspace_id: undefined, project_ids: [], selected_repo: undefined };
const FIRST_PARTY: Rights = { ...OWNERS_RIGHTS, owns: false };
type Kind = 'expires' | 'failed';

interface Asked {
  kind?: Kind;
  before?: bigint;
  since?: bigint;
  limit?: number;
  cursor?: string;
  user?: string;
  rights?: Rights;
  blocked?: readonly number[];
  work?: Work;
}

function setup(maps = memoryMaps()) {
  const world = setupServices(maps);
  const { credentials, due, tokens, clock, call } = world;
  const account = (user: string, label?: string) => ({
    user_id: arg(user),
    agent_type: 'GitHub' as const,
    account: label === undefined ? undefined : arg(label),
  });
  const page = ({ kind = 'expires', before = 2n ** 64n - 1n, rights = ALL, ...asked }: Asked = {}) => {
    const request = {
      filter: asked.user === undefined ? undefined : { user_id: arg(asked.user), agent_type: undefined },
      kind,
      before,
      since: asked.since,
      limit: asked.limit,
      cursor: asked.cursor === undefined ? undefined : arg(asked.cursor),
    };
    const blocked = asked.blocked ?? [];
    const reader = { rights, isBlockedBy: (user: number) => blocked.includes(user) };
    const caller = { ...call(), ...(asked.work === undefined ? {} : { work: asked.work }) };
    return decode(pageResult(dueConnection).encode(due.page(request, caller, reader)));
  };
  const { store: data, ...services } = world;
  return {
    ...services,
    data,
    account,
    page,
    store: (user: string, life: bigint | undefined, label?: string) =>
      credentials.store(
        {
          ...account(user, label),
          ...REST,
          token: arg('t'),
          token_data: arg('{"refresh_token":"r"}'),
          expires_at: life === undefined ? undefined : clock.now + life,
        },
        call(),
      ),
    outcome: (user: string, option: 'failed' | 'rejected', label?: string) => {
      const { fencing } = beginRefresh(user, label);
      const value = { reason: arg('503') };
      tokens.completeRefresh({ ...account(user, label), fencing, outcome: { option, value } }, call());
    },
    all: (asked: Asked) => {
      const items: DueConnection[] = [];
      for (let cursor: string | undefined, pages = 0; pages < 1000; pages++) {
        const { items: more, next_cursor } = page({ ...asked, ...(cursor === undefined ? {} : { cursor }) });
        items.push(...more);
        [cursor] = next_cursor;
        if (cursor === undefined) return items;
      }
      throw new Error('the pages do not end');
    },
  };

  function beginRefresh(user: string, label?: string) {
    tokens.beginRefresh(account(user, label), call(), ALL);
    const head = world.store.users.find(arg(user).utf8);
    const stored = world.store.credentials.find(head?.user ?? 0, 0, account(user, label).account?.utf8);
    return { fencing: stored?.stored?.decode().fencing ?? 0n };
  }
}

function decode(reply: Uint8Array): DueConnectionPage {
  return (
    IDL.decode(method('list_due_connections').retTypes, reply)[0] as unknown as { Ok: DueConnectionPage }
  ).Ok;
}

const names = (items: readonly DueConnection[]) =>
  items.map(({ user_id, account: [label] }) => (label === undefined ? user_id : `${user_id}/${label}`));

describe('DueList', () => {
  it('lists what ends before a time, the earliest hour first, and nothing that does not end', () => {
    const { store, page, clock } = setup();
    store('late', 30n * HOUR);
    store('never', undefined);
    store('soon', HOUR);
    store('later', 3n * HOUR, 'work');
    expect(names(page().items)).toEqual(['soon', 'later/work', 'late']);
    expect(names(page({ before: clock.now + 3n * HOUR }).items)).toEqual(['soon']);
    expect(names(page({ before: clock.now + 3n * HOUR + 1n }).items)).toEqual(['soon', 'later/work']);
    expect(names(page({ since: clock.now + 3n * HOUR }).items)).toEqual(['later/work', 'late']);
    expect(page().items[0]).toEqual({
      user_id: 'soon',
      agent_type: { GitHub: null },
      account: [],
      due_at: clock.now + HOUR,
      state: { active: null },
      state_reason: [],
      has_grant: true,
      is_private: false,
      refresh_deadline: [],
      refresh_failures: 0,
      last_failure_at: [],
    });
  });

  it('goes on telling of a token that is over while its grant is left, and no longer', () => {
    const { store, page, credentials, clock } = setup();
    store('u', HOUR);
    clock.now += 2n * HOUR;
    credentials.expire(10, WORK, causeAt(clock.now));
    expect(page().items).toMatchObject([{ state: { needs_refresh: null }, has_grant: true }]);
    clock.now += 180n * 24n * HOUR;
    credentials.expire(10, WORK, causeAt(clock.now));
    expect(page().items).toEqual([]);
  });

  it('tells refused grants apart, by when they were refused', () => {
    const { store, page, outcome, clock } = setup();
    store('refused', HOUR);
    store('failing', HOUR);
    store('endless', undefined);
    clock.now += 5n;
    for (const user of ['failing', 'endless']) outcome(user, 'failed');
    outcome('refused', 'rejected');
    expect(page().items).toMatchObject([
      { user_id: 'failing', state: { refresh_failed: null }, refresh_failures: 1 },
    ]);
    expect(names(page({ kind: 'failed' }).items).toSorted()).toEqual(['endless', 'refused']);
    expect(page({ kind: 'failed' }).items.map(({ due_at }) => due_at)).toEqual([clock.now, clock.now]);
    expect(page({ kind: 'failed', before: clock.now }).items).toEqual([]);
    store('refused', 9n * HOUR);
    expect(names(page({ kind: 'failed' }).items)).toEqual(['endless']);
  });

  it('leaves out what was revoked or erased, and whom the caller may not see', () => {
    const { store, page, credentials, account, call, data, erasures } = setup();
    for (const user of ['revoked', 'private', 'blocked', 'erased', 'seen']) store(user, HOUR);
    credentials.revoke(account('revoked'), call(), ALL);
    credentials.setPrivacy({ ...account('private'), is_private: true }, call());
    const blocked = [data.users.numberOf(arg('blocked').utf8) ?? 0];
    erasures.erase({ user_id: arg('erased') }, call(), { byUser: true, self: SELF.toUint8Array() });
    expect(names(page({ rights: FIRST_PARTY, blocked }).items)).toEqual(['seen']);
    expect(page({ rights: NO_RIGHTS }).items).toEqual([]);
    // The user sees their own.
    expect(page({ user: 'private' }).items).toMatchObject([{ is_private: true }]);
    expect(page({ user: 'private', rights: FIRST_PARTY }).items).toEqual([]);
    expect(page({ user: 'nobody' }).items).toEqual([]);
  });

  it('tells of one user in the order of their accounts, page by page', () => {
    const { store, all } = setup();
    for (const label of ['a', 'b', 'c']) store('u', HOUR, label);
    store('u', 2n * HOUR);
    store('v', HOUR);
    expect(names(all({ user: 'u', limit: 1 }))).toEqual(['u', 'u/a', 'u/b', 'u/c']);
  });

  it('ends a page when its work is spent, and begins the next where it ended', () => {
    const { store, page, all } = setup();
    for (let user = 0; user < 40; user++) store(`u${user}`, HOUR);
    const first = page({ work: workOf(1) });
    expect(first.items.length).toBeGreaterThan(0);
    expect(first.items.length).toBeLessThan(40);
    const [cursor = ''] = first.next_cursor;
    const rest = all({ cursor });
    expect(new Set(names([...first.items, ...rest])).size).toBe(40);
    expect(PAGE_VISITS).toBeGreaterThan(40);
  });

  it('misses none where the one with which a page begins has moved', () => {
    const { store, page } = setup();
    for (const user of ['a', 'b', 'c', 'd']) store(user, HOUR);
    const first = page({ limit: 2 });
    const [cursor = ''] = first.next_cursor;
    const next = page({ cursor, limit: 1 }).items[0]?.user_id ?? '';
    store(next, 50n * HOUR);
    const seen = names([...first.items, ...page({ cursor }).items]);
    expect(new Set(seen)).toEqual(new Set(['a', 'b', 'c', 'd']));
  });

  it.each(['', 'x', '1.2.3', '1.2.3.4.5', '-1.2.3.4', '99999999999.1.1.1'])(
    'refuses the cursor %j',
    (cursor) => {
      const { page } = setup();
      expect(() => page({ cursor })).toThrow('cursor');
    },
  );

  it('is as a plain list after any changes', () => {
    const step = fc.record({
      user: fc.constantFrom('a', 'b', 'c', 'd'),
      label: fc.constantFrom(undefined, 'x', 'y'),
      act: fc.constantFrom('store', 'endless', 'revoke', 'failed', 'rejected', 'wait'),
      hours: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (steps, limit) => {
        const world = setup();
        for (const { user, label, act, hours } of steps) {
          try {
            if (act === 'store') world.store(user, BigInt(hours) * HOUR, label);
            else if (act === 'endless') world.store(user, undefined, label);
            else if (act === 'revoke')
              world.credentials.revoke(world.account(user, label), world.call(), ALL);
            else if (act === 'wait') world.clock.now += BigInt(hours) * HOUR;
            else world.outcome(user, act, label);
          } catch {
            // What is refused changes nothing.
          }
          world.credentials.expire(100, WORK, causeAt(world.clock.now));
        }
        for (const kind of ['expires', 'failed'] as const) {
          const listed = world.all({ kind, limit });
          const plain = ['a', 'b', 'c', 'd'].flatMap((user) => world.all({ kind, user }));
          expect(names(listed).toSorted()).toEqual(names(plain).toSorted());
          const hours = listed.map(({ due_at }) => due_at / HOUR);
          expect(hours).toEqual(hours.toSorted((a, b) => Number(a - b)));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('DueTakeover', () => {
  it('takes over what earlier versions stored, a part in each message', () => {
    const maps = memoryMaps();
    const before = setup(maps);
    for (let user = 0; user < 40; user++) before.store(`u${user}`, HOUR);
    before.store('u3', 2n * HOUR, 'work');
    // An earlier version had no index.
    const world = setup({ ...maps, dueConnections: memoryMaps().dueConnections });
    expect(world.page().items).toEqual([]);
    world.store('u7', 3n * HOUR);
    world.store('new', HOUR);
    expect(world.data.dueTakeover.dueAt()).toBe(0n);
    let messages = 1;
    while (world.data.dueTakeover.run(workOf(1))) messages++;
    expect(messages).toBeGreaterThan(1);
    expect(world.data.dueTakeover.dueAt()).toBeUndefined();
    expect(names(world.all({})).toSorted()).toEqual(
      [...Array.from({ length: 40 }, (_, user) => `u${user}`), 'u3/work', 'new'].toSorted(),
    );
  });

  it('has nothing to do in a service that was installed with it', () => {
    const { data } = setup();
    data.dueTakeover.skip();
    expect(data.dueTakeover.dueAt()).toBeUndefined();
  });
});
