import type { Plain } from './plain.ts';

/** What there is, as plain as it can be: lists in the order in which things came, and searches through all of them. */
export interface Model {
  /** ns since 1970. */
  now: bigint;
  /** The canister's own principal. */
  readonly self: string;
  readonly controllers: readonly string[];
  admins: Admin[];
  agents: Agent[];
  limits: Numbers;
  retention: Numbers;
  queryTokens: string;
  /** Those of the service that are set. */
  serviceLimits: Numbers;
  /** When they were changed, until the timer ran. */
  serviceLimitsAt: bigint | undefined;
  /** What keeps less than before, until it takes effect. */
  pendingRetention: { readonly from: bigint; readonly set: Numbers } | undefined;
  /** When retention runs next; undefined where everything is kept. */
  retentionAt: bigint | undefined;
  /** In the order in which they came. */
  users: User[];
  /** Users who are erased, and what is left of them to remove. */
  erasures: Erasure[];
  /** The audit log; the index of the first is 1. */
  readonly log: Entry[];
  /** How many there ever were. */
  userCount: number;
  sessions: number;
  interactions: number;
  requests: AnsweredRequest[];
  /** When the bucket of a caller or a user is full again; an upgrade forgets them. */
  buckets: Map<string, bigint>;
  /** Wrong link codes of a caller; an upgrade forgets them. */
  tries: Map<string, { wrong: number; until: bigint }>;
  /** Of link codes, in the order in which they were made. */
  readonly codes: string[];
  /** Of the service. */
  readonly counted: Counted;
  /** Of whom something was counted while they were agents. */
  readonly countedAgents: Set<string>;
  /** Updates that were refused for their rate and are not counted yet. */
  readonly refusals: Refusal[];
  /** Updates by method and outcome; an upgrade begins anew. */
  calls: Map<string, Map<string, number>>;
}

/** A call with a request_id, and what it made. */
export interface AnsweredRequest {
  readonly caller: string;
  readonly id: string;
  readonly call: string;
  readonly reply: Plain;
  readonly until: bigint;
  /** The number of the user whom it was about. */
  readonly user: number;
  /** Of credentials: which change of them it was. */
  readonly version: string | undefined;
}

/** What was counted, by counter. */
export type Counts = { readonly [counter: string]: bigint };

/** Something that was counted. */
export interface Deed {
  /** When the hour began, ns. */
  readonly hour: bigint;
  /** null where it was none. */
  readonly agent: string | null;
  readonly agent_type: string | null;
  readonly counts: Counts;
}

export interface Counted {
  readonly deeds: Deed[];
  errors: {
    readonly agent_type: string;
    readonly agent: string | null;
    readonly text: string;
    /** undefined where they were several. */
    readonly user: User | undefined;
    readonly count: bigint;
    readonly last_at: bigint;
  }[];
}

export interface Refusal {
  readonly caller: string;
  readonly userId: string | null;
  readonly agent_type: string | null;
  readonly at: bigint;
}

/** What a user wants to hear of; null is all. */
export interface Rule {
  readonly activity_types: readonly string[] | null;
  readonly agent_type: string | null;
  readonly channels: readonly string[];
}

export type Numbers = { readonly [name: string]: bigint };

export interface Terms {
  readonly agent_types: readonly string[];
  readonly permissions: readonly string[];
  readonly expires_at: bigint | null;
}

export interface Agent extends Terms {
  readonly agent: string;
  readonly name: string;
  readonly scope: string;
  readonly added_at: bigint;
  readonly added_by: string;
  readonly limits: Numbers;
}

export interface Admin {
  readonly admin: string;
  readonly added_at: bigint;
  readonly added_by: string;
}

export interface Grant extends Terms {
  readonly agent: string;
  readonly granted_at: bigint;
}

export interface Session {
  readonly number: number;
  session_id: string;
  user_id: string;
  agent_type: string;
  token: string | null;
  project_id: string | null;
  selected_repo: string | null;
  created_at: bigint;
  last_activity: bigint;
  is_active: boolean;
  ended_at: bigint | null;
  expires_at: bigint;
  /** Whether it ended by itself. */
  expired: boolean;
  /** When it is looked at next. */
  queued: bigint;
}

export interface Interaction {
  readonly number: number;
  readonly id: string;
  readonly user_id: string;
  readonly agent_type: string;
  readonly message: string;
  readonly response: string;
  readonly timestamp: bigint;
  readonly success: boolean;
  readonly metadata: string | null;
  readonly session_id: string | null;
}

/** An entry of the audit log; one about a user is an activity. */
export interface Entry {
  readonly number: number;
  readonly kind: string;
  readonly agent_type: string | null;
  readonly user: User | undefined;
  readonly description: string;
  readonly metadata: string | null;
  readonly actor: string;
  readonly timestamp: bigint;
  /** Of an interaction that it failed; of an error that a failed interaction has told. */
  readonly ofFailure?: boolean;
  erased_by: number | null;
}

