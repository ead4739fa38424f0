"""The gateway's problems (docs/reference/gateway.md) as exceptions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .call import Call
from .errors import (
    AgentServiceError,
    CallRejected,
    NetworkError,
    OpeningKeyUntrusted,
    OutcomeUnknown,
    SealedSecretChanged,
    SealedSecretForOthers,
    SealedSecretMalformed,
    SealedSecretReplaced,
    SealingOff,
    SecretInClear,
    Unauthorized,
    VerificationFailed,
)
from .refusals import REFUSALS

PREFIX = "urn:agent-service:problem:"
UNVERIFIED: Mapping[str, type[VerificationFailed]] = {
    "UntrustedAnswer": VerificationFailed,
    **{
        kind.__name__: kind
        for kind in (
            OpeningKeyUntrusted,
            SealedSecretChanged,
            SealedSecretForOthers,
            SealedSecretMalformed,
            SealedSecretReplaced,
            SealingOff,
            SecretInClear,
        )
    },
}
"""What the gateway did not trust, or did not open, by its problems."""
UNAVAILABLE = frozenset({502, 503, 504})
SERVER_ERROR = 500


class Again(NetworkError):
    """The gateway, or what is before it, is not available now: a query can be asked again."""


def problem_of(status: int, body: bytes, call: Call[Any], url: str) -> AgentServiceError:
    """What is raised for an answer that is not 200."""
    problem = content_of(body)
    kind = str(problem.get("type", "")).removeprefix(PREFIX)
    # Without a problem it is not the gateway that answers, and what it says may be anything.
    detail = str(problem.get("detail", f"the gateway at {url} answered {status}"))
    if problem.get("outcome_unknown", "type" not in problem and status >= SERVER_ERROR) and not call.is_query:
        return OutcomeUnknown(call.method)
    if kind in REFUSALS:
        return REFUSALS[kind](fields_of(kind, detail, problem))
    if kind == "InvalidRequest":
        return REFUSALS["InvalidArgument"](fields_of("InvalidArgument", detail, {"field": call.method, **problem}))
    if kind == "Unauthenticated":
        return Unauthorized(detail)
    if kind in UNVERIFIED:
        return UNVERIFIED[kind](detail)
    if "reject_code" in problem:
        # The gateway's word, which nothing here can verify.
        return CallRejected(problem["reject_code"], detail, problem.get("error_code"), certified=False)
    return (Again if status in UNAVAILABLE else NetworkError)(detail, status)


def fields_of(kind: str, detail: str, problem: Mapping[str, Any]) -> dict[str, Any]:
    """A refusal's fields as Candid has them."""
    if kind == "InvalidArgument":
        return {"field": problem["field"], "message": detail.removeprefix(f"{problem['field']} ")}
    numbers = {name: int(problem[name]) for name in ("retry_after_ns", "limit") if name in problem}
    return {**problem, "message": detail, **numbers}


def content_of(body: bytes) -> Mapping[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
