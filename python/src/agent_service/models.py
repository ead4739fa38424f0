# Made from src/candid/agent_service.did by `npm run generate`.
"""The records and enumerations of the interface. Secrets are left out of what is printed of a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .principal import Principal
from .timestamp import Timestamp

__all__ = [
    "AccountPage",
    "ActivityPage",
    "Admin",
    "Agent",
    "AgentActivity",
    "AgentActivityType",
    "AgentAnalytics",
    "AgentCredentials",
    "AgentInteraction",
    "AgentName",
    "AgentPermission",
    "AgentScope",
    "AgentSession",
    "AgentStatus",
    "AgentType",
    "AgentTypeAnalytics",
    "Analytics",
    "AnalyticsBucket",
    "AnalyticsCounts",
    "AnalyticsInterval",
    "AuditContent",
    "AuditEntry",
    "AuditPage",
    "AuditTip",
    "BlockedAgent",
    "CredentialInfo",
    "CredentialLease",
    "CredentialState",
    "DueConnection",
    "DueConnectionPage",
    "DueFilter",
    "DueKind",
    "Event",
    "EventFilter",
    "EventPage",
    "ExportPage",
    "Grant",
    "InteractionPage",
    "Limits",
    "LinkCode",
    "LinkedUser",
    "Notification",
    "NotificationChannel",
    "NotificationPage",
    "NotificationRule",
    "NotificationSettings",
    "OpeningKey",
    "OwnedUser",
    "PendingRetention",
    "QueryTokens",
    "QuotaUsage",
    "Removals",
    "Retention",
    "RetentionPreview",
    "SealingKeys",
    "SealingMode",
    "SealingRecipient",
    "SealingRecipientKind",
    "SecretForm",
    "SecretReplacement",
    "SeedActivity",
    "SeedActivityType",
    "ServiceAnalytics",
    "ServiceLimit",
    "ServiceLimitChange",
    "ServiceTotals",
    "SessionPage",
    "Settings",
    "SomeLimits",
    "SomeRetention",
    "TaskState",
    "TokenRefresh",
    "TokenRefreshOutcome",
    "TokenRefreshOutcomeFailed",
    "TokenRefreshOutcomeRefreshed",
    "TokenRefreshOutcomeRejected",
    "TopError",
    "UnsealedFilter",
    "UnsealedSecrets",
    "UnsealedSecretsPage",
    "Usage",
    "UserInfo",
    "UserPage",
    "UserRemovals",
    "UserRetention",
]


class AgentType(StrEnum):
    """`AgentType` of the interface."""

    GitHub = "GitHub"
    Asana = "Asana"
    Gmail = "Gmail"
    Calendar = "Calendar"
    InFoundr = "InFoundr"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSession:
    """`AgentSession` of the interface."""

    session_id: str
    user_id: str
    agent_type: AgentType
    token: str | None = field(default=None, repr=False)
    """Null once the session has ended or expired."""
    project_id: str | None = None
    selected_repo: str | None = None
    created_at: Timestamp
    last_activity: Timestamp
    is_active: bool
    ended_at: Timestamp | None = None
    expires_at: Timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentCredentials:
    """`AgentCredentials` of the interface."""

    user_id: str
    agent_type: AgentType
    token: str = field(repr=False)
    token_data: str | None = field(default=None, repr=False)
    """JSON text of the OAuth grant."""
    workspace_id: str | None = None
    project_ids: tuple[tuple[str, str], ...]
    selected_repo: str | None = None
    created_at: Timestamp
    updated_at: Timestamp
    expires_at: Timestamp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentInteraction:
    """`AgentInteraction` of the interface."""

    id: str
    user_id: str
    agent_type: AgentType
    message: str
    response: str
    timestamp: Timestamp
    success: bool
    metadata: str | None = None
    """JSON text."""
    session_id: str | None = None


class AgentActivityType(StrEnum):
    """`AgentActivityType` of the interface."""

    SessionCreated = "SessionCreated"
    SessionUpdated = "SessionUpdated"
    SessionEnded = "SessionEnded"
    SessionExpired = "SessionExpired"
    TokenStored = "TokenStored"
    TokenRefreshed = "TokenRefreshed"
    TokenRevoked = "TokenRevoked"
    TokenExpired = "TokenExpired"
    InteractionCompleted = "InteractionCompleted"
    ErrorOccurred = "ErrorOccurred"
    ConnectionEstablished = "ConnectionEstablished"
    TaskCreated = "TaskCreated"
    TaskUpdated = "TaskUpdated"
    EmailSent = "EmailSent"
    EmailRead = "EmailRead"
    MeetingScheduled = "MeetingScheduled"
    IssueCreated = "IssueCreated"
    PullRequestCreated = "PullRequestCreated"
    AgentGranted = "AgentGranted"
    AgentWithdrawn = "AgentWithdrawn"
    TokenLeased = "TokenLeased"
    TokenRefreshFailed = "TokenRefreshFailed"
    LinkCodeIssued = "LinkCodeIssued"
    UserLinked = "UserLinked"
    UserUnlinked = "UserUnlinked"
    TokenRefreshRecovered = "TokenRefreshRecovered"
    AgentBlocked = "AgentBlocked"
    AgentUnblocked = "AgentUnblocked"
    OpeningKeyDerived = "OpeningKeyDerived"
    TokenSealed = "TokenSealed"
    AccountPrivacyChanged = "AccountPrivacyChanged"


class SeedActivityType(StrEnum):
    """
    The kinds of activities in the reply of get_user_agent_activities: those of the first version of
    this interface. The list never grows, so that a client with that version decodes every reply.
    """

    SessionCreated = "SessionCreated"
    SessionEnded = "SessionEnded"
    TokenStored = "TokenStored"
    TokenRefreshed = "TokenRefreshed"
    InteractionCompleted = "InteractionCompleted"
    ErrorOccurred = "ErrorOccurred"
    ConnectionEstablished = "ConnectionEstablished"
    TaskCreated = "TaskCreated"
    TaskUpdated = "TaskUpdated"
    EmailSent = "EmailSent"
    EmailRead = "EmailRead"
    MeetingScheduled = "MeetingScheduled"
    IssueCreated = "IssueCreated"
    PullRequestCreated = "PullRequestCreated"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedActivity:
    """`SeedActivity` of the interface."""

    id: str
    user_id: str
    agent_type: AgentType
    activity_type: SeedActivityType
    description: str
    timestamp: Timestamp
    metadata: str | None = None
    """JSON text."""
    actor: Principal
    """Who caused it; the service's own principal for what expired by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentStatus:
    """`AgentStatus` of the interface."""

    user_id: str
    active_sessions: int
    total_sessions: int
    connected_agents: int
    recent_interactions: int
    """How many of the newest 10 interactions there are."""
    recent_activities: int
    """How many of the newest 20 activities there are."""
    last_activity: Timestamp
    """0 when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPage:
    """`SessionPage` of the interface."""

    items: tuple[AgentSession, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionPage:
    """`InteractionPage` of the interface."""

    items: tuple[AgentInteraction, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentActivity:
    """`AgentActivity` of the interface."""

    id: str
    user_id: str
    agent_type: AgentType
    activity_type: AgentActivityType
    description: str
    timestamp: Timestamp
    metadata: str | None = None
    """JSON text."""
    actor: Principal
    """Who caused it; the service's own principal for what expired by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPage:
    """`ActivityPage` of the interface."""

    items: tuple[AgentActivity, ...]
    next_cursor: str | None = None


