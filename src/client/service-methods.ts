/** Made from src/candid/agent_service.did by `npm run generate`. */
import type { Principal } from '@dfinity/principal';
import type { MethodCaller } from './calls/method-caller.ts';
import type {
  AccountPage,
  ActivityPage,
  AddAgentRequest,
  Admin,
  Agent,
  AgentCredentials,
  AgentInteraction,
  AgentName,
  AgentSession,
  AgentStatus,
  Analytics,
  AuditPage,
  AuditTip,
  BeginTokenRefreshRequest,
  BlockAgentRequest,
  BlockedAgent,
  CompleteTokenRefreshRequest,
  CreateAgentSessionRequest,
  CreateSessionRequest,
  CredentialInfo,
  CredentialLease,
  DeriveOpeningKeyRequest,
  DueConnectionPage,
  EventPage,
  ExportPage,
  ExportUserRequest,
  GetAgentCredentialsRequest,
  GetAgentTypeInteractionsRequest,
  GetAuditEntriesRequest,
  GetEventsRequest,
  GetSealingKeysRequest,
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
  ListDueConnectionsRequest,
  ListInteractionsRequest,
  ListNotificationsRequest,
  ListSessionsRequest,
  ListUnsealedSecretsRequest,
  ListUsersRequest,
  LogActivityRequest,
  LogAgentActivityRequest,
  NotificationPage,
  NotificationRule,
  OwnedUser,
  PreviewRetentionRequest,
  ResealCredentialsRequest,
  ResealSessionRequest,
  RetentionPreview,
  RevokeCredentialsRequest,
  SealingKeys,
  SealingMode,
  SeedActivity,
  ServiceAnalytics,
  ServiceLimit,
  ServiceLimitChange,
  SessionPage,
  SetAccountPrivacyRequest,
  SetAgentLimitsRequest,
  Settings,
  SomeLimits,
  StoreAgentCredentialsRequest,
  StoreAgentInteractionRequest,
  StoreCredentialsRequest,
  StoreInteractionRequest,
  TaskState,
  TokenRefresh,
  UnsealedSecretsPage,
  UpdateAgentCredentialsRequest,
  UpdateAgentRequest,
  UpdateAgentSessionRequest,
  UpdateSettingsRequest,
  Usage,
  UserPage,
  UserRetention,
  WithdrawAgentRequest,
} from './values/service-types.ts';

/** A method for each of the canister's. */
export class ServiceMethods {
  readonly #caller: MethodCaller;

  protected constructor(caller: MethodCaller) {
    this.#caller = caller;
  }

  /**
   * Begins a session of a user with an agent type, and returns its id. It is open until it is ended, or until nothing has happened in it for 24
   * hours.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; QuotaExceededError for "active_sessions", "total_sessions" or "bytes".
   *
   * Callers: agents with write. Cost: about 10 M cycles.
   */
  createAgentSession(request: CreateAgentSessionRequest): Promise<string> {
    return this.#caller.named('create_agent_session', request);
  }

  /**
   * Changes what an open session carries. Undefined keeps what is there. The session stays open for another 24 hours.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for an unknown session; ConflictError where it has ended;
   * ExpiredError where it has expired; QuotaExceededError for "bytes".
   *
   * Callers: agents with write. Cost: about 10 M cycles.
   */
  async updateAgentSession(request: UpdateAgentSessionRequest): Promise<void> {
    await this.#caller.named('update_agent_session', request);
  }

  /**
   * Ends an open session, which cannot be opened again. Its token is removed.
   *
   * `sessionId`: 1 to 512 bytes.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for an unknown session; ConflictError where it has ended;
   * ExpiredError where it has expired.
   *
   * Callers: agents with write, the user. Cost: about 11 M cycles.
   */
  async endAgentSession(sessionId: string): Promise<void> {
    await this.#caller.call('end_agent_session', sessionId);
  }

