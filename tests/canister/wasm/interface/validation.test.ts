import type { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../src/canister/policy/limits/limits.ts';
import {
  activityPage,
  createSession,
  GITHUB,
  interactionPage,
  newActivity,
  newAgent,
  newCredentials,
  newGrant,
  newInteraction,
  newSession,
  previewRequest,
  sessionPage,
  storeCredentials,
  storeInteraction,
} from '../../support/records.ts';
import {
  AGENT,
  ANONYMOUS,
  decodeReply,
  encodeArgs,
  HOUR,
  isQuery,
  type MethodName,
  OWNER,
  ok,
  START,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

/** A user who owns what is held about them. */
const SELF = STRANGER.toText();

const ACCOUNT = { user_id: 'user-1', agent_type: GITHUB, account: [] };
/** Of a refresh that is not under way: what is valid gets Conflict. */
const REFRESHED = {
  ...ACCOUNT,
  fencing: 9n,
  outcome: { refreshed: { token: 't', token_data: ['{}'], expires_at: [START + 1n] } },
};

/** A full set of valid arguments of each method that checks any; `sender` is the agent unless told. */
const VALID = {
  create_agent_session: ['user-1', GITHUB, ['t'], ['p'], ['r']],
  update_agent_session: ['ses-0000000000000001', ['t'], ['p'], ['r']],
  end_agent_session: ['ses-0000000000000001'],
  get_agent_session: ['ses-0000000000000001'],
  get_user_agent_sessions: ['user-1'],
  store_agent_credentials: ['user-1', GITHUB, 't', ['{}'], ['w'], [['a', 'b']], ['r'], [START + 1n]],
  update_agent_credentials: ['user-1', GITHUB, ['t'], ['{}'], ['w'], [[['a', 'b']]], ['r'], [START + 1n]],
  get_agent_credentials: ['user-1', GITHUB],
  get_user_agent_credentials: ['user-1'],
  store_agent_interaction: ['user-1', GITHUB, 'm', 'r', true, ['{}']],
  get_agent_interaction: ['int-0000000000000001'],
  get_user_agent_interactions: ['user-1', [50]],
  get_agent_type_interactions: ['user-1', GITHUB, [50]],
  log_agent_activity: ['user-1', GITHUB, { TaskCreated: null }, 'd', ['{}']],
  get_user_agent_activities: ['user-1', [50]],
  get_agent_status: ['user-1'],
  list_sessions: sessionPage({ limit: [1] }),
  list_interactions: interactionPage({ limit: [1], session_id: ['s'] }),
  list_activities: activityPage({ limit: [1] }),
  add_agent: [newAgent({ agent: OWNER, expires_at: [START + 1n] })],
  update_agent: [{ ...newAgent({ agent: AGENT, expires_at: [START + 1n] }), name: ['n'] }],
  list_grants: [{ user_id: SELF }],
  grant_agent: [newGrant({ user_id: SELF, agent: AGENT, expires_at: [START + 1n] })],
  withdraw_agent: [{ user_id: SELF, agent: AGENT }],
  block_agent: [{ user_id: SELF, agent: AGENT }],
  unblock_agent: [{ user_id: SELF, agent: AGENT }],
  list_blocked_agents: [{ user_id: SELF }],
  store_credentials: [
    newCredentials({
      account: ['work'],
      token_data: ['{}'],
      workspace_id: ['w'],
      selected_repo: ['r'],
      expires_at: [START + 1n],
    }),
  ],
  list_credentials: [{ user_id: 'user-1', agent_type: [GITHUB] }],
  revoke_credentials: [{ ...ACCOUNT, account: ['work'] }],
  lease_agent_credentials: [{ ...ACCOUNT, purpose: 'p', duration_ns: [1n] }],
  begin_token_refresh: [{ ...ACCOUNT, account: ['work'] }],
  complete_token_refresh: [REFRESHED],
  create_link_code: [{ user_id: 'user-1' }],
  redeem_link_code: [{ code: 'c' }],
  unlink_user: [{ user_id: 'user-1' }],
  create_session: [newSession({ token: ['t'], project_id: ['p'], selected_repo: ['r'] })],
  store_interaction: [newInteraction({ metadata: ['{}'] })],
  log_activity: [newActivity({ metadata: ['{}'] })],
  get_usage: [{ user_id: 'user-1' }],
  get_user_retention: [{ user_id: 'user-1' }],
  get_events: [{ after: [0n], limit: [1], filter: [] }],
  get_notification_settings: [{ user_id: SELF }],
  update_notification_settings: [{ user_id: SELF, rules: [] }],
  list_notifications: [{ user_id: SELF, limit: [1], cursor: [] }],
  mark_notifications_read: [{ user_id: SELF, up_to: 1n }],
  list_users: [{ limit: [1], cursor: ['1'] }],
  preview_retention: [previewRequest({ limit: [1], cursor: ['1'] })],
} satisfies Partial<Record<MethodName, unknown[]>>;
type Checked = keyof typeof VALID;

/** Who may call what agents may not. */
const SENDERS: Partial<Record<Checked, Principal>> = {
  add_agent: OWNER,
  update_agent: OWNER,
  list_grants: STRANGER,
  grant_agent: STRANGER,
  withdraw_agent: STRANGER,
  unlink_user: OWNER,
  get_notification_settings: STRANGER,
  update_notification_settings: STRANGER,
  list_notifications: STRANGER,
  mark_notifications_read: STRANGER,
  list_users: OWNER,
  preview_retention: OWNER,
};

/** What a field may be: at its limits, and just past them with what the refusal says. */
interface Rule {
  readonly accepted: readonly unknown[];
  readonly refused: readonly (readonly [value: unknown, message: string])[];
}

function bytesRule(limit: number): Rule {
  const message = (length: number) => `must be 1 to ${limit} bytes long, is ${length}`;
  return {
    accepted: ['x', 'x'.repeat(limit), 'é'.repeat(limit / 2), '😀'.repeat(limit / 4)],
    refused: [
      ['', message(0)],
      ['x'.repeat(limit + 1), message(limit + 1)],
      [`${'é'.repeat(limit / 2)}x`, message(limit + 1)],
      ['😀'.repeat(limit / 4 + 1), message(limit + 4)],
    ],
  };
}

const USER_ID: Rule = {
  accepted: ['x', 'x'.repeat(128), 'é'.repeat(128), '😀'.repeat(128), 'a_b', 'a b'],
  refused: ['', 'x'.repeat(129), 'é'.repeat(129), '😀'.repeat(129), 'x'.repeat(3000)].map(
    (value) => [value, 'must be 1 to 128 characters long'] as const,
  ),
};
const NAME = bytesRule(LIMITS.nameBytes);
const TOKEN = bytesRule(LIMITS.tokenBytes);
const JSON_TEXT: Rule = {
  accepted: [
    '1',
    'null',
    '"é"',
    `"${'x'.repeat(LIMITS.jsonBytes - 2)}"`,
    `${'['.repeat(100)}${']'.repeat(100)}`,
  ],
  refused: [
    ['', `must be 1 to ${LIMITS.jsonBytes} bytes long, is 0`],
    [`"${'x'.repeat(LIMITS.jsonBytes - 1)}"`, `must be 1 to 65536 bytes long, is ${LIMITS.jsonBytes + 1}`],
    [`"${'é'.repeat(LIMITS.jsonBytes / 2)}"`, `must be 1 to 65536 bytes long, is ${LIMITS.jsonBytes + 2}`],
    [`${'['.repeat(101)}${']'.repeat(101)}`, 'must nest at most 100 levels deep'],
    ...['{', "{'a':1}", '{a:1}', '[1,]', '01', '1.', 'NaN', '"\\x41"', '"\n"', '\u00a01', '1 2'].map(
      (text) => [text, 'must be valid JSON'] as const,
    ),
  ],
};
const PAIRS: Rule = {
  accepted: [[], Array.from({ length: 256 }, () => ['a', 'b'])],
  refused: [
    [Array.from({ length: 257 }, () => ['a', 'b']), 'must have at most 256 entries, has 257'],
    [[['', 'b']], 'must be 1 to 512 bytes long, is 0'],
    [[['a', 'é'.repeat(257)]], 'must be 1 to 512 bytes long, is 514'],
  ],
};
const FUTURE: Rule = {
  accepted: [START + 1n, 2n ** 64n - 1n],
  refused: [0n, START - 1n, START].map((time) => [time, 'must be in the future'] as const),
};
/** In an update, 0 takes the expiry away. */
const FUTURE_OR_NEVER: Rule = {
  accepted: [0n, ...FUTURE.accepted],
  refused: FUTURE.refused.filter(([time]) => time !== 0n),
};
/** The text of a principal belongs to that one. */
const NO_PRINCIPAL: Rule = {
  accepted: [`${SELF}a`],
  refused: [
    ...[SELF, 'aaaaa-aa', '2vxsx-fae'].map(
      (text) => [text, 'must not be the text of a principal, which owns it already'] as const,
    ),
    [SELF.toUpperCase(), `must be written as that principal's text is: ${SELF}`],
  ],
};

const DURATION: Rule = {
  accepted: [1n, HOUR],
  refused: [0n, HOUR + 1n, 2n ** 64n - 1n].map(
    (time) => [time, `must be 1 to ${HOUR} ns, is ${time}`] as const,
  ),
};
const NOT_EMPTY: Rule = { accepted: [], refused: [[[], 'must not be empty']] };
const LIMIT: Rule = {
  accepted: [1, 500],
  refused: [0, 501, 2 ** 32 - 1].map((limit) => [limit, `must be 1 to 500, is ${limit}`] as const),
};
/** As a rule of a record's opt field, for the record. */
function fieldRule(record: object, field: string, { accepted, refused }: Rule): Rule {
  const withField = (value: unknown) => ({ ...record, [field]: [value] });
  return {
    accepted: accepted.map(withField),
    refused: refused.map(([value, message]) => [withField(value), message] as const),
  };
}

function notificationRule(rule: object = {}) {
  return { activity_types: [[{ TaskCreated: null }]], agent_type: [], channels: [], ...rule };
}

const RULES: Rule = {
  accepted: [[], Array.from({ length: 20 }, () => notificationRule())],
  refused: [[Array.from({ length: 21 }, () => notificationRule()), 'must have at most 20 entries, has 21']],
};
const PAGE_CURSOR = 'must be the next_cursor of a page of the same list';
const REQUEST_ID = bytesRule(LIMITS.requestIdBytes);
const MESSAGE = bytesRule(LIMITS.messageBytes);

/** Each field that has a rule: the method, where it stands (an index, or a name in a record), and the field that a refusal names. */
const FIELDS: [Checked, number | string, string, Rule][] = [
  ['create_agent_session', 0, 'user_id', USER_ID],
  ['create_agent_session', 2, 'token', TOKEN],
  ['create_agent_session', 3, 'project_id', NAME],
  ['create_agent_session', 4, 'selected_repo', NAME],
  ['update_agent_session', 1, 'token', TOKEN],
  ['update_agent_session', 2, 'project_id', NAME],
  ['update_agent_session', 3, 'selected_repo', NAME],
  ['get_user_agent_sessions', 0, 'user_id', USER_ID],
  ['store_agent_credentials', 0, 'user_id', USER_ID],
  ['store_agent_credentials', 2, 'token', TOKEN],
  ['store_agent_credentials', 3, 'token_data', JSON_TEXT],
  ['store_agent_credentials', 4, 'workspace_id', NAME],
  ['store_agent_credentials', 5, 'project_ids', PAIRS],
  ['store_agent_credentials', 6, 'selected_repo', NAME],
  ['store_agent_credentials', 7, 'expires_at', FUTURE],
  ['update_agent_credentials', 2, 'token', TOKEN],
  ['update_agent_credentials', 3, 'token_data', JSON_TEXT],
  ['update_agent_credentials', 4, 'workspace_id', NAME],
  ['update_agent_credentials', 5, 'project_ids', PAIRS],
  ['update_agent_credentials', 6, 'selected_repo', NAME],
  ['update_agent_credentials', 7, 'expires_at', FUTURE],
  ['get_agent_credentials', 0, 'user_id', USER_ID],
  ['get_user_agent_credentials', 0, 'user_id', USER_ID],
  ['store_agent_interaction', 0, 'user_id', USER_ID],
  ['store_agent_interaction', 2, 'message', MESSAGE],
  ['store_agent_interaction', 3, 'response', MESSAGE],
  ['store_agent_interaction', 5, 'metadata', JSON_TEXT],
  ['get_user_agent_interactions', 0, 'user_id', USER_ID],
  ['get_user_agent_interactions', 1, 'limit', LIMIT],
  ['get_agent_type_interactions', 0, 'user_id', USER_ID],
  ['get_agent_type_interactions', 2, 'limit', LIMIT],
  ['log_agent_activity', 0, 'user_id', USER_ID],
  ['log_agent_activity', 3, 'description', bytesRule(LIMITS.descriptionBytes)],
  ['log_agent_activity', 4, 'metadata', JSON_TEXT],
  ['get_user_agent_activities', 0, 'user_id', USER_ID],
  ['get_user_agent_activities', 1, 'limit', LIMIT],
  ['get_agent_status', 0, 'user_id', USER_ID],
  ['list_sessions', 'user_id', 'user_id', USER_ID],
  ['list_sessions', 'limit', 'limit', LIMIT],
  ['list_interactions', 'user_id', 'user_id', USER_ID],
  ['list_interactions', 'session_id', 'session_id', NAME],
  ['list_interactions', 'limit', 'limit', LIMIT],
  ['list_activities', 'user_id', 'user_id', USER_ID],
  ['list_activities', 'limit', 'limit', LIMIT],
  ['add_agent', 'name', 'name', NAME],
  ['add_agent', 'agent_types', 'agent_types', NOT_EMPTY],
  ['add_agent', 'permissions', 'permissions', NOT_EMPTY],
  ['add_agent', 'expires_at', 'expires_at', FUTURE],
  ['update_agent', 'name', 'name', NAME],
  ['update_agent', 'agent_types', 'agent_types', NOT_EMPTY],
  ['update_agent', 'permissions', 'permissions', NOT_EMPTY],
  ['update_agent', 'expires_at', 'expires_at', FUTURE_OR_NEVER],
  ['grant_agent', 'agent_types', 'agent_types', NOT_EMPTY],
  ['grant_agent', 'permissions', 'permissions', NOT_EMPTY],
  ['grant_agent', 'expires_at', 'expires_at', FUTURE],
  ['store_credentials', 'user_id', 'user_id', USER_ID],
  ['store_credentials', 'account', 'account', bytesRule(LIMITS.accountBytes)],
  ['store_credentials', 'token', 'token', TOKEN],
  ['store_credentials', 'token_data', 'token_data', JSON_TEXT],
  ['store_credentials', 'workspace_id', 'workspace_id', NAME],
  ['store_credentials', 'project_ids', 'project_ids', PAIRS],
  ['store_credentials', 'selected_repo', 'selected_repo', NAME],
  ['store_credentials', 'expires_at', 'expires_at', FUTURE],
  ['list_credentials', 'user_id', 'user_id', USER_ID],
  ['revoke_credentials', 'user_id', 'user_id', USER_ID],
  ['revoke_credentials', 'account', 'account', bytesRule(LIMITS.accountBytes)],
  ['lease_agent_credentials', 'user_id', 'user_id', USER_ID],
  ['lease_agent_credentials', 'account', 'account', bytesRule(LIMITS.accountBytes)],
  ['lease_agent_credentials', 'purpose', 'purpose', bytesRule(LIMITS.reasonBytes)],
  ['lease_agent_credentials', 'duration_ns', 'duration_ns', DURATION],
  ['begin_token_refresh', 'user_id', 'user_id', USER_ID],
  ['begin_token_refresh', 'account', 'account', bytesRule(LIMITS.accountBytes)],
  ['complete_token_refresh', 'user_id', 'user_id', USER_ID],
  ['complete_token_refresh', 'account', 'account', bytesRule(LIMITS.accountBytes)],
  ['create_link_code', 'user_id', 'user_id', USER_ID],
  ['create_link_code', 'user_id', 'user_id', NO_PRINCIPAL],
  ['redeem_link_code', 'code', 'code', { ...bytesRule(LIMITS.linkCodeBytes), accepted: [] }],
  ['unlink_user', 'user_id', 'user_id', { ...USER_ID, accepted: [] }],
  ['create_session', 'user_id', 'user_id', USER_ID],
  ['create_session', 'token', 'token', TOKEN],
  ['create_session', 'project_id', 'project_id', NAME],
  ['create_session', 'selected_repo', 'selected_repo', NAME],
  ['create_session', 'request_id', 'request_id', REQUEST_ID],
  ['store_interaction', 'user_id', 'user_id', USER_ID],
  ['store_interaction', 'message', 'message', MESSAGE],
  ['store_interaction', 'response', 'response', MESSAGE],
  ['store_interaction', 'metadata', 'metadata', JSON_TEXT],
  ['store_interaction', 'request_id', 'request_id', REQUEST_ID],
  ['log_activity', 'user_id', 'user_id', USER_ID],
  ['log_activity', 'description', 'description', bytesRule(LIMITS.descriptionBytes)],
  ['log_activity', 'metadata', 'metadata', JSON_TEXT],
  ['log_activity', 'request_id', 'request_id', REQUEST_ID],
  ['get_usage', 'user_id', 'user_id', USER_ID],
  ['get_user_retention', 'user_id', 'user_id', USER_ID],
  ['get_events', 'limit', 'limit', LIMIT],
  [
    'get_events',
    'filter',
    'filter.user_id',
    fieldRule({ agent_type: [], activity_types: [] }, 'user_id', USER_ID),
  ],
  [
    'get_events',
    'filter',
    'filter.activity_types',
    fieldRule({ user_id: [], agent_type: [] }, 'activity_types', NOT_EMPTY),
  ],
  ['update_notification_settings', 'rules', 'rules', RULES],
  [
    'update_notification_settings',
    'rules',
    'rules.activity_types',
    { accepted: [], refused: [[[notificationRule({ activity_types: [[]] })], 'must not be empty']] },
  ],
  ['list_notifications', 'limit', 'limit', LIMIT],
  ['list_notifications', 'cursor', 'cursor', { accepted: [], refused: [['x', PAGE_CURSOR]] }],
  ['preview_retention', 'limit', 'limit', LIMIT],
  [
    'preview_retention',
    'interactions_days',
    'interactions_days',
    { accepted: [0n, 36_500n], refused: [[36_501n, 'must be 0 to 36500, is 36501']] },
  ],
  [
    'preview_retention',
    'cursor',
    'cursor',
    {
      accepted: ['1', '1.0.0', '1.4294967295.9.9'],
      refused: ['', '0', '2', '01', '-1', 'x', '1.1', '1.1.1.1.1', '1.x.1', '2.1.1', '99999999999'].map(
        (cursor) => [cursor, 'must be the next_cursor of an earlier page'] as const,
      ),
    },
  ],
  ['list_users', 'limit', 'limit', LIMIT],
  [
    'list_users',
    'cursor',
    'cursor',
    {
      accepted: ['1'],
      refused: ['', '0', '2', '01', '-1', 'x', '99999999999'].map(
        (cursor) => [cursor, 'must be the next_cursor of an earlier page'] as const,
      ),
    },
  ],
];

/** Ids are found or not, whatever they are, except for these. */
const IDS: [Checked, number, string][] = [
  ['update_agent_session', 0, 'session_id'],
  ['end_agent_session', 0, 'session_id'],
  ['get_agent_session', 0, 'session_id'],
  ['get_agent_interaction', 0, 'interaction_id'],
];

/** Whether a refusal is told as an `Err`; where the result has none, it is a reject. */
function hasErr(name: Checked): boolean {
  return (
    name.startsWith('list_') ||
    ['get_usage', 'get_user_retention', 'get_events', 'get_notification_settings'].includes(name) ||
    !(isQuery(name) || name === 'log_agent_activity')
  );
}

async function setupFilled(): Promise<WasmCanister> {
  const canister = await setupCanister();
  await createSession(canister);
  await storeCredentials(canister);
  await storeInteraction(canister);
  return canister;
}

/** Whether another value of the field names credentials that do not exist, where they have to. */
function isOfMissing(name: Checked, at: number | string): boolean {
  const names = [
    'revoke_credentials',
    'lease_agent_credentials',
    'begin_token_refresh',
    'complete_token_refresh',
  ];
  return names.includes(name) && (at === 'user_id' || at === 'account');
}

/** Sends a call in which one field has another value; an opt field gets it as its content. */
async function send(canister: WasmCanister, name: Checked, at: number | string, value: unknown) {
  const args: unknown[] = [...VALID[name]];
  if (typeof at === 'number') args[at] = isOpt(args[at]) ? [value] : value;
  else {
    const request = args[0] as Record<string, unknown>;
    args[0] = { ...request, [at]: at !== 'rules' && isOpt(request[at]) ? [value] : value };
  }
  return canister.rawSend(name, encodeArgs(name, args as never), { sender: SENDERS[name] });
}

/** Pairs are a vec of vecs; every other array in the arguments is an opt, but for rules. */
function isOpt(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [first] = value as unknown[];
  return !Array.isArray(first) || Array.isArray(first[0]);
}

const METHODS = Object.keys(VALID) as Checked[];

const REFUSALS: typeof FIELDS = [
  ...FIELDS,
  ...IDS.map(([name, at, field]): (typeof FIELDS)[number] => [name, at, field, NAME]),
];

describe('validation', () => {
  for (const method of METHODS) {
    it(`of ${method} takes every field at its limits`, async () => {
      const canister = await setupFilled();
      for (const [name, at, , rule] of FIELDS) {
        if (name !== method) continue;
        for (const value of rule.accepted) {
          const result = decodeReply(name, await send(canister, name, at, value));
          if (isOfMissing(name, at)) expect(result).toEqual({ Err: { NotFound: null } });
          else if (typeof result === 'object') expect(result).not.toHaveProperty('Err');
          if (name === 'add_agent')
            await canister.call('remove_agent', [{ agent: OWNER }], { sender: OWNER });
        }
      }
    });

    it(`of ${method} refuses every field past its limits by name, and changes nothing`, async () => {
      const canister = await setupFilled();
      const before = canister.stableDigest();
      for (const [name, at, field, rule] of REFUSALS) {
        if (name !== method) continue;
        for (const [value, message] of rule.refused) {
          const outcome = await send(canister, name, at, value);
          if (outcome.kind === 'replied') {
            expect(decodeReply(name, outcome)).toEqual({ Err: { InvalidArgument: { field, message } } });
          } else {
            expect(outcome.reject).toMatchObject({
              code: 4,
              message: `InvalidArgument: ${field} ${message}`,
            });
            expect(hasErr(name)).toBe(false);
          }
        }
      }
      expect(canister.stableDigest()).toBe(before);
    });
  }

  const outcomes: [string, Rule, (value: unknown) => object][] = [
    ['token', TOKEN, (token) => ({ refreshed: { token, token_data: [], expires_at: [] } })],
    ['token_data', JSON_TEXT, (data) => ({ refreshed: { token: 't', token_data: [data], expires_at: [] } })],
    ['expires_at', FUTURE, (time) => ({ refreshed: { token: 't', token_data: [], expires_at: [time] } })],
    ['reason', bytesRule(LIMITS.reasonBytes), (reason) => ({ failed: { reason } })],
  ];
  for (const [field, rule, outcomeOf] of outcomes) {
    it(`of complete_token_refresh takes ${field} at its limits and refuses it past them`, async () => {
      const canister = await setupFilled();
      const complete = (fencing: bigint, value: unknown) =>
        canister.call('complete_token_refresh', [
          { ...REFRESHED, fencing, outcome: outcomeOf(value) } as never,
        ]);
      for (const value of rule.accepted) {
        const { fencing } = ok(await canister.call('begin_token_refresh', [{ ...ACCOUNT } as never]));
        for (const [refused, message] of rule.refused) {
          expect(await complete(fencing, refused)).toEqual({ Err: { InvalidArgument: { field, message } } });
        }
        expect(await complete(fencing, value)).toEqual({ Ok: null });
      }
    });
  }

  it('of add_agent refuses the anonymous principal', async () => {
    const canister = await setupCanister();
    const request = newAgent({ agent: ANONYMOUS });
    expect(await canister.call('add_agent', [request], { sender: OWNER })).toEqual({
      Err: { InvalidArgument: { field: 'agent', message: 'must not be the anonymous principal' } },
    });
  });
});
