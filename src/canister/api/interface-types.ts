import {
  blob,
  bool,
  enumeration,
  nat16,
  nat32,
  nat64,
  opt,
  principal,
  record,
  type Shape,
  strictOpt,
  text,
  vec,
} from '../codec/index.ts';
import { agentPermissions, agentScopes } from '../models/access/rights.ts';
import { activityTypes } from '../models/activity-type.ts';
import { agentTypes } from '../models/agent-type.ts';
import { COUNTERS } from '../models/analytics/analytics-counts.ts';
import { credentialStates } from '../models/credentials/credential-state.ts';
import { dueKinds } from '../models/credentials/due.ts';
import { notificationChannels } from '../models/notifications/notifications.ts';
import { retention } from '../models/retention/retention.ts';
import { recipientKinds } from '../models/sealing/recipient.ts';
import { sealingModes } from '../models/sealing/sealing-mode.ts';
import { secretForms } from '../models/sealing/secret-form.ts';
import { SEED_ACTIVITY_TYPES, SEED_AGENT_TYPES } from '../models/seed-types.ts';
import { limits, QUOTAS } from '../models/settings/limits.ts';
import { queryTokens } from '../models/settings/settings.ts';

/** The named types of the interface, as agent_service.did has them. */

export const agentType = enumeration(agentTypes.names);

export const activityType = enumeration(activityTypes.names);

export const textPairs = vec(record({ 0: text, 1: text }));

/** Of the replies of the seed's methods, which never get an option that the seed's clients don't know. */
const seedAgentType = enumeration(SEED_AGENT_TYPES);

const seedActivityType = enumeration(SEED_ACTIVITY_TYPES);

function sessionOf(type: Shape<unknown>) {
  return record({
    session_id: text,
    user_id: text,
    agent_type: type,
    token: opt(text),
    project_id: opt(text),
    selected_repo: opt(text),
    created_at: nat64,
    last_activity: nat64,
    is_active: bool,
    ended_at: opt(nat64),
    expires_at: nat64,
  });
}

export const agentSession = sessionOf(agentType);

export const seedSession = sessionOf(seedAgentType);

function credentialsOf(type: Shape<unknown>) {
  return record({
    user_id: text,
    agent_type: type,
    token: text,
    token_data: opt(text),
    workspace_id: opt(text),
    project_ids: textPairs,
    selected_repo: opt(text),
    created_at: nat64,
    updated_at: nat64,
    expires_at: opt(nat64),
  });
}

export const agentCredentials = credentialsOf(agentType);

export const seedCredentials = credentialsOf(seedAgentType);

const secretForm = enumeration(secretForms.names);

export const credentialInfo = record({
  agent_type: agentType,
  account: opt(text),
  workspace_id: opt(text),
  project_ids: textPairs,
  selected_repo: opt(text),
  created_at: nat64,
  updated_at: nat64,
  expires_at: opt(nat64),
  state: enumeration(credentialStates.names),
  state_reason: opt(text),
  state_since: nat64,
  refresh_deadline: opt(nat64),
  refresh_failures: opt(nat32),
  last_failure_at: opt(nat64),
  is_private: opt(bool),
  token_form: opt(secretForm),
  token_data_form: opt(secretForm),
});

export const sealingRecipient = record({ kind: enumeration(recipientKinds.names), epoch: nat64 });

export const sealingKeysRecord = record({
  sealing: enumeration(sealingModes.names),
  recipients: vec(sealingRecipient),
  session_recipients: vec(sealingRecipient),
});

export const openingKey = record({ encrypted_key: blob });

export const secretReplacement = record({ digest: blob, sealed: text });

export const unsealedSecrets = record({
  user_id: text,
  agent_type: agentType,
  account: opt(text),
  session_id: opt(text),
  token: opt(secretForm),
  token_data: opt(secretForm),
});

