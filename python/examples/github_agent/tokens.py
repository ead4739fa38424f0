"""The user's token for GitHub, which the service keeps."""

from __future__ import annotations

from datetime import timedelta

from agent_service import AgentType, AnyAgentService, Expired, NotFound

LEASE = timedelta(minutes=1)
PURPOSE_CHARACTERS = 100
"""The service takes 512 bytes."""


class NotConnected(Exception):
    """There is no token that could be used."""


def lease_token(service: AnyAgentService, user_id: str, purpose: str) -> str:
    """The token, for one request, which the service logs. NotConnected where the user has stored none, or it has expired or was revoked."""
    try:
        lease = service.lease_agent_credentials(user_id, AgentType.GitHub, purpose[:PURPOSE_CHARACTERS], duration=LEASE)
    except (NotFound, Expired):
        raise NotConnected from None
    return lease.credentials.token
