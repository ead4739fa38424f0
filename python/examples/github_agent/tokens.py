"""The user's token for GitHub, which the service keeps."""

from __future__ import annotations

from datetime import UTC, datetime

from agent_service import AgentType, AnyAgentService


class NotConnected(Exception):
    """There is no token that could be used."""


def lease_token(service: AnyAgentService, user_id: str) -> str:
    """The token, for one request. NotConnected where the user has stored none, it has expired, or the agent may not see it."""
    credentials = service.get_agent_credentials(user_id, AgentType.GitHub)
    if credentials is None or not credentials.token:
        raise NotConnected
    if credentials.expires_at is not None and credentials.expires_at <= datetime.now(UTC):
        raise NotConnected
    return credentials.token
