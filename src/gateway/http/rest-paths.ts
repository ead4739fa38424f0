/** A method of the interface at a path that says what it is about. */
export interface RestPath {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parameters of the method are in braces; the others come in the query of a GET or DELETE, and else in the body. */
  readonly path: string;
  readonly method: string;
  /** Answered with 201 rather than 200. */
  readonly creates?: true;
}

/**
 * The methods that have a path of their own, besides the one that every method has. A method that is missing here is called at
 * `/v1/methods/{method}` alone.
 */
export const REST_PATHS: readonly RestPath[] = [
  {
    verb: 'POST',
    path: '/v1/sessions',
    method: 'create_session',
    creates: true,
  },
  {
    verb: 'GET',
    path: '/v1/sessions/{session_id}',
    method: 'get_agent_session',
  },
  {
    verb: 'PATCH',
    path: '/v1/sessions/{session_id}',
    method: 'update_agent_session',
  },
  {
    verb: 'POST',
    path: '/v1/sessions/{session_id}/end',
    method: 'end_agent_session',
  },
  {
    verb: 'POST',
    path: '/v1/interactions',
    method: 'store_interaction',
    creates: true,
  },
  {
    verb: 'GET',
    path: '/v1/interactions/{interaction_id}',
    method: 'get_agent_interaction',
  },
  {
    verb: 'POST',
    path: '/v1/activities',
    method: 'log_activity',
    creates: true,
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/status',
    method: 'get_agent_status',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/sessions',
    method: 'list_sessions',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/interactions',
    method: 'list_interactions',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/activities',
    method: 'list_activities',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/credentials',
    method: 'list_credentials',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/accounts',
    method: 'list_accounts',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/credentials/{agent_type}',
    method: 'get_agent_credentials',
  },
  {
    verb: 'PUT',
    path: '/v1/users/{user_id}/credentials/{agent_type}',
    method: 'store_credentials',
  },
  {
    verb: 'PATCH',
    path: '/v1/users/{user_id}/credentials/{agent_type}',
    method: 'update_agent_credentials',
  },
  {
    verb: 'DELETE',
    path: '/v1/users/{user_id}/credentials/{agent_type}',
    method: 'revoke_credentials',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/grants',
    method: 'list_grants',
  },
  {
    verb: 'PUT',
    path: '/v1/users/{user_id}/grants/{agent}',
    method: 'grant_agent',
  },
  {
    verb: 'DELETE',
    path: '/v1/users/{user_id}/grants/{agent}',
    method: 'withdraw_agent',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/blocked-agents',
    method: 'list_blocked_agents',
  },
  {
    verb: 'PUT',
    path: '/v1/users/{user_id}/blocked-agents/{agent}',
    method: 'block_agent',
  },
  {
    verb: 'DELETE',
    path: '/v1/users/{user_id}/blocked-agents/{agent}',
    method: 'unblock_agent',
  },
  {
    verb: 'POST',
    path: '/v1/users/{user_id}/credentials/{agent_type}/lease',
    method: 'lease_agent_credentials',
  },
  {
    verb: 'POST',
    path: '/v1/users/{user_id}/link-code',
    method: 'create_link_code',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/usage',
    method: 'get_usage',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/retention',
    method: 'get_user_retention',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/export',
    method: 'export_user',
  },
  {
    verb: 'DELETE',
    path: '/v1/users/{user_id}',
    method: 'erase_user',
  },
  {
    verb: 'GET',
    path: '/v1/audit/tip',
    method: 'get_audit_tip',
  },
  {
    verb: 'GET',
    path: '/v1/audit/entries',
    method: 'get_audit_entries',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/analytics',
    method: 'get_user_analytics',
  },
  {
    verb: 'GET',
    path: '/v1/analytics',
    method: 'get_service_analytics',
  },
  { verb: 'GET', path: '/v1/tasks', method: 'list_tasks' },
  { verb: 'GET', path: '/v1/users', method: 'list_users' },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/notifications',
    method: 'list_notifications',
  },
  {
    verb: 'POST',
    path: '/v1/users/{user_id}/notifications/read',
    method: 'mark_notifications_read',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/notification-settings',
    method: 'get_notification_settings',
  },
  {
    verb: 'PUT',
    path: '/v1/users/{user_id}/notification-settings',
    method: 'update_notification_settings',
  },
  { verb: 'GET', path: '/v1/settings', method: 'get_settings' },
  {
    verb: 'GET',
    path: '/v1/settings/retention-preview',
    method: 'preview_retention',
  },
  { verb: 'PATCH', path: '/v1/settings', method: 'update_settings' },
  {
    verb: 'GET',
    path: '/v1/service-limits',
    method: 'list_service_limits',
  },
  {
    verb: 'PATCH',
    path: '/v1/service-limits',
    method: 'update_service_limits',
  },
  { verb: 'GET', path: '/v1/agents', method: 'list_agents' },
  { verb: 'POST', path: '/v1/agents', method: 'add_agent', creates: true },
  {
    verb: 'PATCH',
    path: '/v1/agents/{agent}',
    method: 'update_agent',
  },
  { verb: 'DELETE', path: '/v1/agents/{agent}', method: 'remove_agent' },
  { verb: 'GET', path: '/v1/admins', method: 'list_admins' },
  { verb: 'PUT', path: '/v1/admins/{admin}', method: 'add_admin' },
  { verb: 'DELETE', path: '/v1/admins/{admin}', method: 'remove_admin' },
];
