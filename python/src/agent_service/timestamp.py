"""Times of the service: nanoseconds since 1970, as datetimes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Self

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Timestamp(datetime):
    """
    An aware datetime in UTC that keeps its nanoseconds in `ns`.

    All else (comparison, arithmetic, text) is a datetime's, and knows microseconds.
    """

    _below_microsecond: int = 0

    @classmethod
    def from_ns(cls, ns: int) -> Self:
        """The time so many nanoseconds after 1970-01-01 UTC, up to the year 9999."""
        microseconds, below = divmod(ns, 1_000)
        base = EPOCH + timedelta(microseconds=microseconds)
        result = cls.combine(base.date(), base.timetz())
        result._below_microsecond = below
        return result

    @property
    def ns(self) -> int:
        """Nanoseconds since 1970-01-01 UTC."""
        return to_ns(self) + self._below_microsecond

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        return (Timestamp.from_ns, (self.ns,))


def duration_ns(duration: timedelta) -> int:
    """Nanoseconds of a duration, which knows microseconds."""
    return duration // MICROSECOND * 1_000


def to_ns(time: datetime) -> int:
    """Nanoseconds since 1970-01-01 UTC of an aware datetime."""
    return duration_ns(time - EPOCH)
