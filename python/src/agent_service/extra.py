"""What the extra `ic` brings, and what is said where it is not installed."""

from __future__ import annotations

from importlib.util import find_spec

EXTRA = "agent-service[ic]"
MODULES = ("cbor2", "cryptography", "icp_agent", "icp_candid", "icp_identity", "nacl", "py_arkworks_bls12381")
"""Of the packages that the extra lists in pyproject.toml."""


def require_ic(what: str) -> None:
    """ImportError that names the command to run, where one of the extra's packages is missing."""
    missing = [name for name in MODULES if find_spec(name) is None]
    if missing:
        raise ImportError(
            f"{what} needs packages that are not installed ({', '.join(missing)}). Run: pip install '{EXTRA}'",
            name=missing[0],
        )
