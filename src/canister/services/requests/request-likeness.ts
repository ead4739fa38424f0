import { ByteWriter, sameBytes, sameOptional, type Text } from '../../codec/index.ts';
import type { ActivityType } from '../../models/activity-type.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import { decodeActivity } from '../../models/audit/activity.ts';
import type { Credentials } from '../../models/credentials/credentials.ts';
import { decodeInteraction } from '../../models/interactions/interaction.ts';
import type { LogRecord } from '../../models/log-record.ts';
import type { AnsweredRequest } from '../../models/requests/request.ts';
import { decodeSession, sessionDataDigest } from '../../models/sessions/session.ts';
import type { Store } from '../../storage/store.ts';
import type { Account } from '../credentials/account.ts';
import type { CredentialData } from '../credentials/credential-service.ts';
import type { SessionData } from '../sessions/session-service.ts';
import type { Kept, Likeness, Request } from './request.ts';

interface Owner {
  readonly user_id: Text;
  readonly agent_type: AgentType;
  readonly request_id: Text | undefined;
}

type InteractionArguments = Owner & {
  readonly message: Text;
  readonly response: Text;
  readonly success: boolean;
  readonly metadata: Text | undefined;
  readonly session_id: Text | undefined;
};

type ActivityArguments = Owner & {
  readonly activity_type: ActivityType;
  readonly description: Text;
  readonly metadata: Text | undefined;
};

const NOTHING = new Uint8Array(0);
const SESSION_NAMED = Uint8Array.of(1);

/**
 * Whether a call is the same as one before, by what is stored: the arguments are held against the record that it made, byte for byte. An entry keeps only what the
 * record does not say, or does not say any more: whether a session was named, a digest of what a session began with, and which change of credentials it was.
 */
export class RequestLikeness {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  interaction(args: InteractionArguments): Request | undefined {
    const { interactions } = this.#store;
    return request(args.request_id, {
      made: 'interaction',
      keep: () => ({
        ...newest(interactions.last, this.#userOf(args)),
        kept: args.session_id === undefined ? NOTHING : SESSION_NAMED,
      }),
      compare: ({ sequence, kept }) =>
        likeness(interactions.get(sequence), args, (record) => {
          const before = decodeInteraction(record);
          const named = kept === undefined ? args.session_id !== undefined : kept.length > 0;
          return (
            before.success === args.success &&
            named === (args.session_id !== undefined) &&
            (args.session_id === undefined || sameOptional(before.sessionId, args.session_id.utf8)) &&
            sameBytes(before.userId, args.user_id.utf8) &&
            sameOptional(before.metadata, args.metadata?.utf8) &&
            sameBytes(before.message, args.message.utf8) &&
            sameBytes(before.response, args.response.utf8)
          );
        }),
    });
  }

