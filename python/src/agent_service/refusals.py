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

IN_REJECTS: Mapping[str, type[Refusal]] = {kind.__name__: kind for kind in (NotFound, Unauthorized, Conflict, Expired)}


def refusal(error: Mapping[str, Any]) -> AgentServiceError:
    """The exception of a result's Err, an AgentError as Candid decodes it."""
    [(name, fields)] = error.items()
    return REFUSALS[name](fields) if name in REFUSALS else UnexpectedReply(f"an error of the kind {name}")


def rejection(code: int, message: str, error_code: str | None, *, certified: bool) -> AgentServiceError:
    """
    The exception of a reject. Where a method's result has no Err, the canister rejects with the refusal's name, a colon and its message;
    an invalid argument's begins with the field. That nothing was changed is for the network to say, and not for one machine of it.
    """
    match = re.fullmatch(r"(\w+): (.*)", message, re.DOTALL)
    if certified and code == CANISTER_REJECT and match is not None:
        name, text = match.groups()
        if name == "InvalidArgument":
            field, _, rest = text.partition(" ")
            return InvalidArgument(field, rest)
        if name in IN_REJECTS:
            return IN_REJECTS[name](text)
    return CallRejected(code, message, error_code, certified=certified)


def rounded_up(ns: int) -> timedelta:
    """A duration that is not shorter: a timedelta knows microseconds."""
    return timedelta(microseconds=-(-ns // 1_000))
