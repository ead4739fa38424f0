"""The local network with the service on it, started as a user starts it, and what a test needs to know of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
READY_SECONDS = 120


@dataclass(frozen=True)
class Network:
    """The content of network.json, the interface, and what the command printed."""

    directory: Path
    """Where network.json is."""
    replica_url: str
    root_key: str
    """DER in hex."""
    canister_id: str
    admin_pem: str
    agent_pem: str
    user_pem: str
    gateway_url: str
    agent_key: str
    """The file of the development agent's API key."""
    dashboard_url: str
    pid: int
    """Of the process that runs it."""
    interface: str
    """The text of agent_service.did."""
    output: str
    """All that `npm start` printed until it was ready."""

    def key(self, role: str) -> str:
        """The PEM text of a development identity: admin, agent or user."""
        return Path(getattr(self, f"{role}_pem")).read_text("utf-8")

    @property
    def authorization(self) -> dict[str, str]:
        """The header by which the gateway knows the development agent."""
        return {"Authorization": f"Bearer {Path(self.agent_key).read_text('utf-8').strip()}"}


@contextmanager
def started_network(folder: Path) -> Iterator[Network]:
    """What `npm start` wrote to network.json; the network is stopped at the end."""
    log = folder / "start.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["node", "--stack-size=6500", "scripts/run.mjs", "start", "--port=0", "--gateway-port=0", "--directory", str(folder)],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "FORCE_COLOR": "0"},
        )
        try:
            wait_until_ready(process, log)
            yield Network(
                directory=folder,
                interface=(ROOT / "src/candid/agent_service.did").read_text("utf-8"),
                output=log.read_text("utf-8"),
                **json.loads((folder / "network.json").read_text("utf-8")),
            )
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, log.read_text("utf-8")


def wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    while "Press Ctrl-C to stop" not in log.read_text("utf-8"):
        assert process.poll() is None, log.read_text("utf-8")
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.1)
