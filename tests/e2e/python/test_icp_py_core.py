"""The service called by icp-py-core 2.3.1, the maintained successor of ic-py."""

from __future__ import annotations

import pytest
from icp_core import Agent, Canister, Client, Identity
from icp_core.errors import ReplicaReject
from network import Network
from transcript import STEPS, Transcript, user_of


def canister_as(network: Network, role: str) -> Canister:
    identity = Identity.from_pem(network.key(role))
    return Canister(Agent(identity, Client(network.replica_url)), network.canister_id, network.interface)


def call(canister: Canister, method: str, *args: object) -> object:
    """Calls without the library's check of the certificate, which needs a module that PyPI does not have."""
    is_query = "query" in canister.methods[method].annotations
    options = {} if is_query else {"verify_certificate": False}
    results = getattr(canister, method)(*args, **options)
    return results[0]["value"] if results else None


def test_a_day_gets_the_replies_that_every_caller_gets(network: Network) -> None:
    canister = canister_as(network, "agent")
    transcript = Transcript(user_of("icp-py-core"), canister.agent.identity.sender().to_str())
    for step in STEPS:
        args = [transcript.argument(arg) for arg in step["args"]]
        reply = transcript.normalise(call(canister, step["method"], *args))
        assert (step["method"], reply) == (step["method"], step["reply"])


def test_the_interface_is_read_from_the_canister(network: Network) -> None:
    agent = Agent(Identity.from_pem(network.key("agent")), Client(network.replica_url))
    canister = Canister(agent, network.canister_id, auto_fetch_candid=True)
    assert canister.candid_str == network.interface
    assert call(canister, "get_user_agent_sessions", "nobody") == []


def test_a_stranger_is_refused_with_the_reason(network: Network) -> None:
    canister = canister_as(network, "user")
    with pytest.raises(ReplicaReject, match="Unauthorized: the caller is not an agent"):
        call(canister, "get_agent_status", "icp-py-core-user")
    created = call(canister, "create_agent_session", "icp-py-core-user", {"GitHub": None}, [], [], [])
    assert "not an agent" in created["Err"]["Unauthorized"]["message"]