export interface Account {
  agent_type: string;
  account: string | null;
  token: string;
  token_data: string | null;
  workspace_id: string | null;
  project_ids: readonly (readonly string[])[];
  selected_repo: string | null;
  created_at: bigint;
  updated_at: bigint;
  expires_at: bigint | null;
  state: 'active' | 'expired' | 'revoked' | 'refresh_failed' | 'needs_refresh' | 'needs_reauthorization';
  state_reason: string | null;
  state_since: bigint;
  /** Of the newest refresh that has begun. */
  fencing: bigint;
  /** Refreshes up to this one bring nothing any more. */
  closed: bigint;
  /** The one that was told to have failed last. */
  failed: bigint;
  deadline: bigint | null;
  refresh_failures: number | null;
  last_failure_at: bigint | null;
}

export interface User {
  readonly user_id: string;
  /** They came in this order. */
  readonly number: number;
  sessions: Session[];
  interactions: Interaction[];
  activities: Entry[];
  /** By agent type: the default account, then those with a label, each in its slot. */
  accounts: Map<string, (Account | undefined)[]>;
  grants: Grant[];
  blocked: { agent: string; blocked_at: bigint }[];
  owner: { principal: string; since: bigint } | undefined;
  code: { code: string; until: bigint } | undefined;
  /** The number of the session that interactions of an agent type belong to. */
  current: Map<string, number>;
  last_activity: bigint;
  readonly counted: Counted;
  /** undefined where the user never said. */
  rules: readonly Rule[] | undefined;
  /** The number of the newest activity that was marked as read. */
  readUpTo: number;
  /** Of all records as they are stored, as far as the canister was asked. */
  bytes: bigint;
  /** What the canister was found to have then: bytes beside the texts, records, and entries of the whole log. */
  measured: { readonly beside: bigint; readonly records: number; readonly entries: number } | undefined;
  /** The number of the newest record that there ever was. */
  newest: { session: number; interaction: number; activity: number };
}

export interface Erasure {
  readonly user: User;
  readonly toldBy: number;
  readonly since: bigint;
}

/** Who calls, when, and as what kind of message. */
export interface Call {
  readonly principal: string;
  readonly isUpdate: boolean;
  /** Whether what it changes stays: not where a query is sent as an update. */
  readonly isKept: boolean;
}

/** How the service says no. */
export class Refused extends Error {
  readonly error: Plain;

  constructor(kind: string, details: { readonly [name: string]: Plain } = {}) {
    super(kind);
    this.error = Object.keys(details).length === 0 ? kind : { [kind]: details };
  }
}

export function invalid(field: string): Refused {
  return new Refused('InvalidArgument', { field });
}

export const TYPES = ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr'];
export const PERMISSIONS = ['read', 'write', 'credentials'];
export const SEVERAL = 'InFoundr';

/** Before anything happened. */
export function emptyModel({
  self,
  controller,
  now,
}: {
  readonly self: string;
  readonly controller: string;
  readonly now: bigint;
}): Model {
  return {
    now,
    self,
    controllers: [controller],
    admins: [],
    agents: [],
    limits: {},
    retention: {},
    queryTokens: 'first_party',
    serviceLimits: {},
    serviceLimitsAt: undefined,
    pendingRetention: undefined,
    retentionAt: undefined,
    users: [],
    erasures: [],
    log: [],
    userCount: 0,
    sessions: 0,
    interactions: 0,
    requests: [],
    buckets: new Map(),
    tries: new Map(),
    codes: [],
    counted: { deeds: [], errors: [] },
    countedAgents: new Set(),
    refusals: [],
    calls: new Map(),
  };
}

export function userOf(m: Model, userId: string): User | undefined {
  return m.users.find((user) => user.user_id === userId);
}

/** Refuses user_ids that can be taken for others, of those that random calls have. */
export function checkNewUserId(userId: string): void {
  if (/\p{C}|^ | $|^[A-Z2-7]{5}-/u.test(userId)) throw invalid('user_id');
}

export function makeUser(m: Model, userId: string): User {
  checkNewUserId(userId);
  const user: User = {
    user_id: userId,
    number: ++m.userCount,
    sessions: [],
    interactions: [],
    activities: [],
    accounts: new Map(),
    grants: [],
    blocked: [],
    owner: undefined,
    code: undefined,
    current: new Map(),
    last_activity: 0n,
    counted: { deeds: [], errors: [] },
    rules: undefined,
    readUpTo: 0,
    bytes: 0n,
    measured: undefined,
    newest: { session: 0, interaction: 0, activity: 0 },
  };
  m.users.push(user);
  return user;
}

export function idOf(kind: 'ses' | 'int' | 'act', number: number): string {
  return `${kind}-0000${number.toString(16).padStart(12, '0')}`;
}

/** The number in an id of this kind; undefined for any other text. */
export function numberOf(kind: 'ses' | 'int' | 'act', id: string): number | undefined {
  const [, digits] = /^([0-9a-f]{12})$/.exec(id.startsWith(`${kind}-0000`) ? id.slice(8) : '') ?? [];
  const number = digits === undefined ? undefined : Number.parseInt(digits, 16);
  return number === undefined || number > 0xffff_ffff ? undefined : number;
}
