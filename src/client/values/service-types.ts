/** Made from src/candid/agent_service.did by `npm run generate`. */
import type { Principal } from '@dfinity/principal';

export type AgentType = 'GitHub' | 'Asana' | 'Gmail' | 'Calendar' | 'InFoundr';

/**
 * `AgentGranted`: Written by the service alone.
 *
 * `TokenRefreshRecovered`: A refresh brought a token after others had failed.
 *
 * `OpeningKeyDerived`: The network derived a key that opens sealed secrets; a secret was sealed, or sealed anew; an account was made private,
 * or not private any more.
 */
export type AgentActivityType =
  | 'SessionCreated'
  | 'SessionUpdated'
  | 'SessionEnded'
  | 'SessionExpired'
  | 'TokenStored'
  | 'TokenRefreshed'
  | 'TokenRevoked'
  | 'TokenExpired'
  | 'InteractionCompleted'
  | 'ErrorOccurred'
  | 'ConnectionEstablished'
  | 'TaskCreated'
  | 'TaskUpdated'
  | 'EmailSent'
  | 'EmailRead'
  | 'MeetingScheduled'
  | 'IssueCreated'
  | 'PullRequestCreated'
  | 'AgentGranted'
  | 'AgentWithdrawn'
  | 'TokenLeased'
  | 'TokenRefreshFailed'
  | 'LinkCodeIssued'
  | 'UserLinked'
  | 'UserUnlinked'
  | 'TokenRefreshRecovered'
  | 'AgentBlocked'
  | 'AgentUnblocked'
  | 'OpeningKeyDerived'
  | 'TokenSealed'
  | 'AccountPrivacyChanged';

export interface AgentSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly agentType: AgentType;
  /** Undefined once the session has ended or expired. */
  readonly token: string | undefined;
  readonly projectId: string | undefined;
  readonly selectedRepo: string | undefined;
  readonly createdAt: bigint;
  readonly lastActivity: bigint;
  readonly isActive: boolean;
  readonly endedAt: bigint | undefined;
  readonly expiresAt: bigint;
}

export interface AgentCredentials {
  readonly userId: string;
  readonly agentType: AgentType;
  readonly token: string;
  /** JSON text of the OAuth grant. */
  readonly tokenData: string | undefined;
  readonly workspaceId: string | undefined;
  readonly projectIds: readonly (readonly [string, string])[];
  readonly selectedRepo: string | undefined;
  readonly createdAt: bigint;
  readonly updatedAt: bigint;
  readonly expiresAt: bigint | undefined;
}

export interface AgentInteraction {
  readonly id: string;
  readonly userId: string;
  readonly agentType: AgentType;
  readonly message: string;
  readonly response: string;
  readonly timestamp: bigint;
  readonly success: boolean;
  /** JSON text. */
  readonly metadata: string | undefined;
  readonly sessionId: string | undefined;
}

export interface AgentActivity {
  readonly id: string;
  readonly userId: string;
  readonly agentType: AgentType;
  readonly activityType: AgentActivityType;
  readonly description: string;
  readonly timestamp: bigint;
  /** JSON text. */
  readonly metadata: string | undefined;
  /** Who caused it; the service's own principal for what expired by itself. */
  readonly actor: Principal;
}

/**
 * The kinds of activities in the reply of getUserAgentActivities: those of the first version of this interface. The list never grows, so that
 * a client with that version decodes every reply.
 */
export type SeedActivityType =
  | 'SessionCreated'
  | 'SessionEnded'
  | 'TokenStored'
  | 'TokenRefreshed'
  | 'InteractionCompleted'
  | 'ErrorOccurred'
  | 'ConnectionEstablished'
  | 'TaskCreated'
  | 'TaskUpdated'
  | 'EmailSent'
  | 'EmailRead'
  | 'MeetingScheduled'
  | 'IssueCreated'
  | 'PullRequestCreated';

export interface SeedActivity {
  readonly id: string;
  readonly userId: string;
  readonly agentType: AgentType;
  readonly activityType: SeedActivityType;
  readonly description: string;
  readonly timestamp: bigint;
  /** JSON text. */
  readonly metadata: string | undefined;
  /** Who caused it; the service's own principal for what expired by itself. */
  readonly actor: Principal;
}

export interface AgentStatus {
  readonly userId: string;
  readonly activeSessions: number;
  readonly totalSessions: number;
  readonly connectedAgents: number;
  /** How many of the newest 10 interactions there are. */
  readonly recentInteractions: number;
  /** How many of the newest 20 activities there are. */
  readonly recentActivities: number;
  /** 0 when there is none. */
  readonly lastActivity: bigint;
}

export interface SessionPage {
  readonly items: readonly AgentSession[];
  readonly nextCursor: string | undefined;
}

export interface InteractionPage {
  readonly items: readonly AgentInteraction[];
  readonly nextCursor: string | undefined;
}

export interface ActivityPage {
  readonly items: readonly AgentActivity[];
  readonly nextCursor: string | undefined;
}

/** What an agent may do: see records, make and change them, see the tokens in them. */
export type AgentPermission = 'read' | 'write' | 'credentials';

/** Whether an agent acts for every user, or for those who granted it by grantAgent. */
export type AgentScope = 'every_user' | 'granted_users';

export interface Agent {
  readonly agent: Principal;
  readonly name: string;
  readonly agentTypes: readonly AgentType[];
  readonly permissions: readonly AgentPermission[];
  readonly scope: AgentScope;
  readonly expiresAt: bigint | undefined;
  readonly addedAt: bigint;
  readonly addedBy: Principal;
}

