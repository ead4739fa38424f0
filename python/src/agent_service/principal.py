"""Principals: ids of canisters, of users and of agents. Base installations have no library of the Internet Computer, so this is the package's own."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib

CHECKSUM_BYTES = 4
MOST_BYTES = 29
GROUP = 5
SELF_AUTHENTICATING = b"\x02"
ANONYMOUS = b"\x04"

Bytes = bytes
"""Inside the class, bytes is the attribute."""


class Principal:
    """An id on the Internet Computer ("Principals" in the interface specification): 0 to 29 bytes, and a text of them."""

    # No dataclass: a record that holds one stays whole in dataclasses.asdict.
    __slots__ = ("_bytes",)

    def __init__(self, value: Bytes) -> None:
        """value: its bytes."""
        if not isinstance(value, bytes):
            raise TypeError(f"a principal is made of bytes, not {type(value).__name__}")
        if len(value) > MOST_BYTES:
            raise ValueError(f"a principal has {MOST_BYTES} bytes at most, not {len(value)}")
        self._bytes = value

    @property
    def bytes(self) -> Bytes:
        """Its bytes, as messages have it."""
        return self._bytes

    @classmethod
    def from_str(cls, text: str) -> Principal:
        """The principal of a text, such as rrkah-fqaaa-aaaaa-aaaaq-cai. ValueError where it is none; capital letters are taken."""
        if not isinstance(text, str):
            raise TypeError(f"text must be a str, not {type(text).__name__}")
        letters = text.replace("-", "").upper()
        try:
            decoded = base64.b32decode(letters + "=" * (-len(letters) % 8))
        except (binascii.Error, ValueError) as error:
            raise ValueError("a principal's text has the letters a to z, the digits 2 to 7 and dashes") from error
        principal = cls(decoded[CHECKSUM_BYTES:])
        # Says that the checksum is right as well, that the groups are, and that no bit is left over.
        if principal.to_str() != text.lower():
            raise ValueError("a principal's text has another checksum or other groups")
        return principal

    @classmethod
    def from_hex(cls, text: str) -> Principal:
        """The principal of bytes in hexadecimal. ValueError where it is none."""
        return cls(bytes.fromhex(text))

    @classmethod
    def anonymous(cls) -> Principal:
        """The caller that nobody signed for."""
        return cls(ANONYMOUS)

    @classmethod
    def management_canister(cls) -> Principal:
        """aaaaa-aa."""
        return cls(b"")

    @classmethod
    def self_authenticating(cls, public_key: Bytes) -> Principal:
        """The principal of a public key in DER."""
        return cls(hashlib.sha224(public_key).digest() + SELF_AUTHENTICATING)

    def to_str(self) -> str:
        """Its text."""
        checksum = zlib.crc32(self.bytes).to_bytes(CHECKSUM_BYTES, "big")
        text = base64.b32encode(checksum + self.bytes).decode("ascii").rstrip("=").lower()
        return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))

    def __str__(self) -> str:
        return self.to_str()

    def __repr__(self) -> str:
        return f"Principal({self.to_str()})"

    def __eq__(self, other: object) -> bool:
        return self._bytes == other._bytes if isinstance(other, Principal) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._bytes)