class AgentPermission(StrEnum):
    """What an agent may do: see records, make and change them, see the tokens in them."""

    read = "read"
    write = "write"
    credentials = "credentials"


class AgentScope(StrEnum):
    """Whether an agent acts for every user, or for those who granted it by grant_agent."""

    every_user = "every_user"
    granted_users = "granted_users"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """`Agent` of the interface."""

    agent: Principal
    name: str
    agent_types: tuple[AgentType, ...]
    permissions: tuple[AgentPermission, ...]
    scope: AgentScope
    expires_at: Timestamp | None = None
    added_at: Timestamp
    added_by: Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentName:
    """`AgentName` of the interface."""

    agent: Principal
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Admin:
    """`Admin` of the interface."""

    admin: Principal
    added_at: Timestamp
    added_by: Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """`Grant` of the interface."""

    agent: Principal
    agent_types: tuple[AgentType, ...]
    permissions: tuple[AgentPermission, ...]
    expires_at: Timestamp | None = None
    granted_at: Timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedAgent:
    """`BlockedAgent` of the interface."""

    agent: Principal
    blocked_at: Timestamp


class SecretForm(StrEnum):
    """
    How a secret is stored. clear: as text that whoever has the canister's memory can read. sealed:
    for today's recipients. stale: for recipients of whom some have no right to it any more;
    reseal_credentials or reseal_session renews it.
    """

    clear = "clear"
    sealed = "sealed"
    stale = "stale"


