"""A machine in the middle that changes what the network says is found out, whatever it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from nacl.signing import SigningKey
from network import Network

from agent_service import AgentService, AgentType, CallRejected, NetworkError, OutcomeUnknown, VerificationFailed
from middleman import (
    Signer,
    Tamper,
    changing,
    flipped,
    in_certificate,
    leb128,
    middleman,
    tagged,
    tree_of,
    with_leaf,
)

GITHUB = AgentType.GitHub
SHORT = timedelta(seconds=3)
"""For calls whose time is to run out."""
ATTACKER = Signer(666)
ATTACKERS_NODE = b"\x05" * 28 + b"\x02"
ATTACKERS_NODE_KEY = bytes.fromhex("302a300506032b6570032100") + bytes(SigningKey(b"\x05" * 32).verify_key)

Through = Callable[..., AgentService]


@pytest.fixture
def through(network: Network, service_as: Callable[..., AgentService]) -> Iterator[Through]:
    """The service, asked through a machine that changes answers."""
    with ExitStack() as machines:

        def through(tamper: Tamper, **options: object) -> AgentService:
            url = machines.enter_context(middleman(network.replica_url, tamper))
            return service_as("agent", url, **options)

        yield through


def with_field(name: str, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda record: {**record, name: change(record.get(name))}


def first_signature(name: str, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return with_field("signatures", lambda found: [with_field(name, change)(found[0])])


def leaf(label: bytes, value: bytes) -> Callable[[Any], Any]:
    return in_certificate(with_field("tree", lambda tree: with_leaf(tree, label, value)))


def made_by_attacker(_certificate: Any) -> Any:
    """A whole certificate with a delegation that the attacker gave itself."""
    ranges = tagged([[b"", b"\xff" * 29]])
    subnet = {b"public_key": ATTACKER.key, b"canister_ranges": ranges}
    delegation = ATTACKER.certificate(tree_of({b"subnet": {b"\x01": subnet}, b"time": leb128(0)}))
    return {
        "tree": tree_of({b"time": leb128(0)}),
        "signature": b"\xc0" + bytes(47),
        "delegation": {"subnet_id": b"\x01", "certificate": delegation},
    }


CHANGED_UPDATES = {
    "the reply": leaf(b"reply", b"DIDL\x00\x01\x7f"),
    "the status": leaf(b"status", b"rejected"),
    "the time": leaf(b"time", leb128(2**60)),
    "the signature": in_certificate(with_field("signature", flipped)),
    "a signature that is no point": in_certificate(with_field("signature", lambda _: bytes(48))),
    "a signature that is the identity": in_certificate(with_field("signature", lambda _: b"\xc0" + bytes(47))),
    "a delegation": in_certificate(made_by_attacker),
    "no tree": in_certificate(with_field("tree", lambda _: [7])),
    "a tree without an end": in_certificate(with_field("tree", lambda _: nested(400))),
    "no certificate": with_field("certificate", lambda _: None),
    "another shape": lambda _: ["replied"],
}


def nested(depth: int) -> Any:
    return [2, b"x", nested(depth - 1)] if depth > 0 else [0]


@pytest.mark.parametrize("change", CHANGED_UPDATES.values(), ids=CHANGED_UPDATES.keys())
def test_a_changed_answer_to_an_update_is_not_believed(change: Callable[[Any], Any], through: Through) -> None:
    service = through(changing("call", change))
    with pytest.raises(VerificationFailed):
        service.create_agent_session("middleman", GITHUB)


@pytest.mark.parametrize("change", CHANGED_UPDATES.values(), ids=CHANGED_UPDATES.keys())
def test_a_changed_status_of_an_update_is_not_believed(change: Callable[[Any], Any], through: Through) -> None:
    def tamper(kind: str, status: int, body: bytes) -> tuple[int, bytes] | None:
        return (202, b"") if kind == "call" else changing("read_state", change)(kind, status, body)

    with pytest.raises(VerificationFailed):
        through(tamper).create_agent_session("middleman", GITHUB)


def test_a_status_that_is_true_is_believed_after_a_call_that_was_only_taken_on(through: Through) -> None:
    service = through(lambda kind, status, body: (202, b"") if kind == "call" else (status, body))
    assert service.create_agent_session("middleman", GITHUB).startswith("ses-")


def test_the_answer_to_another_update_is_not_taken_for_this_ones(through: Through) -> None:
    first: list[bytes] = []

    def keep(_kind: str, status: int, body: bytes) -> tuple[int, bytes]:
        first.append(body)
        return status, body

    through(keep).create_agent_session("middleman", GITHUB)
    with pytest.raises(OutcomeUnknown):
        through(lambda *_: (200, first[0]), timeout=SHORT).create_agent_session("middleman", GITHUB)


def test_a_refusal_of_a_machine_says_that_nobody_certified_it(through: Through) -> None:
    with pytest.raises(CallRejected) as raised:
        through(changing("call", lambda _: REFUSAL)).create_agent_session("middleman", GITHUB)
    assert raised.value.certified is False


CHANGED_QUERIES = {
    "the reply": with_field("reply", lambda _: {"arg": b"DIDL\x00\x01\x7f"}),
    "no reply": with_field("reply", lambda _: None),
    "a reject": lambda answer: {**answer, "status": "rejected", "reject_code": 4, "reject_message": "no"},
    "an unknown status": with_field("status", lambda _: "odd"),
    "no signature": with_field("signatures", lambda _: []),
    "the signature": first_signature("signature", flipped),
    "the signature's time": first_signature("timestamp", lambda time: time + 1),
    "an old signature": first_signature("timestamp", lambda time: time - 10**12),
    "another machine": first_signature("identity", lambda _: ATTACKERS_NODE),
    "another shape": lambda _: {"signatures": [1]},
}


@pytest.mark.parametrize("change", CHANGED_QUERIES.values(), ids=CHANGED_QUERIES.keys())
def test_a_changed_answer_to_a_query_is_not_believed(change: Callable[[Any], Any], through: Through) -> None:
    with pytest.raises(VerificationFailed):
        through(changing("query", change)).get_agent_status("middleman")


def test_the_answer_to_another_query_is_not_taken_for_this_ones(through: Through) -> None:
    first: dict[str, bytes] = {}
    service = through(lambda kind, status, body: (status, first.setdefault(kind, body)))
    service.get_agent_status("middleman")
    with pytest.raises(VerificationFailed, match="not the one that was signed"):
        service.get_agent_status("somebody else")


def test_a_machine_cannot_add_its_key_to_the_subnets(through: Through) -> None:
    def add(node: Any) -> Any:
        match node:
            case [2, b"node", _]:
                return [2, b"node", tree_of({ATTACKERS_NODE: {b"public_key": ATTACKERS_NODE_KEY}})]
            case [1, left, right]:
                return [1, add(left), add(right)]
            case [2, label, child]:
                return [2, label, add(child)]
        return node

    service = through(changing("read_state", in_certificate(with_field("tree", add))))
    with pytest.raises(VerificationFailed, match="not the network's"):
        service.get_agent_status("middleman")


def test_a_key_that_the_network_says_it_has_counts_for_nothing_where_one_is_given(through: Through) -> None:
    change = changing("status", with_field("root_key", lambda _: ATTACKER.key))
    assert through(change).get_agent_status("middleman").user_id == "middleman"
    with pytest.raises(VerificationFailed):
        through(change, root_key=None, local=True).get_agent_status("middleman")


def test_an_answer_that_is_not_cbor_is_not_believed(through: Through) -> None:
    service = through(lambda _kind, status, _body: (status, b"\x9f<html>"))
    with pytest.raises(VerificationFailed):
        service.get_agent_status("middleman")


def test_a_page_of_a_proxy_is_a_network_error_with_its_status(through: Through) -> None:
    service = through(lambda *_: (418, b"a teapot"))
    with pytest.raises(NetworkError, match=r"answered 418$") as raised:
        service.get_agent_status("middleman")
    assert raised.value.status == 418


def test_an_update_whose_answer_got_lost_is_executed_once_and_answered(through: Through, service_as) -> None:
    lost: list[str] = []

    def lose_first(kind: str, status: int, body: bytes) -> tuple[int, bytes] | None:
        lost.append(kind)
        return None if len(lost) == 1 else (status, body)

    session_id = through(lose_first).create_agent_session("lost once", GITHUB)
    sessions = service_as("agent").get_user_agent_sessions("lost once")
    assert [session.session_id for session in sessions] == [session_id]


def test_an_update_of_which_no_answer_arrives_has_an_unknown_outcome_and_is_executed_once(
    through: Through, service_as
) -> None:
    with pytest.raises(OutcomeUnknown, match="create_agent_session"):
        through(lambda *_: None, timeout=SHORT).create_agent_session("lost", GITHUB)
    assert len(service_as("agent").get_user_agent_sessions("lost")) == 1


REFUSAL = {"status": "non_replicated_rejection", "reject_code": 2, "reject_message": "expired", "error_code": "IC0207"}


@pytest.mark.parametrize(
    "later", [(400, b"expired"), (200, tagged(REFUSAL))], ids=["turned away", "refused by a machine"]
)
def test_an_update_that_is_turned_away_after_an_answer_got_lost_has_an_unknown_outcome(
    later: tuple[int, bytes], through: Through
) -> None:
    answers = iter([None, later])
    with pytest.raises(OutcomeUnknown):
        through(lambda *_: next(answers)).create_agent_session("turned away", GITHUB)


def test_a_status_that_is_turned_away_leaves_the_outcome_unknown(through: Through) -> None:
    with pytest.raises(OutcomeUnknown):
        through(lambda kind, *_: (202, b"") if kind == "call" else (400, b"no")).create_agent_session("asked", GITHUB)


@pytest.mark.parametrize(("status", "kind"), [(429, NetworkError), (502, OutcomeUnknown)])
def test_an_update_that_is_turned_away_is_only_unknown_where_it_may_have_arrived(
    status: int, kind: type[Exception], service_as: Callable[..., AgentService]
) -> None:
    with middleman(None, lambda *_: (status, b"later")) as url, pytest.raises(kind):
        service_as("agent", url, timeout=SHORT).create_agent_session("busy", GITHUB)


def test_a_query_is_asked_again_where_the_network_is_busy(through: Through) -> None:
    seen: list[str] = []

    def busy_at_first(kind: str, status: int, body: bytes) -> tuple[int, bytes]:
        seen.append(kind)
        return (503, b"later") if len(seen) == 1 else (status, body)

    service = through(busy_at_first)
    assert service.get_agent_status("busy").user_id == "busy"
