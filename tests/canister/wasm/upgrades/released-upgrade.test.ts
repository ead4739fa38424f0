import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  AGENT_TYPES,
  activityPage,
  interactionPage,
  newAgent,
  newGrant,
  optionOf,
  sessionPage,
} from '../../support/records.ts';
import {
  AGENT,
  type CanisterOptions,
  decodeReply,
  encodeArgs,
  encodeInit,
  HOUR,
  type MethodName,
  OWNER,
  principal,
  SECOND,
  STRANGER,
  WasmCanister,
} from '../../support/wasm-canister.ts';

/** Modules of earlier layouts, each as it was built then. */
const RELEASES = join(import.meta.dirname, '../../fixtures/releases');

const USER = principal(20);
const USERS = [USER.toText(), 'plain', 'ümlaut 😀'];
/** For agents of granted users alone. */
const GRANTEE = principal(30);

const SESSION_TOKEN = 'token-of-a-session';

async function setupRelease(name: string, options: CanisterOptions = {}): Promise<WasmCanister> {
  const module = new Uint8Array(readFileSync(join(RELEASES, name)));
  const canister = await WasmCanister.install({ ...options, module });
  onTestFinished(() => canister.close());
  return canister;
}

/** The arguments as clients of earlier versions sent them: without the options that a variant has got since. */
function encodedThen(method: MethodName, args: unknown[]): Uint8Array {
  if (method !== 'log_agent_activity') return encodeArgs(method, args as never);
  const text = IDL.Text;
  const option = (value: unknown) => IDL.Variant(Object.fromEntries([[optionOf(value as object), IDL.Null]]));
  const [, agentType, activityType] = args;
  return IDL.encode([text, option(agentType), option(activityType), text, IDL.Opt(text)], args);
}

/** Calls a method if the version has it; fails the test where it is refused. */
async function call(
  canister: WasmCanister,
  method: MethodName,
  args: unknown[],
  sender = AGENT,
): Promise<void> {
  const outcome = await canister.rawCall(method, encodedThen(method, args), { sender });
  if (outcome.kind === 'rejected' && outcome.reject.message.includes('has no update method')) return;
  const reply: unknown = decodeReply(method, outcome);
  if (typeof reply === 'object' && reply !== null) expect([method, reply]).not.toHaveProperty('1.Err');
}

async function register(canister: WasmCanister): Promise<void> {
  const grantee = newAgent({ agent: GRANTEE, name: 'grantee', scope: [{ granted_users: null }] });
  await call(canister, 'add_agent', [grantee], OWNER);
  await call(canister, 'add_agent', [newAgent({ agent: STRANGER, permissions: [[{ read: null }]] })], OWNER);
  await call(canister, 'add_admin', [{ admin: principal(31) }], OWNER);
  await call(canister, 'grant_agent', [newGrant({ user_id: USER.toText(), agent: GRANTEE })], USER);
}

/** Makes records of every user and agent type; some sessions end, some expire. */
async function write(canister: WasmCanister): Promise<void> {
  for (const user of USERS) {
    for (const [i, type] of AGENT_TYPES.entries()) {
      await call(canister, 'create_agent_session', [user, type, [SESSION_TOKEN], ['p'], []]);
      const metadata = ['{"n":1}'];
      await call(canister, 'store_agent_interaction', [
        user,
        type,
        'm'.repeat(1 + 1000 * i),
        'r',
        true,
        metadata,
      ]);
      await call(canister, 'log_agent_activity', [user, type, { TaskCreated: null }, 'd', ['[1]']]);
      const expiry = i === 0 ? [canister.now() + 50n * HOUR] : [];
      const credentials = [user, type, 'token', ['{}'], ['w'], [['a', 'b']], ['r'], expiry];
      if (i < 3) await call(canister, 'store_agent_credentials', credentials);
    }
    const [newest] = await canister.query('get_user_agent_sessions', [user]);
    await call(canister, 'end_agent_session', [newest?.session_id ?? '']);
    await canister.advance(11n * HOUR);
  }
}

async function setupFilled(name: string, options: CanisterOptions = {}) {
  const canister = await setupRelease(name, options);
  await register(canister);
  await write(canister);
  return canister;
}

/** Every answer that the version gives, without what newer ones add to records. */
async function readAll(
  canister: WasmCanister,
  queries: readonly MethodName[],
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [name, args, sender] of reads()) {
    if (!queries.includes(name)) continue;
    const outcome = await canister.rawQuery(name, encodeArgs(name, args as never), { sender });
    answers[`${name} ${JSON.stringify(args)} ${sender.toText()}`] = asThen(decodeReply(name, outcome));
  }
  return answers;
}

/** Fields that records have got since. */
const NEWER: ReadonlySet<string> = new Set(['sealing', 'is_private', 'token_form', 'token_data_form']);

/** Without what records have got since. Earlier versions kept the token of a session that was over. */
function asThen(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asThen);
  if (typeof value !== 'object' || value === null || value instanceof Principal) return value;
  const entries = Object.entries(value)
    .filter(([name]) => !NEWER.has(name))
    .map(([name, field]) => [name, asThen(field)] as const);
  const record: Record<string, unknown> = Object.fromEntries(entries);
  return 'is_active' in record && record['is_active'] === false ? { ...record, token: [] } : record;
}

