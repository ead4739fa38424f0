import { Actor, type ActorSubclass, HttpAgent, type Identity } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import {
  idlFactory,
  type _SERVICE as Service,
  type AgentError as WireError,
} from '../candid/agent_service.did.ts';
import { fromCandid, toCandid } from './candid-values.ts';
import type {
  ActivityPage,
  AddAgentRequest,
  Admin,
  Agent,
  AgentActivity,
  AgentActivityType,
  AgentCredentials,
  AgentInteraction,
  AgentSession,
  AgentStatus,
  AgentType,
  AuditPage,
  AuditTip,
  BeginTokenRefreshRequest,
  CompleteTokenRefreshRequest,
  CredentialInfo,
  CredentialLease,
  ExportPage,
  Grant,
  GrantAgentRequest,
  InteractionPage,
  LeaseCredentialsRequest,
  LinkCode,
  ListActivitiesRequest,
  ListCredentialsRequest,
  ListInteractionsRequest,
  ListSessionsRequest,
  MethodAnswer,
  MethodArguments,
  MethodName,
  OwnedUser,
  RevokeCredentialsRequest,
  SessionPage,
  Settings,
  StoreCredentialsRequest,
  TokenRefresh,
  UpdateAgentRequest,
  UpdateSettingsRequest,
} from './domain-types.ts';
import { errorOf, refusalOf } from './errors.ts';
import { eachItem } from './paging.ts';

/** Where the service is, and who calls it. */
export interface AgentServiceOptions {
  /** URL of the network, such as `http://127.0.0.1:4943`; the Internet Computer itself unless told. */
  readonly host?: string;
  readonly canisterId: string | Principal;
  /** Who calls. The service answers nobody who is anonymous. */
  readonly identity: Identity;
  /** The network's public key, DER; the Internet Computer's unless told. */
  readonly rootKey?: Uint8Array;
  /**
   * The network is a local one for development: its public key is fetched from itself, which proves nothing about who
   * answers. Never set this for a network that others can reach.
   */
  readonly local?: boolean;
}

const INTERNET_COMPUTER = 'https://icp-api.io';

/** What a session carries for the agent. */
export interface SessionData {
  readonly token?: string | undefined;
  readonly projectId?: string | undefined;
  readonly selectedRepo?: string | undefined;
}

/** Credentials beside the token. `tokenData` is JSON text, `expiresAt` ns since 1970. */
export interface CredentialDetails {
  readonly tokenData?: string | undefined;
  readonly workspaceId?: string | undefined;
  readonly projectIds?: readonly (readonly [id: string, name: string])[] | undefined;
  readonly selectedRepo?: string | undefined;
  readonly expiresAt?: bigint | undefined;
}

interface Owner {
  readonly userId: string;
  readonly agentType: AgentType;
}

const METHODS: ReadonlyMap<string, IDL.FuncClass> = new Map(idlFactory({ IDL })._fields);

/**
 * The Agent Service, one method for each of the canister's. Certificates of updates and signatures of queries are
 * verified. A refusal is thrown as an `AgentServiceError` of its kind, a reject as a `CallRejectedError`; errors of
 * @dfinity/agent pass through when the network was not reached or its answer does not verify.
 */
export class AgentServiceClient {
  readonly canisterId: Principal;
  readonly #actor: ActorSubclass<Service>;

  private constructor(canisterId: Principal, agent: HttpAgent) {
    this.canisterId = canisterId;
    this.#actor = Actor.createActor<Service>(idlFactory, { agent, canisterId });
  }

  /** Connects to the service. Rejects where a local network's key cannot be fetched. */
  static async create(options: AgentServiceOptions): Promise<AgentServiceClient> {
    const { host = INTERNET_COMPUTER, canisterId, identity, rootKey, local = false } = options;
    const agent = await HttpAgent.create({
      host,
      identity,
      shouldFetchRootKey: local,
      verifyQuerySignatures: true,
      ...(rootKey === undefined ? {} : { rootKey }),
    });
    return new AgentServiceClient(Principal.from(canisterId), agent);
  }

  /** Begins a session; returns its id. */
  createAgentSession({ userId, agentType, ...data }: Owner & SessionData): Promise<string> {
    const { token, projectId, selectedRepo } = data;
    return this.#call('create_agent_session', userId, agentType, token, projectId, selectedRepo);
  }

