"""For whom secrets are to be sealed, by the network's certificate."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from typing import TypeVar

from ..call import Call
from ..errors import AgentServiceError, CallRejected, Conflict, InvalidArgument, NetworkError, OutcomeUnknown
from ..models import AgentType, SealingKeys, SealingMode
from ..sealing.memory import Bounded
from .methods import AsyncMethods
from .network import AsyncNetworkTransport

KEPT = 10_000
"""Places of which the recipients are kept."""
OFF_SECONDS = 60
"""How long it is believed that a service has sealing off: secrets go out in clear for so long after it was turned on, where they are taken."""
NO_SUCH_METHOD = "IC0536"
SEALED_FOR_OTHERS = re.compile(r"\w+ is sealed for .+, and has to be for ")
"""How the service begins what it says of a secret that is sealed for the recipients of another time."""

T = TypeVar("T")


@dataclass(frozen=True)
class AccountPlace:
    """What recipients depend on."""

    user_id: str
    agent_type: AgentType
    account: str | None = None


class AsyncRecipients:
    """Asks for recipients, and keeps the answers until the service says that they are others."""

    def __init__(self, network: AsyncNetworkTransport) -> None:
        self._methods = AsyncMethods(AsyncReplicatedQueries(network))
        self._known: Bounded[AccountPlace, tuple[SealingKeys, float]] = Bounded(KEPT)

    async def of(self, place: AccountPlace) -> SealingKeys:
        """The service's mode, and for whom a secret of the place is to be sealed."""
        known = self._known.get(place)
        if known is not None:
            keys, asked_at = known
            if keys.sealing is not SealingMode.off or time.monotonic() - asked_at < OFF_SECONDS:
                return keys
        keys = await self._asked(place)
        self._known.put(place, (keys, time.monotonic()))
        return keys

    def forget(self, place: AccountPlace) -> None:
        """Has it asked for again."""
        self._known.drop(place)

    def close(self) -> None:
        """Forgets all."""
        self._known.close()

    async def _asked(self, place: AccountPlace) -> SealingKeys:
        try:
            return await self._methods.get_sealing_keys(place.user_id, place.agent_type, account=place.account)
        except CallRejected as error:
            if not error.certified or error.error_code != NO_SUCH_METHOD:
                raise
            # The network's word that the service is of a version without sealed secrets.
            return SealingKeys(sealing=SealingMode.off, recipients=(), session_recipients=())


class AsyncReplicatedQueries:
    """Sends queries as updates: one machine's word is not enough for what secrets are sealed by."""

    def __init__(self, network: AsyncNetworkTransport) -> None:
        self._network = network

    async def call(self, call: Call[T]) -> T:
        """What the method returns, certified by the network."""
        try:
            return await self._network.call(replace(call, is_query=False))
        except OutcomeUnknown as error:
            raise NetworkError(f"{call.method}: the network's answer did not arrive; no secret was sent") from error

    async def aclose(self) -> None:
        await self._network.aclose()


def is_outdated(error: AgentServiceError) -> bool:
    """Whether a refusal says that the recipients or the mode are others than those that are known. Nothing was stored then."""
    if isinstance(error, Conflict):
        return SEALED_FOR_OTHERS.match(str(error)) is not None
    return isinstance(error, InvalidArgument) and str(error).startswith(f"{error.field} must be sealed: ")
