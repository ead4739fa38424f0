"""The digests of a log, and whether a log continues an earlier one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .errors import AuditLogError
from .signed import time_text

DIGEST = 32


class History:
    """The digests of a log up to each of its entries, 32 bytes an entry."""

    def __init__(self) -> None:
        self._digests = bytearray()
        self.first = 0

    def add(self, index: int, digest: bytes) -> None:
        """The next entry's digest. AuditLogError where it is not the next one."""
        if not self._digests:
            self.first = index
        expected = self.last + 1
        if index != expected:
            raise AuditLogError(f"the log goes on with entry {index}", "chain", expected)
        self._digests += digest

    def __len__(self) -> int:
        return len(self._digests) // DIGEST

    @property
    def last(self) -> int:
        """One less than `first` where there are no entries."""
        return self.first + len(self) - 1

    def at(self, index: int) -> bytes | None:
        """The digest up to an entry; None for entries that are not there."""
        if not self.first <= index <= self.last:
            return None
        start = (index - self.first) * DIGEST
        return bytes(self._digests[start : start + DIGEST])


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """How far a log went when it was certified before, and what is known of its way there."""

    index: int
    certified_at_ns: int
    first: int
    """The first entry whose digest is known."""
    digest_at: Callable[[int], bytes | None]


def require_extension(history: History, certified_at_ns: int, earlier: Earlier) -> None:
    """
    Demands that a log begins with an earlier copy. AuditLogError: `fork` where they have another digest at one index, `rollback` where
    entries are gone, `age` where the log is the older of the two.
    """
    parts = first_difference(history, earlier)
    if parts is not None:
        index, exact = parts
        where = "from here on" if exact else "here, and maybe before"
        raise AuditLogError(
            f"this log and the earlier one of {time_text(earlier.certified_at_ns)} have forked: "
            f"they differ {where}. Both are certified",
            "fork",
            index,
        )
    here = (history.last, certified_at_ns)
    there = (earlier.index, earlier.certified_at_ns)
    if here[0] > there[0] and here[1] < there[1]:
        raise rolled_back(here, there)
    if here[0] >= there[0]:
        return
    if here[1] > there[1]:
        raise rolled_back(there, here)
    raise AuditLogError(
        f"the log is of {time_text(here[1])} and ends at entry {here[0]}: it is older than the one that it has to extend, "
        f"of {time_text(there[1])} and up to entry {there[0]}",
        "age",
    )


def rolled_back(before: tuple[int, int], after: tuple[int, int]) -> AuditLogError:
    """A log ended, and was certified later with fewer entries. Each is an index and a time."""
    return AuditLogError(
        f"the log was rolled back: it ended at entry {before[0]} at {time_text(before[1])}, "
        f"and at entry {after[0]} at {time_text(after[1])}",
        "rollback",
    )


def first_difference(history: History, earlier: Earlier) -> tuple[int, bool] | None:
    """Where two copies part, and whether that is exact; None where one begins with the other."""
    # A chain that begins behind the other's end is another one.
    if history.first > earlier.index:
        return earlier.index, False

    def has_forked(index: int) -> bool:
        here, there = history.at(index), earlier.digest_at(index)
        return here is not None and there is not None and here != there

    differs = min(history.last, earlier.index)
    if not has_forked(differs):
        return None
    same = max(history.first, earlier.first)
    if has_forked(same):
        return same, same == history.first
    # Once two chains differ, they differ for ever.
    while differs - same > 1:
        middle = (same + differs) // 2
        if has_forked(middle):
            differs = middle
        else:
            same = middle
    return differs, True
