import { beforeAll, describe, expect, it } from 'vitest';
import { createSession, GITHUB, interactionPage, raiseRates, storeInteraction } from '../support/records.ts';
import { type Args, isQuery, type MethodName, WasmCanister } from '../support/wasm-canister.ts';

const FEW = 100;
const MANY = 10_000;

/** How often each call is measured; the median counts, since a page of a map splits now and then. */
const RUNS = 7;

/** Instructions of each call, beside so many stored interactions. */
type Costs = ReadonlyMap<string, number>;

/** Every second interaction is user-1's, whose ids are returned; the others are those of a hundred users. */
async function fill(canister: WasmCanister, from: number, to: number): Promise<string[]> {
  const message = 'm'.repeat(100);
  const response = 'r'.repeat(300);
  const indexes = Array.from({ length: to - from }, (_, i) => from + i);
  const ids: string[] = [];
  for (let at = 0; at < indexes.length; at += 400) {
    const part = indexes.slice(at, at + 400).map((i) => {
      const userId = i % 2 === 0 ? 'user-1' : `other-${i % 200}`;
      return storeInteraction(canister, { userId, message, response });
    });
    ids.push(...(await Promise.all(part)).filter((_, index) => index % 2 === 0));
  }
  return ids;
}

/** What is measured; `middle` is the middle one of user-1's interactions. */
function calls(middle: string, session: string): [string, MethodName, unknown[]][] {
  return [
    ['50 interactions', 'get_user_agent_interactions', ['user-1', [50]]],
    ['50 of a type', 'get_agent_type_interactions', ['user-1', GITHUB, [50]]],
    ['50 activities', 'get_user_agent_activities', ['user-1', [50]]],
    ['a page of 50', 'list_interactions', interactionPage({ limit: [50] })],
    ['a page of 25 from the middle', 'list_interactions', interactionPage({ limit: [25], cursor: [middle] })],
    ['status', 'get_agent_status', ['user-1']],
    ['an interaction', 'get_agent_interaction', [middle]],
    ['a session', 'get_agent_session', [session]],
    ['credentials', 'get_agent_credentials', ['user-1', GITHUB]],
    ['creating a session', 'create_agent_session', ['user-1', GITHUB, ['t'], [], []]],
    ['updating a session', 'update_agent_session', [session, ['t'], [], []]],
    ['storing credentials', 'store_agent_credentials', ['user-1', GITHUB, 't', [], [], [], [], []]],
    ['updating credentials', 'update_agent_credentials', ['user-1', GITHUB, ['t'], [], [], [], [], []]],
    ['storing an interaction', 'store_agent_interaction', ['user-1', GITHUB, 'm', 'r', true, []]],
    ['logging an activity', 'log_agent_activity', ['user-1', GITHUB, { TaskCreated: null }, 'd', []]],
  ];
}

async function measure(canister: WasmCanister, ids: readonly string[]): Promise<Costs> {
  const session = await createSession(canister);
  await canister.call('store_agent_credentials', ['user-1', GITHUB, 't', [], [], [], [], []]);
  const middle = ids[ids.length >> 1] ?? '';
  const costs = new Map<string, number>();
  for (const [what, name, args] of calls(middle, session)) {
    costs.set(what, median(await measureCall(canister, name, args as Args<typeof name>)));
  }
  const ends = [];
  for (let run = 0; run < RUNS; run++) {
    await canister.call('end_agent_session', [await createSession(canister)]);
    ends.push(canister.instructionsOf('end_agent_session'));
  }
  return costs.set('ending a session', median(ends));
}

async function measureCall<M extends MethodName>(canister: WasmCanister, name: M, args: Args<M>) {
  const costs = [];
  for (let run = 0; run < RUNS; run++) {
    const result = isQuery(name) ? await canister.query(name, args) : await canister.call(name, args);
    if (typeof result === 'object') expect(result).not.toHaveProperty('Err');
    costs.push(canister.instructionsOf(name));
  }
  return costs;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0;
}

const MEASURED = [...calls('', '').map(([what]) => what), 'ending a session'];

describe('the cost of a call', () => {
  let few: Costs = new Map();
  let many: Costs = new Map();

  beforeAll(async () => {
    const canister = await WasmCanister.install();
    try {
      await raiseRates(canister);
      const first = await fill(canister, 0, FEW);
      few = await measure(canister, first);
      many = await measure(canister, [...first, ...(await fill(canister, FEW, MANY))]);
    } finally {
      await canister.close();
    }
  });

  for (const what of MEASURED) {
    const factor = what === 'status' ? 1.05 : 1.5;
    it(`for ${what} grows by a factor of ${factor} at most from 100 stored interactions to 10,000`, () => {
      expect(few.get(what)).toBeGreaterThan(0);
      expect(many.get(what)).toBeLessThanOrEqual((few.get(what) ?? 0) * factor);
    });
  }
});