export interface AgentName {
  readonly agent: Principal;
  readonly name: string;
}

export interface Admin {
  readonly admin: Principal;
  readonly addedAt: bigint;
  readonly addedBy: Principal;
}

export interface BlockedAgent {
  readonly agent: Principal;
  readonly blockedAt: bigint;
}

export interface Grant {
  readonly agent: Principal;
  readonly agentTypes: readonly AgentType[];
  readonly permissions: readonly AgentPermission[];
  readonly expiresAt: bigint | undefined;
  readonly grantedAt: bigint;
}

/**
 * expiring: within 10 minutes of expiresAt. refresh_failed: the last refresh failed, and another may bring a token; this one is good until it
 * expires. needs_refresh: the access token has expired, and beginTokenRefresh gives the grant (tokenData), for token_data_days after
 * expiresAt. needs_reauthorization: the provider refuses the grant, and the user has to connect the account again; the access token is good
 * until it expires. expired, revoked: there is neither a token nor a grant any more.
 */
export type CredentialState =
  | 'active'
  | 'expiring'
  | 'expired'
  | 'refresh_failed'
  | 'revoked'
  | 'needs_refresh'
  | 'needs_reauthorization';

/** All that can be known without the token. */
export interface CredentialInfo {
  readonly agentType: AgentType;
  readonly account: string | undefined;
  readonly workspaceId: string | undefined;
  readonly projectIds: readonly (readonly [string, string])[];
  readonly selectedRepo: string | undefined;
  readonly createdAt: bigint;
  readonly updatedAt: bigint;
  readonly expiresAt: bigint | undefined;
  readonly state: CredentialState;
  readonly stateReason: string | undefined;
  readonly stateSince: bigint;
  /** Until when the refresh that is under way keeps others from beginning one. */
  readonly refreshDeadline: bigint | undefined;
  /** How many since the last refresh that brought a token, or since one was stored; undefined for none. */
  readonly refreshFailures: number | undefined;
  readonly lastFailureAt: bigint | undefined;
  /** Whether agents for every user are kept from the token and the grant; undefined of a service that does not know private accounts. */
  readonly isPrivate: boolean | undefined;
  /** Undefined where there is none. */
  readonly tokenForm: SecretForm | undefined;
  readonly tokenDataForm: SecretForm | undefined;
}

/**
 * How a secret is stored. clear: as text that whoever has the canister's memory can read. sealed: for today's recipients. stale: for
 * recipients of whom some have no right to it any more; resealCredentials or resealSession renews it.
 */
export type SecretForm = 'clear' | 'sealed' | 'stale';

export interface AccountPage {
  readonly items: readonly CredentialInfo[];
  readonly nextCursor: string | undefined;
}

/**
 * expires: the access token ends at dueAt, or ended then and a grant is left. failed: the provider refused the grant at dueAt, or a refresh of
 * a token without expiresAt failed then.
 */
export type DueKind = 'expires' | 'failed';

export interface DueFilter {
  readonly userId: string;
  readonly agentType?: AgentType | undefined;
}

/** A token or a grant that is there, without either. */
export interface DueConnection {
  readonly userId: string;
  readonly agentType: AgentType;
  readonly account: string | undefined;
  readonly dueAt: bigint;
  readonly state: CredentialState;
  readonly stateReason: string | undefined;
  /** Whether there is a grant (tokenData), by which the token can be refreshed. */
  readonly hasGrant: boolean;
  readonly isPrivate: boolean;
  /** Until when the refresh that is under way keeps others from beginning one. */
  readonly refreshDeadline: bigint | undefined;
  /** How many since the last refresh that brought a token, or since one was stored. */
  readonly refreshFailures: number;
  readonly lastFailureAt: bigint | undefined;
}

export interface DueConnectionPage {
  readonly items: readonly DueConnection[];
  readonly nextCursor: string | undefined;
}

/** The lease ends with the token's expiry where that comes first. */
export interface CredentialLease {
  readonly credentials: AgentCredentials;
  readonly leaseUntil: bigint;
  /** Says whether the token needs care: expiring, refresh_failed, needs_reauthorization. */
  readonly state: CredentialState;
  readonly stateReason: string | undefined;
}

export interface TokenRefresh {
  /** The token is empty where it has expired. */
  readonly credentials: AgentCredentials;
  /** Names this refresh in completeTokenRefresh. */
  readonly fencing: bigint;
  /** From then on another caller may begin one. */
  readonly deadline: bigint;
}

/**
 * `refreshed`: tokenData stays as it is when left out; without expiresAt the new token never expires.
 *
 * `failed`: Another try may bring a token. 1 to 512 bytes. A reason that begins with invalid_grant, bad_refresh_token or bad_verification_code
 * is taken as rejected.
 *
 * `rejected`: The provider refuses the grant for good. 1 to 512 bytes.
 */
export type TokenRefreshOutcome =
  | {
      readonly refreshed: {
        readonly token: string;
        readonly tokenData?: string | undefined;
        readonly expiresAt?: bigint | Date | undefined;
      };
    }
  | { readonly failed: { readonly reason: string } }
  | { readonly rejected: { readonly reason: string } };

/**
 * To whom getAgentCredentials and getUserAgentCredentials show tokens, of those who may lease them: users and agents for every user; nobody;
 * or agents for granted users, too.
 */
export type QueryTokens = 'first_party' | 'nobody' | 'everybody';

/**
 * Sealed secrets: docs/explanation/sealed-secrets.md has their form. A sealed secret stands where one in clear would: in token, in tokenData,
 * in the token of a session. The limits of those are limits of what is sealed. Whether secrets are sealed. off: clients do not seal; what is
 * sealed is taken all the same. accept: clients seal, and secrets in clear are taken. require: a secret in clear is an InvalidArgumentError.
 */
