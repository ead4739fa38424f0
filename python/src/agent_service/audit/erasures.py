"""Entries that are marked as erased, held against the entries that tell of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from .digests import Content
from .errors import AuditLogError
from .log_file import ChainedEntry

TELLS_OF_ERASURE = frozenset({"UserErased", "ActivitiesRetired"})


@dataclass(slots=True)
class Marks:
    """The entries that are said to be erased by one entry."""

    count: int
    first: int


class ErasureCheck:
    """
    Nobody erases entries without leaving one that says so, and how many. A mark itself is not covered by the chain: whoever makes a copy can
    put it on an entry that they only hide. So the entry that it names must come later, tell of an erasure, and of that many.
    """

    def __init__(self) -> None:
        self._marks: dict[int, Marks] = {}
        self.marked = 0
        self.unproven = 0
        """Marked entries whose mark names an entry that the copy withholds: it may tell of something else."""
        self.unmarked = 0
        """Entries that others tell of as erased, and that are not marked."""

    def add(self, entry: ChainedEntry) -> None:
        """Takes the entries in their order. AuditLogError where a mark is false."""
        if entry.erased_by is not None:
            self._mark(entry, entry.erased_by)
        marks = self._marks.pop(entry.index, Marks(0, entry.index))
        if marks.count > 0 and entry.erased_by is not None:
            raise not_there(entry.index, marks.first)
        if entry.content is None:
            self.unproven += marks.count
            return
        told = erased_as(entry.content)
        if marks.count > told:
            raise AuditLogError(
                f"entry {entry.index} does not tell of its erasure: it tells of {told} erased entries, "
                f"and {marks.count} name it",
                "erasure",
                marks.first,
            )
        self.unmarked += told - marks.count

    def finish(self) -> None:
        """AuditLogError where an entry is missing that is to tell of an erasure."""
        for teller, marks in self._marks.items():
            raise not_there(teller, marks.first)

    def _mark(self, entry: ChainedEntry, erased_by: int) -> None:
        if entry.content is not None:
            raise AuditLogError("it is said to be erased, and is there", "erasure", entry.index)
        if erased_by <= entry.index:
            raise not_there(erased_by, entry.index)
        self.marked += 1
        self._marks.setdefault(erased_by, Marks(0, entry.index)).count += 1


def not_there(teller: int, index: int) -> AuditLogError:
    return AuditLogError(f"entry {teller}, which is to tell of its erasure, is not in the log", "erasure", index)


def erased_as(content: Content) -> int:
    """How many entries an entry says were erased; 0 where it tells of something else."""
    if content.agent_type is not None or content.kind not in TELLS_OF_ERASURE or content.metadata is None:
        return 0
    try:
        told = json.loads(content.metadata)
    except (ValueError, RecursionError):
        # The service writes JSON; a file that is not the service's may hold anything.
        return 0
    count = told.get("activities") if isinstance(told, dict) else None
    return count if type(count) is int and 0 < count < 2**53 else 0
