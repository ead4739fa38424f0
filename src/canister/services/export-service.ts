import { decodeUtf8, encodeUtf8, type Text } from '../codec/index.ts';
import { decodeActivity } from '../models/activity.ts';
import { invalidArgument, notFound } from '../models/agent-error.ts';
import { agentTypes } from '../models/agent-type.ts';
import type { Credentials } from '../models/credentials.ts';
import { decodeGrantTerms, granteeOf } from '../models/grant.ts';
import { decodeInteraction } from '../models/interaction.ts';
import type { LogRecord } from '../models/log-record.ts';
import type { Notifications } from '../models/notifications.ts';
import { encodeId } from '../models/record-id.ts';
import { agentPermissions, namesIn, type Rights } from '../models/rights.ts';
import { decodeSession, SessionState } from '../models/session.ts';
import type { ChainKind } from '../models/user-head.ts';
import { EXPORT_ITEMS } from '../policy/limits.ts';
import { textOf } from '../policy/principals.ts';
import { checkUserId } from '../policy/validation.ts';
import type { Store } from '../storage/store.ts';
import { pageOf } from './listing.ts';

/** JSON text, and where the next page begins; undefined at the end. Both are UTF-8. */
export interface ExportPage {
  readonly page: Uint8Array;
  readonly nextCursor: Uint8Array | undefined;
}

const FORMAT = 'agent-service-export-1';

/** The parts of an export in their order; the profile has no cursor of its own. */
const LOGS = ['sessions', 'interactions', 'activities'] as const;
type LogName = (typeof LOGS)[number];

const KINDS: Readonly<Record<LogName, ChainKind>> = {
  sessions: 'session',
  interactions: 'interaction',
  activities: 'activity',
};

const JSON_OF: Readonly<Record<LogName, (record: LogRecord, sequence: number) => object>> = {
  sessions: sessionJson,
  interactions: interactionJson,
  activities: activityJson,
};

/** All that is held about a user, page by page, as docs/export.md describes it. Tokens are not part of it. */
export class ExportService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  page(args: { readonly user_id: Text; readonly cursor: Text | undefined }, rights: Rights): ExportPage {
    checkUserId('user_id', args.user_id);
    const user = this.#store.users.numberOf(args.user_id.utf8);
    if (user === undefined) throw notFound();
    if (args.cursor === undefined) return this.#profilePage(args.user_id, user);
    const [part, cursor] = args.cursor.value.split(':', 2);
    const log = LOGS.find((name) => name === part);
    if (log === undefined) throw invalidArgument('cursor', 'must be the next_cursor of a page before');
    return this.#logPage(args.user_id, log, cursor === '' ? undefined : cursor, rights);
  }

  #profilePage(userId: Text, user: number): ExportPage {
    const credentials = agentTypes.names.flatMap((_name, code) =>
      this.#store.credentials.accounts(user, code).map((stored) => credentialsJson(stored.decode())),
    );
    const grants = this.#store.grants.ofUser(user).map(grantJson);
    const owner = this.#store.links.get(user)?.owner;
    const page = {
      format: FORMAT,
      part: 'profile',
      user_id: userId.value,
      linked_principal: owner === undefined ? null : textOf(owner.principal),
      linked_at: timeOrNull(owner?.since),
      credentials,
      grants,
      notifications: notificationsJson(this.#store.notifications.get(user)),
    };
    return { page: encodeUtf8(JSON.stringify(page)), nextCursor: encodeUtf8(`${LOGS[0]}:`) };
  }

  #logPage(userId: Text, log: LogName, cursor: string | undefined, rights: Rights): ExportPage {
    const request = {
      user_id: userId,
      agent_type: undefined,
      from: undefined,
      until: undefined,
      limit: EXPORT_ITEMS,
      cursor: cursor === undefined ? undefined : { utf8: encodeUtf8(cursor), value: cursor },
    };
    const { items, nextCursor } = pageOf(this.#store, log, request, {
      kind: KINDS[log],
      rights,
      byDefault: EXPORT_ITEMS,
      body: (record, sequence) => encodeUtf8(JSON.stringify(JSON_OF[log](record, sequence))),
      timestamp: () => 0n,
      matches: () => true,
    });
    const after = LOGS[LOGS.indexOf(log) + 1];
    const next = nextCursor === undefined ? after && `${after}:` : `${log}:${decodeUtf8(nextCursor)}`;
    const records = items.map(decodeUtf8).join(',');
    return {
      page: encodeUtf8(`{"format":"${FORMAT}","part":"${log}","records":[${records}]}`),
      nextCursor: next === undefined ? undefined : encodeUtf8(next),
    };
  }
}

function credentialsJson(credentials: Credentials): object {
  return {
    agent_type: credentials.agentType,
    account: textOrNull(credentials.account),
    state: credentials.state,
    state_since: `${credentials.stateSince}`,
    state_reason: textOrNull(credentials.stateReason),
    workspace_id: textOrNull(credentials.workspaceId),
    project_ids: credentials.projectIds.map((pair) => pair.map(decodeUtf8)),
    selected_repo: textOrNull(credentials.selectedRepo),
    created_at: `${credentials.createdAt}`,
    updated_at: `${credentials.updatedAt}`,
    expires_at: timeOrNull(credentials.expiresAt),
  };
}

function grantJson(stored: Uint8Array): object {
  const terms = decodeGrantTerms(stored);
  return {
    agent: textOf(granteeOf(stored)),
    agent_types: namesIn(agentTypes, terms.agentTypes),
    permissions: namesIn(agentPermissions, terms.permissions),
    expires_at: timeOrNull(terms.expiresAt),
    granted_at: `${terms.since}`,
  };
}

function notificationsJson({ rules, readUpTo }: Notifications): object {
  return {
    rules: rules.map(({ activityTypes, agentType, channels }) => ({
      activity_types: activityTypes ?? null,
      agent_type: agentType ?? null,
      channels,
    })),
    read_up_to: readUpTo,
  };
}

function sessionJson(record: LogRecord): object {
  const session = decodeSession(record);
  return {
    session_id: decodeUtf8(session.sessionId),
    agent_type: session.agentType,
    project_id: textOrNull(session.projectId),
    selected_repo: textOrNull(session.selectedRepo),
    created_at: `${session.createdAt}`,
    last_activity: `${session.lastActivity}`,
    is_active: session.state === SessionState.active,
    ended_at: timeOrNull(session.endedAt),
    expires_at: `${session.expiresAt}`,
  };
}

function interactionJson(record: LogRecord): object {
  const interaction = decodeInteraction(record);
  return {
    id: decodeUtf8(interaction.id),
    agent_type: interaction.agentType,
    message: decodeUtf8(interaction.message),
    response: decodeUtf8(interaction.response),
    timestamp: `${interaction.timestamp}`,
    success: interaction.success,
    metadata: textOrNull(interaction.metadata),
    session_id: textOrNull(interaction.sessionId),
  };
}

function activityJson(record: LogRecord, sequence: number): object {
  const activity = decodeActivity(record);
  return {
    id: decodeUtf8(encodeId('activity', sequence)),
    agent_type: activity.agentType,
    activity_type: activity.activityType,
    description: decodeUtf8(activity.description),
    timestamp: `${activity.timestamp}`,
    metadata: textOrNull(activity.metadata),
    actor: textOf(activity.actor),
  };
}

function textOrNull(utf8: Uint8Array | undefined): string | null {
  return utf8 === undefined ? null : decodeUtf8(utf8);
}

function timeOrNull(time: bigint | undefined): string | null {
  return time === undefined ? null : `${time}`;
}