export type SealingMode = 'off' | 'accept' | 'require';

/**
 * owner: the user. user: agents for granted users that the user granted the agent type with credentials. agentType: agents for every user, of
 * the agent type and with credentials.
 */
export type SealingRecipientKind = 'owner' | 'user' | 'agent_type';

/**
 * The recipients of a kind in an epoch, which have one key. Whatever ends or narrows a right of one of them begins the next epoch, with
 * another key.
 */
export interface SealingRecipient {
  readonly kind: SealingRecipientKind;
  readonly epoch: bigint;
}

export interface SealingKeys {
  readonly sealing: SealingMode;
  /**
   * Those that a secret of the account is sealed for, in the order of their kinds. A private account has no recipients of the kind agentType.
   */
  readonly recipients: readonly SealingRecipient[];
  /** Those that the token of a session is sealed for. */
  readonly sessionRecipients: readonly SealingRecipient[];
}

/** encryptedKey: 192 bytes, as vetkd_derive_key answers. Context of the key: "agent-service sealing 1". */
export interface OpeningKey {
  readonly encryptedKey: Uint8Array;
}

export interface SecretReplacement {
  /** BLAKE2s-256 of the secret as it is stored, in UTF-8; 32 bytes. */
  readonly digest: Uint8Array;
  /** The same secret, sealed for today's recipients. */
  readonly sealed: string;
}

export interface UnsealedFilter {
  readonly userId: string;
  readonly agentType?: AgentType | undefined;
}

/** Where a secret is that is in clear or stale: in a session where sessionId is there, in an account otherwise. */
export interface UnsealedSecrets {
  readonly userId: string;
  readonly agentType: AgentType;
  readonly account: string | undefined;
  readonly sessionId: string | undefined;
  /** Undefined where there is none. */
  readonly token: SecretForm | undefined;
  readonly tokenData: SecretForm | undefined;
}

export interface UnsealedSecretsPage {
  readonly items: readonly UnsealedSecrets[];
  readonly nextCursor: string | undefined;
}

/**
 * The audit log: every activity, and what was done to the service itself, in one chain. docs/explanation/audit-log.md says how it is verified.
 */
export interface AuditContent {
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /**
   * An AgentActivityType; or AdminAdded, AdminRemoved, AgentAdded, AgentUpdated, AgentRemoved, SettingsChanged, UserErased, ActivitiesRetired.
   */
  readonly kind: string;
  /** undefined where the entry is about the service itself. */
  readonly agentType: AgentType | undefined;
  readonly userId: string | undefined;
  readonly description: string;
  /** JSON text. */
  readonly metadata: string | undefined;
  readonly actor: Principal;
  readonly timestamp: bigint;
}

export interface AuditEntry {
  /** The number in the activity's id. */
  readonly index: bigint;
  /** BLAKE2s-256 of the content, 32 bytes. */
  readonly commitment: Uint8Array;
  /** undefined where the caller may not see it, and where it was erased. */
  readonly content: AuditContent | undefined;
  /** The index of the entry that tells of the erasure. */
  readonly erasedBy: bigint | undefined;
}

/** next: where the next page begins. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next: bigint | undefined;
}

export interface AuditTip {
  readonly firstIndex: bigint;
  /** firstIndex - 1 where there is no entry. */
  readonly lastIndex: bigint;
  /** Covers every entry up to the last; the canister's certified data. 32 bytes. */
  readonly digest: Uint8Array;
  /** The network's certificate of it; undefined in an update call. */
  readonly certificate: Uint8Array | undefined;
}

/** page: JSON text, in the form of docs/reference/export.md. */
export interface ExportPage {
  readonly page: string;
  readonly nextCursor: string | undefined;
}

export interface LinkCode {
  /** Five groups of four letters and digits; dashes and small letters don't matter. It can be redeemed once. */
  readonly code: string;
  readonly expiresAt: bigint;
}

export interface LinkedUser {
  readonly userId: string;
}

export interface OwnedUser {
  readonly userId: string;
  /** Undefined for the text of the caller's principal. */
  readonly linkedAt: bigint | undefined;
}

/**
 * Rates are those of updates: so many at once, and so many a minute after that, for each caller, and for each user whom calls are about. The
 * rest is what there may be of one user.
 */
export interface Limits {
  readonly callerBurst: bigint;
  readonly callerPerMinute: bigint;
  readonly userBurst: bigint;
  readonly userPerMinute: bigint;
  readonly activeSessions: bigint;
  readonly totalSessions: bigint;
  readonly credentials: bigint;
  readonly interactions: bigint;
  /** Of all records as they are stored, activities included. */
  readonly bytes: bigint;
}

export interface SomeLimits {
  readonly callerBurst?: bigint | undefined;
  readonly callerPerMinute?: bigint | undefined;
  readonly userBurst?: bigint | undefined;
  readonly userPerMinute?: bigint | undefined;
  readonly activeSessions?: bigint | undefined;
  readonly totalSessions?: bigint | undefined;
  readonly credentials?: bigint | undefined;
  readonly interactions?: bigint | undefined;
  readonly bytes?: bigint | undefined;
}

/**
 * Records are removed that are older than so many days, or that are not among so many of the user's newest, or a tenth more. 0 keeps all.
 */
export interface Retention {
  readonly interactionsDays: bigint;
  readonly interactionsNewest: bigint;
  readonly activitiesDays: bigint;
  readonly activitiesNewest: bigint;
}