  /**
   * Reads a session by its id; undefined where there is none. The token is there for the user and for agents with credentials, while the session
   * is open.
   *
   * `sessionId`: 1 to 512 bytes.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  getAgentSession(sessionId: string): Promise<AgentSession | undefined> {
    return this.#caller.call('get_agent_session', sessionId);
  }

  /**
   * Lists a user's newest sessions: 5,000 at most, and as many as fit into a reply of 2 MiB, without a sign that there are more. listSessions
   * gives all of them, page by page.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  getUserAgentSessions(userId: string): Promise<readonly AgentSession[]> {
    return this.#caller.call('get_user_agent_sessions', userId);
  }

  /**
   * Stores the credentials of a user's default account of an agent type, in the place of those before.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; QuotaExceededError for "credentials", "accounts" (7 of a user and agent
   * type) or "bytes".
   *
   * Callers: agents with write. Cost: about 11 M cycles.
   */
  async storeAgentCredentials(request: StoreAgentCredentialsRequest): Promise<void> {
    await this.#caller.named('store_agent_credentials', request);
  }

  /**
   * Changes stored credentials of the default account. Undefined keeps what is there.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError where there are none; ExpiredError where they have expired
   * and get no new expiresAt, or where the token is gone and none is given; QuotaExceededError for "bytes".
   *
   * Callers: agents with write. Cost: about 11 M cycles.
   */
  async updateAgentCredentials(request: UpdateAgentCredentialsRequest): Promise<void> {
    await this.#caller.named('update_agent_credentials', request);
  }

  /**
   * Reads the credentials of the default account; undefined where there are none, or where they have expired. The setting queryTokens says who
   * gets the token here: for everyone else it is empty, and leaseAgentCredentials gives it.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  getAgentCredentials(request: GetAgentCredentialsRequest): Promise<AgentCredentials | undefined> {
    return this.#caller.named('get_agent_credentials', request);
  }

  /**
   * Lists the credentials of a user's default accounts, one for each agent type, as getAgentCredentials reads them. listCredentials has the
   * other accounts.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  getUserAgentCredentials(userId: string): Promise<readonly AgentCredentials[]> {
    return this.#caller.call('get_user_agent_credentials', userId);
  }

  /**
   * Stores what was asked and answered, in the user's current session of the agent type if one is open, and returns the interaction's id.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; QuotaExceededError for "interactions" or "bytes".
   *
   * Callers: agents with write. Cost: about 12 M cycles.
   */
  storeAgentInteraction(request: StoreAgentInteractionRequest): Promise<string> {
    return this.#caller.named('store_agent_interaction', request);
  }

  /**
   * Reads an interaction by its id; undefined where there is none.
   *
   * `interactionId`: 1 to 512 bytes.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  getAgentInteraction(interactionId: string): Promise<AgentInteraction | undefined> {
    return this.#caller.call('get_agent_interaction', interactionId);
  }

  /**
   * Lists a user's newest interactions, as many as fit into a reply of 2 MiB, without a sign that there are more. listInteractions gives all of
   * them, page by page.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters. `limit`: 1 to 500; 50 when left out.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  getUserAgentInteractions(userId: string, limit?: number): Promise<readonly AgentInteraction[]> {
    return this.#caller.call('get_user_agent_interactions', userId, limit);
  }

  /**
   * Lists a user's newest interactions of one agent type. It ends as getUserAgentInteractions does.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  getAgentTypeInteractions(request: GetAgentTypeInteractionsRequest): Promise<readonly AgentInteraction[]> {
    return this.#caller.named('get_agent_type_interactions', request);
  }

  /**
   * Adds an activity to a user's audit trail. logActivity does the same, and returns the id.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; QuotaExceededError for "bytes".
   *
   * Callers: agents with write. Cost: about 10 M cycles.
   */
  async logAgentActivity(request: LogAgentActivityRequest): Promise<void> {
    await this.#caller.named('log_agent_activity', request);
  }

