"""The service, by either way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from types import TracebackType
from typing import Self

from icp_principal import Principal

from ..clock import wall_clock_ns
from ..identity import Identity
from ..models import AgentType
from ..options import (
    checked_api_key,
    checked_canister_id,
    checked_clock,
    checked_identity,
    checked_local,
    checked_root_key,
    checked_timeout,
    checked_url,
)
from .gateway import AsyncGatewayTransport
from .methods import AsyncMethods
from .network import AsyncNetworkTransport
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


class AsyncAgentService(AsyncAnyAgentService):
    """
    The service by the Internet Computer's HTTP interface.

    Every answer is verified: updates by the network's certificate, queries by the signatures of the subnet's machines. A call raises
    an `AgentServiceError`: a `Refusal` of the service, `CallRejected`, `OutcomeUnknown`, `NetworkError`, `VerificationFailed` (an
    update may have been executed then) or `UnexpectedReply`. TypeError and
    InvalidArgument (which is a ValueError) are raised before anything is sent where an argument is none of the interface. Where this machine's clock is wrong,
    the network's time is used, if the network proves it; `ClockError` says by how much it is off where it does not, or where that is more than a day.
    """

    def __init__(
        self,
        url: str,
        canister_id: str | Principal,
        identity: Identity,
        *,
        root_key: bytes | None = None,
        local: bool = False,
        timeout: timedelta | float = TIMEOUT,
        now_ns: Callable[[], int] = wall_clock_ns,
    ) -> None:
        """
        url: of the network, such as https://icp-api.io. root_key: the network's, in DER; the Internet Computer's when left out.
        local: trusts the key that the network says it has, which is right only for a network of your own. timeout: within which a
        call has its answer, a number is of seconds. now_ns: this machine's clock, ns since 1970. TypeError or InvalidArgument (a ValueError)
        names the argument that is wrong.
        """
        super().__init__(
            AsyncNetworkTransport(
                checked_url(url),
                checked_canister_id(canister_id),
                checked_identity(identity),
                root_key=checked_root_key(root_key, local=local),
                local=checked_local(local),
                timeout=checked_timeout(timeout),
                now_ns=checked_clock(now_ns),
            )
        )


class AsyncGatewayAgentService(AsyncAnyAgentService):
    """
    The service by a gateway, which verifies the network's answers and is trusted itself. A call raises what one of `AgentService` does;
    `CallRejected` is never certified.
    """

    def __init__(self, url: str, api_key: str, *, timeout: timedelta | float = TIMEOUT) -> None:
        """
        url: of the gateway. api_key: begins with ask_; blanks and line ends around it are stripped. timeout: within which a call has its
        answer, a number is of seconds. TypeError or InvalidArgument (a ValueError) names the argument that is wrong.
        """
        super().__init__(
            AsyncGatewayTransport(checked_url(url), checked_api_key(api_key), timeout=checked_timeout(timeout))
        )