export interface SomeRetention {
  readonly interactionsDays?: bigint | undefined;
  readonly interactionsNewest?: bigint | undefined;
  readonly activitiesDays?: bigint | undefined;
  readonly activitiesNewest?: bigint | undefined;
}

/** What waits: it keeps less than what is in force. Setting the numbers that are in force takes it back. */
export interface PendingRetention {
  readonly effectiveAt: bigint;
  readonly retention: Retention;
}

/** retention is in force. */
export interface Settings {
  readonly limits: Limits;
  readonly retention: Retention;
  readonly pendingRetention: PendingRetention | undefined;
  readonly queryTokens: QueryTokens;
  /** Undefined of a service that does not know sealed secrets. */
  readonly sealing: SealingMode | undefined;
}

/** How many of a user's records would go. */
export interface UserRemovals {
  readonly userId: string;
  readonly interactions: bigint;
  readonly activities: bigint;
}

/**
 * Users of whom nothing would go are left out. effectiveAt: when it would; undefined where this keeps no less than what is in force.
 */
export interface RetentionPreview {
  readonly items: readonly UserRemovals[];
  readonly nextCursor: string | undefined;
  readonly effectiveAt: bigint | undefined;
}

/**
 * A limit of the service as a whole. token_data_days: for how many days the grant of credentials (tokenData) outlives their access token.
 * retention_delay_hours: how long a retention that keeps less than before waits. derivations_burst, derivations_per_hour: how many opening
 * keys an agent, or a user whom an agent linked, may have derived; unnamed_derivations_burst and _per_hour: all others together.
 * derivation_reserve_cycles: what the service has to keep for a key to be derived.
 */
export interface ServiceLimit {
  readonly name: string;
  readonly value: bigint;
  readonly byDefault: bigint;
  /** value is from least to most. */
  readonly least: bigint;
  readonly most: bigint;
  readonly isSet: boolean;
}

/** undefined goes back to the default. */
export interface ServiceLimitChange {
  readonly name: string;
  readonly value?: bigint | undefined;
}

export interface QuotaUsage {
  readonly used: bigint;
  readonly limit: bigint;
}

export interface Usage {
  readonly activeSessions: QuotaUsage;
  readonly totalSessions: QuotaUsage;
  readonly credentials: QuotaUsage;
  readonly interactions: QuotaUsage;
  readonly bytes: QuotaUsage;
}

export interface Removals {
  readonly interactions: bigint;
  readonly activities: bigint;
}

/**
 * retention is in force, for every user. pendingRemovals: how many of the user's records go when what is pending takes effect; undefined where
 * nothing is pending, and where so many stay that a query cannot count them.
 */
export interface UserRetention {
  readonly retention: Retention;
  readonly pendingRetention: PendingRetention | undefined;
  readonly pendingRemovals: Removals | undefined;
}

/** Counted when it happens, by the hours of UTC; docs/explanation/analytics.md says what is counted where. */
export interface AnalyticsCounts {
  readonly interactions: bigint;
  readonly successes: bigint;
  /** Interactions with success = false, and activities ErrorOccurred. */
  readonly errors: bigint;
  /** Created. */
  readonly sessions: bigint;
  /** Activities TokenLeased. */
  readonly credentialLeases: bigint;
  /** Activities TokenRefreshed that the service wrote. */
  readonly tokenRefreshes: bigint;
  readonly refreshFailures: bigint;
  /** Updates refused for their rate. */
  readonly rateLimited: bigint;
  /** Of the interactions whose metadata has a number latency_ms at its top level, 0 to 2^32 - 1. */
  readonly latencyCount: bigint;
  readonly latencySumMs: bigint;
  readonly latencyMaxMs: bigint;
}

export type AnalyticsInterval = 'hour' | 'day';

/** Empty ones are left out. */
export interface AnalyticsBucket {
  readonly start: bigint;
  readonly counts: AnalyticsCounts;
}

/** What is about no agent type in particular is in the totals alone. */
export interface AgentTypeAnalytics {
  readonly agentType: AgentType;
  readonly counts: AnalyticsCounts;
}

/** What others than agents did is in the totals alone. */
export interface AgentAnalytics {
  readonly agent: Principal;
  readonly counts: AnalyticsCounts;
}

/** error: the first 120 bytes. count: since counting began; too high by what was forgotten where there are many different ones. */
export interface TopError {
  readonly error: string;
  readonly agentType: AgentType;
  readonly count: bigint;
  readonly lastAt: bigint;
}

export interface Analytics {
  readonly totals: AnalyticsCounts;
  /**
   * How many of the interactions in the totals retention has removed. Undefined where it is not known: of the service, of one agent type or
   * agent, of a time that is over, and for callers who may not see everything.
   */
  readonly interactionsRemoved: bigint | undefined;
  readonly series: readonly AnalyticsBucket[];
  readonly byAgentType: readonly AgentTypeAnalytics[];
  readonly byAgent: readonly AgentAnalytics[];
  /** The most frequent of those that last happened between from and until, 10 at most. */
  readonly topErrors: readonly TopError[];
}

/** What is stored now. */
export interface ServiceTotals {
  readonly users: bigint;
  readonly sessions: bigint;
  readonly activeSessions: bigint;
  /** Accounts that have a token or a grant. */
  readonly credentials: bigint;
  /** Those of them of which one or the other is in clear; undefined of a service that does not know sealed secrets. */
  readonly credentialsInClear: bigint | undefined;
  readonly interactions: bigint;
  readonly activities: bigint;
  readonly bytes: bigint;
}

export interface ServiceAnalytics {
  readonly analytics: Analytics;
  readonly stored: ServiceTotals;
}