  /**
   * Lists a user's newest activities in the kinds of the first version: SessionExpired becomes SessionEnded, and TokenRefreshFailed becomes
   * ErrorOccurred. Activities of other kinds that SeedActivityType does not have are left out, and not counted. The list ends where a reply is
   * full (2 MiB), or where 2,000 activities were left out, without a sign that there are more. listActivities gives every activity with its own
   * kind, page by page.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters. `limit`: 1 to 500; 100 when left out.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  getUserAgentActivities(userId: string, limit?: number): Promise<readonly SeedActivity[]> {
    return this.#caller.call('get_user_agent_activities', userId, limit);
  }

  /**
   * Counts a user's sessions, connected agents and recent records.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read for every agent type, the user, admins. Cost: free.
   */
  getAgentStatus(userId: string): Promise<AgentStatus> {
    return this.#caller.call('get_agent_status', userId);
  }

  /**
   * Ends sessions in which nothing has happened for 24 hours, 200 at most, and returns how many. The service does this by itself, too.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError.
   *
   * Callers: agents with write for every user and agent type, admins. Cost: about 7 M cycles where there is nothing to do.
   */
  cleanupExpiredSessions(): Promise<number> {
    return this.#caller.call('cleanup_expired_sessions');
  }

  /**
   * Removes tokens whose expiresAt has passed, and grants whose time is over, 200 at most, and returns how many. The service does this by
   * itself, too.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError.
   *
   * Callers: agents with write for every user and agent type, admins. Cost: about 7 M cycles where there is nothing to do.
   */
  cleanupExpiredCredentials(): Promise<number> {
    return this.#caller.call('cleanup_expired_credentials');
  }

  /**
   * Lists a user's sessions page by page, those that pass the filters. A page may have fewer than its limit, even none, and not be the last.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  listSessions(request: ListSessionsRequest): Promise<SessionPage> {
    return this.#caller.call('list_sessions', request);
  }

  /**
   * Lists a user's interactions page by page, those that pass the filters. A page may have fewer than its limit, even none, and not be the last.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  listInteractions(request: ListInteractionsRequest): Promise<InteractionPage> {
    return this.#caller.call('list_interactions', request);
  }

  /**
   * Lists a user's audit trail page by page, the activities that pass the filters. A page may have fewer than its limit, even none, and not be
   * the last.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  listActivities(request: ListActivitiesRequest): Promise<ActivityPage> {
    return this.#caller.call('list_activities', request);
  }

  /**
   * Registers a principal as an agent, with every right that the arguments do not narrow.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; ConflictError where it is an agent already; QuotaExceededError beyond
   * 1,000 agents.
   *
   * Callers: admins. Cost: about 12 M cycles.
   */
  async addAgent(request: AddAgentRequest): Promise<void> {
    await this.#caller.call('add_agent', request);
  }

  /**
   * Changes an agent's name, rights or expiry, at once.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for a principal that is no agent.
   *
   * Callers: admins. Cost: about 14 M cycles.
   */
  async updateAgent(request: UpdateAgentRequest): Promise<void> {
    await this.#caller.call('update_agent', request);
  }

  /**
   * Removes an agent and its limits, at once. Grants to it do not come back if it is added again.
   *
   * `agent`: The principal of an agent.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for a principal that is no agent.
   *
   * Callers: admins. Cost: about 15 M cycles.
   */
  async removeAgent(agent: Principal): Promise<void> {
    await this.#caller.call('remove_agent', { agent });
  }

  /**
   * Lists every agent with its rights.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: admins. Cost: free.
   */
  listAgents(): Promise<readonly Agent[]> {
    return this.#caller.call('list_agents', {});
  }

  /**
   * Gives the names of those of the principals that are agents, so that a user can read who did what. Other principals are left out.
   *
   * `agents`: At most 100 entries.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: everyone but the anonymous caller. Cost: free.
   */
  getAgentNames(agents: readonly Principal[]): Promise<readonly AgentName[]> {
    return this.#caller.call('get_agent_names', { agents });
  }

  /**
   * Makes a principal an admin.
   *
   * `admin`: The principal of an admin.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; ConflictError where it is one already; QuotaExceededError beyond 100
   * admins.
   *
   * Callers: admins. Cost: about 10 M cycles.
   */
  async addAdmin(admin: Principal): Promise<void> {
    await this.#caller.call('add_admin', { admin });
  }

