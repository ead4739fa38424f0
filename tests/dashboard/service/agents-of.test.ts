import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import type { AgentServiceClient } from '../../../src/client/index.ts';
import { agentsOf } from '../../../src/dashboard/service/agents-of.ts';
import { activity } from '../support/activity.ts';

const ABOUT = {
  userId: 'alice',
  agentType: undefined,
  activityType: 'SessionCreated',
  idName: 'session_id',
} as const;
const OTHER = Principal.managementCanister();

const told = (id: string, at: bigint, actor = OTHER) =>
  activity({ activityType: 'SessionCreated', metadata: `{"session_id":"${id}"}`, timestamp: at, actor });

/** Pages of two, newest first, as the service gives them. */
function setupReader(activities: readonly ReturnType<typeof told>[]) {
  const asked: unknown[] = [];
  const client: Pick<AgentServiceClient, 'listActivities'> = {
    listActivities: (request) => {
      const [from, until] = [request.from ?? 0n, request.until ?? 2n ** 63n];
      if (from instanceof Date || until instanceof Date) throw new TypeError('a time of ns was expected');
      const cursor = request.cursor ?? '0';
      asked.push([from, until]);
      const found = activities.filter(({ timestamp }) => timestamp >= from && timestamp < until);
      const next = Number(cursor) + 2;
      return Promise.resolve({
        items: found.slice(Number(cursor), next),
        nextCursor: next < found.length ? String(next) : undefined,
      });
    },
  };
  return { client, asked };
}

describe('the agents of records', () => {
  it('are those of the activities of the same moments; one without is left out', async () => {
    const { client } = setupReader([told('c', 3n), told('b', 2n, Principal.anonymous())]);
    const records = ['c', 'b', 'a'].map((id, i) => ({ id, at: 3n - BigInt(i) }));
    expect(await agentsOf(client, records, ABOUT)).toEqual(
      new Map([
        ['c', OTHER.toText()],
        ['b', Principal.anonymous().toText()],
      ]),
    );
    expect(await agentsOf(client, [], ABOUT)).toEqual(new Map());
  });

  it('are found one by one where many others lie between them', async () => {
    const all = Array.from({ length: 20 }, (_one, i) => told(`s${20 - i}`, BigInt(20 - i)));
    const { client, asked } = setupReader(all);
    const records = [
      { id: 's20', at: 20n },
      { id: 's1', at: 1n },
    ];
    const agents = await agentsOf(client, records, ABOUT);
    expect(['s20', 's1'].map((id) => agents.has(id))).toEqual([true, true]);
    expect(asked.at(-1)).toEqual([1n, 2n]);
  });
});
