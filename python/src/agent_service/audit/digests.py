"""How the audit log is chained: docs/explanation/audit-log.md."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2s

from ..principal import Principal
from .codes import ACTIVITY_TYPES, AGENT_TYPES, NO_AGENT_TYPE, SERVICE_EVENTS

CHAIN = b"AgentLog"
GENESIS = bytes(32)
"""The digest before the first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an entry says. `agent_type` and `user_id` are None where it is about the service itself; `timestamp` is in ns since 1970."""

    salt: bytes
    kind: str
    agent_type: str | None
    user_id: str | None
    description: str
    metadata: str | None
    actor: Principal
    timestamp: int


def commitment_of(content: Content) -> bytes:
    """Binds an entry's content. ValueError where it is of a kind that there is not, or is not Unicode."""
    if content.agent_type is None:
        codes = bytes([NO_AGENT_TYPE, code_in(SERVICE_EVENTS, content.kind)])
    else:
        codes = bytes([code_in(AGENT_TYPES, content.agent_type), code_in(ACTIVITY_TYPES, content.kind)])
    metadata = b"\0" if content.metadata is None else b"\1" + text(content.metadata)
    written = b"".join(
        [
            codes,
            blob(content.actor.bytes),
            metadata,
            text(content.description),
            text(content.user_id or ""),
            content.timestamp.to_bytes(8, "little"),
        ]
    )
    return blake2s(written, salt=content.salt[:8], person=content.salt[8:16]).digest()


def chain_digest(before: bytes, commitment: bytes, index: int) -> bytes:
    """The digest of the log up to an entry, from the one up to the entry before."""
    return blake2s(before + commitment, salt=index.to_bytes(8, "little"), person=CHAIN).digest()


def code_in(names: tuple[str, ...], name: str) -> int:
    if name not in names:
        raise ValueError(f"there is no {name}")
    return names.index(name)


def text(value: str) -> bytes:
    return blob(value.encode("utf-8"))


def blob(value: bytes) -> bytes:
    length, number = len(value), bytearray()
    while length >= 0x80:
        number.append(length & 0x7F | 0x80)
        length >>= 7
    number.append(length)
    return bytes(number) + value