  /**
   * Removes an admin.
   *
   * `admin`: The principal of an admin.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for a principal that is no admin; ConflictError where the
   * last admin removes themself.
   *
   * Callers: admins. Cost: about 10 M cycles.
   */
  async removeAdmin(admin: Principal): Promise<void> {
    await this.#caller.call('remove_admin', { admin });
  }

  /**
   * Lists the admins.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: admins. Cost: free.
   */
  listAdmins(): Promise<readonly Admin[]> {
    return this.#caller.call('list_admins', {});
  }

  /**
   * Lets an agent act for the user, in the place of the grant before.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for a principal that is no agent; QuotaExceededError for
   * "bytes", or beyond 100 grants; RateLimitedError where too many new users come at once.
   *
   * Callers: the user. Cost: about 14 M cycles.
   */
  async grantAgent(request: GrantAgentRequest): Promise<void> {
    await this.#caller.call('grant_agent', request);
  }

  /**
   * Withdraws a grant, at once.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError where there is none.
   *
   * Callers: the user. Cost: about 14 M cycles.
   */
  async withdrawAgent(request: WithdrawAgentRequest): Promise<void> {
    await this.#caller.call('withdraw_agent', request);
  }

  /**
   * Lists a user's grants, expired ones included.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: the user, admins. Cost: free.
   */
  listGrants(userId: string): Promise<readonly Grant[]> {
    return this.#caller.call('list_grants', { userId });
  }

  /**
   * Stops an agent for the user, at once: it may do nothing for them, whatever it was granted, and also where it acts for every user. Blocking
   * again changes nothing.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for a principal that is no agent; RateLimitedError where
   * too many new users come at once.
   *
   * Callers: the user. Cost: about 12 M cycles.
   */
  async blockAgent(request: BlockAgentRequest): Promise<void> {
    await this.#caller.call('block_agent', request);
  }

  /**
   * Lets a blocked agent act again, with the rights that it had.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError where the agent is not blocked; QuotaExceededError for
   * "bytes".
   *
   * Callers: the user. Cost: about 12 M cycles.
   */
  async unblockAgent(request: BlockAgentRequest): Promise<void> {
    await this.#caller.call('unblock_agent', request);
  }

  /**
   * Lists the agents that a user has blocked.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: the user, admins. Cost: free.
   */
  listBlockedAgents(userId: string): Promise<readonly BlockedAgent[]> {
    return this.#caller.call('list_blocked_agents', { userId });
  }

  /**
   * Stores the credentials of an account, in the place of those before.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; QuotaExceededError for "credentials", "accounts" (7 of a user and agent
   * type) or "bytes", or beyond 100,000 remembered request_ids; ConflictError where the requestId was used for another call.
   *
   * Callers: agents with write. Cost: about 11 M cycles.
   */
  async storeCredentials(request: StoreCredentialsRequest): Promise<void> {
    await this.#caller.call('store_credentials', request);
  }

  /**
   * Lists a user's accounts with their states, without tokens. Revoked and expired ones stay in the list.
   *
   * Errors: UnauthorizedError, InvalidArgumentError; InvalidArgumentError for agentType where the accounts of all types do not fit into a reply;
   * those of one type always do.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  listCredentials(request: ListCredentialsRequest): Promise<readonly CredentialInfo[]> {
    return this.#caller.call('list_credentials', request);
  }

  /**
   * Lists a user's accounts as listCredentials does, page by page.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  listAccounts(request: ListAccountsRequest): Promise<AccountPage> {
    return this.#caller.call('list_accounts', request);
  }

  /**
   * Removes an account's token and grant, at once, and ends a refresh that is under way.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError where there is neither a token nor a grant.
   *
   * Callers: agents with write, the user. Cost: about 11 M cycles.
   */
  async revokeCredentials(request: RevokeCredentialsRequest): Promise<void> {
    await this.#caller.call('revoke_credentials', request);
  }

