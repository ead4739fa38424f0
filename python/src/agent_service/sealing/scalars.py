"""Hashes to scalars of BLS12-381: hash_to_field of RFC 9380 with expand_message_xmd and SHA-256."""

from __future__ import annotations

from hashlib import sha256
from math import ceil

from py_arkworks_bls12381 import Scalar

BLOCK_LENGTH = 64
"""Bytes, of SHA-256."""
FIELD_LENGTH = 48
"""Bytes: 255 bits of the scalar, and 128 more against bias."""


def hash_to_scalar(message: bytes, domain: str) -> Scalar:
    return Scalar.from_be_bytes_mod_order(expand_message(message, domain.encode("ascii"), FIELD_LENGTH))


def expand_message(message: bytes, domain: bytes, length: int) -> bytes:
    """RFC 9380, section 5.3.1."""
    domain += bytes([len(domain)])
    first = sha256(bytes(BLOCK_LENGTH) + message + length.to_bytes(2, "big") + b"\0" + domain).digest()
    block = sha256(first + b"\1" + domain).digest()
    blocks = [block]
    for i in range(2, ceil(length / sha256().digest_size) + 1):
        mixed = bytes(a ^ b for a, b in zip(first, block, strict=True))
        block = sha256(mixed + bytes([i]) + domain).digest()
        blocks.append(block)
    return b"".join(blocks)[:length]
