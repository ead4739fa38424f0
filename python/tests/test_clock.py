"""The wall clock: what a client does whose clock is not the network's."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import cbor2
import pytest
from icp_agent.agent import to_request_id
from nacl.signing import SigningKey
from network import Network

from agent_service import (
    AgentService,
    AgentServiceError,
    AgentType,
    AsyncAgentService,
    ClockError,
    Identity,
    NetworkError,
    OutcomeUnknown,
    Principal,
    VerificationFailed,
)
from agent_service.clock import NetworkClock
from agent_service.protocol import Protocol
from agent_service.query_signatures import RESPONSE
from middleman import Signer, leb128, middleman, tagged, tree_of

GITHUB = AgentType.GitHub
OFF = {
    "6 minutes ahead": timedelta(minutes=6),
    "6 minutes behind": timedelta(minutes=-6),
    "an hour ahead": timedelta(hours=1),
    "an hour behind": timedelta(hours=-1),
}


def clock(ahead: timedelta) -> Callable[[], int]:
    """A machine's clock that is off."""
    return lambda: time.time_ns() + ahead // timedelta(microseconds=1) * 1_000


@pytest.mark.parametrize("ahead", OFF.values(), ids=OFF.keys())
def test_the_wall_clock_is_off_and_a_query_comes_first(
    service_as: Callable[..., AgentService], user: str, ahead: timedelta
) -> None:
    service = service_as("agent", now_ns=clock(ahead))
    assert service.get_agent_status(user).total_sessions == 0
    session = service.create_session(user, GITHUB)
    assert [found.session_id for found in service.get_user_agent_sessions(user)] == [session]


@pytest.mark.parametrize("ahead", OFF.values(), ids=OFF.keys())
def test_the_wall_clock_is_off_and_a_write_comes_first(
    service_as: Callable[..., AgentService], user: str, ahead: timedelta
) -> None:
    service = service_as("agent", now_ns=clock(ahead))
    session = service.create_session(user, GITHUB)
    assert [found.session_id for found in service.get_user_agent_sessions(user)] == [session]


@pytest.mark.parametrize("ahead", OFF.values(), ids=OFF.keys())
async def test_the_wall_clock_is_off_in_the_asynchronous_client(network: Network, user: str, ahead: timedelta) -> None:
    identity = Identity.from_pem(network.key("agent"))
    root_key = bytes.fromhex(network.root_key)
    async with AsyncAgentService(
        network.replica_url, network.canister_id, identity, root_key=root_key, now_ns=clock(ahead)
    ) as service:
        assert (await service.get_agent_status(user)).total_sessions == 0
        await service.create_session(user, GITHUB)
        assert (await service.get_agent_status(user)).total_sessions == 1


def test_the_wall_clock_is_set_while_a_client_lives(
    service_as: Callable[..., AgentService], user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_as("agent")
    service.get_agent_status(user)
    real, monotonic = time.time_ns, time.monotonic
    for round_, minutes in enumerate((7, -7, 120, 0), start=1):
        monkeypatch.setattr(time, "time_ns", lambda minutes=minutes: real() + minutes * 60 * 10**9)
        monkeypatch.setattr(time, "monotonic", lambda round_=round_: monotonic() + round_ * 10)
        service.create_session(user, GITHUB)
        assert service.get_agent_status(user).total_sessions == round_


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (timedelta(days=2, hours=1), "this machine's clock is 2 d 1 h ahead of the network's; set the clock"),
        (timedelta(days=-2, hours=-1), "this machine's clock is 2 d 1 h behind the network's; set the clock"),
    ],
    ids=["ahead", "behind"],
)
def test_the_wall_clock_is_off_by_days_and_that_is_told(
    service_as: Callable[..., AgentService], user: str, ahead: timedelta, text: str
) -> None:
    service = service_as("agent", now_ns=clock(ahead + timedelta(seconds=30) * (1 if ahead > timedelta() else -1)))
    for call in (lambda: service.get_agent_status(user), lambda: service.create_session(user, GITHUB)):
        with pytest.raises(ClockError, match=text) as raised:
            call()
        assert abs(raised.value.ahead - ahead) < timedelta(minutes=1)


ROOT, NODE = Signer(44), SigningKey(b"\x07" * 32)
NODE_KEY = bytes.fromhex("302a300506032b6570032100") + bytes(NODE.verify_key)
NODE_ID, CANISTER = b"a node", Principal.from_str("rrkah-fqaaa-aaaaa-aaaaq-cai")
HOUR = 3600 * 10**9


def time_certificate(time_ns: int) -> bytes:
    """The answer to a read_state of the machines' keys that the network gave at a time."""
    subnet_id = Principal.self_authenticating(ROOT.key).bytes
    keys = {NODE_ID: {b"public_key": NODE_KEY}}
    tree = tree_of({b"subnet": {subnet_id: {b"node": keys}}, b"time": leb128(time_ns)})
    return tagged({"certificate": ROOT.certificate(tree)})


