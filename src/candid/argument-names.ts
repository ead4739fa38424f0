/**
 * What the arguments are called of the methods that take several: those of the original service. In Candid arguments have no
 * names; agent_service.did has them in comments, and a test holds the two together.
 */
export const ARGUMENT_NAMES: Readonly<Record<string, readonly string[]>> = {
  create_agent_session: ['user_id', 'agent_type', 'token', 'project_id', 'selected_repo'],
  update_agent_session: ['session_id', 'token', 'project_id', 'selected_repo'],
  end_agent_session: ['session_id'],
  get_agent_session: ['session_id'],
  get_user_agent_sessions: ['user_id'],
  store_agent_credentials: [
    'user_id',
    'agent_type',
    'token',
    'token_data',
    'workspace_id',
    'project_ids',
    'selected_repo',
    'expires_at',
  ],
  update_agent_credentials: [
    'user_id',
    'agent_type',
    'token',
    'token_data',
    'workspace_id',
    'project_ids',
    'selected_repo',
    'expires_at',
  ],
  get_agent_credentials: ['user_id', 'agent_type'],
  get_user_agent_credentials: ['user_id'],
  store_agent_interaction: ['user_id', 'agent_type', 'message', 'response', 'success', 'metadata'],
  get_agent_interaction: ['interaction_id'],
  get_user_agent_interactions: ['user_id', 'limit'],
  get_agent_type_interactions: ['user_id', 'agent_type', 'limit'],
  log_agent_activity: ['user_id', 'agent_type', 'activity_type', 'description', 'metadata'],
  get_user_agent_activities: ['user_id', 'limit'],
  get_agent_status: ['user_id'],
};