export const dueConnection = record({
  user_id: text,
  agent_type: agentType,
  account: opt(text),
  due_at: nat64,
  state: enumeration(credentialStates.names),
  state_reason: opt(text),
  has_grant: bool,
  is_private: bool,
  refresh_deadline: opt(nat64),
  refresh_failures: nat32,
  last_failure_at: opt(nat64),
});

export const dueKind = enumeration(dueKinds.names);

export const credentialLease = record({
  credentials: agentCredentials,
  lease_until: nat64,
  state: enumeration(credentialStates.names),
  state_reason: opt(text),
});

export const tokenRefresh = record({ credentials: agentCredentials, fencing: nat64, deadline: nat64 });

export const queryTokensOption = enumeration(queryTokens.names);

export const sealingMode = enumeration(sealingModes.names);

function interactionOf(type: Shape<unknown>) {
  return record({
    id: text,
    user_id: text,
    agent_type: type,
    message: text,
    response: text,
    timestamp: nat64,
    success: bool,
    metadata: opt(text),
    session_id: opt(text),
  });
}

export const agentInteraction = interactionOf(agentType);

export const seedInteraction = interactionOf(seedAgentType);

function activityOf(type: Shape<unknown>, kind: Shape<unknown>) {
  return record({
    id: text,
    user_id: text,
    agent_type: type,
    activity_type: kind,
    description: text,
    timestamp: nat64,
    metadata: opt(text),
    actor: principal,
  });
}

export const agentActivity = activityOf(agentType, activityType);

export const seedActivity = activityOf(seedAgentType, seedActivityType);

export const agentStatus = record({
  user_id: text,
  active_sessions: nat32,
  total_sessions: nat32,
  connected_agents: nat32,
  recent_interactions: nat32,
  recent_activities: nat32,
  last_activity: nat64,
});

export const agentPermission = enumeration(agentPermissions.names);

export const agentScope = enumeration(agentScopes.names);

export const agent = record({
  agent: principal,
  name: text,
  agent_types: vec(agentType),
  permissions: vec(agentPermission),
  scope: agentScope,
  expires_at: opt(nat64),
  added_at: nat64,
  added_by: principal,
});

export const agentName = record({ agent: principal, name: text });

export const admin = record({ admin: principal, added_at: nat64, added_by: principal });

export const grant = record({
  agent: principal,
  agent_types: vec(agentType),
  permissions: vec(agentPermission),
  expires_at: opt(nat64),
  granted_at: nat64,
});

export const blockedAgent = record({ agent: principal, blocked_at: nat64 });

export const auditEntry = record({
  index: nat64,
  commitment: blob,
  content: opt(
    record({
      salt: blob,
      kind: text,
      agent_type: opt(agentType),
      user_id: opt(text),
      description: text,
      metadata: opt(text),
      actor: principal,
      timestamp: nat64,
    }),
  ),
  erased_by: opt(nat64),
});

export const auditPage = record({ entries: vec(auditEntry), next: opt(nat64) });

export const auditTip = record({
  first_index: nat64,
  last_index: nat64,
  digest: blob,
  certificate: opt(blob),
});

export const exportPage = record({ page: text, next_cursor: opt(text) });

export const linkCode = record({ code: text, expires_at: nat64 });

export const linkedUser = record({ user_id: text });

export const ownedUser = record({ user_id: text, linked_at: opt(nat64) });

export const standard = record({ name: text, url: text });

/** Of gateways ("The HTTP Gateway protocol"), as far as it is needed here. */
export const httpRequest = record({
  method: text,
  url: text,
  headers: textPairs,
  body: blob,
  certificate_version: opt(nat16),
});

export const httpResponse = record({ status_code: nat16, headers: textPairs, body: blob });

const allLimits = record(limits.each(() => nat64));

const allRetention = record(retention.each(() => nat64));

const pendingRetention = record({ effective_at: nat64, retention: allRetention });

export const allSettings = record({
  limits: allLimits,
  retention: allRetention,
  pending_retention: opt(pendingRetention),
  query_tokens: queryTokensOption,
  sealing: opt(sealingMode),
});

