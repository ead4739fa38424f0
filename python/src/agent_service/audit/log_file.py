"""A copy of the log as text: JSON lines, the log's own first, then one for each entry; docs/explanation/audit-log.md has an example."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..principal import Principal
from .digests import Content
from .json_line import Line, lines_in, read_line

FORMAT = "agent-service-audit-log-1"
HEAD = frozenset({"format", "canister_id", "certificate"})
ENTRY = frozenset({"index", "commitment", "digest", "erased_by", "content"})
CONTENT = frozenset({"salt", "kind", "agent_type", "user_id", "description", "metadata", "actor", "timestamp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainedEntry:
    """An entry, and the digest of the log up to it: where a changed log goes astray, it is the first that is wrong."""

    index: int
    commitment: bytes
    digest: bytes
    erased_by: int | None = None
    """The entry that tells of its erasure."""
    content: Content | None = None
    """None where it is withheld, and where it was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLog:
    """A copy of the audit log that can be verified without the network."""

    canister_id: Principal
    certificate: bytes
    """The network's, of the last entry's digest."""
    entries: tuple[ChainedEntry, ...]


def encode_audit_log(log: AuditLog) -> str:
    """The text of a log's file."""
    head: dict[str, object] = {
        "format": FORMAT,
        "canister_id": log.canister_id.to_str(),
        "certificate": log.certificate.hex(),
    }
    return "".join(f"{compact(line)}\n" for line in [head, *map(entry_line, log.entries)])


def decode_audit_log(text: str) -> AuditLog:
    """The log of a file's text. AuditLogError, which names the line and the field, where it is none."""
    head, *lines = lines_in(text)
    canister_id, certificate = decode_head(head)
    entries = tuple(decode_entry(line, number) for number, line in enumerate(lines, 2))
    return AuditLog(canister_id=canister_id, certificate=certificate, entries=entries)


def decode_head(text: str) -> tuple[Principal, bytes]:
    """The service and the certificate in the first line."""
    line = read_line(text, 1)
    line.check_format(FORMAT)
    line.check_fields(HEAD)
    return line.principal("canister_id"), line.bytes("certificate")


def decode_entry(text: str, number: int) -> ChainedEntry:
    """A line that is not the first."""
    line = read_line(text, number)
    line.check_fields(ENTRY)
    content = line.object("content")
    return ChainedEntry(
        index=line.nat64("index"),
        commitment=line.bytes("commitment", 32),
        digest=line.bytes("digest", 32),
        erased_by=line.optional_nat64("erased_by"),
        content=None if content is None else content_of(content),
    )


def content_of(line: Line) -> Content:
    line.check_fields(CONTENT)
    return Content(
        salt=line.bytes("salt", 16),
        kind=line.text("kind"),
        agent_type=line.optional_text("agent_type"),
        user_id=line.optional_text("user_id"),
        description=line.text("description"),
        metadata=line.optional_text("metadata"),
        actor=line.principal("actor"),
        timestamp=line.nat64("timestamp"),
    )


def entry_line(entry: ChainedEntry) -> dict[str, object]:
    line: dict[str, object] = {
        "index": str(entry.index),
        "commitment": entry.commitment.hex(),
        "digest": entry.digest.hex(),
    }
    if entry.erased_by is not None:
        line["erased_by"] = str(entry.erased_by)
    if entry.content is not None:
        line["content"] = content_line(entry.content)
    return line


def content_line(content: Content) -> dict[str, str]:
    line = {
        "salt": content.salt.hex(),
        "kind": content.kind,
        "description": content.description,
        "metadata": content.metadata,
        "agent_type": content.agent_type,
        "user_id": content.user_id,
        "actor": content.actor.to_str(),
        "timestamp": str(content.timestamp),
    }
    return {name: value for name, value in line.items() if value is not None}


def compact(line: dict[str, object]) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))
