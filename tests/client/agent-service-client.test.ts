import { describe, expect, it } from 'vitest';
import {
  CallRejectedError,
  ClockError,
  type RefusalKind,
  VerificationFailedError,
} from '../../src/client/index.ts';
import { flipped, type Received, setupClient } from './support/fake-network.ts';

const SESSION = { userId: 'alice', agentType: 'GitHub' } as const;
const STATUS = {
  user_id: 'alice',
  active_sessions: 1,
  total_sessions: 2,
  connected_agents: 3,
  recent_interactions: 4,
  recent_activities: 5,
  last_activity: 6n,
};

/** A page as it is sent; of the records, what the test looks at. */
interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next_cursor: readonly string[];
}

const thrown = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

describe('the client', () => {
  it('sends and gives values in the forms of TypeScript', async () => {
    const calls: Received[] = [];
    const client = await setupClient({
      answer: (call) => {
        calls.push(call);
        return { value: call.method === 'get_agent_status' ? STATUS : { Ok: 'ses-1' } };
      },
    });
    await expect(client.getAgentStatus('alice')).resolves.toMatchObject({
      userId: 'alice',
      lastActivity: 6n,
    });
    await expect(client.createAgentSession(SESSION)).resolves.toBe('ses-1');
    expect(calls).toEqual([
      { method: 'get_agent_status', args: ['alice'] },
      { method: 'create_agent_session', args: ['alice', { GitHub: null }, [], [], []] },
    ]);
  });

  it('reads a list page by page, also past a page without items', async () => {
    const pages = new Map<string | undefined, Page>([
      [undefined, { items: [{ id: 'int-3' }], next_cursor: ['one'] }],
      ['one', { items: [], next_cursor: ['two'] }],
      ['two', { items: [{ id: 'int-1' }], next_cursor: [] }],
    ]);
    const interaction = {
      user_id: 'alice',
      agent_type: { GitHub: null },
      message: '',
      response: '',
      success: true,
      timestamp: 1n,
      metadata: [],
      session_id: [],
    };
    const client = await setupClient({
      answer: ({ args }) => {
        const [{ cursor }] = args as readonly [{ readonly cursor: readonly string[] }];
        const page = pages.get(cursor[0]);
        return {
          value: { Ok: { ...page, items: page?.items.map((item) => ({ ...interaction, ...item })) } },
        };
      },
    });
    const ids: string[] = [];
    for await (const { id } of client.eachInteraction({ userId: 'alice' })) ids.push(id);
    expect(ids).toEqual(['int-3', 'int-1']);
  });
});

describe('what a call fails with', () => {
  const refusals: readonly (readonly [kind: RefusalKind, err: object, fields: object])[] = [
    ['NotFound', { NotFound: null }, {}],
    ['InvalidArgument', { InvalidArgument: { field: 'user_id', message: 'is long' } }, { field: 'user_id' }],
    ['Unauthorized', { Unauthorized: { message: 'no' } }, { message: 'no' }],
    ['Conflict', { Conflict: { message: 'ended' } }, { message: 'ended' }],
    ['RateLimited', { RateLimited: { retry_after_ns: 7n } }, { retryAfterNs: 7n }],
    [
      'QuotaExceeded',
      { QuotaExceeded: { resource: 'sessions', limit: 9n } },
      { resource: 'sessions', limit: 9n },
    ],
    ['Expired', { Expired: { message: 'late' } }, { message: 'late' }],
  ];

  it.each(refusals)('is a refusal as %s', async (kind, Err, fields) => {
    const client = await setupClient({ answer: () => ({ value: { Err } }) });
    expect(await thrown(client.createAgentSession(SESSION))).toMatchObject({ kind, ...fields });
  });

  it("is a reject with the network's codes, of queries and updates", async () => {
    const reject = { code: 3, message: 'there is no canister', errorCode: 'IC0301' } as const;
    const client = await setupClient({ answer: () => ({ reject }) });
    for (const work of [client.getAgentStatus('alice'), client.createAgentSession(SESSION)]) {
      const error = await thrown(work);
      expect(error).toBeInstanceOf(CallRejectedError);
      expect(error).toMatchObject({ rejectCode: 3, errorCode: 'IC0301' });
    }
  });

  it.each(['query', 'call'])(
    'is a failed verification where one bit of an answer was changed (%s)',
    async (at) => {
      const client = await setupClient({
        answer: ({ method }) => ({ value: method === 'get_agent_status' ? STATUS : { Ok: 'alice' } }),
        tamper: (bytes, endpoint) => (endpoint === at ? flipped(bytes, 'alice') : bytes),
      });
      const work = at === 'query' ? client.getAgentStatus('alice') : client.createAgentSession(SESSION);
      expect(await thrown(work)).toBeInstanceOf(VerificationFailedError);
    },
  );

  it('is nothing where the clock of the network is ten minutes ahead, and a ClockError where it is two days', async () => {
    const answer = () => ({ value: STATUS });
    const near = await setupClient({ answer, aheadMs: 600_000 });
    await expect(near.getAgentStatus('alice')).resolves.toMatchObject({ userId: 'alice' });
    const far = await setupClient({ answer, aheadMs: 2 * 24 * 3600 * 1000 });
    expect(await thrown(far.getAgentStatus('alice'))).toBeInstanceOf(ClockError);
  });
});
