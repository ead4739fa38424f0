import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Principal } from '@dfinity/principal';
import { TransportSecretKey } from '@dfinity/vetkeys';
import { describe, expect, it } from 'vitest';
import { serviceInterface } from '../../../../scripts/interface/service-interface.ts';
import type { AddAgentArgs, SealingRecipient } from '../../../../src/candid/agent_service.did.ts';
import { ingressFee } from '../../../../src/replica/system-api/cycle-costs.ts';
import { METHODS } from '../../support/candid-interface.ts';
import {
  ALL_COUNTS,
  activitiesOf,
  activityPage,
  consentRequest,
  eventsAfter,
  GITHUB,
  GMAIL,
  httpRequest,
  interactionPage,
  newActivity,
  newAgent,
  newCredentials,
  newGrant,
  newInteraction,
  newSession,
  previewRequest,
  sessionPage,
  someLimits,
} from '../../support/records.ts';
import { digestOf, sealedText } from '../../support/sealed-text.ts';
import {
  OWNER as ADMIN,
  ANONYMOUS,
  CONTROLLER,
  decodeReply,
  encodeArgs,
  HOUR,
  isQuery,
  type MethodName,
  ok,
  principal,
  START,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const INTERFACE = serviceInterface(
  readFileSync(join(import.meta.dirname, '../../../../src/candid/agent_service.did'), 'utf8'),
);

/** Whose records the calls are about, all of them of GitHub: a user whose user_id is the text of their principal. */
const USER = principal(20);
const user_id = USER.toText();

/** Another user, who is linked to theirs. */
const LINKED = 'linked-user';

const SECRET = 'MARKER-TOKEN';
const SOON = START + HOUR;

/** What the agents hold; each acts for every user, but for the granted ones. */
const AGENTS = {
  'an agent': {},
  'an agent that reads': { permissions: [[{ read: null }]] },
  'an agent that writes': { permissions: [[{ write: null }]] },
  'an agent that sees tokens, but may not read': { permissions: [[{ credentials: null }]] },
  'an agent for another type': { agent_types: [[GMAIL]] },
  'an expired agent': { expires_at: [SOON] },
  'a granted agent': { scope: [{ granted_users: null }] },
  'a granted agent that reads': { scope: [{ granted_users: null }], permissions: [[{ read: null }]] },
  'an agent granted to read': { scope: [{ granted_users: null }] },
  'an agent granted another type': { scope: [{ granted_users: null }] },
  'an agent without a grant': { scope: [{ granted_users: null }] },
  'an agent with an expired grant': { scope: [{ granted_users: null }] },
  'an agent whose grant was withdrawn': { scope: [{ granted_users: null }] },
  'an agent that was removed and added again after its grant': { scope: [{ granted_users: null }] },
} satisfies Record<string, Partial<AddAgentArgs>>;
type AgentName = keyof typeof AGENTS;

const GRANTS: Partial<Record<AgentName, Parameters<typeof newGrant>[0]>> = Object.fromEntries(
  Object.entries({
    'a granted agent': {},
    'a granted agent that reads': {},
    'an agent granted to read': { permissions: [[{ read: null }]] },
    'an agent granted another type': { agent_types: [[GMAIL]] },
    'an agent with an expired grant': { expires_at: [SOON] },
    'an agent whose grant was withdrawn': {},
    'an agent that was removed and added again after its grant': {},
  }).map(([name, grant]) => [name, { user_id, agent: agentOf(name as AgentName), ...grant }]),
);

const CALLERS = {
  'the anonymous caller': ANONYMOUS,
  'a stranger': principal(21),
  ...(Object.fromEntries(Object.keys(AGENTS).map((name) => [name, agentOf(name as AgentName)])) as Record<
    AgentName,
    Principal
  >),
  'the user': USER,
  'another user': principal(22),
  'a linked user': principal(24),
  'a user who unlinked': principal(25),
  'an admin': ADMIN,
  'a controller': CONTROLLER,
};
type Caller = keyof typeof CALLERS;

function agentOf(name: AgentName): Principal {
  return principal(40 + Object.keys(AGENTS).indexOf(name));
}

/** Who may do what with the user's records of GitHub. */
const WRITERS: Caller[] = ['an agent', 'an agent that writes', 'a granted agent'];
const SEERS: Caller[] = ['an agent', 'a granted agent', 'the user'];
const ADMINS: Caller[] = ['an admin', 'a controller'];
const READERS: Caller[] = [
  ...SEERS,
  ...ADMINS,
  'an agent that reads',
  'a granted agent that reads',
  'an agent granted to read',
];
/** Who may ask for records of every type, and gets those that they may see. */
const LISTERS: Caller[] = [...READERS, 'an agent for another type', 'an agent granted another type'];
const ENDERS: Caller[] = [...WRITERS, 'the user'];
const OWNER: Caller[] = ['the user'];
/** Who may get a token, and leave a trace of it. */
const LEASERS: Caller[] = [...SEERS, 'an agent that sees tokens, but may not read'];
const REFRESHERS: Caller[] = ['an agent', 'a granted agent'];
const RESEALERS: Caller[] = [...REFRESHERS, 'the user'];
/** Whose kind is that of the agents for every user, of the agent type and with credentials. */
const OPENERS: Caller[] = ['an agent', 'an agent that sees tokens, but may not read'];
/** Whoever may do anything with the records. */
const KNOWN: Caller[] = [...READERS, 'an agent that writes', 'an agent that sees tokens, but may not read'];
/** Who gets tokens by a query of credentials, unless a setting says otherwise. */
const FIRST_PARTY: Caller[] = ['an agent', 'the user'];
/** Who may do what spans users: agents that write for all of them. */
const CLEANERS: Caller[] = ['an agent', 'an agent that writes', ...ADMINS];

const ANYBODY = Object.keys(CALLERS) as Caller[];
const IDENTIFIED = ANYBODY.filter((caller) => caller !== 'the anonymous caller');

/** Whether a refusal is an `Err` or, where the result has none, a reject; or an agent is answered as for an id that no record has. */
type Refusal = 'Err' | 'reject' | 'as NotFound' | 'as NotFound with tokens' | 'as null';

/** Those who may do it for nobody, whatever the id; the other agents who may not do it are answered as for an id that no record has. */
const NEVER_WRITE: Caller[] = [
  'an agent that reads',
  'an agent that sees tokens, but may not read',
  'an expired agent',
  'a granted agent that reads',
];
const NEVER_READ: Caller[] = [
  'an agent that writes',
  'an agent that sees tokens, but may not read',
  'an expired agent',
];

/** How a caller is refused at a method that names a record by its id. */
function refusalOf(caller: Caller, refusal: Refusal): Refusal {
  const isAgent = caller in AGENTS;
  if (refusal === 'as NotFound with tokens') {
    return caller === 'an agent that writes' ? 'Err' : refusalOf(caller, 'as NotFound');
  }
  if (refusal === 'as null') return isAgent && !NEVER_READ.includes(caller) ? refusal : 'reject';
  // Whoever may read a record is told that they may not change it.
  const isToKnow = NEVER_WRITE.includes(caller) || READERS.includes(caller);
  if (refusal === 'as NotFound') return isAgent && !isToKnow ? refusal : 'Err';
  return refusal;
}

const ACCOUNT = { user_id, agent_type: GITHUB, account: [] as [] };
const SEALED = { ...ACCOUNT, account: ['sealed'] as [string] };
const SESSION = 'ses-0000000000000001';
const TRANSPORT_KEY = TransportSecretKey.random().publicKeyBytes();

function replacement(field: 'token' | 'session_token', recipients: readonly SealingRecipient[]) {
  return { digest: digestOf(SECRET), sealed: sealedText(field, recipients) };
}
const INTERACTION = 'int-0000000000000001';

type Row = readonly [callers: readonly Caller[], refusal: Refusal, args: unknown[]];

/** Every method: who may call it, how the others are refused, and arguments that do something. `code` links somebody, `fencing` names a refresh. */
function tableOf({
  code = '',
  fencing = 0n,
  recipients = [] as SealingRecipient[],
} = {}): Readonly<Record<MethodName, Row>> {
  const [, , shared = { kind: { agent_type: null }, epoch: 0n }] = recipients;
  return {
    create_agent_session: [WRITERS, 'Err', [user_id, GITHUB, [], [], []]],
    // Before what changes the token.
    reseal_session: [
      RESEALERS,
      'as NotFound with tokens',
      [{ session_id: SESSION, new_token: replacement('session_token', recipients) }],
    ],
    update_agent_session: [WRITERS, 'as NotFound', [SESSION, ['t'], [], []]],
    end_agent_session: [ENDERS, 'as NotFound', [SESSION]],
    get_agent_session: [READERS, 'as null', [SESSION]],
    get_user_agent_sessions: [LISTERS, 'reject', [user_id]],
    // Before what changes the credentials.
    lease_agent_credentials: [LEASERS, 'Err', [{ ...ACCOUNT, purpose: 'p', duration_ns: [] }]],
    begin_token_refresh: [REFRESHERS, 'Err', [ACCOUNT]],
    complete_token_refresh: [
      REFRESHERS,
      'Err',
      [{ ...ACCOUNT, account: ['work'], fencing, outcome: { failed: { reason: 'r' } } }],
    ],
    store_agent_credentials: [WRITERS, 'Err', [user_id, GITHUB, 't', [], [], [], [], []]],
    update_agent_credentials: [WRITERS, 'Err', [user_id, GITHUB, [], [], [], [], [], []]],
    get_agent_credentials: [READERS, 'reject', [user_id, GITHUB]],
    get_user_agent_credentials: [LISTERS, 'reject', [user_id]],
    store_agent_interaction: [WRITERS, 'Err', [user_id, GITHUB, 'm', 'r', true, []]],
    get_agent_interaction: [READERS, 'as null', [INTERACTION]],
    get_user_agent_interactions: [LISTERS, 'reject', [user_id, []]],
    get_agent_type_interactions: [READERS, 'reject', [user_id, GITHUB, []]],
    log_agent_activity: [WRITERS, 'reject', [user_id, GITHUB, { TaskCreated: null }, 'd', []]],
    get_user_agent_activities: [LISTERS, 'reject', [user_id, []]],
    get_agent_status: [READERS, 'reject', [user_id]],
    cleanup_expired_sessions: [CLEANERS, 'reject', []],
    cleanup_expired_credentials: [CLEANERS, 'reject', []],
    list_sessions: [LISTERS, 'Err', sessionPage({ user_id })],
    list_interactions: [LISTERS, 'Err', interactionPage({ user_id })],
    list_activities: [LISTERS, 'Err', activityPage({ user_id })],
    add_agent: [ADMINS, 'Err', [newAgent({ agent: principal(90) })]],
    update_agent: [ADMINS, 'Err', [{ ...newAgent({ agent: agentOf('an agent') }), name: [] }]],
    remove_agent: [ADMINS, 'Err', [{ agent: agentOf('an agent') }]],
    list_agents: [ADMINS, 'Err', [{}]],
    get_agent_names: [IDENTIFIED, 'Err', [{ agents: [] }]],
    add_admin: [ADMINS, 'Err', [{ admin: principal(90) }]],
    remove_admin: [ADMINS, 'Err', [{ admin: principal(23) }]],
    list_admins: [ADMINS, 'Err', [{}]],
    grant_agent: [OWNER, 'Err', [newGrant({ user_id, agent: agentOf('an agent') })]],
    withdraw_agent: [OWNER, 'Err', [{ user_id, agent: agentOf('a granted agent') }]],
    block_agent: [OWNER, 'Err', [{ user_id, agent: agentOf('an expired agent') }]],
    unblock_agent: [OWNER, 'Err', [{ user_id, agent: agentOf('an expired agent') }]],
    list_blocked_agents: [[...OWNER, ...ADMINS], 'Err', [{ user_id }]],
    list_grants: [[...OWNER, ...ADMINS], 'Err', [{ user_id }]],
    store_credentials: [WRITERS, 'Err', [newCredentials(ACCOUNT)]],
    list_credentials: [LISTERS, 'Err', [{ user_id, agent_type: [] }]],
    list_accounts: [LISTERS, 'Err', [{ user_id, agent_type: [], limit: [], cursor: [] }]],
    list_due_connections: [
      LISTERS,
      'Err',
      [
        {
          filter: [{ user_id, agent_type: [] }],
          kind: { expires: null },
          before: 0n,
          since: [],
          limit: [],
          cursor: [],
        },
      ],
    ],
    revoke_credentials: [ENDERS, 'Err', [ACCOUNT]],
    get_sealing_keys: [KNOWN, 'Err', [ACCOUNT]],
    // As one of the agents of the type: tests/canister/wasm/sealing has the other kinds.
    derive_opening_key: [
      OPENERS,
      'Err',
      [{ ...SEALED, session_id: [], recipient: shared, transport_public_key: TRANSPORT_KEY }],
    ],
    reseal_credentials: [
      RESEALERS,
      'Err',
      [{ ...ACCOUNT, account: ['work'], new_token: [replacement('token', recipients)], new_token_data: [] }],
    ],
    list_unsealed_secrets: [
      LISTERS,
      'Err',
      [{ filter: [{ user_id, agent_type: [] }], limit: [], cursor: [] }],
    ],
    update_sealing: [ADMINS, 'Err', [{ sealing: { accept: null } }]],
    set_account_privacy: [OWNER, 'Err', [{ ...SEALED, is_private: true }]],
    get_settings: [ADMINS, 'Err', [{}]],
    update_settings: [
      ADMINS,
      'Err',
      [{ limits: [someLimits({ bytes: 2n ** 40n })], retention: [], query_tokens: [{ everybody: null }] }],
    ],
    preview_retention: [ADMINS, 'Err', [previewRequest()]],
    list_service_limits: [ADMINS, 'Err', [{}]],
    update_service_limits: [ADMINS, 'Err', [{ changes: [{ name: 'token_data_days', value: [200n] }] }]],
    set_agent_limits: [ADMINS, 'Err', [{ agent: agentOf('an agent'), limits: someLimits({ bytes: 1n }) }]],
    get_agent_limits: [ADMINS, 'Err', [{ agent: agentOf('an agent') }]],
    get_usage: [READERS, 'Err', [{ user_id }]],
    get_user_retention: [READERS, 'Err', [{ user_id }]],
    create_session: [WRITERS, 'Err', [newSession({ user_id, token: ['t'] })]],
    store_interaction: [WRITERS, 'Err', [newInteraction({ user_id })]],
    log_activity: [WRITERS, 'Err', [newActivity({ user_id })]],
    create_link_code: [['an agent'], 'Err', [{ user_id: 'somebody' }]],
    redeem_link_code: [IDENTIFIED, 'Err', [{ code }]],
    unlink_user: [['a linked user', ...ADMINS], 'Err', [{ user_id: LINKED }]],
    list_my_users: [IDENTIFIED, 'Err', [{}]],
    http_request: [ANYBODY, 'reject', [httpRequest()]],
    get_audit_tip: [ANYBODY, 'Err', [{}]],
    get_audit_entries: [ANYBODY, 'Err', [{ from: [], limit: [] }]],
    export_user: [[...OWNER, ...ADMINS], 'Err', [{ user_id, cursor: [] }]],
    erase_user: [[...OWNER, ...ADMINS], 'Err', [{ user_id }]],
    get_user_analytics: [LISTERS, 'Err', [{ user_id, ...ALL_COUNTS }]],
    get_service_analytics: [ADMINS, 'Err', [ALL_COUNTS]],
    get_events: [LISTERS, 'Err', [eventsAfter({ user_id })]],
    get_notification_settings: [OWNER, 'Err', [{ user_id }]],
    update_notification_settings: [OWNER, 'Err', [{ user_id, rules: [] }]],
    list_notifications: [OWNER, 'Err', [{ user_id, limit: [], cursor: [] }]],
    mark_notifications_read: [OWNER, 'Err', [{ user_id, up_to: 1n }]],
    list_tasks: [ADMINS, 'Err', [{}]],
    list_users: [ADMINS, 'Err', [{ limit: [], cursor: [] }]],
    icrc10_supported_standards: [ANYBODY, 'reject', []],
    icrc21_canister_call_consent_message: [ANYBODY, 'Err', [consentRequest()]],
  };
}
const METHOD_NAMES = Object.keys(tableOf()) as MethodName[];

interface Callers {
  readonly canister: WasmCanister;
  readonly rows: readonly (readonly [MethodName, Row])[];
}

/** A canister on which every caller is what its name says, and the user has one record of each kind, with the marker for a token. */
async function setupCallers({ uninspected = true } = {}): Promise<Callers> {
  const canister = await setupCanister({ agents: [], uninspected });
  const [admin, user] = [{ sender: ADMIN }, { sender: USER }];
  const agent = { sender: agentOf('an agent') };
  for (const [name, rights] of Object.entries(AGENTS)) {
    ok(await canister.call('add_agent', [newAgent({ agent: agentOf(name as AgentName), ...rights })], admin));
  }
  ok(await canister.call('add_admin', [{ admin: principal(23) }], admin));
  for (const grant of Object.values(GRANTS)) ok(await canister.call('grant_agent', [newGrant(grant)], user));
  const withdrawn = { user_id, agent: agentOf('an agent whose grant was withdrawn') };
  ok(await canister.call('withdraw_agent', [withdrawn], user));
  ok(await canister.call('block_agent', [{ user_id, agent: agentOf('an expired agent') }], user));
  await canister.advance(1n);
  const again = agentOf('an agent that was removed and added again after its grant');
  ok(await canister.call('remove_agent', [{ agent: again }], admin));
  ok(await canister.call('add_agent', [newAgent({ agent: again, scope: [{ granted_users: null }] })], admin));
  await canister.advance(HOUR);
  const data = [`{"t":"${SECRET}"}`];
  ok(await canister.call('create_agent_session', [user_id, GITHUB, [SECRET], ['p'], ['r']], agent));
  const credentials = [user_id, GITHUB, SECRET, data, ['w'], [['a', 'b']], ['r'], [canister.now() + HOUR]];
  ok(await canister.call('store_agent_credentials', credentials as never, agent));
  const work = { ...ACCOUNT, account: ['work'] as [string] };
  ok(await canister.call('store_credentials', [newCredentials({ ...work, token: SECRET })], agent));
  const { fencing } = ok(await canister.call('begin_token_refresh', [work], agent));
  const { recipients } = ok(await canister.query('get_sealing_keys', [SEALED], agent));
  const sealed = newCredentials({ ...SEALED, token: sealedText('token', recipients) });
  ok(await canister.call('store_credentials', [sealed], agent));
  ok(await canister.call('store_agent_interaction', [user_id, GITHUB, 'm', 'r', true, []], agent));
  const codeFor = async (linked: string) =>
    ok(await canister.call('create_link_code', [{ user_id: linked }], agent)).code;
  for (const [linked, caller] of [
    [LINKED, 'a linked user'],
    ['unlinked-user', 'a user who unlinked'],
  ] as const) {
    const sender = CALLERS[caller];
    ok(await canister.call('redeem_link_code', [{ code: await codeFor(linked) }], { sender }));
  }
  const unlinked = { sender: CALLERS['a user who unlinked'] };
  ok(await canister.call('unlink_user', [{ user_id: 'unlinked-user' }], unlinked));
  const table = tableOf({ code: await codeFor('unlinked-user'), fencing, recipients });
  return { canister, rows: METHOD_NAMES.map((name) => [name, table[name]]) };
}

/** The callers of the table by the words of the interface's comments; where a call is about all agent types, an agent for one may make it, too. */
const TOLD_CALLERS: Readonly<Record<string, readonly (readonly Caller[])[]>> = {
  'agents with write': [WRITERS],
  'agents with write, the user': [ENDERS],
  'agents with read, the user, admins': [READERS, LISTERS],
  'agents with read for every agent type, the user, admins': [READERS],
  'agents with credentials, the user': [LEASERS, OPENERS],
  'agents with write and credentials, the user': [RESEALERS],
  'agents with read, write or credentials, the user, admins': [KNOWN],
  'agents with write and credentials': [REFRESHERS],
  'agents with write for every user and agent type, admins': [CLEANERS],
  'agents with every permission for every user and agent type': [['an agent']],
  'the user': [OWNER],
  'the user, admins': [
    [...OWNER, ...ADMINS],
    ['a linked user', ...ADMINS],
  ],
  admins: [ADMINS],
  'everyone but the anonymous caller': [IDENTIFIED],
  everyone: [ANYBODY],
};

/** Calls of the table that are not what most calls of their method are: they change nothing, or go on in another message. */
const UNUSUAL: readonly MethodName[] = ['block_agent', 'create_link_code', 'derive_opening_key'];

describe('access', () => {
  it('is told in the comments of the interface as it is decided', () => {
    for (const { name, callers } of INTERFACE.methods) {
      const [told = ''] = callers.split('.');
      const [allowed] = tableOf()[name as MethodName];
      const sets = (TOLD_CALLERS[told] ?? []).map((each) => each.toSorted());
      expect([name, sets]).toEqual([name, expect.arrayContaining([allowed.toSorted()])]);
    }
  });

  it('costs what the comments of the interface say', async () => {
    const { canister, rows } = await setupCallers();
    const told = new Map(INTERFACE.methods.map(({ name, cost }) => [name, /about (\d+) M/.exec(cost)?.[1]]));
    const last: readonly MethodName[] = [
      'end_agent_session',
      'withdraw_agent',
      'unblock_agent',
      'erase_user',
      'remove_admin',
      'set_agent_limits',
      'remove_agent',
    ];
    const order = rows.toSorted(([a], [b]) => last.indexOf(a) - last.indexOf(b));
    for (const [name, [allowed, , args]] of order) {
      if (isQuery(name) || UNUSUAL.includes(name)) continue;
      const sender = CALLERS[allowed.find((caller) => caller !== 'the anonymous caller') ?? 'an admin'];
      const arg = encodeArgs(name, args as never);
      const result = decodeReply(name, await canister.rawCall(name, arg, { sender }));
      if (typeof result === 'object') expect([name, result]).not.toHaveProperty('1.Err');
      const report = canister.executions.findLast(({ methodName }) => methodName === name);
      const cycles = Number((report?.cycles ?? 0n) + ingressFee(name, arg)) / 1e6;
      expect([name, Math.abs(Number(told.get(name)) - cycles) < 0.15 * cycles, cycles]).toEqual([
        name,
        true,
        cycles,
      ]);
    }
  });

  it('is decided for every method of the interface', () => {
    expect([...METHOD_NAMES].sort()).toEqual([...METHODS.keys()].sort());
  });

  for (const caller of Object.keys(CALLERS) as Caller[]) {
    const sender = CALLERS[caller];

    it(`of ${caller} is refused where it is not due, before anything is written`, async () => {
      const { canister, rows } = await setupCallers();
      const before = canister.stableDigest();
      for (const [name, [allowed, refusal, args]] of rows) {
        if (allowed.includes(caller)) continue;
        const arg = encodeArgs(name, args as never);
        for (const outcome of [
          await canister.rawSend(name, arg, { sender }),
          await canister.rawCall(name, arg, { sender }),
        ]) {
          const refused = refusalOf(caller, refusal);
          if (refused === 'as null') {
            expect([name, decodeReply(name, outcome)]).toEqual([name, []]);
          } else if (refused === 'as NotFound') {
            expect([name, decodeReply(name, outcome)]).toEqual([name, { Err: { NotFound: null } }]);
          } else if (refused === 'Err') {
            expect([name, decodeReply(name, outcome)]).toMatchObject([name, { Err: { Unauthorized: {} } }]);
          } else {
            expect([name, outcome]).toMatchObject([
              name,
              { reject: { code: 4, message: expect.stringMatching(/^Unauthorized: /) as string } },
            ]);
          }
        }
      }
      expect(canister.stableDigest()).toBe(before);
    });

    it(`of ${caller} is granted where it is due`, async () => {
      const filled = await setupCallers();
      for (const name of METHOD_NAMES) {
        if (!tableOf()[name][0].includes(caller)) continue;
        const { canister, rows } = isQuery(name) ? filled : await setupCallers();
        const args = new Map(rows).get(name)?.[2];
        const outcome = await canister.rawSend(name, encodeArgs(name, args as never), { sender });
        const result = decodeReply(name, outcome);
        if (typeof result === 'object') expect([name, result]).not.toHaveProperty('1.Err');
      }
    });

    it(`of ${caller} shows tokens ${LEASERS.includes(caller) ? 'where they belong' : 'nowhere'}`, async () => {
      const { canister, rows } = await setupCallers();
      const found: string[] = [];
      const isUpdate = ([name]: (typeof rows)[number]) => Number(!isQuery(name));
      for (const [name, [, , args]] of rows.toSorted((left, right) => isUpdate(left) - isUpdate(right))) {
        const outcome = await canister.rawSend(name, encodeArgs(name, args as never), { sender });
        const text = outcome.kind === 'replied' ? Buffer.from(outcome.reply) : outcome.reject.message;
        if (text.includes(SECRET)) found.push(name);
        else if (outcome.kind === 'replied') decodeReply(name, outcome);
      }
      const expected = [
        ...(SEERS.includes(caller) ? ['get_agent_session', 'get_user_agent_sessions', 'list_sessions'] : []),
        ...(FIRST_PARTY.includes(caller) ? ['get_agent_credentials', 'get_user_agent_credentials'] : []),
        ...(LEASERS.includes(caller) ? ['lease_agent_credentials'] : []),
        ...(REFRESHERS.includes(caller) ? ['begin_token_refresh'] : []),
      ];
      expect(found.sort()).toEqual(expected.sort());
    });
  }

  for (const [what, sender] of [
    ['an agent that may not see tokens', agentOf('an agent that reads')],
    ['an admin', ADMIN],
  ] as const) {
    it(`shows ${what} everything but the tokens`, async () => {
      const { canister } = await setupCallers();
      const all = { sender: agentOf('an agent') };
      const [session] = await canister.query('get_agent_session', [SESSION], all);
      const [credentials] = await canister.query('get_agent_credentials', [user_id, GITHUB], all);
      expect([session?.token, credentials?.token]).toEqual([[SECRET], SECRET]);
      const seen = { ...session, token: [] };
      expect(await canister.query('get_agent_session', [SESSION], { sender })).toEqual([seen]);
      expect(await canister.query('get_user_agent_sessions', [user_id], { sender })).toEqual([seen]);
      const metadata = { ...credentials, token: '', token_data: [] };
      expect(await canister.query('get_agent_credentials', [user_id, GITHUB], { sender })).toEqual([
        metadata,
      ]);
      expect(await canister.query('get_user_agent_credentials', [user_id], { sender })).toEqual([metadata]);
    });
  }

  it('leaves records of other types out of lists', async () => {
    const { canister } = await setupCallers();
    const all = { sender: agentOf('an agent') };
    const mail = ok(await canister.call('create_agent_session', [user_id, GMAIL, [SECRET], [], []], all));
    ok(await canister.call('create_agent_session', [user_id, GITHUB, [], [], []], all));
    const sender = agentOf('an agent for another type');
    const expected = [{ session_id: mail, token: [SECRET] }];
    expect(await canister.query('get_user_agent_sessions', [user_id], { sender })).toMatchObject(expected);
    const page = ok(await canister.query('list_sessions', sessionPage({ user_id }), { sender }));
    expect(page.items).toMatchObject(expected);
    const without = sessionPage({ user_id, without_tokens: [true] });
    expect(ok(await canister.query('list_sessions', without, { sender })).items).toMatchObject([
      { session_id: mail, token: [] },
    ]);
    expect(await canister.query('get_user_agent_credentials', [user_id], { sender })).toEqual([]);
    const activities = await activitiesOf(canister, user_id, { sender });
    expect(activities.every(({ agent_type }) => 'Gmail' in agent_type)).toBe(true);
    expect(activities.length).toBeGreaterThan(0);
  });
});

describe('inspect_message', () => {
  for (const caller of Object.keys(CALLERS) as Caller[]) {
    it(`turns away what no method would serve of ${caller}, and nothing else`, async () => {
      const { canister, rows } = await setupCallers({ uninspected: false });
      const sender = CALLERS[caller];
      for (const [name, [allowed, , args]] of rows) {
        const outcome = await canister.rawCall(name, encodeArgs(name, args as never), { sender });
        const isTurnedAway =
          caller === 'the anonymous caller' && name !== 'icrc21_canister_call_consent_message';
        const turnedAway = {
          reject: { code: 5, message: expect.stringContaining('Unauthorized: ') as string },
        };
        if (isTurnedAway) expect([name, outcome]).toMatchObject([name, turnedAway]);
        else expect([name, outcome]).not.toMatchObject([name, turnedAway]);
        if (allowed.includes(caller) && !isTurnedAway)
          expect([name, outcome.kind]).toEqual([name, 'replied']);
      }
    });
  }

  it("turns away Azle's own method, and messages of more than 1 MiB", async () => {
    const { canister } = await setupCallers({ uninspected: false });
    const sender = agentOf('an agent');
    const chunk = await canister.rawCall('_azle_chunk', new Uint8Array(), { sender });
    expect(chunk).toMatchObject({ reject: { message: expect.stringContaining('not a method') as string } });
    const large = await canister.rawCall('list_agents', new Uint8Array(1024 * 1024 + 1), { sender });
    expect(large).toMatchObject({ reject: { message: expect.stringContaining('longer than') as string } });
  });
});
