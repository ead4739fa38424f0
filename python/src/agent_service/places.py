"""Places of the audit log that callers go on from."""

from .errors import InvalidArgument

AHEAD_TRIES = 3
"""How often a place behind the log's end is asked for again: machines of the network may be behind each other."""
AHEAD_WAIT = 1.0
"""How long before each of these, in seconds."""


def behind_the_end(after: int, end: int) -> InvalidArgument:
    return InvalidArgument(
        "after", f"{after} is a place that the log does not have, which ends at {end}; begin again with 0"
    )
