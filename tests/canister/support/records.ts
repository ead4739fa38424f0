import type { Principal } from '@dfinity/principal';
import type {
  AddAgentArgs,
  AgentActivity,
  AgentActivityType,
  AgentType,
  CreateSessionArgs,
  GetEventsArgs,
  GetServiceAnalyticsArgs,
  GrantAgentArgs,
  HttpRequest,
  icrc21_consent_message_request,
  ListActivitiesArgs,
  ListInteractionsArgs,
  ListSessionsArgs,
  LogActivityArgs,
  PreviewRetentionArgs,
  SomeLimits,
  SomeRetention,
  StoreCredentialsArgs,
  StoreInteractionArgs,
  UpdateSettingsArgs,
} from '../../../src/candid/agent_service.did.ts';
import { retention } from '../../../src/canister/models/retention/retention.ts';
import { limits } from '../../../src/canister/models/settings/limits.ts';
import { encodeArgs, OWNER, ok, type Sender, type WasmCanister } from './wasm-canister.ts';

export const GITHUB: AgentType = { GitHub: null };
export const ASANA: AgentType = { Asana: null };
export const GMAIL: AgentType = { Gmail: null };

export const AGENT_TYPES: readonly AgentType[] = [
  GITHUB,
  ASANA,
  GMAIL,
  { Calendar: null },
  { InFoundr: null },
];

/** What agents may log. */
export const ACTIVITY_TYPES: readonly AgentActivityType[] = [
  { SessionCreated: null },
  { SessionUpdated: null },
  { SessionEnded: null },
  { SessionExpired: null },
  { TokenStored: null },
  { TokenRefreshed: null },
  { TokenRevoked: null },
  { TokenExpired: null },
  { InteractionCompleted: null },
  { ErrorOccurred: null },
  { ConnectionEstablished: null },
  { TaskCreated: null },
  { TaskUpdated: null },
  { EmailSent: null },
  { EmailRead: null },
  { MeetingScheduled: null },
  { IssueCreated: null },
  { PullRequestCreated: null },
];

/** What the service alone writes. */
export const SERVICE_ACTIVITY_TYPES: readonly AgentActivityType[] = [
  { AgentGranted: null },
  { AgentWithdrawn: null },
  { AgentBlocked: null },
  { AgentUnblocked: null },
  { TokenLeased: null },
  { OpeningKeyDerived: null },
  { TokenSealed: null },
  { AccountPrivacyChanged: null },
  { TokenRefreshFailed: null },
  { LinkCodeIssued: null },
  { UserLinked: null },
  { UserUnlinked: null },
  { TokenRefreshRecovered: null },
];

/** Begins a session of user-1 for GitHub, unless told otherwise; returns its id. */
export async function createSession(
  canister: WasmCanister,
  { userId = 'user-1', agentType = GITHUB }: { userId?: string; agentType?: AgentType } = {},
): Promise<string> {
  return ok(await canister.call('create_agent_session', [userId, agentType, [], [], []]));
}

/** Stores credentials of user-1 for GitHub without an expiry, unless told otherwise. */
export async function storeCredentials(
  canister: WasmCanister,
  {
    userId = 'user-1',
    agentType = GITHUB,
    token = 'a-token',
    expiresAt,
  }: { userId?: string; agentType?: AgentType; token?: string; expiresAt?: bigint } = {},
): Promise<void> {
  const expiry: [] | [bigint] = expiresAt === undefined ? [] : [expiresAt];
  ok(await canister.call('store_agent_credentials', [userId, agentType, token, [], [], [], [], expiry]));
}

/** Stores a successful interaction of user-1 with GitHub, unless told otherwise; returns its id. */
export async function storeInteraction(
  canister: WasmCanister,
  {
    userId = 'user-1',
    agentType = GITHUB,
    message = 'a message',
    response = 'a response',
    success = true,
  }: {
    userId?: string;
    agentType?: AgentType;
    message?: string;
    response?: string;
    success?: boolean;
  } = {},
): Promise<string> {
  return ok(
    await canister.call('store_agent_interaction', [userId, agentType, message, response, success, []]),
  );
}

const FILTERS = { agent_type: [], from: [], until: [], limit: [], cursor: [] } as const;

export function sessionPage(request: Partial<ListSessionsArgs> = {}): [ListSessionsArgs] {
  return [
    { user_id: 'user-1', ...FILTERS, is_active: [], without_tokens: [], ...request } as ListSessionsArgs,
  ];
}

export function interactionPage(request: Partial<ListInteractionsArgs> = {}): [ListInteractionsArgs] {
  return [{ user_id: 'user-1', ...FILTERS, session_id: [], success: [], ...request } as ListInteractionsArgs];
}

export function activityPage(request: Partial<ListActivitiesArgs> = {}): [ListActivitiesArgs] {
  return [{ user_id: 'user-1', ...FILTERS, activity_type: [], ...request } as ListActivitiesArgs];
}

/** A user's newest activities, 100 unless told, each with its own kind; get_user_agent_activities tells newer kinds as the seed's, or not at all. */
export async function activitiesOf(
  canister: WasmCanister,
  userId: string,
  { limit, ...sender }: Sender & { readonly limit?: number } = {},
): Promise<readonly AgentActivity[]> {
  const request = activityPage({ user_id: userId, limit: limit === undefined ? [] : [limit] });
  return ok(await canister.query('list_activities', request, sender)).items;
}

