import type { Principal } from '@dfinity/principal';
import { ARGUMENT_NAMES } from '../candid/argument-names.ts';
import { camelCase, checkNames, fromCandid, toCandid } from './candid-values.ts';
import { type AgentServiceOptions, answerType, CanisterCalls, METHODS } from './canister-calls.ts';
import type {
  AccountPage,
  ActivityPage,
  AddAgentRequest,
  Admin,
  Agent,
  AgentActivity,
  AgentActivityType,
  AgentCredentials,
  AgentInteraction,
  AgentName,
  AgentSession,
  AgentStatus,
  AgentType,
  Analytics,
  AuditPage,
  AuditTip,
  BeginTokenRefreshRequest,
  BlockedAgent,
  CompleteTokenRefreshRequest,
  CreateSessionRequest,
  CredentialInfo,
  CredentialLease,
  Event,
  EventPage,
  ExportPage,
  GetEventsRequest,
  GetServiceAnalyticsRequest,
  GetUserAnalyticsRequest,
  Grant,
  GrantAgentRequest,
  InteractionPage,
  LeaseCredentialsRequest,
  LinkCode,
  ListAccountsRequest,
  ListActivitiesRequest,
  ListCredentialsRequest,
  ListInteractionsRequest,
  ListNotificationsRequest,
  ListSessionsRequest,
  ListUsersRequest,
  LogActivityRequest,
  MethodAnswer,
  MethodArguments,
  MethodName,
  NotificationPage,
  NotificationRule,
  OwnedUser,
  PreviewRetentionRequest,
  RetentionPreview,
  RevokeCredentialsRequest,
  SeedActivity,
  ServiceAnalytics,
  ServiceLimit,
  ServiceLimitChange,
  SessionPage,
  SetAgentLimitsRequest,
  Settings,
  SomeLimits,
  StoreCredentialsRequest,
  StoreInteractionRequest,
  TaskState,
  TokenRefresh,
  UpdateAgentRequest,
  UpdateNotificationSettingsRequest,
  UpdateSettingsRequest,
  Usage,
  UserPage,
  UserRetention,
} from './domain-types.ts';
import { InvalidArgumentError } from './errors.ts';
import { eachEvent } from './events.ts';
import { eachItem } from './paging.ts';

/** What a session carries for the agent. */
export interface SessionData {
  readonly token?: string | undefined;
  readonly projectId?: string | undefined;
  readonly selectedRepo?: string | undefined;
}

/** Credentials beside the token. `tokenData` is JSON text, `expiresAt` a Date, or ns since 1970. */
export interface CredentialDetails {
  readonly tokenData?: string | undefined;
  readonly workspaceId?: string | undefined;
  readonly projectIds?: readonly (readonly [id: string, name: string])[] | undefined;
  readonly selectedRepo?: string | undefined;
  readonly expiresAt?: bigint | Date | undefined;
}

interface Owner {
  readonly userId: string;
  readonly agentType: AgentType;
}

/**
 * The Agent Service, one method for each of the canister's. Certificates of updates and signatures of queries are
 * verified. Whatever fails is thrown as an `AgentServiceError`, whose `kind` says why: a `RefusalError` of the service, a
 * `CallRejectedError`, an `OutcomeUnknownError`, a `NetworkError`, a `ClockError`, a `VerificationFailedError` or an
 * `UnexpectedReplyError` (docs/reference/errors.md). Arguments are checked first: an `InvalidArgumentError` names the one that is not of the
 * interface, and what is, and nothing was sent. Times can be given as a Date.
 *
 * Texts are stored and returned as they are. One with half of a character (a lone surrogate) is refused as an `InvalidArgumentError`
 * before anything is sent.
 */
export class AgentServiceClient {
  readonly #calls: CanisterCalls;

  private constructor(calls: CanisterCalls) {
    this.#calls = calls;
  }

  /** Connects to the service. Rejects with an `InvalidArgumentError` for a wrong option, and with a `NetworkError` where a local network's key cannot be fetched. */
  static async create(options: AgentServiceOptions): Promise<AgentServiceClient> {
    return new AgentServiceClient(await CanisterCalls.create(options));
  }

