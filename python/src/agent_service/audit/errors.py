"""Why an audit log, a tip or a history is refused."""

from __future__ import annotations

from typing import Literal

from ..errors import AgentServiceError

Reason = Literal[
    "format",
    "canister",
    "certificate",
    "age",
    "future",
    "content",
    "chain",
    "erasure",
    "fork",
    "rollback",
    "incomplete",
]
"""docs/explanation/audit-log.md says what each means."""


class AuditLogError(AgentServiceError):
    """An audit log is not what the canister's certificate says, or not what was expected of it."""

    def __init__(self, message: str, reason: Reason, index: int | None = None) -> None:
        super().__init__(message if index is None else f"entry {index}: {message}")
        self.reason: Reason = reason
        self.index = index
        """The entry that is wrong; None where that is not one entry."""
