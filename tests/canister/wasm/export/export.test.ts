import { describe, expect, it } from 'vitest';
import type { ExportPage } from '../../../../src/candid/agent_service.did.ts';
import {
  createSession,
  GITHUB,
  newGrant,
  raiseRates,
  storeCredentials,
  storeInteraction,
} from '../../support/records.ts';
import {
  AGENT,
  OWNER,
  ok,
  principal,
  type Result,
  START,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const USER = principal(60);
const user_id = USER.toText();

interface Page {
  readonly part: string;
  readonly records?: Record<string, unknown>[];
}

/** Every page of the export, in its order. */
async function exportOf(canister: WasmCanister, sender = USER): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: [] | [string] = [];
  do {
    const result: Result<'export_user'> = await canister.query('export_user', [{ user_id, cursor }], {
      sender,
    });
    const { page, next_cursor }: ExportPage = ok(result);
    pages.push(JSON.parse(page) as Page);
    cursor = next_cursor;
  } while (cursor.length > 0);
  return pages;
}

describe('export_user', () => {
  it('names the agents that the user has blocked', async () => {
    const canister = await setupCanister();
    ok(await canister.call('block_agent', [{ user_id, agent: AGENT }], { sender: USER }));
    const [profile] = await exportOf(canister);
    expect(profile).toMatchObject({ blocked_agents: [{ agent: AGENT.toText(), blocked_at: `${START}` }] });
  });

  it('gives all that is held about a user, but for tokens', async () => {
    const canister = await setupCanister();
    const session = await createSession(canister, { userId: user_id });
    await storeCredentials(canister, { userId: user_id, token: 'SECRET' });
    const interaction = await storeInteraction(canister, { userId: user_id, message: 'Grüße "\n\u0000' });
    ok(await canister.call('grant_agent', [newGrant({ user_id, agent: AGENT })], { sender: USER }));
    const pages = await exportOf(canister);
    expect(JSON.stringify(pages)).not.toContain('SECRET');
    expect(pages).toMatchObject([
      {
        format: 'agent-service-export-1',
        part: 'profile',
        user_id,
        credentials: [{ agent_type: 'GitHub', created_at: `${START}` }],
        grants: [{ agent: AGENT.toText(), permissions: ['read', 'write', 'credentials'], expires_at: null }],
      },
      {
        part: 'sessions',
        records: [{ session_id: session, agent_type: 'GitHub', is_active: true, ended_at: null }],
      },
      {
        part: 'interactions',
        records: [{ id: interaction, message: 'Grüße "\n\u0000', session_id: session, success: true }],
      },
      {
        part: 'activities',
        records: [
          { activity_type: 'AgentGranted', actor: user_id },
          { activity_type: 'InteractionCompleted' },
          { activity_type: 'TokenStored' },
          { activity_type: 'SessionCreated', actor: AGENT.toText(), timestamp: `${START}` },
        ],
      },
    ]);
    expect(await exportOf(canister, OWNER)).toEqual(pages);
  });

  it('comes in pages of 100 records that miss and repeat none', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    for (let i = 0; i < 230; i++) {
      await canister.call('log_agent_activity', [user_id, GITHUB, { TaskCreated: null }, `${i}`, []]);
    }
    const pages = (await exportOf(canister)).filter(({ part }) => part === 'activities');
    expect(pages.map(({ records }) => records?.length)).toEqual([100, 100, 30]);
    const described = pages.flatMap(({ records = [] }) => records.map(({ description }) => description));
    expect(described).toEqual(Array.from({ length: 230 }, (_, i) => `${229 - i}`));
  });

  it('refuses a cursor that is none, and a user who is not known', async () => {
    const canister = await setupCanister();
    const query = (cursor: string) =>
      canister.query('export_user', [{ user_id, cursor: [cursor] }], { sender: USER });
    expect(await query('sessions:')).toEqual({ Err: { NotFound: null } });
    await createSession(canister, { userId: user_id });
    for (const cursor of ['', 'profile:', 'sessions:act-0000000000000003']) {
      expect(await query(cursor)).toMatchObject({ Err: { InvalidArgument: { field: 'cursor' } } });
    }
    // As a session that is gone: nobody learns which ids others have.
    expect(await query('sessions:ses-0000000000000009')).toMatchObject({
      Ok: { next_cursor: ['interactions:'] },
    });
  });
});