  /**
   * Gives an account's credentials with their token, for a purpose that the user can read in the activity TokenLeased.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for an unknown account; ExpiredError where there is no
   * token any more, with what to do; QuotaExceededError far beyond "bytes".
   *
   * Callers: agents with credentials, the user. Cost: about 10 M cycles.
   */
  leaseAgentCredentials(request: LeaseCredentialsRequest): Promise<CredentialLease> {
    return this.#caller.call('lease_agent_credentials', request);
  }

  /**
   * Gives one caller at a time what it takes to refresh a token: for 2 minutes no other caller can begin. Leaves an activity TokenLeased.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for an unknown account; ConflictError while another
   * caller's refresh is under way; ExpiredError where there is neither a token nor a grant; QuotaExceededError far beyond "bytes".
   *
   * Callers: agents with write and credentials. Cost: about 11 M cycles.
   */
  beginTokenRefresh(request: BeginTokenRefreshRequest): Promise<TokenRefresh> {
    return this.#caller.call('begin_token_refresh', request);
  }

  /**
   * Stores the outcome of a refresh, however late it comes. A failure does not stop another caller's refresh.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for an unknown account; ConflictError, and nothing is
   * stored, where the refresh was superseded: another was completed, or the credentials were stored or revoked.
   *
   * Callers: agents with write and credentials. Cost: about 12 M cycles.
   */
  async completeTokenRefresh(request: CompleteTokenRefreshRequest): Promise<void> {
    await this.#caller.call('complete_token_refresh', request);
  }

  /**
   * Lists the connections whose token ends, or that failed, before a time, page by page: those of the earliest hour first, in no order within an
   * hour. One that changes in the meantime can come twice. A page may have fewer items than its limit, even none, and not be the last. Private
   * accounts are not listed to agents for every user.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Without a userId in the filter: agents with read for every user, admins. Cost: free.
   */
  listDueConnections(request: ListDueConnectionsRequest): Promise<DueConnectionPage> {
    return this.#caller.call('list_due_connections', request);
  }

  /**
   * Tells for whom a secret of an account is to be sealed. The answer of one node proves nothing: send it as an update before a secret goes out
   * by it. It can be kept until a secret is refused with a ConflictError, which names the recipients of that time.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, write or credentials, the user, admins. Cost: free.
   */
  getSealingKeys(request: GetSealingKeysRequest): Promise<SealingKeys> {
    return this.#caller.call('get_sealing_keys', request);
  }

