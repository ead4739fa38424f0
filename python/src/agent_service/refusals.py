"""Refusals of the service, as results and rejects carry them, as exceptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from .errors import (
    AgentServiceError,
    CallRejected,
    Conflict,
    Expired,
    InvalidArgument,
    NotFound,
    QuotaExceeded,
    RateLimited,
    Refusal,
    Unauthorized,
    UnexpectedReply,
)

CANISTER_REJECT = 4
"""The reject code of the canister's own rejects."""
CANISTER_ERROR = 5
"""The reject code of traps."""

REFUSALS: Mapping[str, Callable[[Any], Refusal]] = {
    "NotFound": lambda _: NotFound("there is no such record"),
    "InvalidArgument": lambda fields: InvalidArgument(fields["field"], fields["message"]),
    "Unauthorized": lambda fields: Unauthorized(fields["message"]),
    "Conflict": lambda fields: Conflict(fields["message"]),
    "RateLimited": lambda fields: RateLimited(rounded_up(fields["retry_after_ns"])),
    "QuotaExceeded": lambda fields: QuotaExceeded(fields["resource"], fields["limit"]),
    "Expired": lambda fields: Expired(fields["message"]),
}
"""By the names of the interface's AgentError."""

IN_REJECTS: Mapping[str, Callable[[str], Refusal | None]] = {
    **{kind.__name__: kind for kind in (NotFound, Unauthorized, Conflict, Expired)},
    "InvalidArgument": lambda text: InvalidArgument(*text.split(" ", 1)) if " " in text else None,
    "RateLimited": lambda text: rate_limited(re.fullmatch(r"retry after (\d+) ns", text)),
    "QuotaExceeded": lambda text: quota_exceeded(re.fullmatch(r"no more than (\d+) (\w+)", text)),
}
"""By the name before the colon of a reject; None for words that are not the service's."""

TRAP = re.compile(r"`ic0\.trap` with message: '?(\w+: .*?)'?\.?(?:\nConsider .*)?\Z", re.DOTALL)
"""A refusal in the network's words around a trap: that of a long message, which the canister turns away before it runs."""


def refusal(error: Mapping[str, Any]) -> AgentServiceError:
    """The exception of a result's Err, an AgentError as Candid decodes it."""
    [(name, fields)] = error.items()
    if name not in REFUSALS:
        return UnexpectedReply(f"an error of the kind {name}")
    refused = REFUSALS[name](fields)
    refused.certified = True
    return refused


def rejection(code: int, message: str, error_code: str | None, *, certified: bool) -> AgentServiceError:
    """
    The exception of a reject. Where a method's result has no Err, the canister rejects with the refusal's name, a colon and its message;
    an invalid argument's begins with the field. A long message it turns away with the same words before it runs, which is never certified. Of other
    rejects, that nothing was changed is for the network to say, and not for one machine of it.
    """
    error = refusal_in(code, message, certified=certified) or CallRejected(
        code, message, error_code, certified=certified
    )
    error.certified = certified
    return error


def refusal_in(code: int, message: str, *, certified: bool) -> Refusal | None:
    if code == CANISTER_REJECT:
        said = message if certified else ""
    else:
        trap = TRAP.search(message) if code == CANISTER_ERROR else None
        said = "" if trap is None else trap[1]
    name, colon, text = said.partition(": ")
    return IN_REJECTS[name](text) if colon and name in IN_REJECTS else None


def rate_limited(match: re.Match[str] | None) -> Refusal | None:
    return None if match is None else RateLimited(rounded_up(int(match[1])))


def quota_exceeded(match: re.Match[str] | None) -> Refusal | None:
    return None if match is None else QuotaExceeded(match[2], int(match[1]))


def rounded_up(ns: int) -> timedelta:
    """A duration that is not shorter: a timedelta knows microseconds."""
    return timedelta(microseconds=-(-ns // 1_000))
