"""
The service for tests, on this machine: a network in memory that is started once, and forks of it that tests change as they like. The pytest plugin of this
package has fixtures of it (docs/how-to/test-agents.md); `local_network` is for whatever else.
"""

from ..local.errors import LocalError
from .fork import Fork, Role
from .network import LocalNetwork, local_network

__all__ = ["Fork", "LocalError", "LocalNetwork", "Role", "local_network"]
