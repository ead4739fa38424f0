import { join } from 'node:path';
import type { Principal } from '@dfinity/principal';
import { beforeAll, describe, expect, it } from 'vitest';
import { inventedPrincipal, userNames } from '../../../src/cli/demo/cast.ts';
import { demoPlan } from '../../../src/cli/demo/demo-plan.ts';
import { type Demo, fillNetwork } from '../../../src/cli/demo/fill-network.ts';
import { callInMemory } from '../../../src/cli/demo/memory-caller.ts';
import { DAY, type Step } from '../../../src/cli/demo/plan.ts';
import { readModule } from '../../../src/cli/files/project.ts';
import { Network } from '../../../src/replica/network.ts';
import { MemoryNetwork } from '../../../src/replica/testing.ts';
import { setupFolder } from '../../e2e/support/local-service.ts';

/** A Friday, 12:00 UTC, in ns since 1970. */
const END = BigInt(Date.UTC(2025, 10, 21, 12)) * 1_000_000n;
const DAYS = 10;
const USERS = 4;
const SEED = 7;
const START = END - BigInt(DAYS) * DAY;

interface Item {
  readonly timestamp?: string;
  readonly created_at?: string;
  readonly is_active?: boolean;
  readonly activity_type?: string;
}

let demo: Demo;
beforeAll(async () => {
  demo = await filled(END);
});

function filled(end: bigint): Promise<Demo> {
  const cast = new Map<string, Principal>();
  return fillNetwork({ users: USERS, days: DAYS, seed: SEED, end, module: readModule(), cast });
}

function ask(method: string, values: Readonly<Record<string, unknown>>): Promise<unknown> {
  return callInMemory(demo.network, demo.canisterId, { sender: inventedPrincipal('admin'), method, values });
}

/** All that a method lists, of every user. */
async function everything(method: string): Promise<readonly Item[]> {
  const found: Item[] = [];
  for (const user_id of demo.users) {
    let cursor: string | null | undefined;
    do {
      const page = (await ask(method, { user_id, limit: 500, cursor })) as {
        items: Item[];
        next_cursor: string | null;
      };
      found.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null);
  }
  return found;
}

describe('the demo', () => {
  it('has every record that it wrote, at its time', async () => {
    const [sessions, interactions] = [
      await everything('list_sessions'),
      await everything('list_interactions'),
    ];
    expect(sessions).toHaveLength(demo.done.get('create_session') ?? NaN);
    expect(interactions).toHaveLength(demo.done.get('store_interaction') ?? NaN);
    for (const { timestamp, created_at } of [...sessions, ...interactions]) {
      const time = BigInt(timestamp ?? created_at ?? 0);
      expect(time >= START && time <= END).toBe(true);
    }
    expect(demo.network.now()).toBe(END);
  });

  it('has activities of what was done, and of what the service did by itself', async () => {
    const activities = await everything('list_activities');
    const count = (type: string) => activities.filter(({ activity_type }) => activity_type === type).length;
    const done = (method: string) => demo.done.get(method) ?? 0;
    // Who refreshes a token gets it.
    expect(count('TokenLeased')).toBe(done('lease_agent_credentials') + done('begin_token_refresh'));
    expect(count('SessionEnded')).toBe(done('end_agent_session'));
    expect(count('UserLinked')).toBe(USERS);
    expect(count('AgentGranted')).toBe(done('grant_agent'));
    expect(count('AgentWithdrawn')).toBe(done('withdraw_agent'));
    expect(count('TokenRefreshed') + count('TokenRefreshFailed')).toBe(done('complete_token_refresh'));
    const open = (await everything('list_sessions')).filter(({ is_active }) => is_active === true);
    expect(open.length).toBeGreaterThan(0);
    expect(count('SessionExpired')).toBe(done('create_session') - done('end_agent_session') - open.length);
    expect(demo.refused).toBeGreaterThan(0);
  });

  it('has credentials in every state', async () => {
    const lists = await Promise.all(demo.users.map((user_id) => ask('list_credentials', { user_id })));
    const states = (lists.flat() as { state: string }[]).map(({ state }) => state);
    expect(states).toHaveLength(demo.done.get('store_credentials') ?? NaN);
    expect(new Set(states)).toEqual(
      new Set([
        'active',
        'expiring',
        'expired',
        'refresh_failed',
        'revoked',
        'needs_refresh',
        'needs_reauthorization',
      ]),
    );
  });

  it('is made where a grant is withdrawn while its agent has a session', async () => {
    // It no longer sees the session that it would end.
    const withdrawn = await filled(BigInt(Date.UTC(2025, 10, 17, 9, 40)) * 1_000_000n);
    await withdrawn.network.dispose();
    expect(withdrawn.refused).toBeGreaterThan(0);
  });

  it('is on a network that goes on with it from its folder, at the time of the machine', async () => {
    const directory = join(setupFolder(), 'state');
    demo.network.network.saveTo(directory);
    expect(() => demo.network.network.saveTo(directory)).toThrow(/has a state already/);
    const network = await Network.open({ directory });
    expect(network.rootKey).toEqual(demo.network.network.rootKey);
    expect(network.now() / 1_000_000n - BigInt(Date.now())).toBeLessThanOrEqual(0n);
    const reopened = MemoryNetwork.restore(network.snapshot());
    await network.close();
    const status = (on: MemoryNetwork) =>
      callInMemory(on, demo.canisterId, {
        sender: inventedPrincipal('admin'),
        method: 'get_agent_status',
        values: { user_id: demo.users[0] },
      });
    expect(await status(reopened)).toMatchObject({ total_sessions: expect.any(Number) as number });
    expect(Object(await status(reopened)).total_sessions).toBe(
      Object(await status(demo.network)).total_sessions,
    );
  });
});

describe("the demo's plan", () => {
  const scene = { start: START, end: END, principalOf: (name: string) => inventedPrincipal(name).toText() };
  const plan = (seed: number) => demoPlan(userNames(20), scene, seed);
  const told = (steps: readonly Step[]) =>
    steps.map(({ at, by, method, values }) => [
      at,
      by,
      method,
      typeof values === 'object' ? values : undefined,
    ]);

  it('is the same for the same seed, and another for another', () => {
    expect(told(plan(1))).toEqual(told(plan(1)));
    expect(told(plan(1))).not.toEqual(told(plan(2)));
  });

  it('has users work by day and on weekdays', () => {
    const hours = new Map<number, number>();
    const weekdays = new Map<number, number>();
    for (const { at, method } of plan(1)) {
      if (method !== 'store_interaction') continue;
      const date = new Date(Number(at / 1_000_000n));
      hours.set(date.getUTCHours(), (hours.get(date.getUTCHours()) ?? 0) + 1);
      weekdays.set(date.getUTCDay(), (weekdays.get(date.getUTCDay()) ?? 0) + 1);
    }
    expect(hours.get(3) ?? 0).toBe(0);
    expect(hours.get(10) ?? 0).toBeGreaterThan(50);
    expect(weekdays.get(0) ?? 0).toBeLessThan((weekdays.get(2) ?? 0) / 3);
  });

  it('makes a new user_id for every user', () => {
    expect(new Set(userNames(100)).size).toBe(100);
  });
});
