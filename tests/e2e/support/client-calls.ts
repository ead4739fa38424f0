import type { AgentServiceClient } from '../../../src/client/agent-service-client.ts';
import type { MethodArguments, MethodName } from '../../../src/client/domain-types.ts';

/** What gateways and signers call. */
type StandardMethod = 'http_request' | `icrc${string}`;

export type Calls = {
  readonly [M in Exclude<MethodName, StandardMethod>]: (...args: MethodArguments<M>) => Promise<unknown>;
};

/** Each method of the interface as users of the client call it. */
export function callsOf(client: AgentServiceClient): Calls {
  return {
    create_agent_session: (userId, agentType, token, projectId, selectedRepo) =>
      client.createAgentSession({ userId, agentType, token, projectId, selectedRepo }),
    update_agent_session: (sessionId, token, projectId, selectedRepo) =>
      client.updateAgentSession({ sessionId, token, projectId, selectedRepo }),
    end_agent_session: (sessionId) => client.endAgentSession(sessionId),
    get_agent_session: (sessionId) => client.getAgentSession(sessionId),
    get_user_agent_sessions: (userId) => client.getUserAgentSessions(userId),
    store_agent_credentials: (
      userId,
      agentType,
      token,
      tokenData,
      workspaceId,
      projectIds,
      repo,
      expiresAt,
    ) =>
      client.storeAgentCredentials({
        userId,
        agentType,
        token,
        tokenData,
        workspaceId,
        projectIds,
        selectedRepo: repo,
        expiresAt,
      }),
    update_agent_credentials: (
      userId,
      agentType,
      token,
      tokenData,
      workspaceId,
      projectIds,
      repo,
      expiresAt,
    ) =>
      client.updateAgentCredentials({
        userId,
        agentType,
        token,
        tokenData,
        workspaceId,
        projectIds,
        selectedRepo: repo,
        expiresAt,
      }),
    get_agent_credentials: (userId, agentType) => client.getAgentCredentials({ userId, agentType }),
    get_user_agent_credentials: (userId) => client.getUserAgentCredentials(userId),
    store_agent_interaction: (userId, agentType, message, response, success, metadata) =>
      client.storeAgentInteraction({ userId, agentType, message, response, success, metadata }),
    get_agent_interaction: (interactionId) => client.getAgentInteraction(interactionId),
    get_user_agent_interactions: (userId, limit) => client.getUserAgentInteractions(userId, limit),
    get_agent_type_interactions: (userId, agentType, limit) =>
      client.getAgentTypeInteractions({ userId, agentType, limit }),
    log_agent_activity: (userId, agentType, activityType, description, metadata) =>
      client.logAgentActivity({ userId, agentType, activityType, description, metadata }),
    get_user_agent_activities: (userId, limit) => client.getUserAgentActivities(userId, limit),
    get_agent_status: (userId) => client.getAgentStatus(userId),
    cleanup_expired_sessions: () => client.cleanupExpiredSessions(),
    cleanup_expired_credentials: () => client.cleanupExpiredCredentials(),
    list_sessions: (request) => client.listSessions(request),
    list_interactions: (request) => client.listInteractions(request),
    list_activities: (request) => client.listActivities(request),
    add_agent: (request) => client.addAgent(request),
    remove_agent: ({ agent }) => client.removeAgent(agent),
    list_agents: () => client.listAgents(),
    get_agent_names: ({ agents }) => client.getAgentNames(agents),
    update_agent: (request) => client.updateAgent(request),
    add_admin: ({ admin }) => client.addAdmin(admin),
    remove_admin: ({ admin }) => client.removeAdmin(admin),
    list_admins: () => client.listAdmins(),
    grant_agent: (request) => client.grantAgent(request),
    withdraw_agent: (request) => client.withdrawAgent(request),
    block_agent: (request) => client.blockAgent(request),
    unblock_agent: (request) => client.unblockAgent(request),
    list_blocked_agents: ({ userId }) => client.listBlockedAgents(userId),
    list_grants: ({ userId }) => client.listGrants(userId),
    store_credentials: (request) => client.storeCredentials(request),
    list_credentials: (request) => client.listCredentials(request),
    list_accounts: (request) => client.listAccounts(request),
    revoke_credentials: (request) => client.revokeCredentials(request),
    get_audit_tip: () => client.getAuditTip(),
    get_audit_entries: (request) => client.getAuditEntries(request),
    export_user: (request) => client.exportUser(request),
    erase_user: ({ userId }) => client.eraseUser(userId),
    create_link_code: ({ userId }) => client.createLinkCode(userId),
    redeem_link_code: ({ code }) => client.redeemLinkCode(code),
    unlink_user: ({ userId }) => client.unlinkUser(userId),
    list_my_users: () => client.listMyUsers(),
    lease_agent_credentials: (request) => client.leaseAgentCredentials(request),
    begin_token_refresh: (request) => client.beginTokenRefresh(request),
    complete_token_refresh: (request) => client.completeTokenRefresh(request),
    create_session: (request) => client.createSession(request),
    store_interaction: (request) => client.storeInteraction(request),
    log_activity: (request) => client.logActivity(request),
    get_settings: () => client.getSettings(),
    update_settings: (request) => client.updateSettings(request),
    list_service_limits: () => client.listServiceLimits(),
    update_service_limits: ({ changes }) => client.updateServiceLimits(changes),
    set_agent_limits: (request) => client.setAgentLimits(request),
    get_agent_limits: ({ agent }) => client.getAgentLimits(agent),
    get_usage: ({ userId }) => client.getUsage(userId),
    get_user_retention: ({ userId }) => client.getUserRetention(userId),
    get_user_analytics: (request) => client.getUserAnalytics(request),
    get_service_analytics: (request) => client.getServiceAnalytics(request),
    get_events: (request) => client.getEvents(request),
    get_notification_settings: ({ userId }) => client.getNotificationSettings(userId),
    update_notification_settings: ({ userId, rules }) => client.updateNotificationSettings(userId, rules),
    list_notifications: (request) => client.listNotifications(request),
    mark_notifications_read: ({ userId, upTo }) => client.markNotificationsRead(userId, upTo),
    list_users: (request) => client.listUsers(request),
    preview_retention: (request) => client.previewRetention(request),
    list_tasks: () => client.listTasks(),
  };
}
