"""A client that knows the first version of the interface alone, after everything newer happened: every reply decodes, in ic-py and in icp-py-core."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ic
import icp_core
import pytest
from network import Network

SEED_INTERFACE = (
    Path(__file__).resolve().parents[2] / "canister/fixtures/seed-interface.did"
).read_text("utf-8")
GITHUB = {"GitHub": None}
SEED_KINDS = {
    "SessionCreated",
    "SessionEnded",
    "TokenStored",
    "TokenRefreshed",
    "InteractionCompleted",
    "ErrorOccurred",
    "TaskCreated",
}

Call = Callable[..., Any]
"""A method's name and its arguments; what it answers."""


def by_ic_py(network: Network, interface: str) -> Call:
    agent = ic.Agent(ic.Identity.from_pem(network.key("agent")), ic.Client(network.replica_url))
    canister = ic.Canister(agent, network.canister_id, interface)

    sent: list[object] = []

    def call(method: str, *args: object) -> Any:
        if [method, *args] == sent:
            # ic-py sends no nonce: the same call in the same second is one request to the network, and runs once.
            time.sleep(1)
        sent[:] = [method, *args]
        result = getattr(canister, method)(*args)
        return result[0] if result else None

    return call


def by_icp_py_core(network: Network, interface: str) -> Call:
    agent = icp_core.Agent(
        icp_core.Identity.from_pem(network.key("agent")), icp_core.Client(network.replica_url)
    )
    canister = icp_core.Canister(agent, network.canister_id, interface)

    def call(method: str, *args: object) -> Any:
        is_query = "query" in canister.methods[method].annotations
        options = {} if is_query else {"verify_certificate": False}
        results = getattr(canister, method)(*args, **options)
        return results[0]["value"] if results else None

    return call


def happen(call: Call, user: str) -> None:
    """What the first version has no words for."""
    about = {"user_id": user, "agent_type": GITHUB, "account": []}
    session = call("create_agent_session", user, GITHUB, [], [], [])["Ok"]
    call("update_agent_session", session, ["t"], [], [])
    call("store_agent_credentials", user, GITHUB, "t", [], [], [], [], [])
    call("lease_agent_credentials", {**about, "purpose": "p", "duration_ns": []})
    refresh = call("begin_token_refresh", about)["Ok"]
    failed = {"failed": {"reason": "503"}}
    call("complete_token_refresh", {**about, "fencing": refresh["fencing"], "outcome": failed})
    call("revoke_credentials", about)
    call("create_link_code", {"user_id": user})
    for kind in ("SessionExpired", "TokenExpired", "TokenRevoked", "SessionUpdated", "TaskCreated"):
        call("log_agent_activity", user, GITHUB, {kind: None}, "d", [])


@pytest.mark.parametrize("library", [by_ic_py, by_icp_py_core])
def test_variants_of_results_that_grow_never_reach_a_client_of_the_seeds_interface(
    network: Network, library: Callable[[Network, str], Call]
) -> None:
    user = f"seed-{library.__name__}"
    happen(library(network, network.interface), user)
    call = library(network, SEED_INTERFACE)

    session = call("create_agent_session", user, GITHUB, ["t"], ["p"], ["r"])["Ok"]
    assert "Ok" in call("update_agent_session", session, ["u"], [], [])
    assert call("get_agent_session", session)[0]["token"] == ["u"]
    assert len(call("get_user_agent_sessions", user)) == 2
    assert "Ok" in call("end_agent_session", session)
    assert "Conflict" in call("end_agent_session", session)["Err"]
    assert "NotFound" in call("end_agent_session", "ses-ffffffffffffffff")["Err"]
    assert "InvalidArgument" in call("create_agent_session", "", GITHUB, [], [], [])["Err"]

    assert "Ok" in call("store_agent_credentials", user, GITHUB, "t", ["{}"], [], [("a", "b")], [], [])
    assert "Ok" in call("update_agent_credentials", user, GITHUB, ["u"], [], [], [], [], [])
    assert call("get_agent_credentials", user, GITHUB)[0]["token"] == "u"
    assert len(call("get_user_agent_credentials", user)) == 1

    interaction = call("store_agent_interaction", user, GITHUB, "m", "r", True, ["{}"])["Ok"]
    assert call("get_agent_interaction", interaction)[0]["message"] == "m"
    assert len(call("get_user_agent_interactions", user, [])) == 1
    assert len(call("get_agent_type_interactions", user, GITHUB, [5])) == 1

    call("log_agent_activity", user, GITHUB, {"EmailSent": None}, "d", [])
    activities = call("get_user_agent_activities", user, [500])
    kinds = [kind for activity in activities for kind in activity["activity_type"]]
    assert set(kinds) == SEED_KINDS | {"EmailSent"}
    # One that expired, told as ended, and one that ended.
    assert kinds.count("SessionEnded") == 2
    assert call("get_agent_status", user)["total_sessions"] == 2
    assert call("cleanup_expired_sessions") == 0
    assert call("cleanup_expired_credentials") == 0
