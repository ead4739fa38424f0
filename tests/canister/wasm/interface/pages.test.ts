import { describe, expect, it } from 'vitest';
import {
  activitiesOf,
  activityPage,
  createSession,
  GITHUB,
  GMAIL,
  interactionPage,
  raiseRates,
  sessionPage,
  storeInteraction,
} from '../../support/records.ts';
import { ok, SECOND, START, setupCanister, type WasmCanister } from '../../support/wasm-canister.ts';

/** Ten of each, one a second; every third with Gmail, every fourth ended or failed, every fifth an EmailSent. */
async function setupRecords() {
  const canister = await setupCanister();
  const ids = { sessions: [] as string[], interactions: [] as string[], activities: [] as string[] };
  for (let i = 0; i < 10; i++) {
    const agentType = i % 3 === 0 ? GMAIL : GITHUB;
    const id = await createSession(canister, { agentType });
    ids.sessions.unshift(id);
    ids.interactions.unshift(await storeInteraction(canister, { agentType, success: i % 4 !== 0 }));
    if (i % 4 === 0) await canister.call('end_agent_session', [id]);
    const type = i % 5 === 0 ? { EmailSent: null } : { TaskCreated: null };
    await canister.call('log_agent_activity', ['other', agentType, type, `${i}`, []]);
    await canister.advance(SECOND);
  }
  const activities = await activitiesOf(canister, 'other');
  ids.activities = activities.map((activity) => activity.id);
  await createSession(canister, { userId: 'user-2' });
  return { canister, ids };
}

interface Filter {
  agent_type?: [typeof GITHUB];
  from?: [bigint];
  until?: [bigint];
  is_active?: [boolean];
  success?: [boolean];
  activity_type?: [{ EmailSent: null }];
  session_id?: [string];
  limit?: [number];
  cursor?: [] | [string];
}

interface IdPage {
  readonly ids: string[];
  readonly next: [] | [string];
}

const LISTS = {
  sessions: async (canister: WasmCanister, filter: Filter): Promise<IdPage> => {
    const { items, next_cursor } = ok(await canister.query('list_sessions', sessionPage(filter)));
    return { ids: items.map(({ session_id }) => session_id), next: next_cursor };
  },
  interactions: async (canister: WasmCanister, filter: Filter): Promise<IdPage> => {
    const { items, next_cursor } = ok(await canister.query('list_interactions', interactionPage(filter)));
    return { ids: items.map(({ id }) => id), next: next_cursor };
  },
  activities: async (canister: WasmCanister, filter: Filter): Promise<IdPage> => {
    const request = activityPage({ user_id: 'other', ...filter });
    const { items, next_cursor } = ok(await canister.query('list_activities', request));
    return { ids: items.map(({ id }) => id), next: next_cursor };
  },
};
type List = keyof typeof LISTS;

/** Every page of a list: its ids in a row, and how long the pages are. */
async function allPages(canister: WasmCanister, list: List, filter: Filter) {
  const ids: string[] = [];
  const lengths: number[] = [];
  let cursor: [] | [string] = [];
  do {
    const page: IdPage = await LISTS[list](canister, { ...filter, cursor });
    ids.push(...page.ids);
    lengths.push(page.ids.length);
    cursor = page.next;
  } while (cursor.length > 0);
  return { ids, lengths };
}

