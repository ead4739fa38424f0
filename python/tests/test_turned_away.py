"""A long message that the canister turns away before it runs raises what a short one raises, by every way."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest
from network import ROOT, Network

from agent_service import (
    AgentService,
    AgentType,
    AsyncAgentService,
    AsyncGatewayAgentService,
    GatewayAgentService,
    Identity,
    RateLimited,
    SomeLimits,
)
from two_users import new_pem

GITHUB = AgentType.GitHub
LONG = "x" * 20_000
"""More than what is told by the method itself."""
BUSY = "busy"


@pytest.fixture(scope="module")
def agents(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], tuple[Identity, str]]]:
    """Gives agents, each with an API key, that may call once in a minute."""
    folder = tmp_path_factory.mktemp("agents")
    with AgentService(
        network.replica_url, network.canister_id, Identity.from_pem(network.key("admin")), local=True
    ) as admin:

        def agent() -> tuple[Identity, str]:
            pem = new_pem()
            identity = Identity.from_pem(pem)
            admin.add_agent(identity.principal, BUSY)
            admin.set_agent_limits(identity.principal, SomeLimits(caller_burst=2, caller_per_minute=1))
            file = folder / "identity.pem"
            file.write_text(pem, "utf-8")
            words = ["keys", "create", "--name", BUSY, "--pem", str(file), "--directory", str(network.directory)]
            made = subprocess.run(
                ["node", "scripts/run.mjs", *words], cwd=ROOT, capture_output=True, text=True, check=True
            )
            return identity, made.stdout.strip()

        yield agent


@pytest.mark.parametrize("transport", ["network", "gateway"])
def test_by_the_synchronous_side(network: Network, agents: Callable[[], tuple[Identity, str]], transport: str) -> None:
    identity, key = agents()
    with (
        AgentService(network.replica_url, network.canister_id, identity, local=True)
        if transport == "network"
        else GatewayAgentService(network.gateway_url, key)
    ) as service:
        for _ in range(2):
            service.create_agent_session(BUSY, GITHUB)
        with pytest.raises(RateLimited) as raised:
            service.store_agent_interaction(BUSY, GITHUB, LONG, "r", True)
        assert timedelta() < raised.value.retry_after <= timedelta(minutes=1)
        assert raised.value.certified is False


@pytest.mark.parametrize("transport", ["network", "gateway"])
async def test_by_the_asynchronous_side(
    network: Network, agents: Callable[[], tuple[Identity, str]], transport: str
) -> None:
    identity, key = agents()
    async with (
        AsyncAgentService(network.replica_url, network.canister_id, identity, local=True)
        if transport == "network"
        else AsyncGatewayAgentService(network.gateway_url, key)
    ) as service:
        for _ in range(2):
            await service.create_agent_session(BUSY, GITHUB)
        with pytest.raises(RateLimited) as raised:
            await service.store_agent_interaction(BUSY, GITHUB, LONG, "r", True)
        assert timedelta() < raised.value.retry_after <= timedelta(minutes=1)


def test_by_http_with_the_time_to_wait(network: Network, agents: Callable[[], tuple[Identity, str]]) -> None:
    _, key = agents()
    with httpx.Client(base_url=network.gateway_url, headers={"authorization": f"Bearer {key}"}) as http:
        body = {"user_id": BUSY, "agent_type": "GitHub", "message": LONG, "response": "r", "success": True}
        answers = [http.post("/v1/interactions", json=body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert 0 < int(answers[2].headers["retry-after"]) <= 60
    assert answers[2].json()["type"].endswith(":RateLimited")
    assert int(answers[2].json()["retry_after_ns"]) > 0
