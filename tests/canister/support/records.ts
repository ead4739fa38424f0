import type { Principal } from '@dfinity/principal';
import type {
  AddAgentArgs,
  AgentActivityType,
  AgentType,
  GrantAgentArgs,
  HttpRequest,
  icrc21_consent_message_request,
  ListActivitiesArgs,
  ListInteractionsArgs,
  ListSessionsArgs,
  StoreCredentialsArgs,
} from '../../../src/candid/agent_service.did.ts';
import { encodeArgs, ok, type WasmCanister } from './wasm-canister.ts';

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
  { TokenLeased: null },
  { TokenRefreshFailed: null },
  { LinkCodeIssued: null },
  { UserLinked: null },
  { UserUnlinked: null },
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
  return [{ user_id: 'user-1', ...FILTERS, is_active: [], ...request } as ListSessionsArgs];
}

export function interactionPage(request: Partial<ListInteractionsArgs> = {}): [ListInteractionsArgs] {
  return [{ user_id: 'user-1', ...FILTERS, session_id: [], success: [], ...request } as ListInteractionsArgs];
}

export function activityPage(request: Partial<ListActivitiesArgs> = {}): [ListActivitiesArgs] {
  return [{ user_id: 'user-1', ...FILTERS, activity_type: [], ...request } as ListActivitiesArgs];
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

/** The name of a variant's option. */
export function optionOf(variant: object): string {
  return Object.keys(variant)[0] ?? '';
}
