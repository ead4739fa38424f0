# Made from src/candid/agent_service.did by `npm run generate`.
"""A method for each of the canister, and an iterator for each of its paged lists."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from secrets import token_hex

from .. import wire
from ..call import Call
from ..candid import (
    BLOB,
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
    DueConnection,
    DueConnectionPage,
    DueFilter,
    DueKind,
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
    OpeningKey,
    OwnedUser,
    QueryTokens,
    RetentionPreview,
    SealingKeys,
    SealingMode,
    SealingRecipient,
    SecretReplacement,
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
    UnsealedFilter,
    UnsealedSecrets,
    UnsealedSecretsPage,
    Usage,
    UserInfo,
    UserPage,
    UserRemovals,
    UserRetention,
)
from ..places import AHEAD_TRIES, AHEAD_WAIT, behind_the_end
from ..principal import Principal
from .transport import AsyncTransport


class AsyncMethods:
    """The interface, by a transport."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create_agent_session(
        self,
        user_id: str,
        agent_type: AgentType,
        *,
        token: str | None = None,
        project_id: str | None = None,
        selected_repo: str | None = None,
    ) -> str:
        """
        Begins a session of a user with an agent type, and returns its id. It is open until it is
        ended, or until nothing has happened in it for 24 hours. An update: `create_agent_session`
        of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            token: The access token; 1 to 16,384 bytes.
            project_id: 1 to 512 bytes.
            selected_repo: 1 to 512 bytes.

        Errors: Unauthorized, InvalidArgument, RateLimited; QuotaExceeded for "active_sessions",
        "total_sessions" or "bytes".

        Callers: agents with write.

        Cost: about 10 M cycles.
        """
        return await self._transport.call(
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

    async def update_agent_session(
        self,
        session_id: str,
        *,
        token: str | None = None,
        project_id: str | None = None,
        selected_repo: str | None = None,
    ) -> None:
        """
        Changes what an open session carries. None keeps what is there. The session stays open for
        another 24 hours. An update: `update_agent_session` of the interface.

        Args:
            session_id: 1 to 512 bytes.
            token: The access token; 1 to 16,384 bytes.
            project_id: 1 to 512 bytes.
            selected_repo: 1 to 512 bytes.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for an unknown session;
        Conflict where it has ended; Expired where it has expired; QuotaExceeded for "bytes".

        Callers: agents with write.

        Cost: about 10 M cycles.
        """
        return await self._transport.call(
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

    async def end_agent_session(self, session_id: str) -> None:
        """
        Ends an open session, which cannot be opened again. Its token is removed. An update:
        `end_agent_session` of the interface.

        Args:
            session_id: 1 to 512 bytes.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for an unknown session;
        Conflict where it has ended; Expired where it has expired.

        Callers: agents with write, the user.

        Cost: about 11 M cycles.
        """
        return await self._transport.call(
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

    async def get_agent_session(self, session_id: str) -> AgentSession | None:
        """
        Reads a session by its id; None where there is none. The token is there for the user and for
        agents with credentials, while the session is open. A query: `get_agent_session` of the
        interface.

        Args:
            session_id: 1 to 512 bytes.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_user_agent_sessions(self, user_id: str) -> tuple[AgentSession, ...]:
        """
        Lists a user's newest sessions: 5,000 at most, and as many as fit into a reply of 2 MiB,
        without a sign that there are more. list_sessions gives all of them, page by page. A query:
        `get_user_agent_sessions` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def store_agent_credentials(
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
        """
        Stores the credentials of a user's default account of an agent type, in the place of those
        before. An update: `store_agent_credentials` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            token: The access token; 1 to 16,384 bytes.
            token_data: The OAuth grant, JSON text of at most 100 levels; 1 to 65,536 bytes.
            workspace_id: 1 to 512 bytes.
            project_ids: Pairs of an id and a name, each 1 to 512 bytes; at most 256 entries.
            selected_repo: 1 to 512 bytes.
            expires_at: A time in the future; never when left out.

        Errors: Unauthorized, InvalidArgument, RateLimited; QuotaExceeded for "credentials",
        "accounts" (7 of a user and agent type) or "bytes".

        Callers: agents with write.

        Cost: about 11 M cycles.
        """
        return await self._transport.call(
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

    async def update_agent_credentials(
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
        """
        Changes stored credentials of the default account. None keeps what is there. An update:
        `update_agent_credentials` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            token: The access token; 1 to 16,384 bytes.
            token_data: The OAuth grant, JSON text of at most 100 levels; 1 to 65,536 bytes.
            workspace_id: 1 to 512 bytes.
            project_ids: Pairs of an id and a name, each 1 to 512 bytes; at most 256 entries.
            selected_repo: 1 to 512 bytes.
            expires_at: A time in the future; never when left out.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound where there are none; Expired
        where they have expired and get no new expires_at, or where the token is gone and none is
        given; QuotaExceeded for "bytes".

        Callers: agents with write.

        Cost: about 11 M cycles.
        """
        return await self._transport.call(
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

    async def get_agent_credentials(self, user_id: str, agent_type: AgentType) -> AgentCredentials | None:
        """
        Reads the credentials of the default account; None where there are none, or where they have
        expired. The setting query_tokens says who gets the token here: for everyone else it is
        empty, and lease_agent_credentials gives it. A query: `get_agent_credentials` of the
        interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_user_agent_credentials(self, user_id: str) -> tuple[AgentCredentials, ...]:
        """
        Lists the credentials of a user's default accounts, one for each agent type, as
        get_agent_credentials reads them. list_credentials has the other accounts. A query:
        `get_user_agent_credentials` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def store_agent_interaction(
        self,
        user_id: str,
        agent_type: AgentType,
        message: str,
        response: str,
        success: bool,
        *,
        metadata: str | None = None,
    ) -> str:
        """
        Stores what was asked and answered, in the user's current session of the agent type if one
        is open, and returns the interaction's id. An update: `store_agent_interaction` of the
        interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            message: What was asked; 1 to 262,144 bytes.
            response: What was answered; 1 to 262,144 bytes.
            success: Whether the agent did what was asked.
            metadata: JSON text of at most 100 levels; 1 to 65,536 bytes.

        Errors: Unauthorized, InvalidArgument, RateLimited; QuotaExceeded for "interactions" or
        "bytes".

        Callers: agents with write.

        Cost: about 12 M cycles.
        """
        return await self._transport.call(
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

    async def get_agent_interaction(self, interaction_id: str) -> AgentInteraction | None:
        """
        Reads an interaction by its id; None where there is none. A query: `get_agent_interaction`
        of the interface.

        Args:
            interaction_id: 1 to 512 bytes.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_user_agent_interactions(
        self, user_id: str, *, limit: int | None = None
    ) -> tuple[AgentInteraction, ...]:
        """
        Lists a user's newest interactions, as many as fit into a reply of 2 MiB, without a sign
        that there are more. list_interactions gives all of them, page by page. A query:
        `get_user_agent_interactions` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            limit: 1 to 500; 50 when left out

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_agent_type_interactions(
        self, user_id: str, agent_type: AgentType, *, limit: int | None = None
    ) -> tuple[AgentInteraction, ...]:
        """
        Lists a user's newest interactions of one agent type. It ends as get_user_agent_interactions
        does. A query: `get_agent_type_interactions` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            limit: 1 to 500; 50 when left out

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def log_agent_activity(
        self,
        user_id: str,
        agent_type: AgentType,
        activity_type: AgentActivityType,
        description: str,
        *,
        metadata: str | None = None,
    ) -> None:
        """
        Adds an activity to a user's audit trail. log_activity does the same, and returns the id. An
        update: `log_agent_activity` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            activity_type: One that the service does not write itself
            description: In words; 1 to 4,096 bytes.
            metadata: JSON text of at most 100 levels; 1 to 65,536 bytes.

        Errors: Unauthorized, InvalidArgument, RateLimited; QuotaExceeded for "bytes".

        Callers: agents with write.

        Cost: about 10 M cycles.
        """
        return await self._transport.call(
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

    async def get_user_agent_activities(self, user_id: str, *, limit: int | None = None) -> tuple[SeedActivity, ...]:
        """
        Lists a user's newest activities in the kinds of the first version: SessionExpired becomes
        SessionEnded, and TokenRefreshFailed becomes ErrorOccurred. Activities of other kinds that
        SeedActivityType does not have are left out, and not counted. The list ends where a reply is
        full (2 MiB), or where 2,000 activities were left out, without a sign that there are more.
        list_activities gives every activity with its own kind, page by page. A query:
        `get_user_agent_activities` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            limit: 1 to 500; 100 when left out

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_agent_status(self, user_id: str) -> AgentStatus:
        """
        Counts a user's sessions, connected agents and recent records. A query: `get_agent_status`
        of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read for every agent type, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def cleanup_expired_sessions(self) -> int:
        """
        Ends sessions in which nothing has happened for 24 hours, 200 at most, and returns how many.
        The service does this by itself, too. An update: `cleanup_expired_sessions` of the
        interface.

        Errors: Unauthorized, InvalidArgument, RateLimited.

        Callers: agents with write for every user and agent type, admins.

        Cost: about 7 M cycles where there is nothing to do.
        """
        return await self._transport.call(
            Call(
                "cleanup_expired_sessions",
                [],
                NAT32,
                is_query=False,
                one_record=False,
            )
        )

    async def cleanup_expired_credentials(self) -> int:
        """
        Removes tokens whose expires_at has passed, and grants whose time is over, 200 at most, and
        returns how many. The service does this by itself, too. An update:
        `cleanup_expired_credentials` of the interface.

        Errors: Unauthorized, InvalidArgument, RateLimited.

        Callers: agents with write for every user and agent type, admins.

        Cost: about 7 M cycles where there is nothing to do.
        """
        return await self._transport.call(
            Call(
                "cleanup_expired_credentials",
                [],
                NAT32,
                is_query=False,
                one_record=False,
            )
        )

    async def list_sessions(
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
        """
        Lists a user's sessions page by page, those that pass the filters. A page may have fewer
        than its limit, even none, and not be the last. A query: `list_sessions` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: All that the caller may read when left out.
            is_active: Open ones, or closed ones; both when left out.
            without_tokens: Whether tokens are left out of the answer; when left out, those that the
                caller may have are there.
            from_: Created at this time or later.
            until: Created before this time.
            limit: 1 to 500; 50 when left out.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def iter_sessions(
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
    ) -> AsyncIterator[AgentSession]:
        """What the pages of `list_sessions` hold, page after page."""
        while True:
            page = await self.list_sessions(
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

    async def list_interactions(
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
        """
        Lists a user's interactions page by page, those that pass the filters. A page may have fewer
        than its limit, even none, and not be the last. A query: `list_interactions` of the
        interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: All that the caller may read when left out.
            session_id: 1 to 512 bytes.
            success: Whether the agent did what was asked.
            from_: Created at this time or later.
            until: Created before this time.
            limit: 1 to 500; 50 when left out.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def iter_interactions(
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
    ) -> AsyncIterator[AgentInteraction]:
        """What the pages of `list_interactions` hold, page after page."""
        while True:
            page = await self.list_interactions(
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

    async def list_activities(
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
        """
        Lists a user's audit trail page by page, the activities that pass the filters. A page may
        have fewer than its limit, even none, and not be the last. A query: `list_activities` of the
        interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: All that the caller may read when left out.
            activity_type: What happened.
            from_: Created at this time or later.
            until: Created before this time.
            limit: 1 to 500; 100 when left out.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def iter_activities(
        self,
        user_id: str,
        *,
        agent_type: AgentType | None = None,
        activity_type: AgentActivityType | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> AsyncIterator[AgentActivity]:
        """What the pages of `list_activities` hold, page after page."""
        while True:
            page = await self.list_activities(
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

    async def add_agent(
        self,
        agent: Principal,
        name: str,
        *,
        agent_types: Sequence[AgentType] | None = None,
        permissions: Sequence[AgentPermission] | None = None,
        scope: AgentScope | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """
        Registers a principal as an agent, with every right that the arguments do not narrow. An
        update: `add_agent` of the interface.

        Args:
            agent: The principal of an agent.
            name: For people to read; 1 to 512 bytes.
            agent_types: Those that it may act on; all when left out, and never none.
            permissions: All when left out, and never none.
            scope: every_user when left out.
            expires_at: A time in the future; never when left out.

        Errors: Unauthorized, InvalidArgument, RateLimited; Conflict where it is an agent already;
        QuotaExceeded beyond 1,000 agents.

        Callers: admins.

        Cost: about 12 M cycles.
        """
        return await self._transport.call(
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

    async def update_agent(
        self,
        agent: Principal,
        *,
        name: str | None = None,
        agent_types: Sequence[AgentType] | None = None,
        permissions: Sequence[AgentPermission] | None = None,
        scope: AgentScope | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """
        Changes an agent's name, rights or expiry, at once. An update: `update_agent` of the
        interface.

        Args:
            agent: The principal of an agent.
            name: For people to read; 1 to 512 bytes.
            agent_types: Never none.
            permissions: Never none.
            scope: Whether the agent acts for every user, or for those who grant it.
            expires_at: A time in the future; 0 removes the expiry.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for a principal that is no
        agent.

        Callers: admins.

        Cost: about 14 M cycles.
        """
        return await self._transport.call(
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

    async def remove_agent(self, agent: Principal) -> None:
        """
        Removes an agent and its limits, at once. Grants to it do not come back if it is added
        again. An update: `remove_agent` of the interface.

        Args:
            agent: The principal of an agent.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for a principal that is no
        agent.

        Callers: admins.

        Cost: about 15 M cycles.
        """
        return await self._transport.call(
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

    async def list_agents(self) -> tuple[Agent, ...]:
        """
        Lists every agent with its rights. A query: `list_agents` of the interface.

        Errors: Unauthorized, InvalidArgument.

        Callers: admins.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "list_agents",
                [],
                wire.LIST_AGENTS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    async def get_agent_names(self, *, agents: Sequence[Principal] = ()) -> tuple[AgentName, ...]:
        """
        Gives the names of those of the principals that are agents, so that a user can read who did
        what. Other principals are left out. A query: `get_agent_names` of the interface.

        Args:
            agents: At most 100 entries.

        Errors: Unauthorized, InvalidArgument.

        Callers: everyone but the anonymous caller.

        Cost: free.
        """
        return await self._transport.call(
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

    async def add_admin(self, admin: Principal) -> None:
        """
        Makes a principal an admin. An update: `add_admin` of the interface.

        Args:
            admin: The principal of an admin.

        Errors: Unauthorized, InvalidArgument, RateLimited; Conflict where it is one already;
        QuotaExceeded beyond 100 admins.

        Callers: admins.

        Cost: about 10 M cycles.
        """
        return await self._transport.call(
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

    async def remove_admin(self, admin: Principal) -> None:
        """
        Removes an admin. An update: `remove_admin` of the interface.

        Args:
            admin: The principal of an admin.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for a principal that is no
        admin; Conflict where the last admin removes themself.

        Callers: admins.

        Cost: about 10 M cycles.
        """
        return await self._transport.call(
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

    async def list_admins(self) -> tuple[Admin, ...]:
        """
        Lists the admins. A query: `list_admins` of the interface.

        Errors: Unauthorized, InvalidArgument.

        Callers: admins.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "list_admins",
                [],
                wire.LIST_ADMINS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    async def grant_agent(
        self,
        user_id: str,
        agent: Principal,
        *,
        agent_types: Sequence[AgentType] | None = None,
        permissions: Sequence[AgentPermission] | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """
        Lets an agent act for the user, in the place of the grant before. An update: `grant_agent`
        of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent: The principal of an agent.
            agent_types: All when left out, and never none; the agent has no more than its own.
            permissions: All when left out, and never none; the agent has no more than its own.
            expires_at: A time in the future; never when left out.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for a principal that is no
        agent; QuotaExceeded for "bytes", or beyond 100 grants; RateLimited where too many new users
        come at once.

        Callers: the user.

        Cost: about 14 M cycles.
        """
        return await self._transport.call(
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

    async def withdraw_agent(self, user_id: str, agent: Principal) -> None:
        """
        Withdraws a grant, at once. An update: `withdraw_agent` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent: The principal of an agent.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound where there is none.

        Callers: the user.

        Cost: about 14 M cycles.
        """
        return await self._transport.call(
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

    async def list_grants(self, user_id: str) -> tuple[Grant, ...]:
        """
        Lists a user's grants, expired ones included. A query: `list_grants` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument.

        Callers: the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def block_agent(self, user_id: str, agent: Principal) -> None:
        """
        Stops an agent for the user, at once: it may do nothing for them, whatever it was granted,
        and also where it acts for every user. Blocking again changes nothing. An update:
        `block_agent` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent: The principal of an agent.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for a principal that is no
        agent; RateLimited where too many new users come at once.

        Callers: the user.

        Cost: about 12 M cycles.
        """
        return await self._transport.call(
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

    async def unblock_agent(self, user_id: str, agent: Principal) -> None:
        """
        Lets a blocked agent act again, with the rights that it had. An update: `unblock_agent` of
        the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent: The principal of an agent.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound where the agent is not blocked;
        QuotaExceeded for "bytes".

        Callers: the user.

        Cost: about 12 M cycles.
        """
        return await self._transport.call(
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

    async def list_blocked_agents(self, user_id: str) -> tuple[BlockedAgent, ...]:
        """
        Lists the agents that a user has blocked. A query: `list_blocked_agents` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument.

        Callers: the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def store_credentials(
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
        """
        Stores the credentials of an account, in the place of those before. An update:
        `store_credentials` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            account: The label of an account, such as "work"; 1 to 64 bytes. The default account
                when left out.
            token: The access token; 1 to 16,384 bytes.
            token_data: The OAuth grant, JSON text of at most 100 levels; 1 to 65,536 bytes.
            workspace_id: 1 to 512 bytes.
            project_ids: Pairs of an id and a name, each 1 to 512 bytes; at most 256 entries.
            selected_repo: 1 to 512 bytes.
            expires_at: A time in the future; never when left out.
            request_id: 1 to 64 bytes. The same call sent again within 24 hours with the same one
                gets the first answer, and happens once. With other arguments, and where the
                credentials have changed since, it is a Conflict.

        Errors: Unauthorized, InvalidArgument, RateLimited; QuotaExceeded for "credentials",
        "accounts" (7 of a user and agent type) or "bytes", or beyond 100,000 remembered
        request_ids; Conflict where the request_id was used for another call.

        Callers: agents with write.

        Cost: about 11 M cycles.
        """
        request_id = token_hex(16) if request_id is None else request_id
        return await self._transport.call(
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

    async def list_credentials(
        self, user_id: str, *, agent_type: AgentType | None = None
    ) -> tuple[CredentialInfo, ...]:
        """
        Lists a user's accounts with their states, without tokens. Revoked and expired ones stay in
        the list. A query: `list_credentials` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: All that the caller may read when left out.

        Errors: Unauthorized, InvalidArgument; InvalidArgument for agent_type where the accounts of
        all types do not fit into a reply; those of one type always do.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def list_accounts(
        self, user_id: str, *, agent_type: AgentType | None = None, limit: int | None = None, cursor: str | None = None
    ) -> AccountPage:
        """
        Lists a user's accounts as list_credentials does, page by page. A query: `list_accounts` of
        the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: All that the caller may read when left out.
            limit: 1 to 500; 50 when left out.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def iter_accounts(
        self, user_id: str, *, agent_type: AgentType | None = None, limit: int | None = None, cursor: str | None = None
    ) -> AsyncIterator[CredentialInfo]:
        """What the pages of `list_accounts` hold, page after page."""
        while True:
            page = await self.list_accounts(
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

    async def revoke_credentials(self, user_id: str, agent_type: AgentType, *, account: str | None = None) -> None:
        """
        Removes an account's token and grant, at once, and ends a refresh that is under way. An
        update: `revoke_credentials` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            account: The label of an account, such as "work"; 1 to 64 bytes. The default account
                when left out.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound where there is neither a token
        nor a grant.

        Callers: agents with write, the user.

        Cost: about 11 M cycles.
        """
        return await self._transport.call(
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

    async def lease_agent_credentials(
        self,
        user_id: str,
        agent_type: AgentType,
        purpose: str,
        *,
        account: str | None = None,
        duration: timedelta | None = None,
    ) -> CredentialLease:
        """
        Gives an account's credentials with their token, for a purpose that the user can read in the
        activity TokenLeased. An update: `lease_agent_credentials` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            account: The label of an account, such as "work"; 1 to 64 bytes. The default account
                when left out.
            purpose: What the token is for, as the user reads it; 1 to 512 bytes.
            duration: How long the lease lasts: 1 hour at most; 10 minutes when left out.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for an unknown account; Expired
        where there is no token any more, with what to do; QuotaExceeded far beyond "bytes".

        Callers: agents with credentials, the user.

        Cost: about 10 M cycles.
        """
        return await self._transport.call(
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

    async def begin_token_refresh(
        self, user_id: str, agent_type: AgentType, *, account: str | None = None
    ) -> TokenRefresh:
        """
        Gives one caller at a time what it takes to refresh a token: for 2 minutes no other caller
        can begin. Leaves an activity TokenLeased. An update: `begin_token_refresh` of the
        interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            account: The label of an account, such as "work"; 1 to 64 bytes. The default account
                when left out.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for an unknown account;
        Conflict while another caller's refresh is under way; Expired where there is neither a token
        nor a grant; QuotaExceeded far beyond "bytes".

        Callers: agents with write and credentials.

        Cost: about 11 M cycles.
        """
        return await self._transport.call(
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

    async def complete_token_refresh(
        self,
        user_id: str,
        agent_type: AgentType,
        fencing: int,
        outcome: TokenRefreshOutcome,
        *,
        account: str | None = None,
    ) -> None:
        """
        Stores the outcome of a refresh, however late it comes. A failure does not stop another
        caller's refresh. An update: `complete_token_refresh` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            account: The label of an account, such as "work"; 1 to 64 bytes. The default account
                when left out.
            fencing: That of the refresh, which begin_token_refresh gave.
            outcome: What came of it.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for an unknown account;
        Conflict, and nothing is stored, where the refresh was superseded: another was completed, or
        the credentials were stored or revoked.

        Callers: agents with write and credentials.

        Cost: about 12 M cycles.
        """
        return await self._transport.call(
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

    async def list_due_connections(
        self,
        kind: DueKind,
        before: int,
        *,
        since: int | None = None,
        filter: DueFilter | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> DueConnectionPage:
        """
        Lists the connections whose token ends, or that failed, before a time, page by page: those
        of the earliest hour first, in no order within an hour. One that changes in the meantime can
        come twice. A page may have fewer items than its limit, even none, and not be the last.
        Private accounts are not listed to agents for every user. A query: `list_due_connections` of
        the interface.

        Args:
            kind: Which are listed: those whose token ends, or those that failed.
            before: Nanoseconds; this time is not included.
            since: Nanoseconds; this time is included. From the earliest when left out.
            filter: Those of one user, and of one agent type; all that the caller may read when left
                out.
            limit: 1 to 500; 50 when left out.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins. Without a user_id in the filter: agents with
        read for every user, admins.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "list_due_connections",
                [
                    ("kind", wire.DUE_KIND, kind),
                    ("before", NAT64, before),
                    ("since", opt(NAT64), since),
                    ("filter", opt(wire.DUE_FILTER), filter),
                    ("limit", opt(NAT32), limit),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.LIST_DUE_CONNECTIONS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    async def iter_due_connections(
        self,
        kind: DueKind,
        before: int,
        *,
        since: int | None = None,
        filter: DueFilter | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> AsyncIterator[DueConnection]:
        """What the pages of `list_due_connections` hold, page after page."""
        while True:
            page = await self.list_due_connections(
                kind,
                before,
                since=since,
                filter=filter,
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    async def get_sealing_keys(self, user_id: str, agent_type: AgentType, *, account: str | None = None) -> SealingKeys:
        """
        Tells for whom a secret of an account is to be sealed. The answer of one node proves
        nothing: send it as an update before a secret goes out by it. It can be kept until a secret
        is refused with a Conflict, which names the recipients of that time. A query:
        `get_sealing_keys` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            account: The label of an account, such as "work"; 1 to 64 bytes. The default account
                when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, write or credentials, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "get_sealing_keys",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("account", opt(TEXT), account),
                ],
                wire.GET_SEALING_KEYS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    async def derive_opening_key(
        self,
        user_id: str,
        agent_type: AgentType,
        recipient: SealingRecipient,
        transport_public_key: bytes,
        *,
        account: str | None = None,
        session_id: str | None = None,
    ) -> OpeningKey:
        """
        Has the network derive the key of a recipient, encrypted for the caller's transport key.
        Leaves an activity OpeningKeyDerived, also where the network then gives no key. One key
        opens all secrets of its recipient: keep it in memory. An update: `derive_opening_key` of
        the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            account: The label of an account, such as "work"; 1 to 64 bytes. The default account
                when left out.
            session_id: The session whose token is to be opened; a secret of the account when left
                out. 1 to 512 bytes.
            recipient: One that the sealed secret names, and that the caller is.
            transport_public_key: A compressed point of the group G1 of BLS12-381, for which the key
                is encrypted; 48 bytes.

        Errors: Unauthorized, InvalidArgument, RateLimited; Unauthorized for who is none of the
        recipients; NotFound where nothing that is stored there is sealed for the recipient;
        QuotaExceeded for "cycles" where the service has too few, or far beyond "bytes"; RateLimited
        beyond the derivations of the caller.

        Callers: agents with credentials, the user.

        Cost: about 26165 M cycles.
        """
        return await self._transport.call(
            Call(
                "derive_opening_key",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("account", opt(TEXT), account),
                    ("session_id", opt(TEXT), session_id),
                    ("recipient", wire.SEALING_RECIPIENT, recipient),
                    ("transport_public_key", BLOB, transport_public_key),
                ],
                wire.DERIVE_OPENING_KEY_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    async def reseal_credentials(
        self,
        user_id: str,
        agent_type: AgentType,
        *,
        account: str | None = None,
        new_token: SecretReplacement | None = None,
        new_token_data: SecretReplacement | None = None,
    ) -> None:
        """
        Puts a sealed secret in the place of the same one that is in clear, or sealed for others, if
        that is still there. State, expiry and refreshes stay as they are. An update:
        `reseal_credentials` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            account: The label of an account, such as "work"; 1 to 64 bytes. The default account
                when left out.
            new_token: The token stays as it is when left out. One of the two is given.
            new_token_data: The grant stays as it is when left out.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound where there is no such secret;
        Conflict, and nothing is stored, where another one is there, or where it is sealed for
        others than today's recipients; QuotaExceeded far beyond "bytes".

        Callers: agents with write and credentials, the user.

        Cost: about 19 M cycles; 3 M more for each KiB of the secret that is replaced.
        """
        return await self._transport.call(
            Call(
                "reseal_credentials",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("account", opt(TEXT), account),
                    ("new_token", opt(wire.SECRET_REPLACEMENT), new_token),
                    ("new_token_data", opt(wire.SECRET_REPLACEMENT), new_token_data),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    async def reseal_session(self, session_id: str, new_token: SecretReplacement) -> None:
        """
        As reseal_credentials, of the token of an open session. An update: `reseal_session` of the
        interface.

        Args:
            session_id: 1 to 512 bytes.
            new_token: The sealed token.

        Errors: those of reseal_credentials; Expired where the session has expired.

        Callers: agents with write and credentials, the user.

        Cost: about 18 M cycles; 3 M more for each KiB of the secret that is replaced.
        """
        return await self._transport.call(
            Call(
                "reseal_session",
                [
                    ("session_id", TEXT, session_id),
                    ("new_token", wire.SECRET_REPLACEMENT, new_token),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    async def list_unsealed_secrets(
        self, *, filter: UnsealedFilter | None = None, limit: int | None = None, cursor: str | None = None
    ) -> UnsealedSecretsPage:
        """
        Lists the secrets that are in clear or sealed for others than today's recipients, page by
        page, the newest user first. Of a user's sessions it looks at the newest 2,000. A page may
        have fewer items than its limit, even none, and not be the last. A query:
        `list_unsealed_secrets` of the interface.

        Args:
            filter: Those of one user; of all of them when left out.
            limit: 1 to 500; 50 when left out. The secrets of one user are on one page, also where
                they are more.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins. Without a user_id in the filter: agents with
        read for every user, admins.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "list_unsealed_secrets",
                [
                    ("filter", opt(wire.UNSEALED_FILTER), filter),
                    ("limit", opt(NAT32), limit),
                    ("cursor", opt(TEXT), cursor),
                ],
                wire.LIST_UNSEALED_SECRETS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    async def iter_unsealed_secrets(
        self, *, filter: UnsealedFilter | None = None, limit: int | None = None, cursor: str | None = None
    ) -> AsyncIterator[UnsealedSecrets]:
        """What the pages of `list_unsealed_secrets` hold, page after page."""
        while True:
            page = await self.list_unsealed_secrets(
                filter=filter,
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    async def update_sealing(self, sealing: SealingMode) -> None:
        """
        Sets whether secrets are sealed. get_settings tells what is set. An update: `update_sealing`
        of the interface.

        Args:
            sealing: In force from the next call on.

        Errors: Unauthorized, InvalidArgument, RateLimited.

        Callers: admins.

        Cost: about 10 M cycles.
        """
        return await self._transport.call(
            Call(
                "update_sealing",
                [
                    ("sealing", wire.SEALING_MODE, sealing),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    async def set_account_privacy(
        self, user_id: str, agent_type: AgentType, is_private: bool, *, account: str | None = None
    ) -> None:
        """
        Keeps agents for every user from an account's token and grant, or lets them have it again.
        What was sealed for them before stays so until it is sealed anew; list_unsealed_secrets
        tells of it. An update: `set_account_privacy` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            account: The label of an account, such as "work"; 1 to 64 bytes. The default account
                when left out.
            is_private: Whether agents for every user are kept from the token and the grant.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for an unknown account.

        Callers: the user.

        Cost: about 13 M cycles.
        """
        return await self._transport.call(
            Call(
                "set_account_privacy",
                [
                    ("user_id", TEXT, user_id),
                    ("agent_type", wire.AGENT_TYPE, agent_type),
                    ("account", opt(TEXT), account),
                    ("is_private", BOOL, is_private),
                ],
                wire.UNIT_RESULT,
                is_query=False,
                one_record=True,
            )
        )

    async def get_audit_tip(self) -> AuditTip:
        """
        Tells how far the audit log goes, with the certificate that proves it. A query:
        `get_audit_tip` of the interface.

        Errors: Unauthorized, InvalidArgument.

        Callers: everyone.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "get_audit_tip",
                [],
                wire.GET_AUDIT_TIP_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    async def get_audit_entries(self, *, from_: int | None = None, limit: int | None = None) -> AuditPage:
        """
        Lists entries of the audit log in its order, oldest first. The content of entries that the
        caller may not read is left out; their commitment is there. A query: `get_audit_entries` of
        the interface.

        Args:
            from_: The index of the entry to begin with; the first entry when left out.
            limit: 1 to 500; 500 when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: everyone.

        Cost: free.
        """
        return await self._transport.call(
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

    async def iter_audit_entries(
        self, *, from_: int | None = None, limit: int | None = None
    ) -> AsyncIterator[AuditEntry]:
        """What the pages of `get_audit_entries` hold, page after page."""
        while True:
            page = await self.get_audit_entries(
                from_=from_,
                limit=limit,
            )
            for item in page.entries:
                yield item
            from_ = page.next
            if from_ is None:
                return

    async def export_user(self, user_id: str, *, cursor: str | None = None) -> ExportPage:
        """
        Exports all that is held about a user, page by page, without tokens. A query: `export_user`
        of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument; NotFound where nothing is held.

        Callers: the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def erase_user(self, user_id: str) -> None:
        """
        Erases all that is held about a user. This cannot be undone. An update: `erase_user` of the
        interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound where nothing is held.

        Callers: the user, admins.

        Cost: about 31 M cycles for a user with few records.
        """
        return await self._transport.call(
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

    async def create_link_code(self, user_id: str) -> LinkCode:
        """
        Makes a code by which a user becomes the owner of the user_id: hand it to them. It is valid
        for 10 minutes, works once, and replaces the code before. An update: `create_link_code` of
        the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument, RateLimited; InvalidArgument for the text of a
        principal, which has its owner; Conflict where the user_id is linked; QuotaExceeded for
        "bytes".

        Callers: agents with every permission for every user and agent type.

        Cost: about 14 M cycles.
        """
        return await self._transport.call(
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

    async def redeem_link_code(self, code: str) -> LinkedUser:
        """
        Redeems a link code: the caller becomes the owner of the user_id, which is returned. An
        update: `redeem_link_code` of the interface.

        Args:
            code: Dashes and small letters do not matter; 1 to 64 bytes.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for an unknown, used or
        replaced code; Expired for one that comes late; RateLimited after five wrong codes within 10
        minutes; QuotaExceeded beyond 100 linked user_ids.

        Callers: everyone but the anonymous caller.

        Cost: about 14 M cycles.
        """
        return await self._transport.call(
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

    async def unlink_user(self, user_id: str) -> None:
        """
        Takes a user_id from its owner, so that it can be linked anew. Records and grants stay. An
        update: `unlink_user` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound where it is not linked.

        Callers: the user, admins.

        Cost: about 11 M cycles.
        """
        return await self._transport.call(
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

    async def list_my_users(self) -> tuple[OwnedUser, ...]:
        """
        Lists the user_ids that the caller owns: the text of their principal, and those that are
        linked to it. A query: `list_my_users` of the interface.

        Errors: Unauthorized, InvalidArgument.

        Callers: everyone but the anonymous caller.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "list_my_users",
                [],
                wire.LIST_MY_USERS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    async def create_session(
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
        Begins a session as create_agent_session does, and returns its id. With a request_id, the
        same call can be sent again without beginning a second one. An update: `create_session` of
        the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            token: The access token; 1 to 16,384 bytes.
            project_id: 1 to 512 bytes.
            selected_repo: 1 to 512 bytes.
            request_id: 1 to 64 bytes. The same call sent again within 24 hours with the same one
                gets the first answer, and happens once. With other arguments it is a Conflict.
                Refused calls are not remembered, nor calls whose record was erased.

        Errors: Unauthorized, InvalidArgument, RateLimited; QuotaExceeded for "active_sessions",
        "total_sessions" or "bytes", or beyond 100,000 remembered request_ids; Conflict where the
        request_id was used for another call.

        Callers: agents with write.

        Cost: about 11 M cycles.
        """
        request_id = token_hex(16) if request_id is None else request_id
        return await self._transport.call(
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

    async def store_interaction(
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
        """
        Stores what was asked and answered, in a session that is named or in the current one, and
        returns the interaction's id. With a request_id, the same call can be sent again without
        storing a second one. An update: `store_interaction` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            message: What was asked; 1 to 262,144 bytes.
            response: What was answered; 1 to 262,144 bytes.
            success: Whether the agent did what was asked.
            metadata: JSON text of at most 100 levels; 1 to 65,536 bytes.
            session_id: An open session of the user and the agent type, 1 to 512 bytes; their
                current one when left out.
            request_id: 1 to 64 bytes. The same call sent again within 24 hours with the same one
                gets the first answer, and happens once. With other arguments it is a Conflict.
                Refused calls are not remembered, nor calls whose record was erased.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for an unknown session;
        Conflict where it has ended, or where the request_id was used for another call; Expired
        where the session has expired; QuotaExceeded for "interactions" or "bytes", or beyond
        100,000 remembered request_ids.

        Callers: agents with write.

        Cost: about 12 M cycles.
        """
        request_id = token_hex(16) if request_id is None else request_id
        return await self._transport.call(
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

    async def log_activity(
        self,
        user_id: str,
        agent_type: AgentType,
        activity_type: AgentActivityType,
        description: str,
        *,
        metadata: str | None = None,
        request_id: str | None = None,
    ) -> str:
        """
        Adds an activity to a user's audit trail, and returns its id. With a request_id, the same
        call can be sent again without adding a second one. An update: `log_activity` of the
        interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: The service that agents act on.
            activity_type: One that the service does not write itself.
            description: In words; 1 to 4,096 bytes.
            metadata: JSON text of at most 100 levels; 1 to 65,536 bytes.
            request_id: 1 to 64 bytes. The same call sent again within 24 hours with the same one
                gets the first answer, and happens once. With other arguments it is a Conflict.
                Refused calls are not remembered, nor calls whose record was erased.

        Errors: Unauthorized, InvalidArgument, RateLimited; QuotaExceeded for "bytes", or beyond
        100,000 remembered request_ids; Conflict where the request_id was used for another call.

        Callers: agents with write.

        Cost: about 10 M cycles.
        """
        request_id = token_hex(16) if request_id is None else request_id
        return await self._transport.call(
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

    async def get_settings(self) -> Settings:
        """
        Reads the limits and the retention in force, and who gets tokens by a query. A query:
        `get_settings` of the interface.

        Errors: Unauthorized, InvalidArgument.

        Callers: admins.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "get_settings",
                [],
                wire.SETTINGS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    async def update_settings(
        self,
        *,
        limits: SomeLimits | None = None,
        retention: SomeRetention | None = None,
        query_tokens: QueryTokens | None = None,
    ) -> None:
        """
        Changes settings. A retention that keeps less takes effect after retention_delay_hours;
        everything else at once. An update: `update_settings` of the interface.

        Args:
            limits: Of callers and users.
            retention: How many records are kept, and for how long.
            query_tokens: Who gets tokens by a query of credentials.

        Errors: Unauthorized, InvalidArgument, RateLimited.

        Callers: admins.

        Cost: about 10 M cycles.
        """
        return await self._transport.call(
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

    async def preview_retention(
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
        Counts what update_settings with the same numbers would remove of each user when they take
        effect, the newest user first. Changes nothing. A page may have fewer users than its limit,
        even none, and not be the last. A query: `preview_retention` of the interface.

        Args:
            interactions_days: 0 to 36,500 days; 0 keeps all.
            interactions_newest: How many of each user's newest; 0 keeps all.
            activities_days: 0 to 36,500 days; 0 keeps all.
            activities_newest: How many of each user's newest; 0 keeps all.
            limit: Users: 1 to 500; 50 when left out.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def iter_preview_retention(
        self,
        *,
        interactions_days: int | None = None,
        interactions_newest: int | None = None,
        activities_days: int | None = None,
        activities_newest: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> AsyncIterator[UserRemovals]:
        """What the pages of `preview_retention` hold, page after page."""
        while True:
            page = await self.preview_retention(
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

    async def list_service_limits(self) -> tuple[ServiceLimit, ...]:
        """
        Lists the limits of the service as a whole, with the range of each. A query:
        `list_service_limits` of the interface.

        Errors: Unauthorized, InvalidArgument.

        Callers: admins.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "list_service_limits",
                [],
                wire.LIST_SERVICE_LIMITS_RESULT,
                is_query=True,
                one_record=True,
            )
        )

    async def update_service_limits(self, *, changes: Sequence[ServiceLimitChange] = ()) -> None:
        """
        Changes limits of the service by their names: all of those that are named, or none. An
        update: `update_service_limits` of the interface.

        Args:
            changes: Each limit once; what is not named stays. One at least.

        Errors: Unauthorized, InvalidArgument, RateLimited; InvalidArgument for an unknown name, one
        that comes twice, or a value out of its range.

        Callers: admins.

        Cost: about 10 M cycles.
        """
        return await self._transport.call(
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

    async def set_agent_limits(self, agent: Principal, limits: SomeLimits) -> None:
        """
        Sets the limits of one agent, in the place of those that were set for it. An update:
        `set_agent_limits` of the interface.

        Args:
            agent: The principal of an agent.
            limits: What is left out follows the settings.

        Errors: Unauthorized, InvalidArgument, RateLimited; NotFound for a principal that is no
        agent.

        Callers: admins.

        Cost: about 11 M cycles.
        """
        return await self._transport.call(
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

    async def get_agent_limits(self, agent: Principal) -> SomeLimits:
        """
        Reads the limits that were set for one agent. A query: `get_agent_limits` of the interface.

        Args:
            agent: The principal of an agent.

        Errors: Unauthorized, InvalidArgument; NotFound for a principal that is no agent.

        Callers: admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_usage(self, user_id: str) -> Usage:
        """
        Tells how much of each quota a user has used, and how much the caller may store for them. A
        query: `get_usage` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read for every agent type, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_user_retention(self, user_id: str) -> UserRetention:
        """
        Tells which of a user's records are kept, and, where a stricter retention is pending, how
        many it removes and when. A query: `get_user_retention` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read for every agent type, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_user_analytics(
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
        Reads what was counted of a user, of the agent types that the caller may see. A query:
        `get_user_analytics` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            agent_type: All that the caller may see when left out.
            agent: All when left out.
            from_: The beginning of the interval that this lies in; 30 days before until when left
                out, 7 by hour.
            until: The end of the interval that this lies in; now when left out.
            interval: day when left out. 366 days at most, 7 by hour.

        Errors: Unauthorized, InvalidArgument; InvalidArgument for a time that is too long, or
        empty.

        Callers: agents with read, the user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_service_analytics(
        self,
        *,
        agent_type: AgentType | None = None,
        agent: Principal | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        interval: AnalyticsInterval | None = None,
    ) -> ServiceAnalytics:
        """
        Reads what was counted of all users, and what is stored now. By hour it goes back 32 days. A
        query: `get_service_analytics` of the interface.

        Args:
            agent_type: All when left out.
            agent: All when left out.
            from_: The beginning of the interval that this lies in; 30 days before until when left
                out, 7 by hour.
            until: The end of the interval that this lies in; now when left out.
            interval: day when left out. 366 days at most, 7 by hour.

        Errors: Unauthorized, InvalidArgument; InvalidArgument for a time that is too long, empty,
        or too long ago.

        Callers: admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def get_events(
        self, *, after: int | None = None, limit: int | None = None, filter: EventFilter | None = None
    ) -> EventPage:
        """
        Reads the activities after a place of the audit log, oldest first: ask again with next to
        follow what happens. A query: `get_events` of the interface.

        Args:
            after: The next of the page before; 0 begins with the oldest that is stored. Left out,
                there are no events, and next is where new ones begin.
            limit: 1 to 500; 100 when left out.
            filter: Every activity that the caller may see when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: agents with read, the user, admins. Without a user_id in the filter: agents with
        read for every user, admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def iter_events(
        self, *, after: int | None = None, limit: int | None = None, filter: EventFilter | None = None
    ) -> AsyncIterator[Event]:
        """
        What the pages of `get_events` hold, page after page. Raises InvalidArgument for a place
        that the log does not have, as after the canister was put back to an earlier state.
        """
        tries = AHEAD_TRIES
        while True:
            page = await self.get_events(
                after=after,
                limit=limit,
                filter=filter,
            )
            if after is not None and after > page.end:
                if tries == 0:
                    raise behind_the_end(after, page.end)
                tries -= 1
                await sleep(AHEAD_WAIT)
                continue
            for item in page.events:
                yield item
            after = page.next
            if not page.more:
                return

    async def get_notification_settings(self, user_id: str) -> NotificationSettings:
        """
        Reads which activities the user wants to hear of, and how. A query:
        `get_notification_settings` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.

        Errors: Unauthorized, InvalidArgument.

        Callers: the user.

        Cost: free.
        """
        return await self._transport.call(
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

    async def update_notification_settings(
        self, user_id: str, *, rules: Sequence[NotificationRule] = ()
    ) -> NotificationSettings:
        """
        Replaces the user's rules for notifications, and returns them as they are stored. An update:
        `update_notification_settings` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            rules: They replace those before; at most 20 entries.

        Errors: Unauthorized, InvalidArgument, RateLimited; QuotaExceeded for "bytes"; RateLimited
        where too many new users come at once.

        Callers: the user.

        Cost: about 9 M cycles.
        """
        return await self._transport.call(
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

    async def list_notifications(
        self, user_id: str, *, limit: int | None = None, cursor: str | None = None
    ) -> NotificationPage:
        """
        Lists the activities that the user's rules name, page by page, and how many are unread. A
        query: `list_notifications` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            limit: 1 to 500; 50 when left out.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: the user.

        Cost: free.
        """
        return await self._transport.call(
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

    async def iter_notifications(
        self, user_id: str, *, limit: int | None = None, cursor: str | None = None
    ) -> AsyncIterator[Notification]:
        """What the pages of `list_notifications` hold, page after page."""
        while True:
            page = await self.list_notifications(
                user_id,
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    async def mark_notifications_read(self, user_id: str, up_to: int) -> None:
        """
        Marks notifications as read, up to a place of the audit log. An update:
        `mark_notifications_read` of the interface.

        Args:
            user_id: The user whom the call is about; 1 to 128 characters.
            up_to: The index of an activity; one past the newest marks all that is there. What was
                read before stays read.

        Errors: Unauthorized, InvalidArgument, RateLimited.

        Callers: the user.

        Cost: about 8 M cycles.
        """
        return await self._transport.call(
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

    async def list_users(self, *, limit: int | None = None, cursor: str | None = None) -> UserPage:
        """
        Lists the users of whom something is held, page by page, the newest user first. A query:
        `list_users` of the interface.

        Args:
            limit: 1 to 500; 50 when left out.
            cursor: The next_cursor of the page before; the first page when left out.

        Errors: Unauthorized, InvalidArgument.

        Callers: admins.

        Cost: free.
        """
        return await self._transport.call(
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

    async def iter_users(self, *, limit: int | None = None, cursor: str | None = None) -> AsyncIterator[UserInfo]:
        """What the pages of `list_users` hold, page after page."""
        while True:
            page = await self.list_users(
                limit=limit,
                cursor=cursor,
            )
            for item in page.items:
                yield item
            cursor = page.next_cursor
            if cursor is None:
                return

    async def list_tasks(self) -> tuple[TaskState, ...]:
        """
        Lists the background tasks of the service, and which are stuck. A query: `list_tasks` of the
        interface.

        Errors: Unauthorized, InvalidArgument.

        Callers: admins.

        Cost: free.
        """
        return await self._transport.call(
            Call(
                "list_tasks",
                [],
                wire.LIST_TASKS_RESULT,
                is_query=True,
                one_record=True,
            )
        )
