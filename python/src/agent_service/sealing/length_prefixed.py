"""Lists of texts and bytes as bytes, so that no two lists give the same ones."""

from __future__ import annotations


def length_prefixed(*parts: str | bytes) -> bytes:
    """Parts one after another, each behind its length (u64, big-endian). Texts are UTF-8."""
    encoded = [part.encode("utf-8") if isinstance(part, str) else part for part in parts]
    return b"".join(u64(len(part)) + part for part in encoded)


def u64(value: int) -> bytes:
    """A whole number below 2**64, in eight bytes, big-endian."""
    return value.to_bytes(8, "big")
