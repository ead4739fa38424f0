"""What a test needs to know of the local network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