  get canisterId(): Principal {
    return this.#calls.canisterId;
  }

  /** Begins a session; returns its id. */
  createAgentSession(request: Owner & SessionData): Promise<string> {
    return this.#named('create_agent_session', request);
  }

  /** Changes what an open session carries; what is left out stays. */
  async updateAgentSession(request: SessionData & { readonly sessionId: string }): Promise<void> {
    await this.#named('update_agent_session', request);
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
  async storeAgentCredentials(
    request: Owner & CredentialDetails & { readonly token: string },
  ): Promise<void> {
    const projectIds = isGiven(request) ? (request.projectIds ?? []) : undefined;
    await this.#named('store_agent_credentials', { ...request, projectIds });
  }

  /** Changes stored credentials; what is left out stays. */
  async updateAgentCredentials(
    request: Owner & CredentialDetails & { readonly token?: string | undefined },
  ): Promise<void> {
    await this.#named('update_agent_credentials', request);
  }

  /** Those of the default account; the token is empty unless the service's settings let queries show it to the caller. */
  getAgentCredentials(request: Owner): Promise<AgentCredentials | undefined> {
    return this.#named('get_agent_credentials', request);
  }

  getUserAgentCredentials(userId: string): Promise<readonly AgentCredentials[]> {
    return this.#call('get_user_agent_credentials', userId);
  }

  /** Stores an interaction; returns its id. `metadata` is JSON text. */
  storeAgentInteraction(
    request: Owner & {
      readonly message: string;
      readonly response: string;
      readonly success: boolean;
      readonly metadata?: string | undefined;
    },
  ): Promise<string> {
    return this.#named('store_agent_interaction', request);
  }

  getAgentInteraction(interactionId: string): Promise<AgentInteraction | undefined> {
    return this.#call('get_agent_interaction', interactionId);
  }

  /** The newest interactions, 50 unless told, as many as fit into a reply of 2 MiB, without a sign that there are more: `listInteractions` has pages. */
  getUserAgentInteractions(userId: string, limit?: number): Promise<readonly AgentInteraction[]> {
    return this.#call('get_user_agent_interactions', userId, limit);
  }

  /** As `getUserAgentInteractions`, of one agent type. */
  getAgentTypeInteractions(
    request: Owner & { readonly limit?: number | undefined },
  ): Promise<readonly AgentInteraction[]> {
    return this.#named('get_agent_type_interactions', request);
  }

  /** Adds an activity to the audit trail. `metadata` is JSON text. */
  async logAgentActivity(
    request: Owner & {
      readonly activityType: AgentActivityType;
      readonly description: string;
      readonly metadata?: string | undefined;
    },
  ): Promise<void> {
    await this.#named('log_agent_activity', request);
  }

  /**
   * The newest activities that the first version of the interface can tell, 100 unless told, as many as fit into a reply of 2 MiB: SessionExpired is
   * told as SessionEnded, TokenRefreshFailed as ErrorOccurred, and other newer kinds are left out. `listActivities` gives every activity.
   */
  getUserAgentActivities(userId: string, limit?: number): Promise<readonly SeedActivity[]> {
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

  /** The names of those of up to 100 principals that are agents. For everybody who signs in. */
  getAgentNames(agents: readonly Principal[]): Promise<readonly AgentName[]> {
    return this.#call('get_agent_names', { agents });
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
  async withdrawAgent(request: { readonly userId: string; readonly agent: Principal }): Promise<void> {
    await this.#call('withdraw_agent', request);
  }

  /** What the user granted, expired grants included. For the user and admins. */
  listGrants(userId: string): Promise<readonly Grant[]> {
    return this.#call('list_grants', { userId });
  }

  /** Stops an agent for the user, whatever it may do by a grant or for every user. For the user alone. Throws NotFoundError where the service does not know it. */
  async blockAgent(request: { readonly userId: string; readonly agent: Principal }): Promise<void> {
    await this.#call('block_agent', request);
  }

  /** Lets an agent that was stopped act again. For the user alone. Throws NotFoundError where it is not blocked. */
  async unblockAgent(request: { readonly userId: string; readonly agent: Principal }): Promise<void> {
    await this.#call('unblock_agent', request);
  }

  /** The agents that the user has stopped. For the user and admins. */
  listBlockedAgents(userId: string): Promise<readonly BlockedAgent[]> {
    return this.#call('list_blocked_agents', { userId });
  }

  /** Stores credentials in the place of those of the same account; without `account`, of the default one. For agents that write. */
  async storeCredentials(request: StoreCredentialsRequest): Promise<void> {
    await this.#call('store_credentials', request);
  }

  /** Every account of the user, or of one agent type: all but the tokens, and the state. Revoked and expired ones stay in the list. */
  listCredentials(request: ListCredentialsRequest): Promise<readonly CredentialInfo[]> {
    return this.#call('list_credentials', request);
  }

  /** As `listCredentials`, page by page. */
  listAccounts(request: ListAccountsRequest): Promise<AccountPage> {
    return this.#call('list_accounts', request);
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

  /** A page of all that is held about a user, but for tokens: JSON text, in the form of docs/reference/export.md. For the user and admins. */
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

  /** Begins a session; returns its id. With a `requestId`, sending the same again within a day returns the same id. */
  createSession(request: CreateSessionRequest): Promise<string> {
    return this.#call('create_session', request);
  }

  /** Stores an interaction, in the open session that is named or the current one; returns its id. `requestId` as in `createSession`. */
  storeInteraction(request: StoreInteractionRequest): Promise<string> {
    return this.#call('store_interaction', request);
  }

  /** Adds an activity to the audit trail; returns its id. `requestId` as in `createSession`. */
  logActivity(request: LogActivityRequest): Promise<string> {
    return this.#call('log_activity', request);
  }

  /** The limits and the retention that hold where nothing else is set, and to whom queries show tokens. For admins and controllers. */
  getSettings(): Promise<Settings> {
    return this.#call('get_settings', {});
  }

  /** Changes settings; what is left out stays. A retention that keeps less than before takes effect after a delay. For admins and controllers. */
  async updateSettings(request: UpdateSettingsRequest): Promise<void> {
    await this.#call('update_settings', request);
  }

  /**
   * Counts what `updateSettings` with the same retention would remove, of each user, when it takes effect; changes nothing. A page may have fewer users
   * than its limit, and not be the last. For admins and controllers.
   */
  previewRetention(request: PreviewRetentionRequest = {}): Promise<RetentionPreview> {
    return this.#call('preview_retention', request);
  }

  /** The limits of the service as a whole, with what each may be set to. For admins and controllers. */
  listServiceLimits(): Promise<readonly ServiceLimit[]> {
    return this.#call('list_service_limits', {});
  }

  /** Changes limits of the service by their names; without a value, one goes back to its default. All are changed, or none. For admins and controllers. */
  async updateServiceLimits(changes: readonly ServiceLimitChange[]): Promise<void> {
    await this.#call('update_service_limits', { changes });
  }

  /** Sets the limits of one agent; what is left out follows the settings. For admins and controllers. */
  async setAgentLimits(request: SetAgentLimitsRequest): Promise<void> {
    await this.#call('set_agent_limits', request);
  }

  /** The limits that were set for one agent. For admins and controllers. */
  getAgentLimits(agent: Principal): Promise<SomeLimits> {
    return this.#call('get_agent_limits', { agent });
  }

  /** How much of each quota a user has used, and how much there is for the caller. */
  getUsage(userId: string): Promise<Usage> {
    return this.#call('get_usage', { userId });
  }

  /** What is kept of a user's records; and where a stricter retention is pending, when it takes effect and how many of theirs it removes. */
  getUserRetention(userId: string): Promise<UserRetention> {
    return this.#call('get_user_retention', { userId });
  }

  /** What was counted of a user, of the agent types that the caller may see: by day unless told. For the user, and whoever may read. */
  getUserAnalytics(request: GetUserAnalyticsRequest): Promise<Analytics> {
    return this.#call('get_user_analytics', request);
  }

  /** What was counted of all users, and what is stored. For admins and controllers. */
  getServiceAnalytics(request: GetServiceAnalyticsRequest = {}): Promise<ServiceAnalytics> {
    return this.#call('get_service_analytics', request);
  }

  /**
   * What happened after a place in the audit log, oldest first: `after` is the `next` of the page before, 0 for the oldest that is stored; left
   * out, the page says where new events begin. Without a `userId` in the filter for agents of every user and admins.
   */
  getEvents(request: GetEventsRequest = {}): Promise<EventPage> {
    return this.#call('get_events', request);
  }

  /**
   * Every event after a place that passes the filter, up to now, page by page as it is read. Throws InvalidArgumentError for a place that the log does not
   * have, as after the canister was put back to an earlier state.
   */
  async *eachEvent(request: GetEventsRequest & { readonly after: bigint }): AsyncGenerator<Event> {
    yield* eachEvent((after) => this.getEvents({ ...request, after }), request.after);
  }

  /** Of which activities the user wants to hear, and how. For the user. */
  async getNotificationSettings(userId: string): Promise<readonly NotificationRule[]> {
    return (await this.#call('get_notification_settings', { userId })).rules;
  }

  /** Puts rules in the place of those before; returns them as they are stored. For the user. */
  async updateNotificationSettings(
    userId: string,
    rules: UpdateNotificationSettingsRequest['rules'],
  ): Promise<readonly NotificationRule[]> {
    return (await this.#call('update_notification_settings', { userId, rules })).rules;
  }

  /** One page of the activities that the user's rules name, newest first, and how many are unread. For the user. */
  listNotifications(request: ListNotificationsRequest): Promise<NotificationPage> {
    return this.#call('list_notifications', request);
  }

  /** Marks notifications up to the one with this index as read. For the user. */
  async markNotificationsRead(userId: string, upTo: bigint): Promise<void> {
    await this.#call('mark_notifications_read', { userId, upTo });
  }

  /** One page of those about whom something is held, the newest first. For admins and controllers. */
  listUsers(request: ListUsersRequest = {}): Promise<UserPage> {
    return this.#call('list_users', request);
  }

  /** How what the service does by itself gets on. For admins and controllers. */
  listTasks(): Promise<readonly TaskState[]> {
    return this.#call('list_tasks', {});
  }

  /** Calls a method of the original service, whose arguments the interface lists, with an object of them. */
  async #named<M extends MethodName>(name: M, request: object): Promise<MethodAnswer<M>> {
    const names = ARGUMENT_NAMES[name] ?? [];
    const allowed = names.map(camelCase);
    if (!isGiven(request)) {
      throw new InvalidArgumentError(name, `takes an object with ${allowed.join(', ')}`);
    }
    checkNames(request, allowed, { method: name, path: '' });
    const given = new Map<string, unknown>(Object.entries(request));
    return this.#checked(
      name,
      allowed.map((each) => given.get(each)),
    );
  }

  async #call<M extends MethodName>(name: M, ...args: MethodArguments<M>): Promise<MethodAnswer<M>> {
    return this.#checked(name, args);
  }

  async #checked<M extends MethodName>(name: M, args: readonly unknown[]): Promise<MethodAnswer<M>> {
    const method = METHODS.get(name);
    if (method === undefined) throw new TypeError(`the interface has no method ${name}`);
    const values = method.argTypes.map((type, i) =>
      toCandid(type, args[i], { method: name, path: ARGUMENT_NAMES[name]?.[i] ?? '' }),
    );
    const answer = await this.#calls.call(name, values);
    const type = answerType(method);
    // What the canister answers follows from the interface's types, as `answer` does.
    return (type === undefined ? undefined : fromCandid(type, answer)) as MethodAnswer<M>;
  }
}

/** Whether there are arguments: callers in JavaScript can give none. */
function isGiven(request: unknown): boolean {
  return typeof request === 'object' && request !== null && !Array.isArray(request);
}
