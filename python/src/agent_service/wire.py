# Made from src/candid/agent_service.did by `npm run generate`.
"""The interface's types for the codec."""

from __future__ import annotations

from . import models, shapes
from .candid import (
    BLOB,
    BOOL,
    DURATION,
    NAT32,
    NAT64,
    NOTHING,
    PRINCIPAL,
    TEXT,
    TIME,
    enum,
    opt,
    pair,
    record,
    record_type,
    result,
    variant,
    vec,
)

AGENT_TYPE = enum(models.AgentType)
AGENT_ERROR = shapes.variant(
    {
        "NotFound": NOTHING.shape,
        "InvalidArgument": record_type(
            {
                "field": TEXT,
                "message": TEXT,
            }
        ),
        "Unauthorized": record_type(
            {
                "message": TEXT,
            }
        ),
        "Conflict": record_type(
            {
                "message": TEXT,
            }
        ),
        "RateLimited": record_type(
            {
                "retry_after_ns": DURATION,
            }
        ),
        "QuotaExceeded": record_type(
            {
                "resource": TEXT,
                "limit": NAT64,
            }
        ),
        "Expired": record_type(
            {
                "message": TEXT,
            }
        ),
    }
)
TEXT_RESULT = result(TEXT, AGENT_ERROR)
UNIT_RESULT = result(NOTHING, AGENT_ERROR)
AGENT_SESSION = record(
    models.AgentSession,
    {
        "session_id": TEXT,
        "user_id": TEXT,
        "agent_type": AGENT_TYPE,
        "token": opt(TEXT),
        "project_id": opt(TEXT),
        "selected_repo": opt(TEXT),
        "created_at": TIME,
        "last_activity": TIME,
        "is_active": BOOL,
        "ended_at": opt(TIME),
        "expires_at": TIME,
    },
)
AGENT_CREDENTIALS = record(
    models.AgentCredentials,
    {
        "user_id": TEXT,
        "agent_type": AGENT_TYPE,
        "token": TEXT,
        "token_data": opt(TEXT),
        "workspace_id": opt(TEXT),
        "project_ids": vec(pair(TEXT, TEXT)),
        "selected_repo": opt(TEXT),
        "created_at": TIME,
        "updated_at": TIME,
        "expires_at": opt(TIME),
    },
)
AGENT_INTERACTION = record(
    models.AgentInteraction,
    {
        "id": TEXT,
        "user_id": TEXT,
        "agent_type": AGENT_TYPE,
        "message": TEXT,
        "response": TEXT,
        "timestamp": TIME,
        "success": BOOL,
        "metadata": opt(TEXT),
        "session_id": opt(TEXT),
    },
)
AGENT_ACTIVITY_TYPE = enum(models.AgentActivityType)
SEED_ACTIVITY_TYPE = enum(models.SeedActivityType)
SEED_ACTIVITY = record(
    models.SeedActivity,
    {
        "id": TEXT,
        "user_id": TEXT,
        "agent_type": AGENT_TYPE,
        "activity_type": SEED_ACTIVITY_TYPE,
        "description": TEXT,
        "timestamp": TIME,
        "metadata": opt(TEXT),
        "actor": PRINCIPAL,
    },
)
AGENT_STATUS = record(
    models.AgentStatus,
    {
        "user_id": TEXT,
        "active_sessions": NAT32,
        "total_sessions": NAT32,
        "connected_agents": NAT32,
        "recent_interactions": NAT32,
        "recent_activities": NAT32,
        "last_activity": TIME,
    },
)
SESSION_PAGE = record(
    models.SessionPage,
    {
        "items": vec(AGENT_SESSION),
        "next_cursor": opt(TEXT),
    },
)
LIST_SESSIONS_RESULT = result(SESSION_PAGE, AGENT_ERROR)
INTERACTION_PAGE = record(
    models.InteractionPage,
    {
        "items": vec(AGENT_INTERACTION),
        "next_cursor": opt(TEXT),
    },
)
LIST_INTERACTIONS_RESULT = result(INTERACTION_PAGE, AGENT_ERROR)
AGENT_ACTIVITY = record(
    models.AgentActivity,
    {
        "id": TEXT,
        "user_id": TEXT,
        "agent_type": AGENT_TYPE,
        "activity_type": AGENT_ACTIVITY_TYPE,
        "description": TEXT,
        "timestamp": TIME,
        "metadata": opt(TEXT),
        "actor": PRINCIPAL,
    },
)
ACTIVITY_PAGE = record(
    models.ActivityPage,
    {
        "items": vec(AGENT_ACTIVITY),
        "next_cursor": opt(TEXT),
    },
)
LIST_ACTIVITIES_RESULT = result(ACTIVITY_PAGE, AGENT_ERROR)
AGENT_PERMISSION = enum(models.AgentPermission)
AGENT_SCOPE = enum(models.AgentScope)
AGENT = record(
    models.Agent,
    {
        "agent": PRINCIPAL,
        "name": TEXT,
        "agent_types": vec(AGENT_TYPE),
        "permissions": vec(AGENT_PERMISSION),
        "scope": AGENT_SCOPE,
        "expires_at": opt(TIME),
        "added_at": TIME,
        "added_by": PRINCIPAL,
    },
)
LIST_AGENTS_RESULT = result(vec(AGENT), AGENT_ERROR)
AGENT_NAME = record(
    models.AgentName,
    {
        "agent": PRINCIPAL,
        "name": TEXT,
    },
)
GET_AGENT_NAMES_RESULT = result(vec(AGENT_NAME), AGENT_ERROR)
ADMIN = record(
    models.Admin,
    {
        "admin": PRINCIPAL,
        "added_at": TIME,
        "added_by": PRINCIPAL,
    },
)
LIST_ADMINS_RESULT = result(vec(ADMIN), AGENT_ERROR)
GRANT = record(
    models.Grant,
    {
        "agent": PRINCIPAL,
        "agent_types": vec(AGENT_TYPE),
        "permissions": vec(AGENT_PERMISSION),
        "expires_at": opt(TIME),
        "granted_at": TIME,
    },
)
LIST_GRANTS_RESULT = result(vec(GRANT), AGENT_ERROR)
BLOCKED_AGENT = record(
    models.BlockedAgent,
    {
        "agent": PRINCIPAL,
        "blocked_at": TIME,
    },
)
LIST_BLOCKED_AGENTS_RESULT = result(vec(BLOCKED_AGENT), AGENT_ERROR)
SECRET_FORM = enum(models.SecretForm)
CREDENTIAL_STATE = enum(models.CredentialState)
CREDENTIAL_INFO = record(
    models.CredentialInfo,
    {
        "agent_type": AGENT_TYPE,
        "account": opt(TEXT),
        "workspace_id": opt(TEXT),
        "project_ids": vec(pair(TEXT, TEXT)),
        "selected_repo": opt(TEXT),
        "created_at": TIME,
        "updated_at": TIME,
        "expires_at": opt(TIME),
        "state": CREDENTIAL_STATE,
        "state_reason": opt(TEXT),
        "state_since": TIME,
        "refresh_deadline": opt(TIME),
        "refresh_failures": opt(NAT32),
        "last_failure_at": opt(TIME),
        "is_private": opt(BOOL),
        "token_form": opt(SECRET_FORM),
        "token_data_form": opt(SECRET_FORM),
    },
)
LIST_CREDENTIALS_RESULT = result(vec(CREDENTIAL_INFO), AGENT_ERROR)
ACCOUNT_PAGE = record(
    models.AccountPage,
    {
        "items": vec(CREDENTIAL_INFO),
        "next_cursor": opt(TEXT),
    },
)
LIST_ACCOUNTS_RESULT = result(ACCOUNT_PAGE, AGENT_ERROR)
CREDENTIAL_LEASE = record(
    models.CredentialLease,
    {
        "credentials": AGENT_CREDENTIALS,
        "lease_until": TIME,
        "state": CREDENTIAL_STATE,
        "state_reason": opt(TEXT),
    },
)
LEASE_CREDENTIALS_RESULT = result(CREDENTIAL_LEASE, AGENT_ERROR)
TOKEN_REFRESH = record(
    models.TokenRefresh,
    {
        "credentials": AGENT_CREDENTIALS,
        "fencing": NAT64,
        "deadline": TIME,
    },
)
BEGIN_TOKEN_REFRESH_RESULT = result(TOKEN_REFRESH, AGENT_ERROR)
TOKEN_REFRESH_OUTCOME = variant(
    {
        "refreshed": (
            models.TokenRefreshOutcomeRefreshed,
            record(
                models.TokenRefreshOutcomeRefreshed,
                {
                    "token": TEXT,
                    "token_data": opt(TEXT),
                    "expires_at": opt(TIME),
                },
            ),
        ),
        "failed": (
            models.TokenRefreshOutcomeFailed,
            record(
                models.TokenRefreshOutcomeFailed,
                {
                    "reason": TEXT,
                },
            ),
        ),
        "rejected": (
            models.TokenRefreshOutcomeRejected,
            record(
                models.TokenRefreshOutcomeRejected,
                {
                    "reason": TEXT,
                },
            ),
        ),
    }
)
DUE_KIND = enum(models.DueKind)
DUE_FILTER = record(
    models.DueFilter,
    {
        "user_id": TEXT,
        "agent_type": opt(AGENT_TYPE),
    },
)
DUE_CONNECTION = record(
    models.DueConnection,
    {
        "user_id": TEXT,
        "agent_type": AGENT_TYPE,
        "account": opt(TEXT),
        "due_at": TIME,
        "state": CREDENTIAL_STATE,
        "state_reason": opt(TEXT),
        "has_grant": BOOL,
        "is_private": BOOL,
        "refresh_deadline": opt(TIME),
        "refresh_failures": NAT32,
        "last_failure_at": opt(TIME),
    },
)
DUE_CONNECTION_PAGE = record(
    models.DueConnectionPage,
    {
        "items": vec(DUE_CONNECTION),
        "next_cursor": opt(TEXT),
    },
)
LIST_DUE_CONNECTIONS_RESULT = result(DUE_CONNECTION_PAGE, AGENT_ERROR)
SEALING_RECIPIENT_KIND = enum(models.SealingRecipientKind)
SEALING_RECIPIENT = record(
    models.SealingRecipient,
    {
        "kind": SEALING_RECIPIENT_KIND,
        "epoch": NAT64,
    },
)
SEALING_MODE = enum(models.SealingMode)
SEALING_KEYS = record(
    models.SealingKeys,
    {
        "sealing": SEALING_MODE,
        "recipients": vec(SEALING_RECIPIENT),
        "session_recipients": vec(SEALING_RECIPIENT),
    },
)
GET_SEALING_KEYS_RESULT = result(SEALING_KEYS, AGENT_ERROR)
OPENING_KEY = record(
    models.OpeningKey,
    {
        "encrypted_key": BLOB,
    },
)
DERIVE_OPENING_KEY_RESULT = result(OPENING_KEY, AGENT_ERROR)
SECRET_REPLACEMENT = record(
    models.SecretReplacement,
    {
        "digest": BLOB,
        "sealed": TEXT,
    },
)
UNSEALED_FILTER = record(
    models.UnsealedFilter,
    {
        "user_id": TEXT,
        "agent_type": opt(AGENT_TYPE),
    },
)
UNSEALED_SECRETS = record(
    models.UnsealedSecrets,
    {
        "user_id": TEXT,
        "agent_type": AGENT_TYPE,
        "account": opt(TEXT),
        "session_id": opt(TEXT),
        "token": opt(SECRET_FORM),
        "token_data": opt(SECRET_FORM),
    },
)
UNSEALED_SECRETS_PAGE = record(
    models.UnsealedSecretsPage,
    {
        "items": vec(UNSEALED_SECRETS),
        "next_cursor": opt(TEXT),
    },
)
LIST_UNSEALED_SECRETS_RESULT = result(UNSEALED_SECRETS_PAGE, AGENT_ERROR)
AUDIT_TIP = record(
    models.AuditTip,
    {
        "first_index": NAT64,
        "last_index": NAT64,
        "digest": BLOB,
        "certificate": opt(BLOB),
    },
)
GET_AUDIT_TIP_RESULT = result(AUDIT_TIP, AGENT_ERROR)
AUDIT_CONTENT = record(
    models.AuditContent,
    {
        "salt": BLOB,
        "kind": TEXT,
        "agent_type": opt(AGENT_TYPE),
        "user_id": opt(TEXT),
        "description": TEXT,
        "metadata": opt(TEXT),
        "actor": PRINCIPAL,
        "timestamp": TIME,
    },
)
AUDIT_ENTRY = record(
    models.AuditEntry,
    {
        "index": NAT64,
        "commitment": BLOB,
        "content": opt(AUDIT_CONTENT),
        "erased_by": opt(NAT64),
    },
)
AUDIT_PAGE = record(
    models.AuditPage,
    {
        "entries": vec(AUDIT_ENTRY),
        "next": opt(NAT64),
    },
)
GET_AUDIT_ENTRIES_RESULT = result(AUDIT_PAGE, AGENT_ERROR)
EXPORT_PAGE = record(
    models.ExportPage,
    {
        "page": TEXT,
        "next_cursor": opt(TEXT),
    },
)
EXPORT_USER_RESULT = result(EXPORT_PAGE, AGENT_ERROR)
LINK_CODE = record(
    models.LinkCode,
    {
        "code": TEXT,
        "expires_at": TIME,
    },
)
LINK_CODE_RESULT = result(LINK_CODE, AGENT_ERROR)
LINKED_USER = record(
    models.LinkedUser,
    {
        "user_id": TEXT,
    },
)
REDEEM_LINK_CODE_RESULT = result(LINKED_USER, AGENT_ERROR)
OWNED_USER = record(
    models.OwnedUser,
    {
        "user_id": TEXT,
        "linked_at": opt(TIME),
    },
)
LIST_MY_USERS_RESULT = result(vec(OWNED_USER), AGENT_ERROR)
RETENTION = record(
    models.Retention,
    {
        "interactions_days": NAT64,
        "interactions_newest": NAT64,
        "activities_days": NAT64,
        "activities_newest": NAT64,
    },
)
PENDING_RETENTION = record(
    models.PendingRetention,
    {
        "effective_at": TIME,
        "retention": RETENTION,
    },
)
QUERY_TOKENS = enum(models.QueryTokens)
LIMITS = record(
    models.Limits,
    {
        "caller_burst": NAT64,
        "caller_per_minute": NAT64,
        "user_burst": NAT64,
        "user_per_minute": NAT64,
        "active_sessions": NAT64,
        "total_sessions": NAT64,
        "credentials": NAT64,
        "interactions": NAT64,
        "bytes": NAT64,
    },
)
SETTINGS = record(
    models.Settings,
    {
        "limits": LIMITS,
        "retention": RETENTION,
        "pending_retention": opt(PENDING_RETENTION),
        "query_tokens": QUERY_TOKENS,
        "sealing": opt(SEALING_MODE),
    },
)
SETTINGS_RESULT = result(SETTINGS, AGENT_ERROR)
SOME_LIMITS = record(
    models.SomeLimits,
    {
        "caller_burst": opt(NAT64),
        "caller_per_minute": opt(NAT64),
        "user_burst": opt(NAT64),
        "user_per_minute": opt(NAT64),
        "active_sessions": opt(NAT64),
        "total_sessions": opt(NAT64),
        "credentials": opt(NAT64),
        "interactions": opt(NAT64),
        "bytes": opt(NAT64),
    },
)
SOME_RETENTION = record(
    models.SomeRetention,
    {
        "interactions_days": opt(NAT64),
        "interactions_newest": opt(NAT64),
        "activities_days": opt(NAT64),
        "activities_newest": opt(NAT64),
    },
)
USER_REMOVALS = record(
    models.UserRemovals,
    {
        "user_id": TEXT,
        "interactions": NAT64,
        "activities": NAT64,
    },
)
RETENTION_PREVIEW = record(
    models.RetentionPreview,
    {
        "items": vec(USER_REMOVALS),
        "next_cursor": opt(TEXT),
        "effective_at": opt(TIME),
    },
)
PREVIEW_RETENTION_RESULT = result(RETENTION_PREVIEW, AGENT_ERROR)
SERVICE_LIMIT = record(
    models.ServiceLimit,
    {
        "name": TEXT,
        "value": NAT64,
        "by_default": NAT64,
        "least": NAT64,
        "most": NAT64,
        "is_set": BOOL,
    },
)
LIST_SERVICE_LIMITS_RESULT = result(vec(SERVICE_LIMIT), AGENT_ERROR)
SERVICE_LIMIT_CHANGE = record(
    models.ServiceLimitChange,
    {
        "name": TEXT,
        "value": opt(NAT64),
    },
)
AGENT_LIMITS_RESULT = result(SOME_LIMITS, AGENT_ERROR)
QUOTA_USAGE = record(
    models.QuotaUsage,
    {
        "used": NAT64,
        "limit": NAT64,
    },
)
USAGE = record(
    models.Usage,
    {
        "active_sessions": QUOTA_USAGE,
        "total_sessions": QUOTA_USAGE,
        "credentials": QUOTA_USAGE,
        "interactions": QUOTA_USAGE,
        "bytes": QUOTA_USAGE,
    },
)
USAGE_RESULT = result(USAGE, AGENT_ERROR)
REMOVALS = record(
    models.Removals,
    {
        "interactions": NAT64,
        "activities": NAT64,
    },
)
USER_RETENTION = record(
    models.UserRetention,
    {
        "retention": RETENTION,
        "pending_retention": opt(PENDING_RETENTION),
        "pending_removals": opt(REMOVALS),
    },
)
USER_RETENTION_RESULT = result(USER_RETENTION, AGENT_ERROR)
ANALYTICS_INTERVAL = enum(models.AnalyticsInterval)
ANALYTICS_COUNTS = record(
    models.AnalyticsCounts,
    {
        "interactions": NAT64,
        "successes": NAT64,
        "errors": NAT64,
        "sessions": NAT64,
        "credential_leases": NAT64,
        "token_refreshes": NAT64,
        "refresh_failures": NAT64,
        "rate_limited": NAT64,
        "latency_count": NAT64,
        "latency_sum_ms": NAT64,
        "latency_max_ms": NAT64,
    },
)
AGENT_TYPE_ANALYTICS = record(
    models.AgentTypeAnalytics,
    {
        "agent_type": AGENT_TYPE,
        "counts": ANALYTICS_COUNTS,
    },
)
TOP_ERROR = record(
    models.TopError,
    {
        "error": TEXT,
        "agent_type": AGENT_TYPE,
        "count": NAT64,
        "last_at": TIME,
    },
)
ANALYTICS_BUCKET = record(
    models.AnalyticsBucket,
    {
        "start": NAT64,
        "counts": ANALYTICS_COUNTS,
    },
)
AGENT_ANALYTICS = record(
    models.AgentAnalytics,
    {
        "agent": PRINCIPAL,
        "counts": ANALYTICS_COUNTS,
    },
)
ANALYTICS = record(
    models.Analytics,
    {
        "totals": ANALYTICS_COUNTS,
        "interactions_removed": opt(NAT64),
        "series": vec(ANALYTICS_BUCKET),
        "by_agent_type": vec(AGENT_TYPE_ANALYTICS),
        "by_agent": vec(AGENT_ANALYTICS),
        "top_errors": vec(TOP_ERROR),
    },
)
ANALYTICS_RESULT = result(ANALYTICS, AGENT_ERROR)
SERVICE_TOTALS = record(
    models.ServiceTotals,
    {
        "users": NAT64,
        "sessions": NAT64,
        "active_sessions": NAT64,
        "credentials": NAT64,
        "credentials_in_clear": opt(NAT64),
        "interactions": NAT64,
        "activities": NAT64,
        "bytes": NAT64,
    },
)
SERVICE_ANALYTICS = record(
    models.ServiceAnalytics,
    {
        "analytics": ANALYTICS,
        "stored": SERVICE_TOTALS,
    },
)
SERVICE_ANALYTICS_RESULT = result(SERVICE_ANALYTICS, AGENT_ERROR)
EVENT_FILTER = record(
    models.EventFilter,
    {
        "user_id": opt(TEXT),
        "agent_type": opt(AGENT_TYPE),
        "activity_types": opt(vec(AGENT_ACTIVITY_TYPE)),
    },
)
EVENT = record(
    models.Event,
    {
        "index": NAT64,
        "activity": AGENT_ACTIVITY,
    },
)
EVENT_PAGE = record(
    models.EventPage,
    {
        "events": vec(EVENT),
        "next": NAT64,
        "more": BOOL,
        "end": NAT64,
    },
)
GET_EVENTS_RESULT = result(EVENT_PAGE, AGENT_ERROR)
NOTIFICATION_CHANNEL = enum(models.NotificationChannel)
NOTIFICATION_RULE = record(
    models.NotificationRule,
    {
        "activity_types": opt(vec(AGENT_ACTIVITY_TYPE)),
        "agent_type": opt(AGENT_TYPE),
        "channels": vec(NOTIFICATION_CHANNEL),
    },
)
NOTIFICATION_SETTINGS = record(
    models.NotificationSettings,
    {
        "rules": vec(NOTIFICATION_RULE),
    },
)
NOTIFICATION_SETTINGS_RESULT = result(NOTIFICATION_SETTINGS, AGENT_ERROR)
NOTIFICATION = record(
    models.Notification,
    {
        "index": NAT64,
        "activity": AGENT_ACTIVITY,
        "unread": BOOL,
        "channels": vec(NOTIFICATION_CHANNEL),
        "count": opt(NAT32),
    },
)
NOTIFICATION_PAGE = record(
    models.NotificationPage,
    {
        "items": vec(NOTIFICATION),
        "unread": NAT32,
        "next_cursor": opt(TEXT),
    },
)
LIST_NOTIFICATIONS_RESULT = result(NOTIFICATION_PAGE, AGENT_ERROR)
USER_INFO = record(
    models.UserInfo,
    {
        "user_id": TEXT,
        "active_sessions": NAT32,
        "total_sessions": NAT32,
        "credentials": NAT32,
        "interactions": NAT64,
        "bytes": NAT64,
        "last_activity": TIME,
        "owner": opt(PRINCIPAL),
    },
)
USER_PAGE = record(
    models.UserPage,
    {
        "items": vec(USER_INFO),
        "next_cursor": opt(TEXT),
    },
)
LIST_USERS_RESULT = result(USER_PAGE, AGENT_ERROR)
TASK_STATE = record(
    models.TaskState,
    {
        "name": TEXT,
        "due_at": opt(TIME),
        "traps": NAT64,
        "set_aside": NAT64,
        "work_limit": NAT64,
        "stuck_since": opt(NAT64),
    },
)
LIST_TASKS_RESULT = result(vec(TASK_STATE), AGENT_ERROR)