/** The event feed: activities by the numbers in their ids, oldest first. What is left out lets every activity pass. */
export interface EventFilter {
  readonly userId?: string | undefined;
  readonly agentType?: AgentType | undefined;
  readonly activityTypes?: readonly AgentActivityType[] | undefined;
}

export interface Event {
  readonly index: bigint;
  readonly activity: AgentActivity;
}

/**
 * A page can have fewer events than its limit, even none; more says whether to ask again at once. end is the last place of the log: an "after"
 * behind it is one that the answering node has not reached yet, or that is gone since the canister was put back to an earlier state.
 */
export interface EventPage {
  readonly events: readonly Event[];
  readonly next: bigint;
  readonly more: boolean;
  readonly end: bigint;
}

/** Which activities a user wants to hear of, and how. */
export type NotificationChannel = 'toast' | 'browser';

export interface NotificationRule {
  /** Every type when left out. */
  readonly activityTypes?: readonly AgentActivityType[] | undefined;
  readonly agentType?: AgentType | undefined;
  /** None: in listNotifications alone. */
  readonly channels: readonly NotificationChannel[];
}

/**
 * 20 rules at most. Never set: TokenExpired, TokenRefreshFailed, TokenRefreshRecovered, AgentGranted, AgentWithdrawn, UserLinked, UserUnlinked
 * and ErrorOccurred, by toast.
 */
export interface NotificationSettings {
  readonly rules: readonly NotificationRule[];
}

/**
 * Failures are grouped: interactions that failed, or errors that were logged, of one agent type and agent in one hour of UTC are one
 * notification. activity is the newest of them, and count says how many they are; undefined for all else. Those that were read and those that
 * were not are told apart. Where a page ends within a group, the next one tells the rest.
 */
export interface Notification {
  readonly index: bigint;
  readonly activity: AgentActivity;
  readonly unread: boolean;
  readonly channels: readonly NotificationChannel[];
  readonly count: number | undefined;
}

/**
 * unread: how many notifications there are of the newest 2,000 activities, those after the newest that was marked as read; 100 at most.
 */
export interface NotificationPage {
  readonly items: readonly Notification[];
  readonly unread: number;
  readonly nextCursor: string | undefined;
}

export interface UserInfo {
  readonly userId: string;
  readonly activeSessions: number;
  readonly totalSessions: number;
  /** Accounts that have a token or a grant. */
  readonly credentials: number;
  readonly interactions: bigint;
  readonly bytes: bigint;
  /** 0 when there is none. */
  readonly lastActivity: bigint;
  /** The principal that the userId is linked to. */
  readonly owner: Principal | undefined;
}

export interface UserPage {
  readonly items: readonly UserInfo[];
  readonly nextCursor: string | undefined;
}

/**
 * What the service does by itself, each in messages of its own: sessions, credentials, requests, erasures, retention, refusals, analytics,
 * totals.
 */
export interface TaskState {
  readonly name: string;
  /** When there is something to do next. */
  readonly dueAt: bigint | undefined;
  /** Messages that trapped, and things put aside for a day because they trap each time, since the code was loaded. */
  readonly traps: bigint;
  readonly setAside: bigint;
  /** Instructions after which a message ends: half as many after each trap. */
  readonly workLimit: bigint;
  /** Since when each message has trapped. */
  readonly stuckSince: bigint | undefined;
}

/** What `createAgentSession` takes. */
export interface CreateAgentSessionRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The access token; 1 to 16,384 bytes. */
  readonly token?: string | undefined;
  /** 1 to 512 bytes. */
  readonly projectId?: string | undefined;
  /** 1 to 512 bytes. */
  readonly selectedRepo?: string | undefined;
}

/** What `updateAgentSession` takes. */
export interface UpdateAgentSessionRequest {
  /** 1 to 512 bytes. */
  readonly sessionId: string;
  /** The access token; 1 to 16,384 bytes. */
  readonly token?: string | undefined;
  /** 1 to 512 bytes. */
  readonly projectId?: string | undefined;
  /** 1 to 512 bytes. */
  readonly selectedRepo?: string | undefined;
}

/** What `storeAgentCredentials` takes. */
export interface StoreAgentCredentialsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The access token; 1 to 16,384 bytes. */
  readonly token: string;
  /** The OAuth grant, JSON text of at most 100 levels; 1 to 65,536 bytes. */
  readonly tokenData?: string | undefined;
  /** 1 to 512 bytes. */
  readonly workspaceId?: string | undefined;
  /** Pairs of an id and a name, each 1 to 512 bytes; at most 256 entries. */
  readonly projectIds?: readonly (readonly [string, string])[] | undefined;
  /** 1 to 512 bytes. */
  readonly selectedRepo?: string | undefined;
  /** A time in the future; never when left out. */
  readonly expiresAt?: bigint | Date | undefined;
}

/** What `updateAgentCredentials` takes. */
export interface UpdateAgentCredentialsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The access token; 1 to 16,384 bytes. */
  readonly token?: string | undefined;
  /** The OAuth grant, JSON text of at most 100 levels; 1 to 65,536 bytes. */
  readonly tokenData?: string | undefined;
  /** 1 to 512 bytes. */
  readonly workspaceId?: string | undefined;
  /** Pairs of an id and a name, each 1 to 512 bytes; at most 256 entries. */
  readonly projectIds?: readonly (readonly [string, string])[] | undefined;
  /** 1 to 512 bytes. */
  readonly selectedRepo?: string | undefined;
  /** A time in the future; never when left out. */
  readonly expiresAt?: bigint | Date | undefined;
}

/** What `getAgentCredentials` takes. */
export interface GetAgentCredentialsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
}

