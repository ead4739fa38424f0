/** A method of the interface at a path that says what it is about. */
export interface RestPath {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parameters of the method are in braces; the others come in the query of a GET or DELETE, and else in the body. */
  readonly path: string;
  readonly method: string;
  readonly summary: string;
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
    summary: 'Begin a session',
    creates: true,
  },
  {
    verb: 'GET',
    path: '/v1/sessions/{session_id}',
    method: 'get_agent_session',
    summary: 'Read a session',
  },
  {
    verb: 'PATCH',
    path: '/v1/sessions/{session_id}',
    method: 'update_agent_session',
    summary: 'Change what an open session carries',
  },
  {
    verb: 'POST',
    path: '/v1/sessions/{session_id}/end',
    method: 'end_agent_session',
    summary: 'End a session',
  },
  {
    verb: 'POST',
    path: '/v1/interactions',
    method: 'store_interaction',
    summary: 'Store an interaction',
    creates: true,
  },
  {
    verb: 'GET',
    path: '/v1/interactions/{interaction_id}',
    method: 'get_agent_interaction',
    summary: 'Read an interaction',
  },
  {
    verb: 'POST',
    path: '/v1/activities',
    method: 'log_activity',
    summary: 'Add an activity to the audit trail',
    creates: true,
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/status',
    method: 'get_agent_status',
    summary: "Read a user's status",
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/sessions',
    method: 'list_sessions',
    summary: "List a user's sessions, newest first",
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/interactions',
    method: 'list_interactions',
    summary: "List a user's interactions, newest first",
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/activities',
    method: 'list_activities',
    summary: "List a user's activities, newest first",
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/credentials',
    method: 'list_credentials',
    summary: "List a user's credentials and their states, without tokens",
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/accounts',
    method: 'list_accounts',
    summary: "List a user's credentials and their states page by page, without tokens",
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/credentials/{agent_type}',
    method: 'get_agent_credentials',
    summary: 'Read credentials',
  },
  {
    verb: 'PUT',
    path: '/v1/users/{user_id}/credentials/{agent_type}',
    method: 'store_credentials',
    summary: 'Store the credentials of an account in the place of those before',
  },
  {
    verb: 'PATCH',
    path: '/v1/users/{user_id}/credentials/{agent_type}',
    method: 'update_agent_credentials',
    summary: 'Change stored credentials',
  },
  {
    verb: 'DELETE',
    path: '/v1/users/{user_id}/credentials/{agent_type}',
    method: 'revoke_credentials',
    summary: 'Remove credentials',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/grants',
    method: 'list_grants',
    summary: 'List what a user granted',
  },
  {
    verb: 'PUT',
    path: '/v1/users/{user_id}/grants/{agent}',
    method: 'grant_agent',
    summary: 'Let an agent act for a user',
  },
  {
    verb: 'DELETE',
    path: '/v1/users/{user_id}/grants/{agent}',
    method: 'withdraw_agent',
    summary: 'Take a grant back',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/blocked-agents',
    method: 'list_blocked_agents',
    summary: 'List the agents that a user has stopped',
  },
  {
    verb: 'PUT',
    path: '/v1/users/{user_id}/blocked-agents/{agent}',
    method: 'block_agent',
    summary: 'Stop an agent for a user',
  },
  {
    verb: 'DELETE',
    path: '/v1/users/{user_id}/blocked-agents/{agent}',
    method: 'unblock_agent',
    summary: 'Let a stopped agent act again',
  },
  {
    verb: 'POST',
    path: '/v1/users/{user_id}/credentials/{agent_type}/lease',
    method: 'lease_agent_credentials',
    summary: 'Get a token, and leave a trace of it',
  },
  {
    verb: 'POST',
    path: '/v1/users/{user_id}/link-code',
    method: 'create_link_code',
    summary: 'Make a code by which a user becomes the owner of the user_id',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/usage',
    method: 'get_usage',
    summary: 'Read how much of its quotas a user has used',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/retention',
    method: 'get_user_retention',
    summary: 'Read what is kept of a user, and what of theirs will be removed when',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/export',
    method: 'export_user',
    summary: 'Read a page of all that is held about a user',
  },
  {
    verb: 'DELETE',
    path: '/v1/users/{user_id}',
    method: 'erase_user',
    summary: 'Erase all that is held about a user',
  },
  {
    verb: 'GET',
    path: '/v1/audit/tip',
    method: 'get_audit_tip',
    summary: 'Read how far the audit log goes, and its certificate',
  },
  {
    verb: 'GET',
    path: '/v1/audit/entries',
    method: 'get_audit_entries',
    summary: 'Read entries of the audit log',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/analytics',
    method: 'get_user_analytics',
    summary: 'Read what was counted of a user',
  },
  {
    verb: 'GET',
    path: '/v1/analytics',
    method: 'get_service_analytics',
    summary: 'Read what was counted of all users, and what is stored',
  },
  { verb: 'GET', path: '/v1/tasks', method: 'list_tasks', summary: 'List what the service does by itself' },
  { verb: 'GET', path: '/v1/users', method: 'list_users', summary: 'List the users, the newest first' },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/notifications',
    method: 'list_notifications',
    summary: 'List what a user wants to hear of, newest first',
  },
  {
    verb: 'POST',
    path: '/v1/users/{user_id}/notifications/read',
    method: 'mark_notifications_read',
    summary: 'Mark notifications as read',
  },
  {
    verb: 'GET',
    path: '/v1/users/{user_id}/notification-settings',
    method: 'get_notification_settings',
    summary: 'Read what a user wants to hear of',
  },
  {
    verb: 'PUT',
    path: '/v1/users/{user_id}/notification-settings',
    method: 'update_notification_settings',
    summary: 'Say what a user wants to hear of',
  },
  { verb: 'GET', path: '/v1/settings', method: 'get_settings', summary: 'Read the settings' },
  {
    verb: 'GET',
    path: '/v1/settings/retention-preview',
    method: 'preview_retention',
    summary: 'Count what a retention would remove, by user',
  },
  { verb: 'PATCH', path: '/v1/settings', method: 'update_settings', summary: 'Change settings' },
  {
    verb: 'GET',
    path: '/v1/service-limits',
    method: 'list_service_limits',
    summary: 'List the limits of the service',
  },
  {
    verb: 'PATCH',
    path: '/v1/service-limits',
    method: 'update_service_limits',
    summary: 'Change limits of the service',
  },
  { verb: 'GET', path: '/v1/agents', method: 'list_agents', summary: 'List the agents' },
  { verb: 'POST', path: '/v1/agents', method: 'add_agent', summary: 'Name an agent', creates: true },
  {
    verb: 'PATCH',
    path: '/v1/agents/{agent}',
    method: 'update_agent',
    summary: 'Change what an agent may do',
  },
  { verb: 'DELETE', path: '/v1/agents/{agent}', method: 'remove_agent', summary: 'Remove an agent' },
  { verb: 'GET', path: '/v1/admins', method: 'list_admins', summary: 'List the admins' },
  { verb: 'PUT', path: '/v1/admins/{admin}', method: 'add_admin', summary: 'Name an admin' },
  { verb: 'DELETE', path: '/v1/admins/{admin}', method: 'remove_admin', summary: 'Remove an admin' },
];
