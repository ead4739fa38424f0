# Made from ../_async by `npm run generate`.
"""A session as a block of code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..errors import AgentServiceError
from ..models import AgentActivityType, AgentType
from .methods import Methods


@dataclass(frozen=True)
class Session:
    """An open session of a user with an agent; what is recorded by it is recorded of them."""

    id: str
    user_id: str
    agent_type: AgentType
    service: Methods = field(repr=False)

    def record(self, message: str, response: str, *, success: bool = True, metadata: str | None = None) -> str:
        """Stores an interaction; returns its id. metadata is JSON text."""
        return self.service.store_interaction(
            self.user_id, self.agent_type, message, response, success, metadata=metadata, session_id=self.id
        )

    def log(self, activity_type: AgentActivityType, description: str, *, metadata: str | None = None) -> None:
        """Logs an activity. metadata is JSON text."""
        self.service.log_activity(self.user_id, self.agent_type, activity_type, description, metadata=metadata)


@contextmanager
def open_session(
    service: Methods,
    user_id: str,
    agent_type: AgentType,
    *,
    token: str | None,
    project_id: str | None,
    selected_repo: str | None,
) -> Iterator[Session]:
    """A session that ends with the block."""
    session_id = service.create_session(
        user_id, agent_type, token=token, project_id=project_id, selected_repo=selected_repo
    )
    session = Session(session_id, user_id, agent_type, service)
    try:
        yield session
    except BaseException as error:
        try:
            # Not the error's text: it can hold a token.
            session.log(AgentActivityType.ErrorOccurred, f"the session ended with {type(error).__name__}")
            service.end_agent_session(session_id)
        except AgentServiceError as failure:
            error.add_note(f"the session {session_id} could not be ended as it should: {failure}")
        raise
    service.end_agent_session(session_id)
