"""The gateway's problems as exceptions, and what a call by a gateway does about failures on the way."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent_service import (
    AgentServiceError,
    AgentType,
    AsyncGatewayAgentService,
    CallRejected,
    Conflict,
    Expired,
    GatewayAgentService,
    InvalidArgument,
    NetworkError,
    NotFound,
    OpeningKeyUntrusted,
    OutcomeUnknown,
    QuotaExceeded,
    RateLimited,
    SealedSecretChanged,
    SealedSecretForOthers,
    SealedSecretMalformed,
    SealedSecretReplaced,
    SealingOff,
    SecretInClear,
    Unauthorized,
    VerificationFailed,
)
from agent_service.call import Call
from agent_service.candid import NO_REPLY, TEXT
from agent_service.problems import problem_of
from middleman import middleman

URL = "http://127.0.0.1:9"
QUERY = Call("ask", [], TEXT, is_query=True, one_record=False)
UPDATE = Call("change", [], NO_REPLY, is_query=False, one_record=False)


def raised(status: int, kind: str, call: Call[object] = UPDATE, **members: object) -> AgentServiceError:
    problem = {"type": f"urn:agent-service:problem:{kind}", "status": status, "detail": "why", **members}
    return problem_of(status, json.dumps(problem).encode(), call, URL)


@pytest.mark.parametrize(
    ("status", "kind", "members", "expected"),
    [
        (400, "InvalidRequest", {"field": "user_id"}, InvalidArgument),
        (400, "InvalidArgument", {"field": "user_id"}, InvalidArgument),
        (401, "Unauthenticated", {}, Unauthorized),
        (403, "Unauthorized", {}, Unauthorized),
        (404, "NotFound", {}, NotFound),
        (404, "NoSuchPath", {}, NetworkError),
        (409, "Conflict", {}, Conflict),
        (409, "QuotaExceeded", {"resource": "sessions", "limit": "9"}, QuotaExceeded),
        (410, "Expired", {}, Expired),
        (429, "RateLimited", {"retry_after_ns": "1500000000"}, RateLimited),
        (500, "Internal", {"outcome_unknown": False}, NetworkError),
        (500, "Internal", {"outcome_unknown": True}, OutcomeUnknown),
        (502, "CallRejected", {"reject_code": 5, "error_code": "IC0503", "outcome_unknown": False}, CallRejected),
        (502, "NetworkUnreachable", {"outcome_unknown": True}, OutcomeUnknown),
        (403, "SealedSecretForOthers", {"outcome_unknown": False}, SealedSecretForOthers),
        (409, "SealedSecretReplaced", {"outcome_unknown": False}, SealedSecretReplaced),
        (409, "SecretInClear", {"outcome_unknown": False}, SecretInClear),
        (409, "SealingOff", {"outcome_unknown": False}, SealingOff),
        (502, "SealedSecretChanged", {"outcome_unknown": False}, SealedSecretChanged),
        (502, "SealedSecretMalformed", {"outcome_unknown": False}, SealedSecretMalformed),
        (502, "OpeningKeyUntrusted", {"outcome_unknown": False}, OpeningKeyUntrusted),
        (502, "UntrustedAnswer", {"outcome_unknown": False}, VerificationFailed),
        (503, "TemporarilyUnavailable", {"reject_code": 2, "outcome_unknown": False}, CallRejected),
        (504, "NetworkTimeout", {"outcome_unknown": True}, OutcomeUnknown),
    ],
)
def test_a_problem_is_an_exception_of_its_kind(
    status: int, kind: str, members: dict[str, object], expected: type[AgentServiceError]
) -> None:
    assert isinstance(raised(status, kind, **members), expected)


def test_the_fields_of_a_problem_come_along() -> None:
    invalid = raised(400, "InvalidArgument", field="user_id", detail="user_id must have 1 to 128 characters")
    assert isinstance(invalid, InvalidArgument)
    assert (invalid.field, str(invalid)) == ("user_id", "user_id must have 1 to 128 characters")
    misfit = raised(400, "InvalidRequest", field="limit", detail="limit must be a whole number from 0 to 4294967295")
    assert str(misfit) == "limit must be a whole number from 0 to 4294967295"
    limited = raised(429, "RateLimited", retry_after_ns="1500000000")
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == timedelta(seconds=1.5)
    rejected = raised(502, "CallRejected", reject_code=5, error_code="IC0503")
    assert isinstance(rejected, CallRejected)
    assert (rejected.code, rejected.error_code, rejected.certified) == (5, "IC0503", False)


def test_what_is_no_problem_is_a_proxys_word() -> None:
    assert isinstance(problem_of(502, b"<html>", UPDATE, URL), OutcomeUnknown)
    assert isinstance(problem_of(502, b"[]", QUERY, URL), NetworkError)
    assert isinstance(problem_of(413, b"too much", UPDATE, URL), NetworkError)


@pytest.fixture
def answers() -> list[tuple[int, bytes] | None]:
    """What the gateway answers, one after the other; None for a connection that breaks."""
    return []


@pytest.fixture
def gateway(answers: list[tuple[int, bytes] | None]) -> Iterator[GatewayAgentService]:
    with (
        middleman(None, lambda *_: answers.pop(0)) as url,
        GatewayAgentService(url, "ask_secret", timeout=timedelta(seconds=20)) as service,
    ):
        yield service


def test_a_query_is_asked_again_and_an_update_is_not(
    gateway: GatewayAgentService, answers: list[tuple[int, bytes] | None]
) -> None:
    answers += [None, (503, b"later"), (200, b'{"result": []}')]
    assert gateway.get_user_agent_sessions("alice") == ()
    answers += [None, (200, b'{"result": "ses-1"}')]
    with pytest.raises(OutcomeUnknown) as unknown:
        gateway.create_agent_session("alice", AgentType.GitHub)
    assert (unknown.value.method, unknown.value.request_id, len(answers)) == ("create_agent_session", None, 1)


def test_an_update_that_the_service_knows_again_is_made_again(
    gateway: GatewayAgentService, answers: list[tuple[int, bytes] | None]
) -> None:
    update = dataclasses.replace(UPDATE, request_id="once")
    unavailable = (502, b"<html>")
    answers += [None, unavailable, (200, b'{"result": null}')]
    gateway._transport.call(update)
    answers += [None, unavailable, None, unavailable]
    with pytest.raises(OutcomeUnknown) as unknown:
        gateway._transport.call(update)
    assert (unknown.value.request_id, len(answers)) == ("once", 1)


async def test_the_asynchronous_side_speaks_to_a_gateway_as_well() -> None:
    answers: list[tuple[int, bytes] | None] = [None, (200, b'{"result": []}')]
    with middleman(None, lambda *_: answers.pop(0)) as url:
        async with AsyncGatewayAgentService(url, "ask_secret") as service:
            assert await service.get_user_agent_sessions("alice") == ()


def test_an_update_that_was_not_sent_is_a_network_error() -> None:
    with (
        GatewayAgentService("http://127.0.0.1:9", "ask_secret", timeout=timedelta(seconds=1)) as service,
        pytest.raises(NetworkError, match="not reached"),
    ):
        service.create_agent_session("alice", AgentType.GitHub)


def test_the_key_is_in_no_text(gateway: GatewayAgentService) -> None:
    texts = [repr(gateway), repr(vars(gateway)), repr(vars(gateway._transport)), str(gateway._transport._http.headers)]
    assert not [text for text in texts if "ask_secret" in text]
