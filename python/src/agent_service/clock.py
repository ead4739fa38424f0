"""The network's time where this machine's clock is another."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn

from .errors import AgentServiceError, ClockError, NetworkError, VerificationFailed

NS_PER_SECOND = 10**9
MAX_OFF_NS = 24 * 3600 * NS_PER_SECOND
"""Beyond any wrong time zone: whose clock is off by more should set it."""
SAME_NS = 30 * NS_PER_SECOND
"""A difference that explains no refusal."""
FRESH_SECONDS = 5
"""Within this time the network's time is not asked for again."""


class OutOfTime(VerificationFailed):
    """An answer is of another time than this machine's clock says: it is old, or the clock is wrong."""


class ExpiryRefused(NetworkError):
    """The network turned a request away whose expiry has passed by its clock, or is too far ahead."""


SUSPICIOUS = (OutOfTime, ExpiryRefused)
"""What a wrong clock explains."""


def wall_clock_ns() -> int:
    """This machine's clock, in ns since 1970."""
    return time.time_ns()


class NetworkClock:
    """This machine's clock, and by how much the network's is ahead of it."""

    def __init__(self, now_ns: Callable[[], int]) -> None:
        self.machine_ns = now_ns
        self.ahead_ns = 0
        self._set_at: float | None = None

    def __call__(self) -> int:
        """The network's time, in ns since 1970."""
        return self.machine_ns() + self.ahead_ns

    @property
    def is_fresh(self) -> bool:
        """Whether it was set just now."""
        return self._set_at is not None and time.monotonic() - self._set_at < FRESH_SECONDS

    def set(self, ahead_ns: int) -> None:
        """Follows the network's time, which was proven to be so much ahead."""
        self.ahead_ns = ahead_ns
        self._set_at = time.monotonic()

    def tell(self, error: AgentServiceError) -> NoReturn:
        """Raises the error, as a ClockError where the clocks differ."""
        if abs(self.ahead_ns) < SAME_NS:
            raise error
        raise ClockError(duration(self.ahead_ns)) from error


def checked_ahead(ahead_ns: int) -> int:
    """A difference that is believed. ClockError for more than a day."""
    if abs(ahead_ns) > MAX_OFF_NS:
        raise ClockError(duration(ahead_ns))
    return ahead_ns


def duration(ns: int) -> timedelta:
    return timedelta(microseconds=ns // 1_000)