def machines_answer(request_id: bytes, time_ns: int) -> dict[str, object]:
    """A reject that a machine signed at a time."""
    reject = {"status": "rejected", "reject_code": 3, "reject_message": "there is no such method"}
    signed = to_request_id({**reject, "request_id": request_id, "timestamp": time_ns})
    signature = NODE.sign(RESPONSE + signed).signature
    return {**reject, "signatures": [{"timestamp": time_ns, "identity": NODE_ID, "signature": signature}]}


@pytest.mark.parametrize("age_ns", [0, -HOUR, HOUR], ids=["right", "an hour old", "an hour ahead"])
def test_an_old_certificate_does_not_set_the_wall_clock(age_ns: int) -> None:
    """A machine in the middle kept it; a machine of the network that is asked now has another time."""
    now_ns = time.time_ns()
    protocol = Protocol(CANISTER, Identity.generate(), ROOT.key, NetworkClock(lambda: now_ns))
    ahead_ns, keys = protocol.time_and_keys(200, time_certificate(now_ns + age_ns))
    assert ahead_ns == age_ns
    question = protocol.ask_machine()
    answer = machines_answer(question.request_id, now_ns)
    if age_ns == 0:
        protocol.confirm_time(answer, question, ahead_ns, keys)
        return
    with pytest.raises(ClockError, match="does not confirm"):
        protocol.confirm_time(answer, question, ahead_ns, keys)


def test_a_machines_answer_to_another_question_does_not_set_the_wall_clock() -> None:
    then_ns = time.time_ns() - HOUR
    protocol = Protocol(CANISTER, Identity.generate(), ROOT.key, NetworkClock(time.time_ns))
    ahead_ns, keys = protocol.time_and_keys(200, time_certificate(then_ns))
    kept = machines_answer(protocol.ask_machine().request_id, then_ns)
    with pytest.raises(VerificationFailed, match="not the one that was signed"):
        protocol.confirm_time(kept, protocol.ask_machine(), ahead_ns, keys)


@pytest.mark.parametrize("signer", [Signer(45)], ids=["another key"])
def test_a_time_that_the_root_key_has_not_signed_does_not_set_the_wall_clock(signer: Signer) -> None:
    protocol = Protocol(CANISTER, Identity.generate(), signer.key, NetworkClock(time.time_ns))
    with pytest.raises(VerificationFailed):
        protocol.time_and_keys(200, time_certificate(time.time_ns()))


def refusing_expiry(kind: str, status: int, body: bytes) -> tuple[int, bytes]:
    return (400, b"Invalid request expiry: so I say") if kind in ("query", "call") else (status, body)


def test_a_machine_that_calls_a_right_clock_wrong_is_not_followed(
    network: Network, service_as: Callable[..., AgentService], user: str
) -> None:
    with middleman(network.replica_url, refusing_expiry) as url:
        service = service_as("agent", url)
        for call in (lambda: service.get_agent_status(user), lambda: service.create_session(user, GITHUB)):
            with pytest.raises(NetworkError, match="Invalid request expiry") as raised:
                call()
            assert not isinstance(raised.value, (ClockError, OutcomeUnknown))


def test_a_time_that_no_machine_confirms_is_not_taken(
    network: Network, service_as: Callable[..., AgentService], user: str
) -> None:
    """Answers of the network's machines are those of another time than the certificate's."""
    seen: list[bytes] = []

    def stale(kind: str, status: int, body: bytes) -> tuple[int, bytes]:
        if kind == "query" and status == 200:
            answer = cbor2.loads(body)
            signature = dict(answer["signatures"][0])
            signature["timestamp"] -= 3600 * 10**9
            seen.append(body)
            return status, cbor2.dumps({**answer, "signatures": [signature]})
        return status, body

    with middleman(network.replica_url, stale) as url:
        service = service_as("agent", url, now_ns=clock(timedelta(hours=1)))
        with pytest.raises(AgentServiceError) as raised:
            service.get_agent_status(user)
    assert seen
    assert isinstance(raised.value, (NetworkError, VerificationFailed))


def test_a_network_that_refuses_the_right_time_is_told_as_the_clock(
    network: Network, service_as: Callable[..., AgentService], user: str
) -> None:
    """It took the time, which did not help."""
    with middleman(network.replica_url, refusing_expiry_of_callers) as url:
        service = service_as("agent", url, now_ns=clock(timedelta(minutes=-6)))
        with pytest.raises(ClockError, match="this machine's clock is 6 min") as raised:
            service.get_agent_status(user)
        assert "Invalid request expiry" in str(raised.value.__cause__)


def refusing_expiry_of_callers(kind: str, status: int, body: bytes) -> tuple[int, bytes]:
    """The machine's own answer to nobody, and a refusal for everybody else."""
    if kind == "query" and status == 200 and b"clock_" not in body and b"no query method" not in body:
        return 400, b"Invalid request expiry: so I say"
    return status, body
