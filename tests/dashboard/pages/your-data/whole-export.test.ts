import { describe, expect, it } from 'vitest';
import { type AgentServiceClient, NotFoundError } from '../../../../src/client/index.ts';
import { wholeExport } from '../../../../src/dashboard/pages/your-data/whole-export.ts';

type Reader = Parameters<typeof wholeExport>[0];
type Interaction = Awaited<ReturnType<AgentServiceClient['getAgentInteraction']>>;
type Account = Awaited<ReturnType<AgentServiceClient['listAccounts']>>['items'][number];

const PROFILE = {
  part: 'profile',
  credentials: [
    { agent_type: 'GitHub', account: null, project_ids: [] },
    { agent_type: 'Gmail', account: 'work', omitted: ['project_ids'] },
  ],
};
const RECORDS = {
  part: 'interactions',
  records: [
    { id: 'int-2', timestamp: '2', session_id: null, omitted: ['message', 'response', 'metadata'] },
    { id: 'int-1', timestamp: '1', message: 'says "omitted"', response: 'b', metadata: '{"omitted":[1]}' },
  ],
};
/** To the letter, with a number and an escape that JSON.stringify would write otherwise. */
const UNTOUCHED = '{"part": "activities", "records": [{"id":"act-1","description":"\\u0041", "n": 1.0}]}';

/** A service whose export has these pages. */
function serviceWith(different: Partial<Reader> = {}): Reader {
  const pages = [JSON.stringify(PROFILE), JSON.stringify(RECORDS), UNTOUCHED];
  const interaction = { message: '\u0001'.repeat(9), response: 'é', metadata: undefined };
  const accounts = [
    { agentType: 'Gmail', account: undefined, projectIds: [] },
    { agentType: 'Gmail', account: 'work', projectIds: [['a', 'b']] },
  ];
  return {
    exportUser: ({ cursor }) => {
      const at = Number(cursor ?? 0);
      const nextCursor = at + 1 < pages.length ? String(at + 1) : undefined;
      return Promise.resolve({ page: pages[at] ?? '', nextCursor });
    },
    getAgentInteraction: (id) =>
      Promise.resolve(id === 'int-2' ? (interaction as unknown as Interaction) : undefined),
    listAccounts: ({ cursor }) =>
      Promise.resolve({
        items: [accounts[Number(cursor ?? 0)] as unknown as Account],
        nextCursor: cursor === undefined ? '1' : undefined,
      }),
    ...different,
  };
}

const options = { userId: 'alice', why: String, onProgress: () => undefined };

describe('wholeExport', () => {
  it('fetches what no page can hold, and puts it in its place', async () => {
    const told: unknown[] = [];
    const { text, fetched, missing } = await wholeExport(serviceWith(), {
      ...options,
      onProgress: (progress) => told.push(progress),
    });
    const [profile, interactions] = JSON.parse(text) as [typeof PROFILE, typeof RECORDS];
    expect(profile.credentials[1]).toEqual({
      agent_type: 'Gmail',
      account: 'work',
      project_ids: [['a', 'b']],
    });
    expect(interactions.records[0]).toEqual({
      id: 'int-2',
      timestamp: '2',
      session_id: null,
      message: '\u0001'.repeat(9),
      response: 'é',
      metadata: null,
    });
    expect(interactions.records[1]).toEqual(RECORDS.records[1]);
    expect({ fetched, missing }).toEqual({ fetched: 2, missing: [] });
    expect(told.at(-1)).toEqual({ pages: 3, records: 2 });
  });

  it('leaves a page that leaves out nothing to the letter', async () => {
    expect((await wholeExport(serviceWith(), options)).text).toContain(UNTOUCHED);
  });

  it('names what cannot be had, in the file too, and goes on', async () => {
    const gone = serviceWith({
      getAgentInteraction: () => Promise.resolve(undefined),
      listAccounts: () => Promise.reject(new NotFoundError('there is none')),
    });
    const { text, missing } = await wholeExport(gone, options);
    expect(missing.map(({ name }) => name)).toEqual(['Gmail work', 'int-2']);
    const [profile, interactions] = JSON.parse(text) as [typeof PROFILE, typeof RECORDS];
    expect(profile.credentials[1]).toHaveProperty('missing');
    expect(interactions.records[0]).toMatchObject({
      omitted: ['message', 'response', 'metadata'],
      missing: expect.stringContaining('removed') as unknown,
    });
    expect(text).toContain(UNTOUCHED);
  });

  it('fails where a page cannot be had', async () => {
    const broken = serviceWith({ exportUser: () => Promise.reject(new Error('offline')) });
    await expect(wholeExport(broken, options)).rejects.toThrow('offline');
  });
});
