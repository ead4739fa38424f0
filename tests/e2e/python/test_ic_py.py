"""The service called by ic-py 1.0.1, the library that the original Python agents use."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from ic import Agent, Canister, Client, Identity
from ic.candid import Types, encode
from network import Network
from transcript import STEPS, Transcript, user_of


def canister_as(network: Network, role: str) -> Canister:
    identity = Identity.from_pem(network.key(role))
    agent = Agent(identity, Client(network.replica_url))
    return Canister(agent, network.canister_id, network.interface)


def test_a_day_gets_the_replies_that_every_caller_gets(network: Network) -> None:
    canister = canister_as(network, "agent")
    transcript = Transcript(user_of("ic-py"), str(canister.agent.get_principal()))
    sent: list[object] = []
    for step in STEPS:
        args = [transcript.argument(arg) for arg in step["args"]]
        if [step["method"], args] == sent:
            # ic-py sends no nonce: the same call in the same second is one request to the network, and runs once.
            time.sleep(1)
        sent = [step["method"], args]
        result = getattr(canister, step["method"])(*args)
        reply = transcript.normalise(result[0]) if result else None
        assert (step["method"], reply) == (step["method"], step["reply"])


def test_a_trailing_opt_can_be_left_out(network: Network) -> None:
    canister = canister_as(network, "agent")
    args = encode([{"type": Types.Text, "value": "ic-py-opts"}])
    replies = canister.agent.query_raw(network.canister_id, "get_user_agent_interactions", args)
    assert replies[0]["value"] == []


def test_a_stranger_is_refused_with_the_reason(network: Network) -> None:
    canister = canister_as(network, "user")
    # ic-py gives a rejected query's message as if it were the result.
    assert "Unauthorized: the caller is not an agent" in canister.get_agent_status("ic-py-user")
    created = canister.create_agent_session("ic-py-user", {"GitHub": None}, [], [], [])
    assert "not an agent" in created[0]["Err"]["Unauthorized"]["message"]


def test_a_call_without_an_error_in_its_result_is_rejected_with_the_reason(network: Network) -> None:
    canister = canister_as(network, "agent")
    with pytest.raises(Exception, match="InvalidArgument: metadata must be valid JSON"):
        canister.log_agent_activity("ic-py-user", {"GitHub": None}, {"EmailSent": None}, "sent", ["{"])


def test_the_snippet_that_start_prints_works(
    network: Network, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # It reads the interface from the project's folder.
    monkeypatch.chdir(Path(__file__).resolve().parents[3])
    [snippet] = [line for line in network.output.splitlines() if line.startswith("from ic import")]
    exec(snippet, {})
    assert "'user_id': 'alice'" in capsys.readouterr().out
