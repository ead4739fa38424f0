from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from network import Network, started_network

from agent_service import AgentService, Identity


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
