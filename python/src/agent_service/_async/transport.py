"""What the methods need to be called."""

from __future__ import annotations

from typing import Protocol, TypeVar

from ..call import Call

T = TypeVar("T")


class AsyncTransport(Protocol):
    """The way to the service."""

    async def call(self, call: Call[T]) -> T:
        """What the method returns."""

    async def aclose(self) -> None:
        """Closes the connections."""