  /**
   * Has the network derive the key of a recipient, encrypted for the caller's transport key. Leaves an activity OpeningKeyDerived, also where
   * the network then gives no key. One key opens all secrets of its recipient: keep it in memory.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; UnauthorizedError for who is none of the recipients; NotFoundError where
   * nothing that is stored there is sealed for the recipient; QuotaExceededError for "cycles" where the service has too few, or far beyond
   * "bytes"; RateLimitedError beyond the derivations of the caller.
   *
   * Callers: agents with credentials, the user. Cost: about 26165 M cycles.
   */
  async deriveOpeningKey(request: DeriveOpeningKeyRequest): Promise<Uint8Array> {
    return (await this.#caller.call('derive_opening_key', request)).encryptedKey;
  }

  /**
   * Puts a sealed secret in the place of the same one that is in clear, or sealed for others, if that is still there. State, expiry and
   * refreshes stay as they are.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError where there is no such secret; ConflictError, and nothing
   * is stored, where another one is there, or where it is sealed for others than today's recipients; QuotaExceededError far beyond "bytes".
   *
   * Callers: agents with write and credentials, the user. Cost: about 19 M cycles; 3 M more for each KiB of the secret that is replaced.
   */
  async resealCredentials(request: ResealCredentialsRequest): Promise<void> {
    await this.#caller.call('reseal_credentials', request);
  }

  /**
   * As resealCredentials, of the token of an open session.
   *
   * Errors: those of resealCredentials; ExpiredError where the session has expired.
   *
   * Callers: agents with write and credentials, the user. Cost: about 18 M cycles; 3 M more for each KiB of the secret that is replaced.
   */
  async resealSession(request: ResealSessionRequest): Promise<void> {
    await this.#caller.call('reseal_session', request);
  }

  /**
   * Lists the secrets that are in clear or sealed for others than today's recipients, page by page, the newest user first. Of a user's sessions
   * it looks at the newest 2,000. A page may have fewer items than its limit, even none, and not be the last.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Without a userId in the filter: agents with read for every user, admins. Cost: free.
   */
  listUnsealedSecrets(request: ListUnsealedSecretsRequest = {}): Promise<UnsealedSecretsPage> {
    return this.#caller.call('list_unsealed_secrets', request);
  }

  /**
   * Sets whether secrets are sealed. getSettings tells what is set.
   *
   * `sealing`: In force from the next call on.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError.
   *
   * Callers: admins. Cost: about 10 M cycles.
   */
  async updateSealing(sealing: SealingMode): Promise<void> {
    await this.#caller.call('update_sealing', { sealing });
  }

  /**
   * Keeps agents for every user from an account's token and grant, or lets them have it again. What was sealed for them before stays so until it
   * is sealed anew; listUnsealedSecrets tells of it.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for an unknown account.
   *
   * Callers: the user. Cost: about 13 M cycles.
   */
  async setAccountPrivacy(request: SetAccountPrivacyRequest): Promise<void> {
    await this.#caller.call('set_account_privacy', request);
  }

  /**
   * Tells how far the audit log goes, with the certificate that proves it.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: everyone. Cost: free.
   */
  getAuditTip(): Promise<AuditTip> {
    return this.#caller.call('get_audit_tip', {});
  }

  /**
   * Lists entries of the audit log in its order, oldest first. The content of entries that the caller may not read is left out; their commitment
   * is there.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: everyone. Cost: free.
   */
  getAuditEntries(request: GetAuditEntriesRequest = {}): Promise<AuditPage> {
    return this.#caller.call('get_audit_entries', request);
  }

  /**
   * Exports all that is held about a user, page by page, without tokens.
   *
   * Errors: UnauthorizedError, InvalidArgumentError; NotFoundError where nothing is held.
   *
   * Callers: the user, admins. Cost: free.
   */
  exportUser(request: ExportUserRequest): Promise<ExportPage> {
    return this.#caller.call('export_user', request);
  }

  /**
   * Erases all that is held about a user. This cannot be undone.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError where nothing is held.
   *
   * Callers: the user, admins. Cost: about 31 M cycles for a user with few records.
   */
  async eraseUser(userId: string): Promise<void> {
    await this.#caller.call('erase_user', { userId });
  }

  /**
   * Makes a code by which a user becomes the owner of the userId: hand it to them. It is valid for 10 minutes, works once, and replaces the code
   * before.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; InvalidArgumentError for the text of a principal, which has its owner;
   * ConflictError where the userId is linked; QuotaExceededError for "bytes".
   *
   * Callers: agents with every permission for every user and agent type. Cost: about 14 M cycles.
   */
  createLinkCode(userId: string): Promise<LinkCode> {
    return this.#caller.call('create_link_code', { userId });
  }

  /**
   * Redeems a link code: the caller becomes the owner of the userId, which is returned.
   *
   * `code`: Dashes and small letters do not matter; 1 to 64 bytes.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for an unknown, used or replaced code; ExpiredError for one
   * that comes late; RateLimitedError after five wrong codes within 10 minutes; QuotaExceededError beyond 100 linked user_ids.
   *
   * Callers: everyone but the anonymous caller. Cost: about 14 M cycles.
   */
  async redeemLinkCode(code: string): Promise<string> {
    return (await this.#caller.call('redeem_link_code', { code })).userId;
  }

  /**
   * Takes a userId from its owner, so that it can be linked anew. Records and grants stay.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError where it is not linked.
   *
   * Callers: the user, admins. Cost: about 11 M cycles.
   */
  async unlinkUser(userId: string): Promise<void> {
    await this.#caller.call('unlink_user', { userId });
  }

  /**
   * Lists the user_ids that the caller owns: the text of their principal, and those that are linked to it.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: everyone but the anonymous caller. Cost: free.
   */
  listMyUsers(): Promise<readonly OwnedUser[]> {
    return this.#caller.call('list_my_users', {});
  }

  /**
   * Begins a session as createAgentSession does, and returns its id. With a requestId, the same call can be sent again without beginning a
   * second one.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; QuotaExceededError for "active_sessions", "total_sessions" or "bytes", or
   * beyond 100,000 remembered request_ids; ConflictError where the requestId was used for another call.
   *
   * Callers: agents with write. Cost: about 11 M cycles.
   */
  createSession(request: CreateSessionRequest): Promise<string> {
    return this.#caller.call('create_session', request);
  }

  /**
   * Stores what was asked and answered, in a session that is named or in the current one, and returns the interaction's id. With a requestId,
   * the same call can be sent again without storing a second one.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for an unknown session; ConflictError where it has ended,
   * or where the requestId was used for another call; ExpiredError where the session has expired; QuotaExceededError for "interactions" or
   * "bytes", or beyond 100,000 remembered request_ids.
   *
   * Callers: agents with write. Cost: about 12 M cycles.
   */
  storeInteraction(request: StoreInteractionRequest): Promise<string> {
    return this.#caller.call('store_interaction', request);
  }

  /**
   * Adds an activity to a user's audit trail, and returns its id. With a requestId, the same call can be sent again without adding a second one.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; QuotaExceededError for "bytes", or beyond 100,000 remembered request_ids;
   * ConflictError where the requestId was used for another call.
   *
   * Callers: agents with write. Cost: about 10 M cycles.
   */
  logActivity(request: LogActivityRequest): Promise<string> {
    return this.#caller.call('log_activity', request);
  }

  /**
   * Reads the limits and the retention in force, and who gets tokens by a query.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: admins. Cost: free.
   */
  getSettings(): Promise<Settings> {
    return this.#caller.call('get_settings', {});
  }

  /**
   * Changes settings. A retention that keeps less takes effect after retention_delay_hours; everything else at once.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError.
   *
   * Callers: admins. Cost: about 10 M cycles.
   */
  async updateSettings(request: UpdateSettingsRequest): Promise<void> {
    await this.#caller.call('update_settings', request);
  }

  /**
   * Counts what updateSettings with the same numbers would remove of each user when they take effect, the newest user first. Changes nothing. A
   * page may have fewer users than its limit, even none, and not be the last.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: admins. Cost: free.
   */
  previewRetention(request: PreviewRetentionRequest = {}): Promise<RetentionPreview> {
    return this.#caller.call('preview_retention', request);
  }

  /**
   * Lists the limits of the service as a whole, with the range of each.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: admins. Cost: free.
   */
  listServiceLimits(): Promise<readonly ServiceLimit[]> {
    return this.#caller.call('list_service_limits', {});
  }

  /**
   * Changes limits of the service by their names: all of those that are named, or none.
   *
   * `changes`: Each limit once; what is not named stays. One at least.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; InvalidArgumentError for an unknown name, one that comes twice, or a
   * value out of its range.
   *
   * Callers: admins. Cost: about 10 M cycles.
   */
  async updateServiceLimits(changes: readonly ServiceLimitChange[]): Promise<void> {
    await this.#caller.call('update_service_limits', { changes });
  }

  /**
   * Sets the limits of one agent, in the place of those that were set for it.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; NotFoundError for a principal that is no agent.
   *
   * Callers: admins. Cost: about 11 M cycles.
   */
  async setAgentLimits(request: SetAgentLimitsRequest): Promise<void> {
    await this.#caller.call('set_agent_limits', request);
  }

  /**
   * Reads the limits that were set for one agent.
   *
   * `agent`: The principal of an agent.
   *
   * Errors: UnauthorizedError, InvalidArgumentError; NotFoundError for a principal that is no agent.
   *
   * Callers: admins. Cost: free.
   */
  getAgentLimits(agent: Principal): Promise<SomeLimits> {
    return this.#caller.call('get_agent_limits', { agent });
  }

  /**
   * Tells how much of each quota a user has used, and how much the caller may store for them.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read for every agent type, the user, admins. Cost: free.
   */
  getUsage(userId: string): Promise<Usage> {
    return this.#caller.call('get_usage', { userId });
  }

  /**
   * Tells which of a user's records are kept, and, where a stricter retention is pending, how many it removes and when.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read for every agent type, the user, admins. Cost: free.
   */
  getUserRetention(userId: string): Promise<UserRetention> {
    return this.#caller.call('get_user_retention', { userId });
  }

  /**
   * Reads what was counted of a user, of the agent types that the caller may see.
   *
   * Errors: UnauthorizedError, InvalidArgumentError; InvalidArgumentError for a time that is too long, or empty.
   *
   * Callers: agents with read, the user, admins. Cost: free.
   */
  getUserAnalytics(request: GetUserAnalyticsRequest): Promise<Analytics> {
    return this.#caller.call('get_user_analytics', request);
  }

  /**
   * Reads what was counted of all users, and what is stored now. By hour it goes back 32 days.
   *
   * Errors: UnauthorizedError, InvalidArgumentError; InvalidArgumentError for a time that is too long, empty, or too long ago.
   *
   * Callers: admins. Cost: free.
   */
  getServiceAnalytics(request: GetServiceAnalyticsRequest = {}): Promise<ServiceAnalytics> {
    return this.#caller.call('get_service_analytics', request);
  }

  /**
   * Reads the activities after a place of the audit log, oldest first: ask again with next to follow what happens.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: agents with read, the user, admins. Without a userId in the filter: agents with read for every user, admins. Cost: free.
   */
  getEvents(request: GetEventsRequest = {}): Promise<EventPage> {
    return this.#caller.call('get_events', request);
  }

  /**
   * Reads which activities the user wants to hear of, and how.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: the user. Cost: free.
   */
  async getNotificationSettings(userId: string): Promise<readonly NotificationRule[]> {
    return (await this.#caller.call('get_notification_settings', { userId })).rules;
  }

  /**
   * Replaces the user's rules for notifications, and returns them as they are stored.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters. `rules`: They replace those before; at most 20 entries.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError; QuotaExceededError for "bytes"; RateLimitedError where too many new users
   * come at once.
   *
   * Callers: the user. Cost: about 9 M cycles.
   */
  async updateNotificationSettings(
    userId: string,
    rules: readonly NotificationRule[],
  ): Promise<readonly NotificationRule[]> {
    return (await this.#caller.call('update_notification_settings', { userId, rules })).rules;
  }

  /**
   * Lists the activities that the user's rules name, page by page, and how many are unread.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: the user. Cost: free.
   */
  listNotifications(request: ListNotificationsRequest): Promise<NotificationPage> {
    return this.#caller.call('list_notifications', request);
  }

  /**
   * Marks notifications as read, up to a place of the audit log.
   *
   * `userId`: The user whom the call is about; 1 to 128 characters. `upTo`: The index of an activity; one past the newest marks all that is
   * there. What was read before stays read.
   *
   * Errors: UnauthorizedError, InvalidArgumentError, RateLimitedError.
   *
   * Callers: the user. Cost: about 8 M cycles.
   */
  async markNotificationsRead(userId: string, upTo: bigint): Promise<void> {
    await this.#caller.call('mark_notifications_read', { userId, upTo });
  }

  /**
   * Lists the users of whom something is held, page by page, the newest user first.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: admins. Cost: free.
   */
  listUsers(request: ListUsersRequest = {}): Promise<UserPage> {
    return this.#caller.call('list_users', request);
  }

  /**
   * Lists the background tasks of the service, and which are stuck.
   *
   * Errors: UnauthorizedError, InvalidArgumentError.
   *
   * Callers: admins. Cost: free.
   */
  listTasks(): Promise<readonly TaskState[]> {
    return this.#caller.call('list_tasks', {});
  }
}
