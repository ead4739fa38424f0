"""A network that one test has for itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from .._async.service import AsyncGatewayAgentService
from .._sync.service import GatewayAgentService
from ..extra import require_ic
from ..timestamp import duration_ns

if TYPE_CHECKING:
    from .._async.direct import AsyncAgentService
    from .._sync.direct import AgentService
    from ..identity import Identity

Role = Literal["admin", "agent", "user"]
"""Of an identity: who controls the service, a registered agent that may do all that agents may, and a person without rights."""
Ask = Callable[..., Mapping[str, Any]]


@dataclass(frozen=True)
class Facts:
    """What all forks have in common."""

    root_key: bytes
    canister_id: str
    pems: Mapping[str, Path]
    keys: Mapping[str, str]

    @classmethod
    def of(cls, ready: Mapping[str, Any]) -> Facts:
        """Of what the process says when it is ready."""
        pems = {role: Path(path) for role, path in ready["pems"].items()}
        return cls(bytes.fromhex(ready["root_key"]), ready["canister_id"], pems, ready["keys"])


class Fork:
    """
    A copy of a network: all that the service stores, its settings, its timers, and the network's time, which goes on by this machine's clock. What is
    done here no other fork sees. It has its own port; identities, root key and canister id are those of all forks.
    """

    def __init__(self, ask: Ask, facts: Facts, of: int | None = None, ahead: timedelta = timedelta()) -> None:
        self._ask = ask
        self._facts = facts
        self._ahead = ahead
        self._gateway_url: str | None = None
        self._opened = ExitStack()
        place = ask("fork") if of is None else ask("fork", fork=of)
        self._id: int = place["fork"]
        self.url: str = place["url"]
        """Of the network."""

    @property
    def canister_id(self) -> str:
        """Of the service."""
        return self._facts.canister_id

    @property
    def root_key(self) -> bytes:
        """The network's, in DER."""
        return self._facts.root_key

    @property
    def gateway_url(self) -> str:
        """Of a gateway in front of this fork, which is started when somebody asks for it."""
        if self._gateway_url is None:
            self._gateway_url = str(self._ask("gateway", fork=self._id)["url"])
        return self._gateway_url

    def pem_file(self, role: Role) -> Path:
        """The file with an identity's key."""
        return self._facts.pems[role]

    def identity(self, role: Role) -> Identity:
        """An identity. ImportError without the extra ic."""
        require_ic("an identity of agent_service.testing")
        from ..identity import Identity

        return Identity.from_pem_file(self.pem_file(role))

    def api_key(self, role: Role) -> str:
        """The key by which the gateway knows an identity."""
        return self._facts.keys[role]

    def service(self, caller: Role | Identity = "agent", **options: Any) -> AgentService:
        """The direct client as an identity, with options of `AgentService`; it is closed with the fork. ImportError without the extra ic."""
        require_ic("the direct client of agent_service.testing")
        from .._sync.direct import AgentService

        return self._opened.enter_context(AgentService(*self._place(caller), **self._options(options)))

    def async_service(self, caller: Role | Identity = "agent", **options: Any) -> AsyncAgentService:
        """The direct asynchronous client, for an `async with` block. ImportError without the extra ic."""
        require_ic("the direct client of agent_service.testing")
        from .._async.direct import AsyncAgentService

        return AsyncAgentService(*self._place(caller), **self._options(options))

    def gateway_service(self, caller: Role = "agent", **options: Any) -> GatewayAgentService:
        """The gateway's client as an identity, with options of `GatewayAgentService`; it is closed with the fork."""
        return self._opened.enter_context(GatewayAgentService(self.gateway_url, self.api_key(caller), **options))

    def async_gateway_service(self, caller: Role = "agent", **options: Any) -> AsyncGatewayAgentService:
        """The gateway's asynchronous client, for an `async with` block."""
        return AsyncGatewayAgentService(self.gateway_url, self.api_key(caller), **options)

    def advance_time(self, by: timedelta) -> None:
        """
        Moves this fork's time ahead, and runs what is due by then, such as expiry. Direct clients of this fork follow; the gateway's do not by more than a day,
        since a gateway trusts its own clock that far.
        """
        self._ask("advance", fork=self._id, ns=str(duration_ns(by)))
        self._ahead += by

    def fork(self) -> Fork:
        """A copy of this one as it is now. To be closed, or used in a with block."""
        return Fork(self._ask, self._facts, self._id, self._ahead)

    def close(self) -> None:
        """Closes its clients, and forgets all that it held."""
        self._opened.close()
        self._ask("close", fork=self._id)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _place(self, caller: Role | Identity) -> tuple[str, str, Identity]:
        return self.url, self.canister_id, self.identity(caller) if isinstance(caller, str) else caller

    def _options(self, options: Mapping[str, Any]) -> dict[str, Any]:
        return {"root_key": self.root_key, "now_ns": self._now_ns, **options}

    def _now_ns(self) -> int:
        return time.time_ns() + duration_ns(self._ahead)
