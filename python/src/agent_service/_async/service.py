"""The service, by whatever way, and by a gateway."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from types import TracebackType
from typing import Self

from ..models import AgentType
from ..options import GatewaySealing, checked_api_key, checked_gateway_sealing, checked_timeout, checked_url
from .gateway import AsyncGatewayTransport
from .methods import AsyncMethods
from .session import AsyncSession, open_session

TIMEOUT = timedelta(seconds=60)


class AsyncAnyAgentService(AsyncMethods):
    """The service as one caller: a method for each of the canister, an iterator for each of its paged lists, and `session`."""

    def session(
        self,
        user_id: str,
        agent_type: AgentType,
        *,
        token: str | None = None,
        project_id: str | None = None,
        selected_repo: str | None = None,
    ) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that ends with the block. If the block raises, ErrorOccurred is logged, with the exception's class alone."""
        return open_session(self, user_id, agent_type, token=token, project_id=project_id, selected_repo=selected_repo)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


class AsyncGatewayAgentService(AsyncAnyAgentService):
    """
    The service by a gateway, which verifies the network's answers and is trusted itself. A call raises what one of `AgentService` does;
    `CallRejected` is never certified.
    """

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        timeout: timedelta | float = TIMEOUT,
        sealing: GatewaySealing = "auto",
    ) -> None:
        """
        url: of the gateway. api_key: begins with ask_; blanks and line ends around it are stripped. timeout: within which a call has its
        answer, a number is of seconds. sealing: with 'auto', the gateway seals and opens secrets for its identities; with 'manual' it passes them on as they
        are. TypeError or InvalidArgument (a ValueError) names the argument that is wrong.
        """
        super().__init__(
            AsyncGatewayTransport(
                checked_url(url),
                checked_api_key(api_key),
                timeout=checked_timeout(timeout),
                sealing=checked_gateway_sealing(sealing),
            )
        )