  activity(args: ActivityArguments): Request | undefined {
    const { activities } = this.#store;
    return request(args.request_id, {
      made: 'activity',
      keep: () => ({ ...newest(activities.last, this.#userOf(args)), kept: NOTHING }),
      compare: ({ sequence }) =>
        likeness(activities.get(sequence), args, (record) => {
          const before = decodeActivity(record);
          return (
            before.activityType === args.activity_type &&
            sameBytes(before.userId, args.user_id.utf8) &&
            sameBytes(before.description, args.description.utf8) &&
            sameOptional(before.metadata, args.metadata?.utf8)
          );
        }),
    });
  }

  /** What a session carries changes, and its token goes when it ends: of that a digest is kept. */
  session(args: Owner & SessionData): Request | undefined {
    const { sessions } = this.#store;
    return request(args.request_id, {
      made: 'session',
      keep: (expiresAt) => ({
        ...newest(sessions.last, this.#userOf(args)),
        kept: digestOf(args, expiresAt),
      }),
      compare: ({ sequence, kept, expiresAt }) =>
        likeness(
          sessions.get(sequence),
          args,
          (record) =>
            sameBytes(decodeSession(record).userId, args.user_id.utf8) &&
            (kept === undefined || sameBytes(kept, digestOf(args, expiresAt))),
        ),
    });
  }

  /** Credentials are held against what is stored while it is as the request left it. */
  credentials(args: Account & CredentialData & Owner): Request | undefined {
    return request(args.request_id, {
      made: 'credentials',
      keep: () => {
        const stored = this.#credentialsOf(args);
        const kept = stored === undefined ? NOTHING : versionOf(stored);
        return { ...newest(0, this.#userOf(args)), kept };
      },
      compare: (before) => this.#compareCredentials(args, before),
    });
  }

  #compareCredentials(args: Account & CredentialData, { user, kept }: AnsweredRequest): Likeness {
    const known = this.#store.users.numberOf(args.user_id.utf8);
    if (user !== 0 && user !== known) return isErased(this.#store, user) ? 'gone' : 'other';
    const stored = this.#credentialsOf(args);
    if (known === undefined) return 'gone';
    // Another agent type or account, or one whose place another took.
    if (stored === undefined) return 'changed';
    if (kept !== undefined && !sameBytes(kept, versionOf(stored))) return 'changed';
    if (stored.token.length === 0) return 'changed';
    return hasArguments(stored, args) ? 'same' : 'other';
  }

  #credentialsOf({ user_id, agent_type, account }: Account): Credentials | undefined {
    const { users, credentials } = this.#store;
    const user = users.numberOf(user_id.utf8);
    if (user === undefined) return undefined;
    return credentials.find(user, agentTypes.codeOf(agent_type), account?.utf8)?.stored?.decode();
  }

  #userOf({ user_id }: Owner): number {
    return this.#store.users.numberOf(user_id.utf8) ?? 0;
  }
}

/** Whether what a request made was erased with its user, or was too old to be kept. Of credentials of the first version nobody can tell. */
export function isGone(store: Store, { made, user, sequence }: AnsweredRequest): boolean {
  switch (made) {
    case 'session':
      return store.sessions.get(sequence) === undefined;
    case 'interaction':
      return store.interactions.get(sequence) === undefined;
    case 'activity':
      return store.activities.get(sequence) === undefined;
    case 'credentials':
      return user !== 0 && isErased(store, user);
  }
}

function isErased({ users, erasures }: Store, user: number): boolean {
  return users.findByNumber(user) === undefined || erasures.has(user);
}

function request(id: Text | undefined, rest: Omit<Request, 'id'>): Request | undefined {
  return id === undefined ? undefined : { id, ...rest };
}

function newest(sequence: number, user: number): Pick<Kept, 'sequence' | 'user'> {
  return { sequence, user };
}

/** A record that is there no more was erased with its user, or was too old. */
function likeness(
  record: LogRecord | undefined,
  { agent_type }: Owner,
  isSame: (record: LogRecord) => boolean,
): Likeness {
  if (record === undefined) return 'gone';
  return record.typeCode === agentTypes.codeOf(agent_type) && isSame(record) ? 'same' : 'other';
}

function digestOf({ token, project_id, selected_repo }: SessionData, expiresAt: bigint): Uint8Array {
  const data = { token: token?.utf8, projectId: project_id?.utf8, selectedRepo: selected_repo?.utf8 };
  return sessionDataDigest(data, expiresAt);
}

/** Which change of credentials they are the result of: the number that closed the refreshes before, and when they were changed. */
function versionOf({ closed, updatedAt }: Credentials): Uint8Array {
  return new ByteWriter(16).u64(closed).u64(updatedAt).finish();
}

function hasArguments(stored: Credentials, args: Account & CredentialData): boolean {
  const given = args.project_ids ?? [];
  return (
    stored.expiresAt === args.expires_at &&
    sameBytes(stored.token, args.token?.utf8 ?? NOTHING) &&
    sameOptional(stored.tokenData, args.token_data?.utf8) &&
    sameOptional(stored.workspaceId, args.workspace_id?.utf8) &&
    sameOptional(stored.selectedRepo, args.selected_repo?.utf8) &&
    stored.projectIds.length === given.length &&
    stored.projectIds.every(
      ([id, name], i) => sameOptional(id, given[i]?.[0].utf8) && sameOptional(name, given[i]?.[1].utf8),
    )
  );
}