describe('pages', () => {
  for (const list of Object.keys(LISTS) as List[]) {
    it(`of ${list} give each record once, newest first`, async () => {
      const { canister, ids } = await setupRecords();
      for (const [limit, lengths] of [
        [1, Array.from({ length: 10 }, () => 1)],
        [3, [3, 3, 3, 1]],
        [5, [5, 5]],
        [10, [10]],
        [500, [10]],
      ] as const) {
        expect(await allPages(canister, list, { limit: [limit] })).toEqual({ ids: ids[list], lengths });
      }
    });
  }

  /** Records are numbered from the oldest, 0. */
  const time = (second: number) => START + BigInt(second) * SECOND;
  const filters: [string, List[], Filter, (i: number) => boolean][] = [
    ['Gmail', ['sessions', 'interactions', 'activities'], { agent_type: [GMAIL] }, (i) => i % 3 === 0],
    ['from', ['sessions', 'interactions', 'activities'], { from: [time(4)] }, (i) => i >= 4],
    ['until', ['sessions', 'interactions', 'activities'], { until: [time(4)] }, (i) => i < 4],
    [
      'nothing',
      ['sessions', 'interactions', 'activities'],
      { from: [time(5)], until: [time(5)] },
      () => false,
    ],
    [
      'type and time',
      ['sessions', 'interactions', 'activities'],
      { agent_type: [GITHUB], from: [time(2)], until: [time(8)] },
      (i) => i % 3 !== 0 && i >= 2 && i < 8,
    ],
    ['active', ['sessions'], { is_active: [true] }, (i) => i % 4 !== 0],
    ['not active', ['sessions'], { is_active: [false] }, (i) => i % 4 === 0],
    ['success', ['interactions'], { success: [true] }, (i) => i % 4 !== 0],
    ['failure', ['interactions'], { success: [false], agent_type: [GMAIL] }, (i) => i % 12 === 0],
    ['the first session', ['interactions'], { session_id: ['ses-0000000000000001'] }, (i) => i === 0],
    ['no session', ['interactions'], { session_id: ['anything'] }, () => false],
    ['activity type', ['activities'], { activity_type: [{ EmailSent: null }] }, (i) => i % 5 === 0],
  ];
  for (const [what, lists, filter, passes] of filters) {
    it(`pass what is asked for by ${what}`, async () => {
      const { canister, ids } = await setupRecords();
      for (const list of lists) {
        const expected = ids[list].filter((_, index) => passes(9 - index));
        for (const limit of [2, 50]) {
          expect((await allPages(canister, list, { ...filter, limit: [limit] })).ids).toEqual(expected);
        }
      }
    });
  }

  it('have 50 sessions, 50 interactions and 100 activities unless told', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const type = { TaskCreated: null };
    await Promise.all(
      Array.from({ length: 101 }, async () => {
        await createSession(canister);
        await storeInteraction(canister);
        await canister.call('log_agent_activity', ['other', GITHUB, type, 'd', []]);
      }),
    );
    for (const [list, lengths] of [
      ['sessions', [50, 50, 1]],
      ['interactions', [50, 50, 1]],
      ['activities', [100, 1]],
    ] as const) {
      expect((await allPages(canister, list, {})).lengths).toEqual(lengths);
    }
  });

  it('refuse a cursor that is not of the same list', async () => {
    const { canister, ids } = await setupRecords();
    const theirs = await storeInteraction(canister, { userId: 'user-2' });
    const error = {
      InvalidArgument: { field: 'cursor', message: 'must be the next_cursor of a page of the same list' },
    };
    const wrong = ['', 'x', 'int-0000000100000001', 'int-zzzzzzzzzzzzzzzz'];
    for (const cursor of [...wrong, ids.sessions[0] ?? '', ids.activities[0] ?? '']) {
      const result = await canister.query('list_interactions', interactionPage({ cursor: [cursor] }));
      expect(result).toEqual({ Err: error });
    }
    for (const cursor of ['int-0000000000000000', 'int-00000000000000ff', theirs]) {
      // As one whose record is gone: nobody learns which ids others have.
      const result = await canister.query('list_interactions', interactionPage({ cursor: [cursor] }));
      expect(result).toEqual({ Ok: { items: [], next_cursor: [] } });
    }
    const gmail = interactionPage({ cursor: [ids.interactions[1] ?? ''], agent_type: [GMAIL] });
    expect(await canister.query('list_interactions', gmail)).toEqual({ Err: error });
  });

  it('go on where they were, whatever comes in between', async () => {
    const { canister, ids } = await setupRecords();
    const first = await LISTS.interactions(canister, { limit: [4] });
    await storeInteraction(canister);
    await canister.upgrade();
    const second = await LISTS.interactions(canister, { limit: [500], cursor: first.next });
    expect([...first.ids, ...second.ids]).toEqual(ids.interactions);
  });

  it('end after looking at 2,000 records, and go on from there', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const oldest = await storeInteraction(canister, { success: false });
    await Promise.all(Array.from({ length: 2100 }, () => storeInteraction(canister)));
    const { ids, lengths } = await allPages(canister, 'interactions', { success: [false] });
    expect(ids).toEqual([oldest]);
    expect(lengths).toEqual([0, 1]);
  });
});
