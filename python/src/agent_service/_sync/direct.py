# Made from ../_async by `npm run generate`.
"""The service by the Internet Computer's HTTP interface."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ..clock import wall_clock_ns
from ..direct_options import checked_clock, checked_identity, checked_local, checked_root_key
from ..identity import Identity
from ..options import checked_canister_id, checked_timeout, checked_url
from ..principal import Principal
from .network import NetworkTransport
from .service import TIMEOUT, AnyAgentService


class AgentService(AnyAgentService):
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
            NetworkTransport(
                checked_url(url),
                checked_canister_id(canister_id),
                checked_identity(identity),
                root_key=checked_root_key(root_key, local=local),
                local=checked_local(local),
                timeout=checked_timeout(timeout),
                now_ns=checked_clock(now_ns),
            )
        )