/** An option that cannot be read refuses the call: left out, it would mean something else. */
export const someLimits = record(limits.each(() => strictOpt(nat64)));

export const someRetention = record(retention.each(() => strictOpt(nat64)));

export const retentionPreview = record({
  items: vec(record({ user_id: text, interactions: nat64, activities: nat64 })),
  next_cursor: opt(text),
  effective_at: opt(nat64),
});

export const userRetention = record({
  retention: allRetention,
  pending_retention: opt(pendingRetention),
  pending_removals: opt(record({ interactions: nat64, activities: nat64 })),
});

export const serviceLimit = record({
  name: text,
  value: nat64,
  by_default: nat64,
  least: nat64,
  most: nat64,
  is_set: bool,
});

export const taskState = record({
  name: text,
  due_at: opt(nat64),
  traps: nat64,
  set_aside: nat64,
  work_limit: nat64,
  stuck_since: opt(nat64),
});

/** A value that cannot be read refuses the call: left out, it would mean the default. */
export const serviceLimitChange = record({ name: text, value: strictOpt(nat64) });

export const usageOfQuotas = record(
  Object.fromEntries(QUOTAS.map((quota) => [quota, record({ used: nat64, limit: nat64 })])),
);

/** The filters that every paged list has. */
function pageFilters() {
  return {
    user_id: text,
    agent_type: opt(agentType),
    from: opt(nat64),
    until: opt(nat64),
    limit: opt(nat32),
    cursor: opt(text),
  };
}

export const listSessionsArgs = record({ ...pageFilters(), is_active: opt(bool), without_tokens: opt(bool) });

export const listInteractionsArgs = record({ ...pageFilters(), session_id: opt(text), success: opt(bool) });

export const listActivitiesArgs = record({ ...pageFilters(), activity_type: opt(activityType) });

const analyticsCounts = record(Object.fromEntries(COUNTERS.map((name) => [name, nat64])));

export const analyticsInterval = enumeration(['hour', 'day']);

export const analytics = record({
  totals: analyticsCounts,
  interactions_removed: opt(nat64),
  series: vec(record({ start: nat64, counts: analyticsCounts })),
  by_agent_type: vec(record({ agent_type: agentType, counts: analyticsCounts })),
  by_agent: vec(record({ agent: principal, counts: analyticsCounts })),
  top_errors: vec(record({ error: text, agent_type: agentType, count: nat64, last_at: nat64 })),
});

const serviceTotals = record({
  users: nat64,
  sessions: nat64,
  active_sessions: nat64,
  credentials: nat64,
  credentials_in_clear: opt(nat64),
  interactions: nat64,
  activities: nat64,
  bytes: nat64,
});

export const serviceAnalytics = record({ analytics, stored: serviceTotals });

export const eventPage = record({
  events: vec(record({ index: nat64, activity: agentActivity })),
  next: nat64,
  more: bool,
  end: nat64,
});

const notificationChannel = enumeration(notificationChannels.names);

/** An option that is not known refuses the call: left out, every activity would fall under the rule. */
export const notificationRule = record({
  activity_types: strictOpt(vec(activityType)),
  agent_type: strictOpt(agentType),
  channels: vec(notificationChannel),
});

export const notificationSettings = record({ rules: vec(notificationRule) });

const notification = record({
  index: nat64,
  activity: agentActivity,
  unread: bool,
  channels: vec(notificationChannel),
  count: opt(nat32),
});

export const notificationPage = record({
  items: vec(notification),
  unread: nat32,
  next_cursor: opt(text),
});

export const userInfo = record({
  user_id: text,
  active_sessions: nat32,
  total_sessions: nat32,
  credentials: nat32,
  interactions: nat64,
  bytes: nat64,
  last_activity: nat64,
  owner: opt(principal),
});

export const initArgs = opt(record({ owner: opt(principal), agents: opt(vec(principal)) }));

export function pageOf(item: Shape<unknown>) {
  return record({ next_cursor: opt(text), items: vec(item) });
}