/** What `storeAgentInteraction` takes. */
export interface StoreAgentInteractionRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** What was asked; 1 to 262,144 bytes. */
  readonly message: string;
  /** What was answered; 1 to 262,144 bytes. */
  readonly response: string;
  /** Whether the agent did what was asked. */
  readonly success: boolean;
  /** JSON text of at most 100 levels; 1 to 65,536 bytes. */
  readonly metadata?: string | undefined;
}

/** What `getUserAgentInteractions` takes. */
export interface GetUserAgentInteractionsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** 1 to 500; 50 when left out. */
  readonly limit?: number | undefined;
}

/** What `getAgentTypeInteractions` takes. */
export interface GetAgentTypeInteractionsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** 1 to 500; 50 when left out. */
  readonly limit?: number | undefined;
}

/** What `logAgentActivity` takes. */
export interface LogAgentActivityRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** One that the service does not write itself. */
  readonly activityType: AgentActivityType;
  /** In words; 1 to 4,096 bytes. */
  readonly description: string;
  /** JSON text of at most 100 levels; 1 to 65,536 bytes. */
  readonly metadata?: string | undefined;
}

/** What `getUserAgentActivities` takes. */
export interface GetUserAgentActivitiesRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** 1 to 500; 100 when left out. */
  readonly limit?: number | undefined;
}

/** What `listSessions` takes. */
export interface ListSessionsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** All that the caller may read when left out. */
  readonly agentType?: AgentType | undefined;
  /** Open ones, or closed ones; both when left out. */
  readonly isActive?: boolean | undefined;
  /** Whether tokens are left out of the answer; when left out, those that the caller may have are there. */
  readonly withoutTokens?: boolean | undefined;
  /** Created at this time or later. */
  readonly from?: bigint | Date | undefined;
  /** Created before this time. */
  readonly until?: bigint | Date | undefined;
  /** 1 to 500; 50 when left out. */
  readonly limit?: number | undefined;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}

/** What `listInteractions` takes. */
export interface ListInteractionsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** All that the caller may read when left out. */
  readonly agentType?: AgentType | undefined;
  /** 1 to 512 bytes. */
  readonly sessionId?: string | undefined;
  /** Whether the agent did what was asked. */
  readonly success?: boolean | undefined;
  /** Created at this time or later. */
  readonly from?: bigint | Date | undefined;
  /** Created before this time. */
  readonly until?: bigint | Date | undefined;
  /** 1 to 500; 50 when left out. */
  readonly limit?: number | undefined;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}

/** What `listActivities` takes. */
export interface ListActivitiesRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** All that the caller may read when left out. */
  readonly agentType?: AgentType | undefined;
  /** What happened. */
  readonly activityType?: AgentActivityType | undefined;
  /** Created at this time or later. */
  readonly from?: bigint | Date | undefined;
  /** Created before this time. */
  readonly until?: bigint | Date | undefined;
  /** 1 to 500; 100 when left out. */
  readonly limit?: number | undefined;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}

/** What `addAgent` takes. */
export interface AddAgentRequest {
  /** The principal of an agent. */
  readonly agent: Principal;
  /** For people to read; 1 to 512 bytes. */
  readonly name: string;
  /** Those that it may act on; all when left out, and never none. */
  readonly agentTypes?: readonly AgentType[] | undefined;
  /** All when left out, and never none. */
  readonly permissions?: readonly AgentPermission[] | undefined;
  /** every_user when left out. */
  readonly scope?: AgentScope | undefined;
  /** A time in the future; never when left out. */
  readonly expiresAt?: bigint | Date | undefined;
}

/** What `updateAgent` takes. What is left out stays as it is. */
export interface UpdateAgentRequest {
  /** The principal of an agent. */
  readonly agent: Principal;
  /** For people to read; 1 to 512 bytes. */
  readonly name?: string | undefined;
  /** Never none. */
  readonly agentTypes?: readonly AgentType[] | undefined;
  /** Never none. */
  readonly permissions?: readonly AgentPermission[] | undefined;
  /** Whether the agent acts for every user, or for those who grant it. */
  readonly scope?: AgentScope | undefined;
  /** A time in the future; 0 removes the expiry. */
  readonly expiresAt?: bigint | Date | undefined;
}

/** What `grantAgent` takes. A user whose userId is the text of their principal owns what is held about them. */
export interface GrantAgentRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The principal of an agent. */
  readonly agent: Principal;
  /** All when left out, and never none; the agent has no more than its own. */
  readonly agentTypes?: readonly AgentType[] | undefined;
  /** All when left out, and never none; the agent has no more than its own. */
  readonly permissions?: readonly AgentPermission[] | undefined;
  /** A time in the future; never when left out. */
  readonly expiresAt?: bigint | Date | undefined;
}

/** What `withdrawAgent` takes. */
export interface WithdrawAgentRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The principal of an agent. */
  readonly agent: Principal;
}

/** What `blockAgent` takes. */
export interface BlockAgentRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The principal of an agent. */
  readonly agent: Principal;
}

/**
 * What `storeCredentials` takes. Credentials of several accounts of one service, such as "work" and "private". The default account has no
 * label; it is the one of the methods above that take none. 7 accounts of a user and agent type at most; the record of one that has neither
 * token nor grant any more makes room.
 */