/** A new agent with every right, unless told otherwise. */
export function newAgent(request: Partial<AddAgentArgs> & { agent: Principal }): AddAgentArgs {
  return { name: 'n', agent_types: [], permissions: [], scope: [], expires_at: [], ...request };
}

/** Credentials of the default account of user-1 for GitHub with a token and nothing else, unless told otherwise. */
export function newCredentials(request: Partial<StoreCredentialsArgs> = {}): StoreCredentialsArgs {
  return {
    user_id: 'user-1',
    agent_type: GITHUB,
    account: [],
    token: 'a-token',
    token_data: [],
    workspace_id: [],
    project_ids: [],
    selected_repo: [],
    expires_at: [],
    request_id: [],
    ...request,
  };
}

/** A grant of everything, unless told otherwise. */
export function newGrant(
  request: Partial<GrantAgentArgs> & { user_id: string; agent: Principal },
): GrantAgentArgs {
  return { agent_types: [], permissions: [], expires_at: [], ...request };
}

/** A request of a gateway for the metrics, unless told otherwise. */
export function httpRequest(request: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: '/metrics',
    headers: [['host', 'localhost']],
    body: new Uint8Array(),
    certificate_version: [],
    ...request,
  };
}

/** A session of user-1 for GitHub, unless told otherwise. */
export function newSession(request: Partial<CreateSessionArgs> = {}): CreateSessionArgs {
  const data = { token: [], project_id: [], selected_repo: [] } as const;
  return { user_id: 'user-1', agent_type: GITHUB, ...data, request_id: [], ...request } as CreateSessionArgs;
}

/** An interaction of user-1 for GitHub, unless told otherwise. */
export function newInteraction(request: Partial<StoreInteractionArgs> = {}): StoreInteractionArgs {
  return {
    user_id: 'user-1',
    agent_type: GITHUB,
    message: 'a message',
    response: 'a response',
    success: true,
    metadata: [],
    session_id: [],
    request_id: [],
    ...request,
  };
}

/** A signer's question about a call; about one of end_agent_session unless told otherwise. */
export function consentRequest(
  request: Partial<icrc21_consent_message_request> = {},
): icrc21_consent_message_request {
  return {
    method: 'end_agent_session',
    arg: encodeArgs('end_agent_session', ['ses-0000000000000001']),
    user_preferences: { metadata: { language: 'en', utc_offset_minutes: [] }, device_spec: [] },
    ...request,
  };
}

/** An activity of user-1 for GitHub, unless told otherwise. */
export function newActivity(request: Partial<LogActivityArgs> = {}): LogActivityArgs {
  return {
    user_id: 'user-1',
    agent_type: GITHUB,
    activity_type: { TaskCreated: null },
    description: 'a task',
    metadata: [],
    request_id: [],
    ...request,
  };
}

/** Asks for all that was counted in the last thirty days, by day. */
export const ALL_COUNTS: GetServiceAnalyticsArgs = {
  agent_type: [],
  agent: [],
  from: [],
  until: [],
  interval: [],
};

/** Asks for the events from the beginning that pass a filter. */
export function eventsAfter(
  {
    user_id,
    agent_type,
    activity_types,
  }: { user_id?: string; agent_type?: AgentType; activity_types?: AgentActivityType[] } = {},
  request: Partial<GetEventsArgs> = {},
): GetEventsArgs {
  const filter = {
    user_id: optOf(user_id),
    agent_type: optOf(agent_type),
    activity_types: optOf(activity_types),
  };
  return { after: [0n], limit: [], filter: [filter], ...request };
}

function optOf<T>(value: T | undefined): [] | [T] {
  return value === undefined ? [] : [value];
}

type Numbers<T> = { readonly [K in keyof T]?: bigint };

/** These limits, and no others. */
export function someLimits(set: Numbers<SomeLimits> = {}): SomeLimits {
  const names = Object.keys(limits.ranges) as (keyof SomeLimits)[];
  return Object.fromEntries(names.map((name) => [name, set[name] === undefined ? [] : [set[name]]])) as never;
}

/** What is asked of a preview, and nothing else. */
export function previewRequest(set: Partial<PreviewRetentionArgs> = {}): PreviewRetentionArgs {
  return { ...someRetention(), limit: [], cursor: [], ...set };
}

/** The time that a retention waits which keeps less than before, and that of the timer after it. */
export const RETENTION_DELAY = 24n * 3_600_000_000_000n + 90n * 1_000_000_000n;

/** These settings of the retention, and no others. */
export function someRetention(set: Numbers<SomeRetention> = {}): SomeRetention {
  const names = Object.keys(retention.ranges) as (keyof SomeRetention)[];
  return Object.fromEntries(names.map((name) => [name, set[name] === undefined ? [] : [set[name]]])) as never;
}

/** A change of settings; what is left out stays. */
export function newSettings(change: Partial<UpdateSettingsArgs> = {}): UpdateSettingsArgs {
  return { limits: [], retention: [], query_tokens: [], ...change };
}

/** Lets the tests call as often as they like. */
export async function raiseRates(canister: WasmCanister): Promise<void> {
  const raised = { caller_burst: 1_000_000n, user_burst: 1_000_000n, active_sessions: 1_000_000n };
  const request = newSettings({ limits: [someLimits(raised)] });
  ok(await canister.call('update_settings', [request], { sender: OWNER }));
}

/** The name of a variant's option. */
export function optionOf(variant: object): string {
  return Object.keys(variant)[0] ?? '';
}
