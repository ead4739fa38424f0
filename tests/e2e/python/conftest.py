from __future__ import annotations

from collections.abc import Iterator

import pytest
from network import Network, started_network


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """One for all tests."""
    with started_network(tmp_path_factory.mktemp("agent-service")) as network:
        yield network