export interface StoreCredentialsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The label of an account, such as "work"; 1 to 64 bytes. The default account when left out. */
  readonly account?: string | undefined;
  /** The access token; 1 to 16,384 bytes. */
  readonly token: string;
  /** The OAuth grant, JSON text of at most 100 levels; 1 to 65,536 bytes. */
  readonly tokenData?: string | undefined;
  /** 1 to 512 bytes. */
  readonly workspaceId?: string | undefined;
  /** Pairs of an id and a name, each 1 to 512 bytes; at most 256 entries. */
  readonly projectIds?: readonly (readonly [string, string])[] | undefined;
  /** 1 to 512 bytes. */
  readonly selectedRepo?: string | undefined;
  /** A time in the future; never when left out. */
  readonly expiresAt?: bigint | Date | undefined;
  /**
   * 1 to 64 bytes. The same call sent again within 24 hours with the same one gets the first answer, and happens once. With other arguments, and
   * where the credentials have changed since, it is a ConflictError.
   */
  readonly requestId?: string | undefined;
}

/** What `listCredentials` takes. */
export interface ListCredentialsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** All that the caller may read when left out. */
  readonly agentType?: AgentType | undefined;
}

/** What `listAccounts` takes. */
export interface ListAccountsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** All that the caller may read when left out. */
  readonly agentType?: AgentType | undefined;
  /** 1 to 500; 50 when left out. */
  readonly limit?: number | undefined;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}

/** What `revokeCredentials` takes. */
export interface RevokeCredentialsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The label of an account, such as "work"; 1 to 64 bytes. The default account when left out. */
  readonly account?: string | undefined;
}

/** What `leaseAgentCredentials` takes. */
export interface LeaseCredentialsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The label of an account, such as "work"; 1 to 64 bytes. The default account when left out. */
  readonly account?: string | undefined;
  /** What the token is for, as the user reads it; 1 to 512 bytes. */
  readonly purpose: string;
  /** How long the lease lasts: 1 hour at most; 10 minutes when left out. */
  readonly durationNs?: bigint | undefined;
}

/** What `beginTokenRefresh` takes. */
export interface BeginTokenRefreshRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The label of an account, such as "work"; 1 to 64 bytes. The default account when left out. */
  readonly account?: string | undefined;
}

/** What `completeTokenRefresh` takes. */
export interface CompleteTokenRefreshRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The label of an account, such as "work"; 1 to 64 bytes. The default account when left out. */
  readonly account?: string | undefined;
  /** That of the refresh, which beginTokenRefresh gave. */
  readonly fencing: bigint;
  /** What came of it. */
  readonly outcome: TokenRefreshOutcome;
}

/** What `listDueConnections` takes. */
export interface ListDueConnectionsRequest {
  /** Which are listed: those whose token ends, or those that failed. */
  readonly kind: DueKind;
  /** Nanoseconds; this time is not included. */
  readonly before: bigint;
  /** Nanoseconds; this time is included. From the earliest when left out. */
  readonly since?: bigint | undefined;
  /** Those of one user, and of one agent type; all that the caller may read when left out. */
  readonly filter?: DueFilter | undefined;
  /** 1 to 500; 50 when left out. */
  readonly limit?: number | undefined;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}

/** What `getSealingKeys` takes. */
export interface GetSealingKeysRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The label of an account, such as "work"; 1 to 64 bytes. The default account when left out. */
  readonly account?: string | undefined;
}

/** What `deriveOpeningKey` takes. */
export interface DeriveOpeningKeyRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The label of an account, such as "work"; 1 to 64 bytes. The default account when left out. */
  readonly account?: string | undefined;
  /** The session whose token is to be opened; a secret of the account when left out. 1 to 512 bytes. */
  readonly sessionId?: string | undefined;
  /** One that the sealed secret names, and that the caller is. */
  readonly recipient: SealingRecipient;
  /** A compressed point of the group G1 of BLS12-381, for which the key is encrypted; 48 bytes. */
  readonly transportPublicKey: Uint8Array;
}

/** What `resealCredentials` takes. */
export interface ResealCredentialsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The label of an account, such as "work"; 1 to 64 bytes. The default account when left out. */
  readonly account?: string | undefined;
  /** The token stays as it is when left out. One of the two is given. */
  readonly newToken?: SecretReplacement | undefined;
  /** The grant stays as it is when left out. */
  readonly newTokenData?: SecretReplacement | undefined;
}

/** What `resealSession` takes. */
export interface ResealSessionRequest {
  /** 1 to 512 bytes. */
  readonly sessionId: string;
  /** The sealed token. */
  readonly newToken: SecretReplacement;
}

/** What `listUnsealedSecrets` takes. */
export interface ListUnsealedSecretsRequest {
  /** Those of one user; of all of them when left out. */
  readonly filter?: UnsealedFilter | undefined;
  /** 1 to 500; 50 when left out. The secrets of one user are on one page, also where they are more. */
  readonly limit?: number | undefined;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}

/** What `setAccountPrivacy` takes. */
export interface SetAccountPrivacyRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The label of an account, such as "work"; 1 to 64 bytes. The default account when left out. */
  readonly account?: string | undefined;
  /** Whether agents for every user are kept from the token and the grant. */
  readonly isPrivate: boolean;
}

/** What `getAuditEntries` takes. */
export interface GetAuditEntriesRequest {
  /** The index of the entry to begin with; the first entry when left out. */
  readonly from?: bigint | undefined;
  /** 1 to 500; 500 when left out. */
  readonly limit?: number | undefined;
}

/** What `exportUser` takes. */
export interface ExportUserRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}

/** What `createSession` takes. Limits, quotas, retention, and writes that a caller can send again. */
export interface CreateSessionRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** The access token; 1 to 16,384 bytes. */
  readonly token?: string | undefined;
  /** 1 to 512 bytes. */
  readonly projectId?: string | undefined;
  /** 1 to 512 bytes. */
  readonly selectedRepo?: string | undefined;
  /**
   * 1 to 64 bytes. The same call sent again within 24 hours with the same one gets the first answer, and happens once. With other arguments it
   * is a ConflictError. Refused calls are not remembered, nor calls whose record was erased.
   */
  readonly requestId?: string | undefined;
}

