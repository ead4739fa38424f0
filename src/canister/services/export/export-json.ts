import { JsonWriter } from '../../codec/index.ts';
import { agentPermissions, namesIn } from '../../models/access/rights.ts';
import { agentTypes } from '../../models/agent-type.ts';
import { decodeBlock } from '../../models/agents/block.ts';
import { decodeGrantTerms, granteeOf } from '../../models/agents/grant.ts';
import { decodeActivity } from '../../models/audit/activity.ts';
import type { Credentials } from '../../models/credentials/credentials.ts';
import { decodeInteraction } from '../../models/interactions/interaction.ts';
import type { LogRecord } from '../../models/log-record.ts';
import type { Notifications } from '../../models/notifications/notifications.ts';
import { encodeId } from '../../models/record-id.ts';
import { decodeSession, SessionState } from '../../models/sessions/session.ts';
import type { Work } from '../../models/work.ts';
import { textOf } from '../../policy/access/principals.ts';
import { EXPORT_BYTES } from '../../policy/limits/limits.ts';

/**
 * How records stand in an export: JSON as UTF-8. Control characters become six bytes each and take long to escape, so that a large text of them
 * could be in no page: `work` is how much a record may take, and what is left out then is named in `omitted`.
 */

export function sessionJson(record: LogRecord): Uint8Array {
  const session = decodeSession(record);
  const json = new JsonWriter();
  json.text('session_id', session.sessionId);
  json.json('agent_type', `"${session.agentType}"`);
  json.text('project_id', session.projectId);
  json.text('selected_repo', session.selectedRepo);
  return json
    .json('created_at', timeOf(session.createdAt))
    .json('last_activity', timeOf(session.lastActivity))
    .json('is_active', `${session.state === SessionState.active}`)
    .json('ended_at', timeOf(session.endedAt))
    .json('expires_at', timeOf(session.expiresAt))
    .finish();
}

export function interactionJson(record: LogRecord, _sequence: number, work: Work): Uint8Array {
  const interaction = decodeInteraction(record);
  const small = new JsonWriter();
  small.text('id', interaction.id);
  small
    .json('agent_type', `"${interaction.agentType}"`)
    .json('timestamp', timeOf(interaction.timestamp))
    .json('success', `${interaction.success}`);
  small.text('session_id', interaction.sessionId);
  const whole = small.copy();
  const mayGoOn = () => whole.length < EXPORT_BYTES && !work.isSpent();
  const texts = ['message', 'response', 'metadata'] as const;
  const isWhole = texts.every((name) => whole.text(name, interaction[name], mayGoOn));
  if (isWhole && whole.length < EXPORT_BYTES) return whole.finish();
  return small.json('omitted', JSON.stringify(texts)).finish();
}

export function activityJson(record: LogRecord, sequence: number): Uint8Array {
  const activity = decodeActivity(record);
  const json = new JsonWriter();
  json.text('id', encodeId('activity', sequence));
  json.json('agent_type', `"${activity.agentType}"`).json('activity_type', `"${activity.activityType}"`);
  json.text('description', activity.description);
  json.json('timestamp', timeOf(activity.timestamp));
  json.text('metadata', activity.metadata);
  return json.json('actor', `"${textOf(activity.actor)}"`).finish();
}

export function credentialsJson(credentials: Credentials, work: Work): Uint8Array {
  const small = new JsonWriter();
  small.json('agent_type', `"${credentials.agentType}"`);
  small.text('account', credentials.account);
  small.json('state', `"${credentials.state}"`).json('state_since', timeOf(credentials.stateSince));
  small.text('state_reason', credentials.stateReason);
  small.text('workspace_id', credentials.workspaceId);
  small.text('selected_repo', credentials.selectedRepo);
  small
    .json('created_at', timeOf(credentials.createdAt))
    .json('updated_at', timeOf(credentials.updatedAt))
    .json('expires_at', timeOf(credentials.expiresAt));
  const whole = small.copy();
  if (whole.pairs('project_ids', credentials.projectIds, () => !work.isSpent())) return whole.finish();
  return small.json('omitted', '["project_ids"]').finish();
}

/** What an export begins with; `credentials` are as many as are in this page. */
export function profileJson(profile: {
  readonly userId: Uint8Array;
  readonly owner: { readonly principal: Uint8Array; readonly since: bigint } | undefined;
  readonly credentials: readonly Uint8Array[];
  readonly grants: readonly Uint8Array[];
  readonly blocks: readonly Uint8Array[];
  readonly notifications: Notifications;
  readonly format: string;
}): Uint8Array {
  const { owner } = profile;
  const json = new JsonWriter();
  json.json('format', `"${profile.format}"`).json('part', '"profile"').text('user_id', profile.userId);
  return json
    .json('linked_principal', owner === undefined ? 'null' : `"${textOf(owner.principal)}"`)
    .json('linked_at', timeOf(owner?.since))
    .list('credentials', profile.credentials)
    .json('grants', JSON.stringify(profile.grants.map(grantOf)))
    .json('blocked_agents', JSON.stringify(profile.blocks.map(blockOf)))
    .json('notifications', JSON.stringify(notificationsOf(profile.notifications)))
    .finish();
}

/** A page of records. */
export function recordsJson(format: string, part: string, records: readonly Uint8Array[]): Uint8Array {
  return new JsonWriter()
    .json('format', `"${format}"`)
    .json('part', `"${part}"`)
    .list('records', records)
    .finish();
}

function grantOf(stored: Uint8Array): object {
  const terms = decodeGrantTerms(stored);
  return {
    agent: textOf(granteeOf(stored)),
    agent_types: namesIn(agentTypes, terms.agentTypes),
    permissions: namesIn(agentPermissions, terms.permissions),
    expires_at: terms.expiresAt === undefined ? null : `${terms.expiresAt}`,
    granted_at: `${terms.since}`,
  };
}

function blockOf(stored: Uint8Array): object {
  const { agent, since } = decodeBlock(stored);
  return { agent: textOf(agent), blocked_at: `${since}` };
}

function notificationsOf({ rules, readUpTo }: Notifications): object {
  return {
    rules: rules.map(({ activityTypes, agentType, channels }) => ({
      activity_types: activityTypes ?? null,
      agent_type: agentType ?? null,
      channels,
    })),
    read_up_to: readUpTo,
  };
}

/** ns since 1970 as a text, or null. */
function timeOf(time: bigint | undefined): string {
  return time === undefined ? 'null' : `"${time}"`;
}
