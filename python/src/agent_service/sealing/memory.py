"""What a client keeps while it is open, and nowhere but in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """The entries that were used last, at most so many. No repr shows them, and no pickle takes them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()
        self._is_closed = False

    def get(self, name: K) -> V | None:
        """What is kept by a name; None where nothing is."""
        with self._lock:
            if name not in self._entries:
                return None
            self._entries.move_to_end(name)
            return self._entries[name]

    def put(self, name: K, value: V) -> None:
        """Keeps it, in the place of the entry that was unused for longest where there is no room. Nothing is kept once this is closed."""
        with self._lock:
            if self._is_closed:
                return
            self._entries[name] = value
            self._entries.move_to_end(name)
            if len(self._entries) > self._limit:
                self._entries.popitem(last=False)

    def drop(self, name: K) -> None:
        """Forgets one, if it is there."""
        with self._lock:
            self._entries.pop(name, None)

    def close(self) -> None:
        """Forgets all, for good: a call that is still under way leaves nothing behind."""
        with self._lock:
            self._is_closed = True
            self._entries.clear()