/** What `storeInteraction` takes. */
export interface StoreInteractionRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** What was asked; 1 to 262,144 bytes. */
  readonly message: string;
  /** What was answered; 1 to 262,144 bytes. */
  readonly response: string;
  /** Whether the agent did what was asked. */
  readonly success: boolean;
  /** JSON text of at most 100 levels; 1 to 65,536 bytes. */
  readonly metadata?: string | undefined;
  /** An open session of the user and the agent type, 1 to 512 bytes; their current one when left out. */
  readonly sessionId?: string | undefined;
  /**
   * 1 to 64 bytes. The same call sent again within 24 hours with the same one gets the first answer, and happens once. With other arguments it
   * is a ConflictError. Refused calls are not remembered, nor calls whose record was erased.
   */
  readonly requestId?: string | undefined;
}

/** What `logActivity` takes. */
export interface LogActivityRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The service that agents act on. */
  readonly agentType: AgentType;
  /** One that the service does not write itself. */
  readonly activityType: AgentActivityType;
  /** In words; 1 to 4,096 bytes. */
  readonly description: string;
  /** JSON text of at most 100 levels; 1 to 65,536 bytes. */
  readonly metadata?: string | undefined;
  /**
   * 1 to 64 bytes. The same call sent again within 24 hours with the same one gets the first answer, and happens once. With other arguments it
   * is a ConflictError. Refused calls are not remembered, nor calls whose record was erased.
   */
  readonly requestId?: string | undefined;
}

/**
 * What `updateSettings` takes. What is left out stays as it is. A retention that keeps less than what is in force takes effect later, after
 * retention_delay_hours; one that keeps more, at once.
 */
export interface UpdateSettingsRequest {
  /** Of callers and users. */
  readonly limits?: SomeLimits | undefined;
  /** How many records are kept, and for how long. */
  readonly retention?: SomeRetention | undefined;
  /** Who gets tokens by a query of credentials. */
  readonly queryTokens?: QueryTokens | undefined;
}

/** What `previewRetention` takes. What is left out is as it is set, or as it is pending. */
export interface PreviewRetentionRequest {
  /** 0 to 36,500 days; 0 keeps all. */
  readonly interactionsDays?: bigint | undefined;
  /** How many of each user's newest; 0 keeps all. */
  readonly interactionsNewest?: bigint | undefined;
  /** 0 to 36,500 days; 0 keeps all. */
  readonly activitiesDays?: bigint | undefined;
  /** How many of each user's newest; 0 keeps all. */
  readonly activitiesNewest?: bigint | undefined;
  /** Users: 1 to 500; 50 when left out. */
  readonly limit?: number | undefined;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}

/** What `setAgentLimits` takes. */
export interface SetAgentLimitsRequest {
  /** The principal of an agent. */
  readonly agent: Principal;
  /** What is left out follows the settings. */
  readonly limits: SomeLimits;
}

/** What `getUserAnalytics` takes. */
export interface GetUserAnalyticsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** All that the caller may see when left out. */
  readonly agentType?: AgentType | undefined;
  /** All when left out. */
  readonly agent?: Principal | undefined;
  /** The beginning of the interval that this lies in; 30 days before until when left out, 7 by hour. */
  readonly from?: bigint | Date | undefined;
  /** The end of the interval that this lies in; now when left out. */
  readonly until?: bigint | Date | undefined;
  /** day when left out. 366 days at most, 7 by hour. */
  readonly interval?: AnalyticsInterval | undefined;
}

/** What `getServiceAnalytics` takes. Of hours, 32 days are kept. */
export interface GetServiceAnalyticsRequest {
  /** All when left out. */
  readonly agentType?: AgentType | undefined;
  /** All when left out. */
  readonly agent?: Principal | undefined;
  /** The beginning of the interval that this lies in; 30 days before until when left out, 7 by hour. */
  readonly from?: bigint | Date | undefined;
  /** The end of the interval that this lies in; now when left out. */
  readonly until?: bigint | Date | undefined;
  /** day when left out. 366 days at most, 7 by hour. */
  readonly interval?: AnalyticsInterval | undefined;
}

/** What `getEvents` takes. */
export interface GetEventsRequest {
  /**
   * The next of the page before; 0 begins with the oldest that is stored. Left out, there are no events, and next is where new ones begin.
   */
  readonly after?: bigint | undefined;
  /** 1 to 500; 100 when left out. */
  readonly limit?: number | undefined;
  /** Every activity that the caller may see when left out. */
  readonly filter?: EventFilter | undefined;
}

/** What `updateNotificationSettings` takes. */
export interface UpdateNotificationSettingsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** They replace those before; at most 20 entries. */
  readonly rules: readonly NotificationRule[];
}

/** What `listNotifications` takes. */
export interface ListNotificationsRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** 1 to 500; 50 when left out. */
  readonly limit?: number | undefined;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}

/** What `markNotificationsRead` takes. */
export interface MarkNotificationsReadRequest {
  /** The user whom the call is about; 1 to 128 characters. */
  readonly userId: string;
  /** The index of an activity; one past the newest marks all that is there. What was read before stays read. */
  readonly upTo: bigint;
}

/** What `listUsers` takes. */
export interface ListUsersRequest {
  /** 1 to 500; 50 when left out. */
  readonly limit?: number | undefined;
  /** The nextCursor of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
}
