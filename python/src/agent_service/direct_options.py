"""What the direct client alone is opened with is checked before anything is sent, as `options` does for both."""

from __future__ import annotations

from collections.abc import Callable

from . import bls
from .errors import InvalidArgument, VerificationFailed
from .identity import Identity
from .options import wrong_type


def checked_identity(identity: object) -> Identity:
    """An Identity of this package."""
    if not isinstance(identity, Identity):
        wrong_type("identity", "an Identity", identity, "; Identity.from_pem_file(path) reads one from a file")
    return identity


def checked_root_key(root_key: object, *, local: object) -> bytes | None:
    """A network's key in DER; None for the Internet Computer's, and where a local network is asked for its own."""
    if local is True and root_key is not None:
        raise InvalidArgument("local", "must not be True where root_key is given: it fetches the key")
    if root_key is None:
        return None
    if not isinstance(root_key, (bytes, bytearray)):
        hint = "; bytes.fromhex(text) makes them of hexadecimal" if isinstance(root_key, str) else ""
        wrong_type("root_key", "bytes", root_key, hint)
    try:
        bls.key_point(bytes(root_key))
    except VerificationFailed:
        raise InvalidArgument(
            "root_key", f"must be the 133 bytes of a BLS key in DER, not {len(root_key)} others"
        ) from None
    return bytes(root_key)


def checked_local(local: object) -> bool:
    """A bool."""
    if not isinstance(local, bool):
        wrong_type("local", "a bool", local)
    return local


def checked_clock(now_ns: object) -> Callable[[], int]:
    """A function of no arguments."""
    if not callable(now_ns):
        wrong_type("now_ns", "a function that returns ns since 1970", now_ns)
    return now_ns
