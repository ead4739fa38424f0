"""A network in memory with the service deployed to it, in a process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..local.node import find_node
from ..local.npm_package import entry_of
from .fork import Facts, Fork
from .lines import Lines

READY_SECONDS = 300
"""A clone that is not built yet is built first."""
ASK_SECONDS = 120


class LocalNetwork:
    """A network with the service and three identities: admin, agent and user. It is not called itself: its forks are."""

    def __init__(self, lines: Lines, facts: Facts) -> None:
        self._lines = lines
        self._facts = facts

    def fork(self) -> Fork:
        """A network of its own, which is as the service was when it was deployed. To be closed, or used in a with block."""
        return Fork(lambda action, **fields: self._lines.ask(action, ASK_SECONDS, **fields), self._facts)


@contextmanager
def local_network(
    directory: str | os.PathLike[str], npm: str | os.PathLike[str] | None = None
) -> Iterator[LocalNetwork]:
    """
    Starts a network, which ends with the block. directory: gets the identities of the tests, and what the process says. npm: the folder or tarball of the npm
    package `agent-service`; the one that AGENT_SERVICE_NPM names when left out, and else the registry's. LocalError says what is missing.
    """
    folder = Path(directory).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    node = find_node()
    command = [str(node.path), str(entry_of(node, npm)), "test-network", "--directory", str(folder)]
    lines = Lines(command, folder / "test-network.log")
    try:
        yield LocalNetwork(lines, Facts.of(lines.ready(READY_SECONDS)))
    finally:
        lines.close()
