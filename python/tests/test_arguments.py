"""What is not of the interface's type is named, and not sent."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from icp_identity import Identity as SigningKey

from agent_service import (
    AgentService,
    AgentType,
    CallRejected,
    Conflict,
    Identity,
    InvalidArgument,
    Principal,
    QuotaExceeded,
    RateLimited,
    Timestamp,
    UnexpectedReply,
)
from agent_service.call import Call
from agent_service.candid import (
    BLOB,
    DURATION,
    NAT32,
    PRINCIPAL,
    TEXT,
    TIME,
    Codec,
    enum,
    opt,
    pair,
    record,
    variant,
    vec,
)
from agent_service.encoding import decoded, encoded
from agent_service.refusals import REFUSALS, refusal, rejection
from agent_service.wire import AGENT_ERROR, AGENT_TYPE

NOBODY = Identity.generate()
SERVICE = AgentService("http://127.0.0.1:9", "aaaaa-aa", NOBODY)
GITHUB = AgentType.GitHub

WRONG: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "a number for a text": (lambda: SERVICE.get_agent_status(7), TypeError, "user_id must be a str, not int"),
    "half a character": (
        lambda: SERVICE.get_agent_status("\ud800"),
        InvalidArgument,
        "user_id must be text in Unicode",
    ),
    "a text for an option": (
        lambda: SERVICE.create_agent_session("a", "GitHub"),
        TypeError,
        "agent_type must be of AgentType, not str",
    ),
    "a list for a text that can be left out": (
        lambda: SERVICE.create_agent_session("a", GITHUB, token=["a", "b"]),
        TypeError,
        "token must be a str, not list",
    ),
    "a text for a list": (
        lambda: SERVICE.store_agent_credentials("a", GITHUB, "t", project_ids="ab"),
        TypeError,
        "project_ids must be a list or a tuple, not str",
    ),
    "three for a pair": (
        lambda: SERVICE.store_agent_credentials("a", GITHUB, "t", project_ids=[("a", "b"), ("a", "b", "c")]),
        TypeError,
        r"project_ids\[1\] must be a pair",
    ),
    "a number for a flag": (
        lambda: SERVICE.store_agent_interaction("a", GITHUB, "m", "r", 1),
        TypeError,
        "success must be a bool, not int",
    ),
    "a flag for a number": (lambda: SERVICE.list_sessions("a", limit=True), TypeError, "limit must be an int"),
    "a number below": (lambda: SERVICE.list_sessions("a", limit=-1), InvalidArgument, "limit must be 0 to 4294967295"),
    "a number above": (
        lambda: SERVICE.list_sessions("a", limit=2**32),
        InvalidArgument,
        "limit must be 0 to 4294967295",
    ),
    "a number for a time": (
        lambda: SERVICE.list_sessions("a", from_=7),
        TypeError,
        "from_ must be a datetime, not int",
    ),
    "a time of no place": (
        lambda: SERVICE.list_sessions("a", until=datetime(2026, 1, 1)),
        InvalidArgument,
        "until must be an aware datetime",
    ),
    "a time before 1970": (
        lambda: SERVICE.list_sessions("a", until=datetime(1969, 1, 1, tzinfo=UTC)),
        InvalidArgument,
        "until must be 0 to",
    ),
    "a text for a principal": (
        lambda: SERVICE.remove_agent("aaaaa-aa"),
        TypeError,
        "agent must be a Principal, not str",
    ),
}


@pytest.mark.parametrize(("call", "kind", "text"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_argument_is_named(call: Callable[[], object], kind: type[Exception], text: str) -> None:
    with pytest.raises(kind, match=text):
        call()


def call_of(codec: Codec[Any], value: object, reply: Codec[Any] | None = None) -> Call[Any]:
    """A call that sends a value and gets it back."""
    return Call("echo", [("result", codec, value)], reply or codec, is_query=True, one_record=False)


@dataclass(frozen=True)
class Point:
    from_: int
    note: str | None


@dataclass(frozen=True)
class Name:
    name: str


POINT = record(Point, {"from": NAT32, "note": opt(TEXT)})

VALUES: list[tuple[Codec[Any], object, object]] = [
    (TEXT, "ü€𝄞", "ü€𝄞"),
    (opt(TEXT), "", ""),
    (vec(opt(NAT32)), (1, None, 2**32 - 1), [1, None, 2**32 - 1]),
    (vec(pair(TEXT, TEXT)), (("a", "b"), ("", "c")), [["a", "b"], ["", "c"]]),
    (AGENT_TYPE, AgentType.InFoundr, "InFoundr"),
    (BLOB, b"\x00\xff", "AP8="),
    (PRINCIPAL, Principal.anonymous(), "2vxsx-fae"),
    (TIME, Timestamp.from_ns(2**60 + 1), str(2**60 + 1)),
    (DURATION, timedelta(seconds=1, microseconds=1), "1000001000"),
    (POINT, Point(7, None), {"from": 7, "note": None}),
    (variant({"at": (Point, POINT), "of": (Name, record(Name, {"name": TEXT}))}), Name("x"), {"of": {"name": "x"}}),
]


@pytest.mark.parametrize(("codec", "value", "form"), VALUES, ids=[str(form) for _, _, form in VALUES])
def test_a_value_goes_by_candid_and_by_json_and_comes_back(codec: Codec[Any], value: object, form: object) -> None:
    call = call_of(codec, value)
    assert call.in_json() == {"result": form}
    assert decoded(call, encoded(call)) == call.from_json(json.dumps({"result": form}).encode()) == value


def test_an_opt_that_is_left_out_comes_back_as_none() -> None:
    call = call_of(opt(TEXT), None)
    assert call.in_json() == {}
    assert decoded(call, encoded(call)) is None
    assert call.from_json(b'{"result": null}') is None


def test_a_reply_of_another_type_says_so() -> None:
    class Newer(StrEnum):
        Telex = "Telex"

    for codec, value in [(enum(Newer), Newer.Telex), (TEXT, "text")]:
        with pytest.raises(UnexpectedReply):
            decoded(call_of(AGENT_TYPE, AgentType.GitHub), encoded(call_of(codec, value)))
    with pytest.raises(UnexpectedReply):
        decoded(call_of(TEXT, ""), b"DIDL\x00\x01\x71\x7f")
    for answer in [b'{"result": 7}', b"{}", b"<html>", b"[]"]:
        with pytest.raises(UnexpectedReply):
            call_of(POINT, Point(1, None)).from_json(answer)
    with pytest.raises(UnexpectedReply):
        call_of(AGENT_TYPE, AgentType.GitHub).from_json(b'{"result": "Telex"}')


def test_every_error_of_the_interface_has_an_exception() -> None:
    assert set(AGENT_ERROR.names) == set(REFUSALS)


def test_errors_carry_their_fields() -> None:
    limited = refusal({"RateLimited": {"retry_after_ns": 1_500_000_001}})
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == timedelta(seconds=1, microseconds=500_001)
    exceeded = refusal({"QuotaExceeded": {"resource": "sessions", "limit": 9}})
    assert isinstance(exceeded, QuotaExceeded)
    assert (exceeded.resource, exceeded.limit) == ("sessions", 9)
    assert isinstance(refusal({"Conflict": {"message": "no"}}), Conflict)
    assert isinstance(refusal({"Newer": None}), UnexpectedReply)


REJECTS = json.loads((Path(__file__).resolve().parents[2] / "tests/client/rejects.json").read_text("utf-8"))
"""The words of rejects and what they are told as, by every client."""


@pytest.mark.parametrize("row", REJECTS, ids=lambda row: f"{row['code']} {row['message'][:60]}")
@pytest.mark.parametrize("certified", [True, False])
def test_a_reject_is_told_by_the_same_kind_as_a_result(row: dict[str, Any], certified: bool) -> None:
    error = rejection(row["code"], row["message"], "IC0503", certified=certified)
    # That nothing was changed is for the network to say. What is turned away before it runs is never certified.
    kind = "CallRejected" if row["code"] == 4 and not certified else row["kind"]
    assert (type(error).__name__, error.certified) == (kind, certified)
    if isinstance(error, RateLimited):
        assert error.retry_after == timedelta(microseconds=int(row["fields"]["retryAfterNs"]) // 1_000)
    elif isinstance(error, QuotaExceeded):
        assert (error.resource, str(error.limit)) == (row["fields"]["resource"], row["fields"]["limit"])
    elif isinstance(error, CallRejected):
        assert (error.code, str(error), error.error_code) == (row["code"], row["message"], "IC0503")
    else:
        assert str(error) == row["fields"]["message"]


NS = 1_800_000_000_123_456_789


def test_a_timestamp_keeps_its_nanoseconds() -> None:
    time = Timestamp.from_ns(NS)
    assert (time.ns, time.isoformat()) == (NS, "2027-01-15T08:00:00.123456+00:00")
    assert pickle.loads(pickle.dumps(time)).ns == copy.deepcopy(time).ns == NS
    assert (time + timedelta(seconds=1)).ns == NS - 789 + 10**9
    assert time.astimezone(timezone(timedelta(hours=2))).ns == NS - 789
    assert Timestamp.from_ns(2**64 - 1).ns == 2**64 - 1


def test_the_private_key_is_in_no_text_of_an_identity(caplog: pytest.LogCaptureFixture) -> None:
    key = SigningKey()
    identity = Identity(key)
    logging.getLogger().warning("%s %r %s", identity, identity, {"identity": identity})
    service = AgentService("http://127.0.0.1:9", Principal.from_str("aaaaa-aa"), identity)
    texts = [caplog.text, repr(identity), str(identity), repr(service), repr(vars(service))]
    assert not [text for text in texts if key.privkey in text]
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(identity)
    with pytest.raises(TypeError, match="not pickled"):
        copy.copy(identity)


@pytest.mark.parametrize("kind", ["ed25519", "secp256k1", "p256"])
def test_the_private_key_is_in_no_traceback_with_local_variables(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = SigningKey(type=kind)
    service = AgentService("http://127.0.0.1:9", Principal.from_str("aaaaa-aa"), Identity(key))

    def fail(_value: object) -> bytes:
        raise OSError("no room")

    monkeypatch.setattr("icp_agent.agent.cbor2.dumps", fail)
    with pytest.raises(OSError, match="no room") as raised:
        service.get_agent_status("alice")
    trace = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    text = "".join(frame for frame in trace.format() if "test_arguments.py" not in frame)
    assert f"SilentKey({kind})" in text
    assert key.privkey not in text


def test_the_anonymous_identity_is_none() -> None:
    with pytest.raises(ValueError, match="anonymous"):
        Identity(SigningKey(anonymous=True))


def test_a_pem_that_is_none_is_refused_without_what_it_holds() -> None:
    pem = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"
    with pytest.raises(ValueError, match="pem must hold") as raised:
        Identity.from_pem(pem)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    text = "".join(traceback.TracebackException.from_exception(raised.value, capture_locals=True).format())
    inside = text.partition("in from_pem")[2]
    assert "c2VjcmV0" not in inside


def test_the_root_key_is_given_or_fetched() -> None:
    with pytest.raises(ValueError, match="local"):
        AgentService("http://127.0.0.1:9", "aaaaa-aa", NOBODY, root_key=b"", local=True)
