"""
The pytest plugin of the Agent Service: a local network for each session, and a fork of it for each test (`agent_service.testing`).

pytest loads this for everybody who has the package, whether they use it or not, so it stands outside of `agent_service`, which takes a quarter of a second to
import, and imports that when a test asks for a fixture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from agent_service import AgentService, GatewayAgentService
    from agent_service.testing import Fork, LocalNetwork

OPTION = "--agent-service-npm"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the npm package comes from."""
    parser.getgroup("agent-service").addoption(
        OPTION,
        metavar="PATH",
        help="folder or tarball of the npm package agent-service (default: $AGENT_SERVICE_NPM, else the npm registry)",
    )


@pytest.fixture(scope="session")
def agent_service_network(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LocalNetwork]:
    """A local network in memory with the service deployed to it, and identities. With pytest-xdist, each worker has its own."""
    from agent_service.testing import LocalError, local_network

    try:
        with local_network(tmp_path_factory.mktemp("agent-service"), pytestconfig.getoption(OPTION)) as network:
            yield network
    except LocalError as error:
        # The sentence says it; a traceback through this plugin would bury it.
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def agent_service_base(agent_service_network: LocalNetwork) -> Iterator[Fork]:
    """What the forks of tests are made of. Override it to fill it once, with data that each test then has for itself."""
    with agent_service_network.fork() as base:
        yield base


@pytest.fixture
def agent_service_fork(agent_service_base: Fork) -> Iterator[Fork]:
    """A network for this test alone, as the base is: what the test does is gone after it."""
    with agent_service_base.fork() as fork:
        yield fork


@pytest.fixture
def agent_service(agent_service_fork: Fork) -> AgentService:
    """The service on this test's fork, called directly as the registered agent. Needs `agent-service[ic]`."""
    return agent_service_fork.service()


@pytest.fixture
def agent_service_gateway(agent_service_fork: Fork) -> GatewayAgentService:
    """The service on this test's fork, called by a gateway as the registered agent. Needs no extra."""
    return agent_service_fork.gateway_service()
