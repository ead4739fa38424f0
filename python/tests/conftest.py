from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from network import Network, started_network

from agent_service import AgentService, AnyAgentService, GatewayAgentService, Identity


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """One for all tests."""
    with started_network(tmp_path_factory.mktemp("agent-service")) as network:
        yield network


@pytest.fixture
def service_as(network: Network) -> Iterator[Callable[..., AgentService]]:
    """The service as one of the development identities, by another URL and with other options where they are given."""
    opened: list[AgentService] = []

    def service_as(role: str, url: str | None = None, **options: object) -> AgentService:
        options = {"root_key": bytes.fromhex(network.root_key), **options}
        service = AgentService(
            url or network.replica_url, network.canister_id, Identity.from_pem(network.key(role)), **options
        )
        opened.append(service)
        return service

    yield service_as
    for service in opened:
        service.close()


@pytest.fixture(params=["network", "gateway"])
def service(request: pytest.FixtureRequest, network: Network) -> Iterator[AnyAgentService]:
    """The service as the development agent, by either way."""
    if request.param == "network":
        root_key = bytes.fromhex(network.root_key)
        identity = Identity.from_pem(network.key("agent"))
        with AgentService(network.replica_url, network.canister_id, identity, root_key=root_key) as service:
            yield service
        return
    with GatewayAgentService(network.gateway_url, Path(network.agent_key).read_text("utf-8").strip()) as service:
        yield service


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """A user_id of the test's own."""
    return request.node.name[:128]