function reads(): [MethodName, unknown[], typeof AGENT][] {
  const ofUsers = USERS.flatMap((user_id): [MethodName, unknown[], typeof AGENT][] =>
    [AGENT, OWNER, STRANGER].flatMap((sender): [MethodName, unknown[], typeof AGENT][] => [
      ['get_user_agent_sessions', [user_id], sender],
      ['get_user_agent_credentials', [user_id], sender],
      ['get_user_agent_interactions', [user_id, []], sender],
      ['get_agent_status', [user_id], sender],
      ['list_sessions', sessionPage({ user_id, limit: [2] }), sender],
      ['list_interactions', interactionPage({ user_id, limit: [2] }), sender],
      ['list_activities', activityPage({ user_id, limit: [5] }), sender],
      ['list_activities', activityPage({ user_id, limit: [500] }), sender],
    ]),
  );
  return [
    ...ofUsers,
    ['list_grants', [{ user_id: USER.toText() }], USER],
    ['get_user_agent_interactions', [USER.toText(), []], GRANTEE],
    ['list_agents', [{}], OWNER],
    ['list_admins', [{}], OWNER],
    ['list_credentials', [{ user_id: USER.toText(), agent_type: [] }], AGENT],
    ['get_settings', [{}], OWNER],
    ['get_audit_entries', [{ from: [], limit: [] }], OWNER],
    ['list_my_users', [{}], USER],
    ['export_user', [{ user_id: USER.toText(), cursor: ['activities:'] }], USER],
  ];
}

/** The queries that a version has. */
async function queriesOf(canister: WasmCanister): Promise<readonly MethodName[]> {
  const names = [...new Set(reads().map(([name]) => name))];
  const has = await Promise.all(
    names.map(async (name) => {
      const outcome = await canister.rawQuery(name, new Uint8Array());
      return outcome.kind === 'replied' || !outcome.reject.message.includes('has no query method');
    }),
  );
  return names.filter((_name, i) => has[i]);
}

/** Secrets that outlive their use: also those that an earlier version left in the records of sessions. */
async function expectNoEndedTokens(canister: WasmCanister): Promise<void> {
  const lists = await Promise.all(USERS.map((user) => canister.query('get_user_agent_sessions', [user])));
  const ended = lists.flat().filter(({ is_active }) => !is_active);
  expect(ended.length).toBeGreaterThan(0);
  expect(ended.flatMap(({ token }) => token)).toEqual([]);
}

/** Of each user the account whose token ends. */
async function expectDue(canister: WasmCanister): Promise<void> {
  const request = {
    filter: [],
    kind: { expires: null },
    before: 2n ** 64n - 1n,
    since: [],
    limit: [],
    cursor: [],
  };
  const reply = await canister.query('list_due_connections', [request as never], { sender: OWNER });
  const items = 'Ok' in reply ? reply.Ok.items : [];
  expect(items.map(({ user_id }) => user_id).toSorted()).toEqual(USERS.toSorted());
  expect(items.map(({ agent_type }) => agent_type)).toEqual(USERS.map(() => AGENT_TYPES[0]));
}

async function openSessions(canister: WasmCanister): Promise<number> {
  const lists = await Promise.all(USERS.map((user) => canister.query('get_user_agent_sessions', [user])));
  return lists.flat().filter(({ is_active }) => is_active).length;
}

describe.each(readdirSync(RELEASES))('an upgrade from %s', (release) => {
  it('changes nothing that can be read, and goes on from there', async () => {
    const canister = await setupFilled(release);
    const queries = await queriesOf(canister);
    const before = await readAll(canister, queries);
    expect(Object.keys(before).length).toBeGreaterThan(70);
    await canister.upgrade(encodeInit(undefined), WasmCanister.built());
    expect(await readAll(canister, queries)).toEqual(before);
    await expectNoEndedTokens(canister);
    const open = await openSessions(canister);
    await canister.advance(2n * 60n * SECOND);
    expect(await readAll(canister, queries)).toEqual(before);
    expect(canister.countInStable(SESSION_TOKEN)).toBe(open);
    await expectDue(canister);
    await write(canister);
    const sessions = await canister.query('get_user_agent_sessions', ['plain']);
    expect(new Set(sessions.map(({ session_id }) => session_id)).size).toBe(2 * AGENT_TYPES.length);
  });

  it('that is interrupted at any call of the system leaves the old version as it was', async () => {
    const fault = { left: Number.POSITIVE_INFINITY, fired: 0 };
    const onHostCall = () => {
      if (fault.left-- > 0) return undefined;
      fault.left = Number.POSITIVE_INFINITY;
      fault.fired++;
      return 'a fault of the test';
    };
    const canister = await setupFilled(release, { onHostCall });
    const queries = await queriesOf(canister);
    const before = await readAll(canister, queries);
    const digest = canister.stableDigest();
    for (const at of [0, 3, 10, 30, 100, 300]) {
      fault.left = at;
      const upgrade = canister.upgrade(encodeInit(undefined), WasmCanister.built());
      const failed = await upgrade.then(
        () => false,
        () => true,
      );
      fault.left = Number.POSITIVE_INFINITY;
      // The upgrade has fewer calls than that.
      if (!failed) break;
      expect(canister.stableDigest()).toBe(digest);
      expect(await readAll(canister, queries)).toEqual(before);
    }
    expect(fault.fired).toBeGreaterThan(2);
    await canister.upgrade(encodeInit(undefined), WasmCanister.built());
    expect(await readAll(canister, queries)).toEqual(before);
  });
});
