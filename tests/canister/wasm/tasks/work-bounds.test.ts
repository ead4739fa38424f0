import type { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../src/replica/messages/outcome.ts';
import { newAgent, newCredentials, previewRequest, raiseRates } from '../../support/records.ts';
import {
  AGENT,
  type Args,
  decodeReply,
  encodeArgs,
  type MethodName,
  OWNER,
  ok,
  principal,
  type Result,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

/** A fifth of what a query may take, which is far less than an update may. */
const BOUND = 1_000_000_000;

const USER = principal(40);
const USER_ID = USER.toText();
const TYPES = ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr'] as const;

/** What texts are made of, and how many UTF-8 bytes one takes. */
const CONTENTS: readonly (readonly [what: string, unit: string, bytes: number])[] = [
  ['plain characters', 'a', 1],
  ['quotes', '"', 1],
  ['backslashes and quotes in between', 'abcdefg\\"', 9],
  ['control characters', '\u0001', 1],
  ['NUL', '\u0000', 1],
  ['Cyrillic', 'Ж', 2],
  ['Cyrillic with quotes', 'Ж"', 3],
  ['emoji', '😀', 4],
];

/** So many bytes of a text, or a few less. */
function text([, unit, bytes]: (typeof CONTENTS)[number], length: number): string {
  return unit.repeat(Math.floor(length / bytes));
}

/** A JSON string of so many bytes, with what it holds escaped. */
function json(content: (typeof CONTENTS)[number], length: number): string {
  const [, unit] = content;
  const escaped = JSON.stringify(unit).slice(1, -1);
  return `"${escaped.repeat(Math.floor((length - 2) / Buffer.byteLength(escaped)))}"`;
}

/** A user of whom there is as much as the limits allow in a record, in many records of each kind. */
async function setupFull(content: (typeof CONTENTS)[number]): Promise<WasmCanister> {
  const canister = await setupCanister({ agents: [AGENT] });
  await raiseRates(canister);
  const large = text(content, 256 * 1024);
  const metadata: [string] = [json(content, 64 * 1024)];
  for (const size of [1, 1000, 64 * 1024]) {
    const short = text(content, size) || content[1];
    ok(await canister.call('store_agent_interaction', [USER_ID, { GitHub: null }, short, short, true, []]));
  }
  for (let i = 0; i < 4; i++) {
    const args: Args<'store_agent_interaction'> = [USER_ID, { GitHub: null }, large, large, i > 0, metadata];
    ok(await canister.call('store_agent_interaction', args));
  }
  const description = text(content, 4096);
  for (let i = 0; i < 40; i++) {
    const type = i % 2 === 0 ? { ErrorOccurred: null } : { TaskCreated: null };
    await canister.call('log_agent_activity', [USER_ID, { Gmail: null }, type, description, metadata]);
  }
  const name = text(content, 512);
  const token: [string] = [text(content, 16 * 1024)];
  for (let i = 0; i < 20; i++)
    ok(await canister.call('create_agent_session', [USER_ID, { Asana: null }, token, [name], [name]]));
  const projectIds = Array.from({ length: 256 }, (): [string, string] => [name, name]);
  for (const type of TYPES) {
    for (let slot = 0; slot < 7; slot++) {
      const account: [] | [string] = slot === 0 ? [] : [`account ${slot}`];
      const request = newCredentials({
        user_id: USER_ID,
        agent_type: { [type]: null } as Args<'store_credentials'>[0]['agent_type'],
        account,
        token: token[0],
        token_data: metadata,
        workspace_id: [name],
        project_ids: [projectIds],
        selected_repo: [name],
      });
      ok(await canister.call('store_credentials', [request]));
    }
  }
  for (let i = 0; i < 30; i++) {
    const agent = principal(60 + i);
    ok(await canister.call('add_agent', [newAgent({ agent, name: text(content, 512) })], { sender: OWNER }));
    const grant = { user_id: USER_ID, agent, agent_types: [], permissions: [], expires_at: [] } as const;
    ok(await canister.call('grant_agent', [grant as never], { sender: USER }));
  }
  return canister;
}

/** How a method is asked, page after page. */
interface Walk<M extends MethodName> {
  readonly method: M;
  readonly sender: Principal;
  readonly first: Args<M>;
  /** The arguments of the page after this one; undefined at the end. */
  readonly next?: (result: Result<M>, args: Args<M>) => Args<M> | undefined;
}

/** Asks to the end, as a query and as an update, and returns what the most costly message took; fails where one traps or does not get on. */
async function worstOf<M extends MethodName>(canister: WasmCanister, walk: Walk<M>): Promise<number> {
  let worst = 0;
  for (const send of ['rawQuery', 'rawCall'] as const) {
    let args: Args<M> | undefined = walk.first;
    for (let pages = 0; args !== undefined; pages++) {
      expect(pages, `${walk.method} does not come to an end`).toBeLessThan(500);
      canister.executions.length = 0;
      const outcome: Outcome = await canister[send](walk.method, encodeArgs(walk.method, args), {
        sender: walk.sender,
      });
      expect(outcome, `${walk.method} by ${send}`).toMatchObject({ kind: 'replied' });
      worst = Math.max(worst, ...canister.executions.map(({ instructions }) => Number(instructions)));
      args = walk.next?.(decodeReply(walk.method, outcome), args);
    }
  }
  return worst;
}

const PAGE = { agent_type: [], from: [], until: [], limit: [500], cursor: [] };

/** The next page of a method whose request has a cursor. */
function byCursor(result: unknown, [request]: readonly unknown[]): never | undefined {
  const { Ok, Err } = result as { Ok?: { next_cursor: [] | [string] }; Err?: unknown };
  if (Ok === undefined) throw new Error(`refused: ${JSON.stringify(Err)}`);
  const { next_cursor: cursor } = Ok;
  return cursor.length === 0 ? undefined : ([{ ...(request as object), cursor }] as never);
}

function walksOf(): readonly Walk<MethodName>[] {
  const walks: Walk<MethodName>[] = [];
  const add = <M extends MethodName>(walk: Walk<M>) => walks.push(walk);
  const user = { user_id: USER_ID };
  for (const sender of [AGENT, USER]) {
    add({
      method: 'list_sessions',
      sender,
      first: [{ ...user, ...PAGE, is_active: [], without_tokens: [] } as never],
      next: byCursor,
    });
    add({
      method: 'list_interactions',
      sender,
      first: [{ ...user, ...PAGE, session_id: [], success: [] } as never],
      next: byCursor,
    });
    add({
      method: 'list_activities',
      sender,
      first: [{ ...user, ...PAGE, activity_type: [] } as never],
      next: byCursor,
    });
    add({
      method: 'list_accounts',
      sender,
      first: [{ ...user, agent_type: [], limit: [], cursor: [] }],
      next: byCursor,
    });
    add({ method: 'list_credentials', sender, first: [{ ...user, agent_type: [{ Gmail: null }] }] });
    add({ method: 'get_user_agent_sessions', sender, first: [USER_ID] });
    add({ method: 'get_user_agent_credentials', sender, first: [USER_ID] });
    add({ method: 'get_user_agent_interactions', sender, first: [USER_ID, [500]] });
    add({ method: 'get_agent_type_interactions', sender, first: [USER_ID, { GitHub: null }, [500]] });
    add({ method: 'get_user_agent_activities', sender, first: [USER_ID, [500]] });
    add({ method: 'get_agent_status', sender, first: [USER_ID] });
    add({ method: 'get_usage', sender, first: [user] });
    add({ method: 'get_user_retention', sender, first: [user] });
    add({
      method: 'get_user_analytics',
      sender,
      first: [{ ...user, agent_type: [], agent: [], from: [], until: [], interval: [{ hour: null }] }],
    });
    add({
      method: 'get_events',
      sender,
      first: [
        { after: [0n], limit: [500], filter: [{ user_id: [USER_ID], agent_type: [], activity_types: [] }] },
      ],
      next: (result, [request]) => {
        const { next, more } = ok(result);
        return more ? ([{ ...request, after: [next] as [bigint] }] satisfies Args<'get_events'>) : undefined;
      },
    });
  }
  add({ method: 'export_user', sender: USER, first: [{ ...user, cursor: [] }], next: byCursor });
  add({
    method: 'list_notifications',
    sender: USER,
    first: [{ ...user, limit: [500], cursor: [] }],
    next: byCursor,
  });
  add({ method: 'list_grants', sender: USER, first: [user] });
  for (const sender of [OWNER, USER, STRANGER])
    add({
      method: 'get_audit_entries',
      sender,
      first: [{ from: [], limit: [500] }],
      next: (result) => {
        const [from] = ok(result).next;
        return from === undefined
          ? undefined
          : ([{ from: [from], limit: [500] }] satisfies Args<'get_audit_entries'>);
      },
    });
  add({ method: 'list_agents', sender: OWNER, first: [{}] });
  add({
    method: 'preview_retention',
    sender: OWNER,
    first: [previewRequest({ interactions_days: [30n], activities_days: [30n], limit: [500] })],
    next: byCursor,
  });
  add({ method: 'list_users', sender: OWNER, first: [{ limit: [500], cursor: [] }], next: byCursor });
  add({
    method: 'get_service_analytics',
    sender: OWNER,
    first: [{ agent_type: [], agent: [], from: [], until: [], interval: [] }],
  });
  return walks;
}

describe('work bounded by what it costs, not by how many', () => {
  for (const content of CONTENTS) {
    it(`lets every page of every method be read to its end where all there is are ${content[0]}`, async () => {
      const canister = await setupFull(content);
      for (const walk of walksOf()) {
        const worst = await worstOf(canister, walk);
        expect(worst, `${walk.method} by ${walk.sender.toText()}`).toBeLessThan(BOUND);
      }
    });
  }
});
