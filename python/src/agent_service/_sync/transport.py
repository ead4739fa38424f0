# Made from ../_async by `npm run generate`.
"""What the methods need to be called."""

from __future__ import annotations

from typing import Protocol, TypeVar

from ..call import Call

T = TypeVar("T")


class Transport(Protocol):
    """The way to the service."""

    def call(self, call: Call[T]) -> T:
        """What the method returns."""

    def close(self) -> None:
        """Closes the connections."""