  /** Changes what an open session carries; what is left out stays. */
  async updateAgentSession({
    sessionId,
    token,
    projectId,
    selectedRepo,
  }: SessionData & { readonly sessionId: string }): Promise<void> {
    await this.#call('update_agent_session', sessionId, token, projectId, selectedRepo);
  }

  async endAgentSession(sessionId: string): Promise<void> {
    await this.#call('end_agent_session', sessionId);
  }

  getAgentSession(sessionId: string): Promise<AgentSession | undefined> {
    return this.#call('get_agent_session', sessionId);
  }

  /** The newest sessions, 5,000 at most and as many as fit into a reply of 2 MiB. */
  getUserAgentSessions(userId: string): Promise<readonly AgentSession[]> {
    return this.#call('get_user_agent_sessions', userId);
  }

  /** Stores credentials in the place of those of the same agent type. */
  async storeAgentCredentials({
    userId,
    agentType,
    token,
    ...details
  }: Owner & CredentialDetails & { readonly token: string }): Promise<void> {
    const { tokenData, workspaceId, projectIds = [], selectedRepo, expiresAt } = details;
    await this.#call(
      'store_agent_credentials',
      userId,
      agentType,
      token,
      tokenData,
      workspaceId,
      projectIds,
      selectedRepo,
      expiresAt,
    );
  }

  /** Changes stored credentials; what is left out stays. */
  async updateAgentCredentials({
    userId,
    agentType,
    token,
    ...details
  }: Owner & CredentialDetails & { readonly token?: string | undefined }): Promise<void> {
    const { tokenData, workspaceId, projectIds, selectedRepo, expiresAt } = details;
    await this.#call(
      'update_agent_credentials',
      userId,
      agentType,
      token,
      tokenData,
      workspaceId,
      projectIds,
      selectedRepo,
      expiresAt,
    );
  }

  /** Those of the default account; the token is empty unless the service's settings let queries show it to the caller. */
  getAgentCredentials({ userId, agentType }: Owner): Promise<AgentCredentials | undefined> {
    return this.#call('get_agent_credentials', userId, agentType);
  }

  getUserAgentCredentials(userId: string): Promise<readonly AgentCredentials[]> {
    return this.#call('get_user_agent_credentials', userId);
  }

  /** Stores an interaction; returns its id. `metadata` is JSON text. */
  storeAgentInteraction({
    userId,
    agentType,
    message,
    response,
    success,
    metadata,
  }: Owner & {
    readonly message: string;
    readonly response: string;
    readonly success: boolean;
    readonly metadata?: string | undefined;
  }): Promise<string> {
    return this.#call('store_agent_interaction', userId, agentType, message, response, success, metadata);
  }

  getAgentInteraction(interactionId: string): Promise<AgentInteraction | undefined> {
    return this.#call('get_agent_interaction', interactionId);
  }

  /** The newest interactions, 50 unless told, as many as fit into a reply of 2 MiB. */
  getUserAgentInteractions(userId: string, limit?: number): Promise<readonly AgentInteraction[]> {
    return this.#call('get_user_agent_interactions', userId, limit);
  }

  /** As `getUserAgentInteractions`, of one agent type. */
  getAgentTypeInteractions({
    userId,
    agentType,
    limit,
  }: Owner & { readonly limit?: number | undefined }): Promise<readonly AgentInteraction[]> {
    return this.#call('get_agent_type_interactions', userId, agentType, limit);
  }

  /** Adds an activity to the audit trail. `metadata` is JSON text. */
  async logAgentActivity({
    userId,
    agentType,
    activityType,
    description,
    metadata,
  }: Owner & {
    readonly activityType: AgentActivityType;
    readonly description: string;
    readonly metadata?: string | undefined;
  }): Promise<void> {
    await this.#call('log_agent_activity', userId, agentType, activityType, description, metadata);
  }

  /** The newest activities, 100 unless told, as many as fit into a reply of 2 MiB. */
  getUserAgentActivities(userId: string, limit?: number): Promise<readonly AgentActivity[]> {
    return this.#call('get_user_agent_activities', userId, limit);
  }

  getAgentStatus(userId: string): Promise<AgentStatus> {
    return this.#call('get_agent_status', userId);
  }

  /** Ends sessions in which nothing happened for a day, a batch of them; returns how many. */
  cleanupExpiredSessions(): Promise<number> {
    return this.#call('cleanup_expired_sessions');
  }

  /** Removes credentials whose time is over, a batch of them; returns how many. */
  cleanupExpiredCredentials(): Promise<number> {
    return this.#call('cleanup_expired_credentials');
  }

  /** One page of sessions, newest first. */
  listSessions(request: ListSessionsRequest): Promise<SessionPage> {
    return this.#call('list_sessions', request);
  }

  /** One page of interactions, newest first. */
  listInteractions(request: ListInteractionsRequest): Promise<InteractionPage> {
    return this.#call('list_interactions', request);
  }

  /** One page of activities, newest first. */
  listActivities(request: ListActivitiesRequest): Promise<ActivityPage> {
    return this.#call('list_activities', request);
  }

  /** Every session that passes the filters, newest first, page by page as it is read. */
  eachSession(request: ListSessionsRequest): AsyncGenerator<AgentSession> {
    return eachItem((cursor) => this.listSessions({ ...request, cursor }), request.cursor);
  }

  /** Every interaction that passes the filters, newest first, page by page as it is read. */
  eachInteraction(request: ListInteractionsRequest): AsyncGenerator<AgentInteraction> {
    return eachItem((cursor) => this.listInteractions({ ...request, cursor }), request.cursor);
  }

  /** Every activity that passes the filters, newest first, page by page as it is read. */
  eachActivity(request: ListActivitiesRequest): AsyncGenerator<AgentActivity> {
    return eachItem((cursor) => this.listActivities({ ...request, cursor }), request.cursor);
  }

  /** Lets a principal call the service, with every right that is not said to be less. For admins and controllers. */
  async addAgent(request: AddAgentRequest): Promise<void> {
    await this.#call('add_agent', request);
  }

  /** Changes what an agent may do; what is left out stays, and an `expiresAt` of 0 takes the expiry away. For admins and controllers. */
  async updateAgent(request: UpdateAgentRequest): Promise<void> {
    await this.#call('update_agent', request);
  }

  /** Lets a principal call the service no more. For admins and controllers. */
  async removeAgent(agent: Principal): Promise<void> {
    await this.#call('remove_agent', { agent });
  }

  /** Who may call the service, and what each may do. For admins and controllers. */
  listAgents(): Promise<readonly Agent[]> {
    return this.#call('list_agents', {});
  }

  /** Names an admin. For admins and controllers. */
  async addAdmin(admin: Principal): Promise<void> {
    await this.#call('add_admin', { admin });
  }

  /** Takes an admin their rights; the last one cannot do that to themself. For admins and controllers. */
  async removeAdmin(admin: Principal): Promise<void> {
    await this.#call('remove_admin', { admin });
  }

  /** For admins and controllers. */
  listAdmins(): Promise<readonly Admin[]> {
    return this.#call('list_admins', {});
  }

  /** Lets an agent act for the user: all that it may, or what is named. For the user, whose user id is the text of their principal. */
  async grantAgent(request: GrantAgentRequest): Promise<void> {
    await this.#call('grant_agent', request);
  }

  /** Takes a grant back at once. For the user. */
  async withdrawAgent({
    userId,
    agent,
  }: {
    readonly userId: string;
    readonly agent: Principal;
  }): Promise<void> {
    await this.#call('withdraw_agent', { userId, agent });
  }

  /** What the user granted, expired grants included. For the user and admins. */
  listGrants(userId: string): Promise<readonly Grant[]> {
    return this.#call('list_grants', { userId });
  }

  /** Stores credentials in the place of those of the same account; without `account`, of the default one. For agents that write. */
  async storeCredentials(request: StoreCredentialsRequest): Promise<void> {
    await this.#call('store_credentials', request);
  }

  /** Every account of the user, or of one agent type: all but the tokens, and the state. Revoked and expired ones stay in the list. */
  listCredentials(request: ListCredentialsRequest): Promise<readonly CredentialInfo[]> {
    return this.#call('list_credentials', request);
  }

  /** Takes the token away at once. For the user, and agents that may write for them. */
  async revokeCredentials(request: RevokeCredentialsRequest): Promise<void> {
    await this.#call('revoke_credentials', request);
  }

  /** The credentials with their token, for a purpose that their user can read. For agents with the permission `credentials`, and the user. */
  leaseAgentCredentials(request: LeaseCredentialsRequest): Promise<CredentialLease> {
    return this.#call('lease_agent_credentials', request);
  }

  /** Gives the caller alone, for two minutes, what it takes to refresh a token; throws ConflictError while another has that. */
  beginTokenRefresh(request: BeginTokenRefreshRequest): Promise<TokenRefresh> {
    return this.#call('begin_token_refresh', request);
  }

  /** Stores the new token, or tells why there is none; throws ConflictError, and stores nothing, where the fencing number is stale. */
  async completeTokenRefresh(request: CompleteTokenRefreshRequest): Promise<void> {
    await this.#call('complete_token_refresh', request);
  }

  /** For admins and controllers. */
  getSettings(): Promise<Settings> {
    return this.#call('get_settings', {});
  }

  /** Changes settings; what is left out stays. For admins and controllers. */
  async updateSettings(request: UpdateSettingsRequest): Promise<void> {
    await this.#call('update_settings', request);
  }

  /** How far the audit log goes, and the certificate that proves it. For everybody. */
  getAuditTip(): Promise<AuditTip> {
    return this.#call('get_audit_tip', {});
  }

  /** Entries of the audit log in its order, from an index on; the content of those that the caller may not read is left out. For everybody. */
  getAuditEntries(
    request: { readonly from?: bigint | undefined; readonly limit?: number | undefined } = {},
  ): Promise<AuditPage> {
    return this.#call('get_audit_entries', request);
  }

  /** A page of all that is held about a user, but for tokens: JSON text, in the form of docs/export.md. For the user and admins. */
  exportUser(request: {
    readonly userId: string;
    readonly cursor?: string | undefined;
  }): Promise<ExportPage> {
    return this.#call('export_user', request);
  }

  /** Removes all that is held about a user, for good. For the user and admins. */
  async eraseUser(userId: string): Promise<void> {
    await this.#call('erase_user', { userId });
  }

  /**
   * Makes a code by which a user becomes the owner of what is held under the user id: hand it to them. It can be redeemed once, for ten
   * minutes, and replaces the one before. For agents with every right for every user.
   */
  createLinkCode(userId: string): Promise<LinkCode> {
    return this.#call('create_link_code', { userId });
  }

  /** Makes the caller the owner of the user id that the code is for; returns that. */
  async redeemLinkCode(code: string): Promise<string> {
    return (await this.#call('redeem_link_code', { code })).userId;
  }

  /** Takes a user id from its owner; what is stored stays, and so do grants. For the user, and admins. */
  async unlinkUser(userId: string): Promise<void> {
    await this.#call('unlink_user', { userId });
  }

  /** The user ids that the caller owns: the text of their principal, and those that are linked to it. */
  listMyUsers(): Promise<readonly OwnedUser[]> {
    return this.#call('list_my_users', {});
  }

  async #call<M extends MethodName>(name: M, ...args: MethodArguments<M>): Promise<MethodAnswer<M>> {
    const method = METHODS.get(name);
    if (method === undefined) throw new TypeError(`the interface has no method ${name}`);
    const values = method.argTypes.map((type, i) => toCandid(type, args[i]));
    // The actor's methods and `values` follow from the interface's types one by one, which the type system cannot follow.
    const send = this.#actor[name] as (...values: unknown[]) => Promise<unknown>;
    let result: unknown;
    try {
      result = await send(...values);
    } catch (error) {
      throw errorOf(error);
    }
    return accepted(method.retTypes[0], result) as MethodAnswer<M>;
  }
}

/** The answer, or throws the refusal. */
function accepted(type: IDL.Type | undefined, result: unknown): unknown {
  if (type === undefined) return undefined;
  const ok = okType(type);
  if (ok === undefined) return fromCandid(type, result);
  const { Ok, Err } = result as { Ok?: unknown; Err?: WireError };
  if (Err !== undefined) throw refusalOf(Err);
  return fromCandid(ok, Ok);
}

/** The type of `Ok`, where the type is a result. */
function okType(type: IDL.Type): IDL.Type | undefined {
  if (!(type instanceof IDL.VariantClass)) return undefined;
  return type._fields.find(([name]) => name === 'Ok')?.[1];
}