class CredentialState(StrEnum):
    """
    expiring: within 10 minutes of expires_at. refresh_failed: the last refresh failed, and another
    may bring a token; this one is good until it expires. needs_refresh: the access token has
    expired, and begin_token_refresh gives the grant (token_data), for token_data_days after
    expires_at. needs_reauthorization: the provider refuses the grant, and the user has to connect
    the account again; the access token is good until it expires. expired, revoked: there is neither
    a token nor a grant any more.
    """

    active = "active"
    expiring = "expiring"
    expired = "expired"
    refresh_failed = "refresh_failed"
    revoked = "revoked"
    needs_refresh = "needs_refresh"
    needs_reauthorization = "needs_reauthorization"


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialInfo:
    """All that can be known without the token."""

    agent_type: AgentType
    account: str | None = None
    workspace_id: str | None = None
    project_ids: tuple[tuple[str, str], ...]
    selected_repo: str | None = None
    created_at: Timestamp
    updated_at: Timestamp
    expires_at: Timestamp | None = None
    state: CredentialState
    state_reason: str | None = None
    state_since: Timestamp
    refresh_deadline: Timestamp | None = None
    """Until when the refresh that is under way keeps others from beginning one."""
    refresh_failures: int | None = None
    """How many since the last refresh that brought a token, or since one was stored; null for none."""
    last_failure_at: Timestamp | None = None
    is_private: bool | None = None
    """
    Whether agents for every user are kept from the token and the grant; null of a service that does
    not know private accounts.
    """
    token_form: SecretForm | None = None
    """Null where there is none."""
    token_data_form: SecretForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """`AccountPage` of the interface."""

    items: tuple[CredentialInfo, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialLease:
    """The lease ends with the token's expiry where that comes first."""

    credentials: AgentCredentials
    lease_until: Timestamp
    state: CredentialState
    """Says whether the token needs care: expiring, refresh_failed, needs_reauthorization."""
    state_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRefresh:
    """`TokenRefresh` of the interface."""

    credentials: AgentCredentials
    """The token is empty where it has expired."""
    fencing: int
    """Names this refresh in complete_token_refresh."""
    deadline: Timestamp
    """From then on another caller may begin one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRefreshOutcomeRefreshed:
    """token_data stays as it is when left out; without expires_at the new token never expires."""

    token: str = field(repr=False)
    token_data: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRefreshOutcomeFailed:
    """
    Another try may bring a token. 1 to 512 bytes. A reason that begins with invalid_grant,
    bad_refresh_token or bad_verification_code is taken as rejected.
    """

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRefreshOutcomeRejected:
    """The provider refuses the grant for good. 1 to 512 bytes."""

    reason: str


TokenRefreshOutcome = TokenRefreshOutcomeRefreshed | TokenRefreshOutcomeFailed | TokenRefreshOutcomeRejected


class DueKind(StrEnum):
    """
    expires: the access token ends at due_at, or ended then and a grant is left. failed: the
    provider refused the grant at due_at, or a refresh of a token without expires_at failed then.
    """

    expires = "expires"
    failed = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFilter:
    """`DueFilter` of the interface."""

    user_id: str
    agent_type: AgentType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueConnection:
    """A token or a grant that is there, without either."""

    user_id: str
    agent_type: AgentType
    account: str | None = None
    due_at: Timestamp
    state: CredentialState
    state_reason: str | None = None
    has_grant: bool
    """Whether there is a grant (token_data), by which the token can be refreshed."""
    is_private: bool
    refresh_deadline: Timestamp | None = None
    """Until when the refresh that is under way keeps others from beginning one."""
    refresh_failures: int
    """How many since the last refresh that brought a token, or since one was stored."""
    last_failure_at: Timestamp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueConnectionPage:
    """`DueConnectionPage` of the interface."""

    items: tuple[DueConnection, ...]
    next_cursor: str | None = None


class SealingRecipientKind(StrEnum):
    """
    owner: the user. user: agents for granted users that the user granted the agent type with
    credentials. agent_type: agents for every user, of the agent type and with credentials.
    """

    owner = "owner"
    user = "user"
    agent_type = "agent_type"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingRecipient:
    """
    The recipients of a kind in an epoch, which have one key. Whatever ends or narrows a right of
    one of them begins the next epoch, with another key.
    """

    kind: SealingRecipientKind
    epoch: int


class SealingMode(StrEnum):
    """
    Sealed secrets: docs/explanation/sealed-secrets.md has their form. A sealed secret stands where
    one in clear would: in token, in token_data, in the token of a session. The limits of those are
    limits of what is sealed. Whether secrets are sealed. off: clients do not seal; what is sealed
    is taken all the same. accept: clients seal, and secrets in clear are taken. require: a secret
    in clear is an InvalidArgument.
    """

    off = "off"
    accept = "accept"
    require = "require"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingKeys:
    """`SealingKeys` of the interface."""

    sealing: SealingMode
    recipients: tuple[SealingRecipient, ...]
    """
    Those that a secret of the account is sealed for, in the order of their kinds. A private account
    has no recipients of the kind agent_type.
    """
    session_recipients: tuple[SealingRecipient, ...]
    """Those that the token of a session is sealed for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningKey:
    """
    encrypted_key: 192 bytes, as vetkd_derive_key answers. Context of the key: "agent-service
    sealing 1".
    """

    encrypted_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretReplacement:
    """`SecretReplacement` of the interface."""

    digest: bytes
    """BLAKE2s-256 of the secret as it is stored, in UTF-8; 32 bytes."""
    sealed: str
    """The same secret, sealed for today's recipients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsealedFilter:
    """`UnsealedFilter` of the interface."""

    user_id: str
    agent_type: AgentType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsealedSecrets:
    """
    Where a secret is that is in clear or stale: in a session where session_id is there, in an
    account otherwise.
    """

    user_id: str
    agent_type: AgentType
    account: str | None = None
    session_id: str | None = None
    token: SecretForm | None = field(default=None, repr=False)
    """Null where there is none."""
    token_data: SecretForm | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsealedSecretsPage:
    """`UnsealedSecretsPage` of the interface."""

    items: tuple[UnsealedSecrets, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTip:
    """`AuditTip` of the interface."""

    first_index: int
    last_index: int
    """first_index - 1 where there is no entry."""
    digest: bytes
    """Covers every entry up to the last; the canister's certified data. 32 bytes."""
    certificate: bytes | None = None
    """The network's certificate of it; null in an update call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditContent:
    """
    The audit log: every activity, and what was done to the service itself, in one chain.
    docs/explanation/audit-log.md says how it is verified.
    """

    salt: bytes
    """16 bytes."""
    kind: str
    """
    An AgentActivityType; or AdminAdded, AdminRemoved, AgentAdded, AgentUpdated, AgentRemoved,
    SettingsChanged, UserErased, ActivitiesRetired.
    """
    agent_type: AgentType | None = None
    """null where the entry is about the service itself."""
    user_id: str | None = None
    description: str
    metadata: str | None = None
    """JSON text."""
    actor: Principal
    timestamp: Timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """`AuditEntry` of the interface."""

    index: int
    """The number in the activity's id."""
    commitment: bytes
    """BLAKE2s-256 of the content, 32 bytes."""
    content: AuditContent | None = None
    """null where the caller may not see it, and where it was erased."""
    erased_by: int | None = None
    """The index of the entry that tells of the erasure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """next: where the next page begins."""

    entries: tuple[AuditEntry, ...]
    next: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPage:
    """page: JSON text, in the form of docs/reference/export.md."""

    page: str
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCode:
    """`LinkCode` of the interface."""

    code: str = field(repr=False)
    """
    Five groups of four letters and digits; dashes and small letters don't matter. It can be
    redeemed once.
    """
    expires_at: Timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedUser:
    """`LinkedUser` of the interface."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedUser:
    """`OwnedUser` of the interface."""

    user_id: str
    linked_at: Timestamp | None = None
    """Null for the text of the caller's principal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """
    Records are removed that are older than so many days, or that are not among so many of the
    user's newest, or a tenth more. 0 keeps all.
    """

    interactions_days: int
    interactions_newest: int
    activities_days: int
    activities_newest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRetention:
    """
    What waits: it keeps less than what is in force. Setting the numbers that are in force takes it
    back.
    """

    effective_at: Timestamp
    retention: Retention


class QueryTokens(StrEnum):
    """
    To whom get_agent_credentials and get_user_agent_credentials show tokens, of those who may lease
    them: users and agents for every user; nobody; or agents for granted users, too.
    """

    first_party = "first_party"
    nobody = "nobody"
    everybody = "everybody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    Rates are those of updates: so many at once, and so many a minute after that, for each caller,
    and for each user whom calls are about. The rest is what there may be of one user.
    """

    caller_burst: int
    caller_per_minute: int
    user_burst: int
    user_per_minute: int
    active_sessions: int
    total_sessions: int
    credentials: int
    interactions: int
    bytes: int
    """Of all records as they are stored, activities included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """retention is in force."""

    limits: Limits
    retention: Retention
    pending_retention: PendingRetention | None = None
    query_tokens: QueryTokens
    sealing: SealingMode | None = None
    """Null of a service that does not know sealed secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeLimits:
    """`SomeLimits` of the interface."""

    caller_burst: int | None = None
    caller_per_minute: int | None = None
    user_burst: int | None = None
    user_per_minute: int | None = None
    active_sessions: int | None = None
    total_sessions: int | None = None
    credentials: int | None = None
    interactions: int | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeRetention:
    """`SomeRetention` of the interface."""

    interactions_days: int | None = None
    interactions_newest: int | None = None
    activities_days: int | None = None
    activities_newest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRemovals:
    """How many of a user's records would go."""

    user_id: str
    interactions: int
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPreview:
    """
    Users of whom nothing would go are left out. effective_at: when it would; null where this keeps
    no less than what is in force.
    """

    items: tuple[UserRemovals, ...]
    next_cursor: str | None = None
    effective_at: Timestamp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLimit:
    """
    A limit of the service as a whole. token_data_days: for how many days the grant of credentials
    (token_data) outlives their access token. retention_delay_hours: how long a retention that keeps
    less than before waits. derivations_burst, derivations_per_hour: how many opening keys an agent,
    or a user whom an agent linked, may have derived; unnamed_derivations_burst and _per_hour: all
    others together. derivation_reserve_cycles: what the service has to keep for a key to be
    derived.
    """

    name: str
    value: int
    by_default: int
    least: int
    """value is from least to most."""
    most: int
    is_set: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLimitChange:
    """null goes back to the default."""

    name: str
    value: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaUsage:
    """`QuotaUsage` of the interface."""

    used: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """`Usage` of the interface."""

    active_sessions: QuotaUsage
    total_sessions: QuotaUsage
    credentials: QuotaUsage
    interactions: QuotaUsage
    bytes: QuotaUsage


@dataclass(frozen=True, slots=True, kw_only=True)
class Removals:
    """`Removals` of the interface."""

    interactions: int
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRetention:
    """
    retention is in force, for every user. pending_removals: how many of the user's records go when
    what is pending takes effect; null where nothing is pending, and where so many stay that a query
    cannot count them.
    """

    retention: Retention
    pending_retention: PendingRetention | None = None
    pending_removals: Removals | None = None


class AnalyticsInterval(StrEnum):
    """`AnalyticsInterval` of the interface."""

    hour = "hour"
    day = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticsCounts:
    """
    Counted when it happens, by the hours of UTC; docs/explanation/analytics.md says what is counted
    where.
    """

    interactions: int
    successes: int
    errors: int
    """Interactions with success = false, and activities ErrorOccurred."""
    sessions: int
    """Created."""
    credential_leases: int
    """Activities TokenLeased."""
    token_refreshes: int
    """Activities TokenRefreshed that the service wrote."""
    refresh_failures: int
    rate_limited: int
    """Updates refused for their rate."""
    latency_count: int
    """Of the interactions whose metadata has a number latency_ms at its top level, 0 to 2^32 - 1."""
    latency_sum_ms: int
    latency_max_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTypeAnalytics:
    """What is about no agent type in particular is in the totals alone."""

    agent_type: AgentType
    counts: AnalyticsCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class TopError:
    """
    error: the first 120 bytes. count: since counting began; too high by what was forgotten where
    there are many different ones.
    """

    error: str
    agent_type: AgentType
    count: int
    last_at: Timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticsBucket:
    """Empty ones are left out."""

    start: int
    counts: AnalyticsCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentAnalytics:
    """What others than agents did is in the totals alone."""

    agent: Principal
    counts: AnalyticsCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Analytics:
    """`Analytics` of the interface."""

    totals: AnalyticsCounts
    interactions_removed: int | None = None
    """
    How many of the interactions in the totals retention has removed. Null where it is not known: of
    the service, of one agent type or agent, of a time that is over, and for callers who may not see
    everything.
    """
    series: tuple[AnalyticsBucket, ...]
    by_agent_type: tuple[AgentTypeAnalytics, ...]
    by_agent: tuple[AgentAnalytics, ...]
    top_errors: tuple[TopError, ...]
    """The most frequent of those that last happened between from and until, 10 at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTotals:
    """What is stored now."""

    users: int
    sessions: int
    active_sessions: int
    credentials: int
    """Accounts that have a token or a grant."""
    credentials_in_clear: int | None = None
    """
    Those of them of which one or the other is in clear; null of a service that does not know sealed
    secrets.
    """
    interactions: int
    activities: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAnalytics:
    """`ServiceAnalytics` of the interface."""

    analytics: Analytics
    stored: ServiceTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """
    The event feed: activities by the numbers in their ids, oldest first. What is left out lets
    every activity pass.
    """

    user_id: str | None = None
    agent_type: AgentType | None = None
    activity_types: tuple[AgentActivityType, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`Event` of the interface."""

    index: int
    activity: AgentActivity


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """
    A page can have fewer events than its limit, even none; more says whether to ask again at once.
    end is the last place of the log: an "after" behind it is one that the answering node has not
    reached yet, or that is gone since the canister was put back to an earlier state.
    """

    events: tuple[Event, ...]
    next: int
    more: bool
    end: int


class NotificationChannel(StrEnum):
    """Which activities a user wants to hear of, and how."""

    toast = "toast"
    browser = "browser"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationRule:
    """`NotificationRule` of the interface."""

    activity_types: tuple[AgentActivityType, ...] | None = None
    """Every type when left out."""
    agent_type: AgentType | None = None
    channels: tuple[NotificationChannel, ...]
    """None: in list_notifications alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationSettings:
    """
    20 rules at most. Never set: TokenExpired, TokenRefreshFailed, TokenRefreshRecovered,
    AgentGranted, AgentWithdrawn, UserLinked, UserUnlinked and ErrorOccurred, by toast.
    """

    rules: tuple[NotificationRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """
    Failures are grouped: interactions that failed, or errors that were logged, of one agent type
    and agent in one hour of UTC are one notification. activity is the newest of them, and count
    says how many they are; null for all else. Those that were read and those that were not are told
    apart. Where a page ends within a group, the next one tells the rest.
    """

    index: int
    activity: AgentActivity
    unread: bool
    channels: tuple[NotificationChannel, ...]
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationPage:
    """
    unread: how many notifications there are of the newest 2,000 activities, those after the newest
    that was marked as read; 100 at most.
    """

    items: tuple[Notification, ...]
    unread: int
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserInfo:
    """`UserInfo` of the interface."""

    user_id: str
    active_sessions: int
    total_sessions: int
    credentials: int
    """Accounts that have a token or a grant."""
    interactions: int
    bytes: int
    last_activity: Timestamp
    """0 when there is none."""
    owner: Principal | None = None
    """The principal that the user_id is linked to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPage:
    """`UserPage` of the interface."""

    items: tuple[UserInfo, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskState:
    """
    What the service does by itself, each in messages of its own: sessions, credentials, requests,
    erasures, retention, refusals, analytics, totals.
    """

    name: str
    due_at: Timestamp | None = None
    """When there is something to do next."""
    traps: int
    """
    Messages that trapped, and things put aside for a day because they trap each time, since the
    code was loaded.
    """
    set_aside: int
    work_limit: int
    """Instructions after which a message ends: half as many after each trap."""
    stuck_since: int | None = None
    """Since when each message has trapped."""
