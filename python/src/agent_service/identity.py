"""Who calls: a key that signs, and never shows itself."""

from __future__ import annotations

from pathlib import Path

from icp_agent.agent import sign_request
from icp_identity import Identity as SigningKey

from .principal import Principal


class SilentKey(SigningKey):  # type: ignore[misc] # The library has no types.
    """A key that stays out of tracebacks that print local variables: the library's prints itself."""

    def __repr__(self) -> str:
        return f"SilentKey({self.key_type})"

    __str__ = __repr__


class Identity:
    """An Ed25519, secp256k1 or P-256 key. No text, log line or pickle of it has the private key."""

    __slots__ = ("__key", "_principal")

    def __init__(self, key: SigningKey) -> None:
        """key: an identity of icp-py-core. ValueError for the anonymous one, whom the service turns away."""
        if key.anonymous:
            raise ValueError("key must not be anonymous")
        self.__key = SilentKey(privkey=key.privkey, type=key.key_type)
        self._principal = Principal(self.__key.sender().bytes)

    @classmethod
    def generate(cls) -> Identity:
        """A new Ed25519 key, which is gone with this object."""
        return cls(SigningKey())

    @classmethod
    def from_pem(cls, pem: str) -> Identity:
        """The key of a PEM text (PKCS#8 or SEC1). ValueError where there is none."""
        try:
            return cls(SigningKey.from_pem(pem))
        except Exception:
            # The cause's frames hold parts of the key.
            pem = ""
        raise ValueError("pem must hold an Ed25519, secp256k1 or P-256 private key")

    @classmethod
    def from_pem_file(cls, path: str | Path) -> Identity:
        """The key in a PEM file."""
        return cls.from_pem(Path(path).read_text("utf-8"))

    @property
    def principal(self) -> Principal:
        """As whom the service knows the caller."""
        return self._principal

    def envelope(self, content: dict[str, object]) -> tuple[bytes, bytes]:
        """The request id, and the signed request in CBOR ("Envelope" in the interface specification)."""
        request_id, body = sign_request({**content, "sender": self._principal.bytes}, self.__key)
        return request_id, body

    def __repr__(self) -> str:
        return f"Identity({self._principal})"

    def __reduce__(self) -> str:
        raise TypeError("an Identity is not pickled: it would take its private key along")
