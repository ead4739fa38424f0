"""A session as a block of code."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from ..errors import AgentServiceError
from ..models import AgentActivityType, AgentType
from .methods import AsyncMethods


@dataclass(frozen=True)
class AsyncSession:
    """An open session of a user with an agent; what is recorded by it is recorded of them."""

    id: str
    user_id: str
    agent_type: AgentType
    service: AsyncMethods = field(repr=False)

    async def record(self, message: str, response: str, *, success: bool = True, metadata: str | None = None) -> str:
        """Stores an interaction; returns its id. metadata is JSON text."""
        return await self.service.store_interaction(
            self.user_id, self.agent_type, message, response, success, metadata=metadata, session_id=self.id
        )

    async def log(self, activity_type: AgentActivityType, description: str, *, metadata: str | None = None) -> None:
        """Logs an activity. metadata is JSON text."""
        await self.service.log_activity(self.user_id, self.agent_type, activity_type, description, metadata=metadata)


@asynccontextmanager
async def open_session(
    service: AsyncMethods,
    user_id: str,
    agent_type: AgentType,
    *,
    token: str | None,
    project_id: str | None,
    selected_repo: str | None,
) -> AsyncIterator[AsyncSession]:
    """A session that ends with the block."""
    session_id = await service.create_session(
        user_id, agent_type, token=token, project_id=project_id, selected_repo=selected_repo
    )
    session = AsyncSession(session_id, user_id, agent_type, service)
    try:
        yield session
    except BaseException as error:
        try:
            # Not the error's text: it can hold a token.
            await session.log(AgentActivityType.ErrorOccurred, f"the session ended with {type(error).__name__}")
            await service.end_agent_session(session_id)
        except AgentServiceError as failure:
            error.add_note(f"the session {session_id} could not be ended as it should: {failure}")
        raise
    await service.end_agent_session(session_id)
