# Made from ../_async by `npm run generate`.
# Made from src/candid/agent_service.did by `npm run generate`.
"""A method for each of the canister, and an iterator for each of its paged lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from time import sleep

from .. import wire
from ..call import Call
from ..candid import (
    BOOL,
    DURATION,
    NAT32,
    NAT64,
    NO_REPLY,
    PRINCIPAL,
    TEXT,
    TIME,
    opt,
    pair,
    vec,
)
from ..models import (
    AccountPage,
    ActivityPage,
    Admin,
    Agent,
    AgentActivity,
    AgentActivityType,
    AgentCredentials,
    AgentInteraction,
    AgentName,
    AgentPermission,
    AgentScope,
    AgentSession,
    AgentStatus,
    AgentType,
    Analytics,
    AnalyticsInterval,
    AuditEntry,
    AuditPage,
    AuditTip,
    BlockedAgent,
    CredentialInfo,
    CredentialLease,
    Event,
    EventFilter,
    EventPage,
    ExportPage,
    Grant,
    InteractionPage,
    LinkCode,
    LinkedUser,
    Notification,
    NotificationPage,
    NotificationRule,
    NotificationSettings,
    OwnedUser,
    QueryTokens,
    RetentionPreview,
    SeedActivity,
    ServiceAnalytics,
    ServiceLimit,
    ServiceLimitChange,
    SessionPage,
    Settings,
    SomeLimits,
    SomeRetention,
    TaskState,
    TokenRefresh,
    TokenRefreshOutcome,
    Usage,
    UserInfo,
    UserPage,
    UserRemovals,
    UserRetention,
)
from ..places import AHEAD_TRIES, AHEAD_WAIT, behind_the_end
from ..principal import Principal
from .transport import Transport


class Methods:
    """The interface, by a transport."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create_agent_session(
        self,
        user_id: str,
        agent_type: AgentType,
        *,
        token: str | None = None,
        project_id: str | None = None,
        selected_repo: str | None = None,
    ) -> str:
        """`create_agent_session` of the interface, an update."""
        return self._transport.call(
            Call(
                "create_agent_session",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("token", opt(TEXT), token),
                    ("project_id", opt(TEXT), project_id),
                    ("selected_repo", opt(TEXT), selected_repo),
                ],
                wire.TEXT_RESULT,
                is_query=False,
                one_record=False,
            )
        )

    def update_agent_session(
        self,
        session_id: str,
        *,
        token: str | None = None,
        project_id: str | None = None,
        selected_repo: str | None = None,
    ) -> None:
        """`update_agent_session` of the interface, an update."""
        return self._transport.call(
            Call(
                "update_agent_session",
                [
                    ("session_id", TEXT, session_id),
                    ("token", opt(TEXT), token),
                    ("project_id", opt(TEXT), project_id),
                    ("selected_repo", opt(TEXT), selected_repo),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=False,
            )
        )

    def end_agent_session(self, session_id: str) -> None:
        """`end_agent_session` of the interface, an update."""
        return self._transport.call(
            Call(
                "end_agent_session",
                [
                    ("session_id", TEXT, session_id),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=False,
            )
        )

    def get_agent_session(self, session_id: str) -> AgentSession | None:
        """`get_agent_session` of the interface, a query."""
        return self._transport.call(
            Call(
                "get_agent_session",
                [
                    ("session_id", TEXT, session_id),
                ],
                opt(wire.AGENT_SESSION),
                is_query=True,
                one_record=False,
            )
        )

    def get_user_agent_sessions(self, user_id: str) -> tuple[AgentSession, ...]:
        """
        `get_user_agent_sessions` of the interface, a query. user_id; the newest 5,000 that fit into
        a reply of 2 MiB, without a sign that there are more: list_sessions gives all, page by page.
        """
        return self._transport.call(
            Call(
                "get_user_agent_sessions",
                [
                    ("user_id", TEXT, user_id),
                ],
                vec(wire.AGENT_SESSION),
                is_query=True,
                one_record=False,
            )
        )

    def store_agent_credentials(
        self,
        user_id: str,
        agent_type: AgentType,
        token: str,
        *,
        token_data: str | None = None,
        workspace_id: str | None = None,
        project_ids: Sequence[tuple[str, str]] = (),
        selected_repo: str | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """`store_agent_credentials` of the interface, an update."""
        return self._transport.call(
            Call(
                "store_agent_credentials",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("token", TEXT, token),
                    ("token_data", opt(TEXT), token_data),
                    ("workspace_id", opt(TEXT), workspace_id),
                    ("project_ids", vec(pair(TEXT, TEXT)), project_ids),
                    ("selected_repo", opt(TEXT), selected_repo),
                    ("expires_at", opt(TIME), expires_at),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=False,
            )
        )

    def update_agent_credentials(
        self,
        user_id: str,
        agent_type: AgentType,
        *,
        token: str | None = None,
        token_data: str | None = None,
        workspace_id: str | None = None,
        project_ids: Sequence[tuple[str, str]] | None = None,
        selected_repo: str | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """`update_agent_credentials` of the interface, an update."""
        return self._transport.call(
            Call(
                "update_agent_credentials",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("token", opt(TEXT), token),
                    ("token_data", opt(TEXT), token_data),
                    ("workspace_id", opt(TEXT), workspace_id),
                    ("project_ids", opt(vec(pair(TEXT, TEXT))), project_ids),
                    ("selected_repo", opt(TEXT), selected_repo),
                    ("expires_at", opt(TIME), expires_at),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=False,
            )
        )

    def get_agent_credentials(self, user_id: str, agent_type: AgentType) -> AgentCredentials | None:
        """
        `get_agent_credentials` of the interface, a query. user_id, agent_type; tokens as the
        setting query_tokens says.
        """
        return self._transport.call(
            Call(
                "get_agent_credentials",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                ],
                opt(wire.AGENT_CREDENTIALS),
                is_query=True,
                one_record=False,
            )
        )

    def get_user_agent_credentials(self, user_id: str) -> tuple[AgentCredentials, ...]:
        """
        `get_user_agent_credentials` of the interface, a query. user_id; those of the default
        accounts. All fit into a reply; list_credentials has the other accounts.
        """
        return self._transport.call(
            Call(
                "get_user_agent_credentials",
                [
                    ("user_id", TEXT, user_id),
                ],
                vec(wire.AGENT_CREDENTIALS),
                is_query=True,
                one_record=False,
            )
        )

    def store_agent_interaction(
        self,
        user_id: str,
        agent_type: AgentType,
        message: str,
        response: str,
        success: bool,
        *,
        metadata: str | None = None,
    ) -> str:
        """`store_agent_interaction` of the interface, an update."""
        return self._transport.call(
            Call(
                "store_agent_interaction",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("message", TEXT, message),
                    ("response", TEXT, response),
                    ("success", BOOL, success),
                    ("metadata", opt(TEXT), metadata),
                ],
                wire.TEXT_RESULT,
                is_query=False,
                one_record=False,
            )
        )

    def get_agent_interaction(self, interaction_id: str) -> AgentInteraction | None:
        """`get_agent_interaction` of the interface, a query."""
        return self._transport.call(
            Call(
                "get_agent_interaction",
                [
                    ("interaction_id", TEXT, interaction_id),
                ],
                opt(wire.AGENT_INTERACTION),
                is_query=True,
                one_record=False,
            )
        )

    def get_user_agent_interactions(self, user_id: str, *, limit: int | None = None) -> tuple[AgentInteraction, ...]:
        """
        `get_user_agent_interactions` of the interface, a query. user_id, limit (1 to 500; 50 when
        left out); the newest that fit into a reply of 2 MiB, without a sign that there are more:
        list_interactions gives all, page by page.
        """
        return self._transport.call(
            Call(
                "get_user_agent_interactions",
                [
                    ("user_id", TEXT, user_id),
                    ("limit", opt(NAT32), limit),
                ],
                vec(wire.AGENT_INTERACTION),
                is_query=True,
                one_record=False,
            )
        )

    def get_agent_type_interactions(
        self, user_id: str, agent_type: AgentType, *, limit: int | None = None
    ) -> tuple[AgentInteraction, ...]:
        """
        `get_agent_type_interactions` of the interface, a query. user_id, agent_type, limit (1 to
        500; 50 when left out); ends as get_user_agent_interactions does.
        """
        return self._transport.call(
            Call(
                "get_agent_type_interactions",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("limit", opt(NAT32), limit),
                ],
                vec(wire.AGENT_INTERACTION),
                is_query=True,
                one_record=False,
            )
        )

    def log_agent_activity(
        self,
        user_id: str,
        agent_type: AgentType,
        activity_type: AgentActivityType,
        description: str,
        *,
        metadata: str | None = None,
    ) -> None:
        """`log_agent_activity` of the interface, an update."""
        return self._transport.call(
            Call(
                "log_agent_activity",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("activity_type", wire.AGENT_ACTIVITY_TYPE, activity_type),
                    ("description", TEXT, description),
                    ("metadata", opt(TEXT), metadata),
                ],
                NO_REPLY,
                is_query=False,
                one_record=False,
            )
        )

    def get_user_agent_activities(self, user_id: str, *, limit: int | None = None) -> tuple[SeedActivity, ...]:
        """
        `get_user_agent_activities` of the interface, a query. user_id, limit (1 to 500; 100 when
        left out); SessionExpired is told as SessionEnded, and TokenRefreshFailed as ErrorOccurred;
        activities of the other kinds that SeedActivityType does not have are left out, and not
        counted. Ends where a reply is full (2 MiB), or where 2,000 activities were left out,
        without a sign that there are more: list_activities gives every activity with its own kind,
        page by page.
        """
        return self._transport.call(
            Call(
                "get_user_agent_activities",
                [
                    ("user_id", TEXT, user_id),
                    ("limit", opt(NAT32), limit),
                ],
                vec(wire.SEED_ACTIVITY),
                is_query=True,
                one_record=False,
            )
        )

    def get_agent_status(self, user_id: str) -> AgentStatus:
        """`get_agent_status` of the interface, a query."""
        return self._transport.call(
            Call(
                "get_agent_status",
                [
                    ("user_id", TEXT, user_id),
                ],
                wire.AGENT_STATUS,
                is_query=True,
                one_record=False,
            )
        )

    def cleanup_expired_sessions(self) -> int:
        """
        `cleanup_expired_sessions` of the interface, an update. Ends sessions in which nothing
        happened for 24 hours, 200 at most; returns how many.
        """
        return self._transport.call(
            Call(
                "cleanup_expired_sessions",
                [],
                NAT32,
                is_query=False,
                one_record=False,
            )
        )

    def cleanup_expired_credentials(self) -> int:
        """
        `cleanup_expired_credentials` of the interface, an update. Takes the tokens of credentials
        away whose expires_at has passed, and grants whose time is over, 200 at most; returns how
        many.
        """
        return self._transport.call(
            Call(
                "cleanup_expired_credentials",
                [],
                NAT32,
                is_query=False,
                one_record=False,
            )
        )

    def list_sessions(
        self,
        user_id: str,
        *,
        agent_type: AgentType | None = None,
        is_active: bool | None = None,
        without_tokens: bool | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> SessionPage:
        """`list_sessions` of the interface, a query."""
        return self._transport.call(
            Call(
                "list_sessions",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", opt(wire.AGENT_TYPE), agent_type),
                    ("is_active", opt(BOOL), is_active),
                    ("without_tokens", opt(BOOL), without_tokens),
                    ("from", opt(TIME), from_),
                    ("until", opt(TIME), until),
                    ("limit", opt(NAT32), limit),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.LIST_SESSIONS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def iter_sessions(
        self,
        user_id: str,
        *,
        agent_type: AgentType | None = None,
        is_active: bool | None = None,
        without_tokens: bool | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Iterator[AgentSession]:
        """What the pages of `list_sessions` hold, page after page."""
        while True:
            page = self.list_sessions(
                user_id,
                agent_type=agent_type,
                is_active=is_active,
                without_tokens=without_tokens,
                from_=from_,
                until=until,
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    def list_interactions(
        self,
        user_id: str,
        *,
        agent_type: AgentType | None = None,
        session_id: str | None = None,
        success: bool | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> InteractionPage:
        """`list_interactions` of the interface, a query."""
        return self._transport.call(
            Call(
                "list_interactions",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", opt(wire.AGENT_TYPE), agent_type),
                    ("session_id", opt(TEXT), session_id),
                    ("success", opt(BOOL), success),
                    ("from", opt(TIME), from_),
                    ("until", opt(TIME), until),
                    ("limit", opt(NAT32), limit),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.LIST_INTERACTIONS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def iter_interactions(
        self,
        user_id: str,
        *,
        agent_type: AgentType | None = None,
        session_id: str | None = None,
        success: bool | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Iterator[AgentInteraction]:
        """What the pages of `list_interactions` hold, page after page."""
        while True:
            page = self.list_interactions(
                user_id,
                agent_type=agent_type,
                session_id=session_id,
                success=success,
                from_=from_,
                until=until,
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    def list_activities(
        self,
        user_id: str,
        *,
        agent_type: AgentType | None = None,
        activity_type: AgentActivityType | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> ActivityPage:
        """`list_activities` of the interface, a query."""
        return self._transport.call(
            Call(
                "list_activities",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", opt(wire.AGENT_TYPE), agent_type),
                    ("activity_type", opt(wire.AGENT_ACTIVITY_TYPE), activity_type),
                    ("from", opt(TIME), from_),
                    ("until", opt(TIME), until),
                    ("limit", opt(NAT32), limit),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.LIST_ACTIVITIES_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def iter_activities(
        self,
        user_id: str,
        *,
        agent_type: AgentType | None = None,
        activity_type: AgentActivityType | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Iterator[AgentActivity]:
        """What the pages of `list_activities` hold, page after page."""
        while True:
            page = self.list_activities(
                user_id,
                agent_type=agent_type,
                activity_type=activity_type,
                from_=from_,
                until=until,
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    def add_agent(
        self,
        agent: Principal,
        name: str,
        *,
        agent_types: Sequence[AgentType] | None = None,
        permissions: Sequence[AgentPermission] | None = None,
        scope: AgentScope | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """`add_agent` of the interface, an update. For admins and controllers."""
        return self._transport.call(
            Call(
                "add_agent",
                [
                    ("agent", PRINCIPAL, agent),
                    ("name", TEXT, name),
                    ("agent_types", opt(vec(wire.AGENT_TYPE)), agent_types),
                    ("permissions", opt(vec(wire.AGENT_PERMISSION)), permissions),
                    ("scope", opt(wire.AGENT_SCOPE), scope),
                    ("expires_at", opt(TIME), expires_at),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def update_agent(
        self,
        agent: Principal,
        *,
        name: str | None = None,
        agent_types: Sequence[AgentType] | None = None,
        permissions: Sequence[AgentPermission] | None = None,
        scope: AgentScope | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """`update_agent` of the interface, an update."""
        return self._transport.call(
            Call(
                "update_agent",
                [
                    ("agent", PRINCIPAL, agent),
                    ("name", opt(TEXT), name),
                    ("agent_types", opt(vec(wire.AGENT_TYPE)), agent_types),
                    ("permissions", opt(vec(wire.AGENT_PERMISSION)), permissions),
                    ("scope", opt(wire.AGENT_SCOPE), scope),
                    ("expires_at", opt(TIME), expires_at),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def remove_agent(self, agent: Principal) -> None:
        """`remove_agent` of the interface, an update."""
        return self._transport.call(
            Call(
                "remove_agent",
                [
                    ("agent", PRINCIPAL, agent),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def list_agents(self) -> tuple[Agent, ...]:
        """`list_agents` of the interface, a query."""
        return self._transport.call(
            Call(
                "list_agents",
                [],
                wire.LIST_AGENTS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def get_agent_names(self, *, agents: Sequence[Principal] = ()) -> tuple[AgentName, ...]:
        """
        `get_agent_names` of the interface, a query. For everybody who says who they are: a user
        reads principals in what is held about them. Who is no agent is left out.
        """
        return self._transport.call(
            Call(
                "get_agent_names",
                [
                    ("agents", vec(PRINCIPAL), agents),
                ],
                wire.GET_AGENT_NAMES_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def add_admin(self, admin: Principal) -> None:
        """`add_admin` of the interface, an update."""
        return self._transport.call(
            Call(
                "add_admin",
                [
                    ("admin", PRINCIPAL, admin),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def remove_admin(self, admin: Principal) -> None:
        """`remove_admin` of the interface, an update. The last admin cannot remove themself."""
        return self._transport.call(
            Call(
                "remove_admin",
                [
                    ("admin", PRINCIPAL, admin),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def list_admins(self) -> tuple[Admin, ...]:
        """`list_admins` of the interface, a query."""
        return self._transport.call(
            Call(
                "list_admins",
                [],
                wire.LIST_ADMINS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def grant_agent(
        self,
        user_id: str,
        agent: Principal,
        *,
        agent_types: Sequence[AgentType] | None = None,
        permissions: Sequence[AgentPermission] | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """`grant_agent` of the interface, an update. For the user alone; admins may list."""
        return self._transport.call(
            Call(
                "grant_agent",
                [
                    ("user_id", TEXT, user_id),
                    ("agent", PRINCIPAL, agent),
                    ("agent_types", opt(vec(wire.AGENT_TYPE)), agent_types),
                    ("permissions", opt(vec(wire.AGENT_PERMISSION)), permissions),
                    ("expires_at", opt(TIME), expires_at),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def withdraw_agent(self, user_id: str, agent: Principal) -> None:
        """`withdraw_agent` of the interface, an update."""
        return self._transport.call(
            Call(
                "withdraw_agent",
                [
                    ("user_id", TEXT, user_id),
                    ("agent", PRINCIPAL, agent),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def list_grants(self, user_id: str) -> tuple[Grant, ...]:
        """`list_grants` of the interface, a query."""
        return self._transport.call(
            Call(
                "list_grants",
                [
                    ("user_id", TEXT, user_id),
                ],
                wire.LIST_GRANTS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def block_agent(self, user_id: str, agent: Principal) -> None:
        """
        `block_agent` of the interface, an update. For the user alone; admins may list. A blocked
        agent may do nothing for the user, whatever it is granted, and also where it acts for every
        user. Blocking again changes nothing; NotFound for an agent that the service does not know,
        and for unblocking one that is not blocked.
        """
        return self._transport.call(
            Call(
                "block_agent",
                [
                    ("user_id", TEXT, user_id),
                    ("agent", PRINCIPAL, agent),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def unblock_agent(self, user_id: str, agent: Principal) -> None:
        """`unblock_agent` of the interface, an update."""
        return self._transport.call(
            Call(
                "unblock_agent",
                [
                    ("user_id", TEXT, user_id),
                    ("agent", PRINCIPAL, agent),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def list_blocked_agents(self, user_id: str) -> tuple[BlockedAgent, ...]:
        """`list_blocked_agents` of the interface, a query."""
        return self._transport.call(
            Call(
                "list_blocked_agents",
                [
                    ("user_id", TEXT, user_id),
                ],
                wire.LIST_BLOCKED_AGENTS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def store_credentials(
        self,
        user_id: str,
        agent_type: AgentType,
        token: str,
        *,
        account: str | None = None,
        token_data: str | None = None,
        workspace_id: str | None = None,
        project_ids: Sequence[tuple[str, str]] | None = None,
        selected_repo: str | None = None,
        expires_at: datetime | None = None,
        request_id: str | None = None,
    ) -> None:
        """`store_credentials` of the interface, an update. For agents that write."""
        request_id = token_hex(16) if request_id is None else request_id
        return self._transport.call(
            Call(
                "store_credentials",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("account", opt(TEXT), account),
                    ("token", TEXT, token),
                    ("token_data", opt(TEXT), token_data),
                    ("workspace_id", opt(TEXT), workspace_id),
                    ("project_ids", opt(vec(pair(TEXT, TEXT))), project_ids),
                    ("selected_repo", opt(TEXT), selected_repo),
                    ("expires_at", opt(TIME), expires_at),
                    ("request_id", opt(TEXT), request_id),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
                request_id=request_id,
            )
        )

    def list_credentials(self, user_id: str, *, agent_type: AgentType | None = None) -> tuple[CredentialInfo, ...]:
        """
        `list_credentials` of the interface, a query. InvalidArgument for agent_type where the
        accounts of all types do not fit into a reply; those of one type always do.
        """
        return self._transport.call(
            Call(
                "list_credentials",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", opt(wire.AGENT_TYPE), agent_type),
                ],
                wire.LIST_CREDENTIALS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def list_accounts(
        self, user_id: str, *, agent_type: AgentType | None = None, limit: int | None = None, cursor: str | None = None
    ) -> AccountPage:
        """`list_accounts` of the interface, a query. The same in pages."""
        return self._transport.call(
            Call(
                "list_accounts",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", opt(wire.AGENT_TYPE), agent_type),
                    ("limit", opt(NAT32), limit),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.LIST_ACCOUNTS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def iter_accounts(
        self, user_id: str, *, agent_type: AgentType | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Iterator[CredentialInfo]:
        """What the pages of `list_accounts` hold, page after page."""
        while True:
            page = self.list_accounts(
                user_id,
                agent_type=agent_type,
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    def revoke_credentials(self, user_id: str, agent_type: AgentType, *, account: str | None = None) -> None:
        """`revoke_credentials` of the interface, an update. For the user, and agents that write."""
        return self._transport.call(
            Call(
                "revoke_credentials",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("account", opt(TEXT), account),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def lease_agent_credentials(
        self,
        user_id: str,
        agent_type: AgentType,
        purpose: str,
        *,
        account: str | None = None,
        duration: timedelta | None = None,
    ) -> CredentialLease:
        """
        `lease_agent_credentials` of the interface, an update. For the user, and agents with the
        permission credentials. Leaves an activity; Expired where there is no token any more, with
        what to do.
        """
        return self._transport.call(
            Call(
                "lease_agent_credentials",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("account", opt(TEXT), account),
                    ("purpose", TEXT, purpose),
                    ("duration_ns", opt(DURATION), duration),
                ],
                wire.LEASE_CREDENTIALS_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def begin_token_refresh(self, user_id: str, agent_type: AgentType, *, account: str | None = None) -> TokenRefresh:
        """
        `begin_token_refresh` of the interface, an update. For agents with the permissions write and
        credentials. Conflict while another caller's refresh is under way, for 2 minutes at most.
        """
        return self._transport.call(
            Call(
                "begin_token_refresh",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("account", opt(TEXT), account),
                ],
                wire.BEGIN_TOKEN_REFRESH_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def complete_token_refresh(
        self,
        user_id: str,
        agent_type: AgentType,
        fencing: int,
        outcome: TokenRefreshOutcome,
        *,
        account: str | None = None,
    ) -> None:
        """
        `complete_token_refresh` of the interface, an update. Stores what came of it, however late,
        unless it was superseded (Conflict): another refresh was completed, or the credentials were
        stored or revoked. A failure stops nobody else's refresh.
        """
        return self._transport.call(
            Call(
                "complete_token_refresh",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("account", opt(TEXT), account),
                    ("fencing", NAT64, fencing),
                    ("outcome", wire.TOKEN_REFRESH_OUTCOME, outcome),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def get_audit_tip(self) -> AuditTip:
        """
        `get_audit_tip` of the interface, a query. For everybody; of what a caller may not read
        there is the commitment.
        """
        return self._transport.call(
            Call(
                "get_audit_tip",
                [],
                wire.GET_AUDIT_TIP_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def get_audit_entries(self, *, from_: int | None = None, limit: int | None = None) -> AuditPage:
        """`get_audit_entries` of the interface, a query."""
        return self._transport.call(
            Call(
                "get_audit_entries",
                [
                    ("from", opt(NAT64), from_),
                    ("limit", opt(NAT32), limit),
                ],
                wire.GET_AUDIT_ENTRIES_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def iter_audit_entries(self, *, from_: int | None = None, limit: int | None = None) -> Iterator[AuditEntry]:
        """What the pages of `get_audit_entries` hold, page after page."""
        while True:
            page = self.get_audit_entries(
                from_=from_,
                limit=limit,
            )
            for item in page.entries:
                yield item
            from_ = page.next
            if from_ is None:
                return

    def export_user(self, user_id: str, *, cursor: str | None = None) -> ExportPage:
        """
        `export_user` of the interface, a query. For the user, and admins: all that is held about
        the user, without tokens.
        """
        return self._transport.call(
            Call(
                "export_user",
                [
                    ("user_id", TEXT, user_id),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.EXPORT_USER_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def erase_user(self, user_id: str) -> None:
        """`erase_user` of the interface, an update. For the user, and admins. Cannot be undone."""
        return self._transport.call(
            Call(
                "erase_user",
                [
                    ("user_id", TEXT, user_id),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def create_link_code(self, user_id: str) -> LinkCode:
        """
        `create_link_code` of the interface, an update. For agents with every right for every user.
        Replaces the code before; Conflict where the user_id is linked.
        """
        return self._transport.call(
            Call(
                "create_link_code",
                [
                    ("user_id", TEXT, user_id),
                ],
                wire.LINK_CODE_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def redeem_link_code(self, code: str) -> LinkedUser:
        """
        `redeem_link_code` of the interface, an update. For the user: makes the caller the owner of
        the user_id. RateLimited after five wrong codes.
        """
        return self._transport.call(
            Call(
                "redeem_link_code",
                [
                    ("code", TEXT, code),
                ],
                wire.REDEEM_LINK_CODE_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def unlink_user(self, user_id: str) -> None:
        """
        `unlink_user` of the interface, an update. For the user, and admins. What is stored stays,
        and so do grants.
        """
        return self._transport.call(
            Call(
                "unlink_user",
                [
                    ("user_id", TEXT, user_id),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def list_my_users(self) -> tuple[OwnedUser, ...]:
        """`list_my_users` of the interface, a query. For everybody: the user_ids that the caller owns."""
        return self._transport.call(
            Call(
                "list_my_users",
                [],
                wire.LIST_MY_USERS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def create_session(
        self,
        user_id: str,
        agent_type: AgentType,
        *,
        token: str | None = None,
        project_id: str | None = None,
        selected_repo: str | None = None,
        request_id: str | None = None,
    ) -> str:
        """
        `create_session` of the interface, an update. As the methods with agent in their names; each
        returns the id.
        """
        request_id = token_hex(16) if request_id is None else request_id
        return self._transport.call(
            Call(
                "create_session",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("token", opt(TEXT), token),
                    ("project_id", opt(TEXT), project_id),
                    ("selected_repo", opt(TEXT), selected_repo),
                    ("request_id", opt(TEXT), request_id),
                ],
                wire.TEXT_RESULT,
                is_query=False,
                one_record=True,
                request_id=request_id,
            )
        )

    def store_interaction(
        self,
        user_id: str,
        agent_type: AgentType,
        message: str,
        response: str,
        success: bool,
        *,
        metadata: str | None = None,
        session_id: str | None = None,
        request_id: str | None = None,
    ) -> str:
        """`store_interaction` of the interface, an update."""
        request_id = token_hex(16) if request_id is None else request_id
        return self._transport.call(
            Call(
                "store_interaction",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("message", TEXT, message),
                    ("response", TEXT, response),
                    ("success", BOOL, success),
                    ("metadata", opt(TEXT), metadata),
                    ("session_id", opt(TEXT), session_id),
                    ("request_id", opt(TEXT), request_id),
                ],
                wire.TEXT_RESULT,
                is_query=False,
                one_record=True,
                request_id=request_id,
            )
        )

    def log_activity(
        self,
        user_id: str,
        agent_type: AgentType,
        activity_type: AgentActivityType,
        description: str,
        *,
        metadata: str | None = None,
        request_id: str | None = None,
    ) -> str:
        """`log_activity` of the interface, an update."""
        request_id = token_hex(16) if request_id is None else request_id
        return self._transport.call(
            Call(
                "log_activity",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("activity_type", wire.AGENT_ACTIVITY_TYPE, activity_type),
                    ("description", TEXT, description),
                    ("metadata", opt(TEXT), metadata),
                    ("request_id", opt(TEXT), request_id),
                ],
                wire.TEXT_RESULT,
                is_query=False,
                one_record=True,
                request_id=request_id,
            )
        )

    def get_settings(self) -> Settings:
        """`get_settings` of the interface, a query. For admins and controllers."""
        return self._transport.call(
            Call(
                "get_settings",
                [],
                wire.SETTINGS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def update_settings(
        self,
        *,
        limits: SomeLimits | None = None,
        retention: SomeRetention | None = None,
        query_tokens: QueryTokens | None = None,
    ) -> None:
        """`update_settings` of the interface, an update."""
        return self._transport.call(
            Call(
                "update_settings",
                [
                    ("limits", opt(wire.SOME_LIMITS), limits),
                    ("retention", opt(wire.SOME_RETENTION), retention),
                    ("query_tokens", opt(wire.QUERY_TOKENS), query_tokens),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def preview_retention(
        self,
        *,
        interactions_days: int | None = None,
        interactions_newest: int | None = None,
        activities_days: int | None = None,
        activities_newest: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> RetentionPreview:
        """
        `preview_retention` of the interface, a query. What update_settings with the same numbers
        would remove when they take effect, of each user, the newest user first; changes nothing. A
        page may have fewer users than its limit, even none, and not be the last.
        """
        return self._transport.call(
            Call(
                "preview_retention",
                [
                    ("interactions_days", opt(NAT64), interactions_days),
                    ("interactions_newest", opt(NAT64), interactions_newest),
                    ("activities_days", opt(NAT64), activities_days),
                    ("activities_newest", opt(NAT64), activities_newest),
                    ("limit", opt(NAT32), limit),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.PREVIEW_RETENTION_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def iter_preview_retention(
        self,
        *,
        interactions_days: int | None = None,
        interactions_newest: int | None = None,
        activities_days: int | None = None,
        activities_newest: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Iterator[UserRemovals]:
        """What the pages of `preview_retention` hold, page after page."""
        while True:
            page = self.preview_retention(
                interactions_days=interactions_days,
                interactions_newest=interactions_newest,
                activities_days=activities_days,
                activities_newest=activities_newest,
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    def list_service_limits(self) -> tuple[ServiceLimit, ...]:
        """`list_service_limits` of the interface, a query."""
        return self._transport.call(
            Call(
                "list_service_limits",
                [],
                wire.LIST_SERVICE_LIMITS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def update_service_limits(self, *, changes: Sequence[ServiceLimitChange] = ()) -> None:
        """
        `update_service_limits` of the interface, an update. Makes all the changes, or none. Each
        limit is named once; what is not named stays.
        """
        return self._transport.call(
            Call(
                "update_service_limits",
                [
                    ("changes", vec(wire.SERVICE_LIMIT_CHANGE), changes),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def set_agent_limits(self, agent: Principal, limits: SomeLimits) -> None:
        """`set_agent_limits` of the interface, an update."""
        return self._transport.call(
            Call(
                "set_agent_limits",
                [
                    ("agent", PRINCIPAL, agent),
                    ("limits", wire.SOME_LIMITS, limits),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def get_agent_limits(self, agent: Principal) -> SomeLimits:
        """`get_agent_limits` of the interface, a query."""
        return self._transport.call(
            Call(
                "get_agent_limits",
                [
                    ("agent", PRINCIPAL, agent),
                ],
                wire.AGENT_LIMITS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def get_usage(self, user_id: str) -> Usage:
        """
        `get_usage` of the interface, a query. How much a user has used of what the caller may store
        for them.
        """
        return self._transport.call(
            Call(
                "get_usage",
                [
                    ("user_id", TEXT, user_id),
                ],
                wire.USAGE_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def get_user_retention(self, user_id: str) -> UserRetention:
        """
        `get_user_retention` of the interface, a query. What is kept of a user's records, and what
        of them is to be removed, and when. For whoever may read all of them.
        """
        return self._transport.call(
            Call(
                "get_user_retention",
                [
                    ("user_id", TEXT, user_id),
                ],
                wire.USER_RETENTION_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def get_user_analytics(
        self,
        user_id: str,
        *,
        agent_type: AgentType | None = None,
        agent: Principal | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        interval: AnalyticsInterval | None = None,
    ) -> Analytics:
        """
        `get_user_analytics` of the interface, a query. For the user, and whoever may read: what is
        about the agent types that they may see.
        """
        return self._transport.call(
            Call(
                "get_user_analytics",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", opt(wire.AGENT_TYPE), agent_type),
                    ("agent", opt(PRINCIPAL), agent),
                    ("from", opt(TIME), from_),
                    ("until", opt(TIME), until),
                    ("interval", opt(wire.ANALYTICS_INTERVAL), interval),
                ],
                wire.ANALYTICS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def get_service_analytics(
        self,
        *,
        agent_type: AgentType | None = None,
        agent: Principal | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        interval: AnalyticsInterval | None = None,
    ) -> ServiceAnalytics:
        """`get_service_analytics` of the interface, a query. For admins and controllers."""
        return self._transport.call(
            Call(
                "get_service_analytics",
                [
                    ("agent_type", opt(wire.AGENT_TYPE), agent_type),
                    ("agent", opt(PRINCIPAL), agent),
                    ("from", opt(TIME), from_),
                    ("until", opt(TIME), until),
                    ("interval", opt(wire.ANALYTICS_INTERVAL), interval),
                ],
                wire.SERVICE_ANALYTICS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def get_events(
        self, *, after: int | None = None, limit: int | None = None, filter: EventFilter | None = None
    ) -> EventPage:
        """
        `get_events` of the interface, a query. Whoever may read activities: those that they may
        see. Without a user_id in the filter, for agents of every user and admins.
        """
        return self._transport.call(
            Call(
                "get_events",
                [
                    ("after", opt(NAT64), after),
                    ("limit", opt(NAT32), limit),
                    ("filter", opt(wire.EVENT_FILTER), filter),
                ],
                wire.GET_EVENTS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def iter_events(
        self, *, after: int | None = None, limit: int | None = None, filter: EventFilter | None = None
    ) -> Iterator[Event]:
        """
        What the pages of `get_events` hold, page after page. Raises InvalidArgument for a place
        that the log does not have, as after the canister was put back to an earlier state.
        """
        tries = AHEAD_TRIES
        while True:
            page = self.get_events(
                after=after,
                limit=limit,
                filter=filter,
            )
            if after is not None and after > page.end:
                if tries == 0:
                    raise behind_the_end(after, page.end)
                tries -= 1
                sleep(AHEAD_WAIT)
                continue
            for item in page.events:
                yield item
            after = page.next
            if not page.more:
                return

    def get_notification_settings(self, user_id: str) -> NotificationSettings:
        """`get_notification_settings` of the interface, a query. For the user alone."""
        return self._transport.call(
            Call(
                "get_notification_settings",
                [
                    ("user_id", TEXT, user_id),
                ],
                wire.NOTIFICATION_SETTINGS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def update_notification_settings(
        self, user_id: str, *, rules: Sequence[NotificationRule] = ()
    ) -> NotificationSettings:
        """`update_notification_settings` of the interface, an update."""
        return self._transport.call(
            Call(
                "update_notification_settings",
                [
                    ("user_id", TEXT, user_id),
                    ("rules", vec(wire.NOTIFICATION_RULE), rules),
                ],
                wire.NOTIFICATION_SETTINGS_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def list_notifications(
        self, user_id: str, *, limit: int | None = None, cursor: str | None = None
    ) -> NotificationPage:
        """`list_notifications` of the interface, a query."""
        return self._transport.call(
            Call(
                "list_notifications",
                [
                    ("user_id", TEXT, user_id),
                    ("limit", opt(NAT32), limit),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.LIST_NOTIFICATIONS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def iter_notifications(
        self, user_id: str, *, limit: int | None = None, cursor: str | None = None
    ) -> Iterator[Notification]:
        """What the pages of `list_notifications` hold, page after page."""
        while True:
            page = self.list_notifications(
                user_id,
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    def mark_notifications_read(self, user_id: str, up_to: int) -> None:
        """`mark_notifications_read` of the interface, an update."""
        return self._transport.call(
            Call(
                "mark_notifications_read",
                [
                    ("user_id", TEXT, user_id),
                    ("up_to", NAT64, up_to),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    def list_users(self, *, limit: int | None = None, cursor: str | None = None) -> UserPage:
        """`list_users` of the interface, a query. For admins and controllers: the newest users first."""
        return self._transport.call(
            Call(
                "list_users",
                [
                    ("limit", opt(NAT32), limit),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.LIST_USERS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    def iter_users(self, *, limit: int | None = None, cursor: str | None = None) -> Iterator[UserInfo]:
        """What the pages of `list_users` hold, page after page."""
        while True:
            page = self.list_users(
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    def list_tasks(self) -> tuple[TaskState, ...]:
        """`list_tasks` of the interface, a query. For admins and controllers."""
        return self._transport.call(
            Call(
                "list_tasks",
                [],
                wire.LIST_TASKS_RESULT,
                is_query=True,
                one_record=True,
            )
        )
