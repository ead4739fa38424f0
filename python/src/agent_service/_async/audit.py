"""Downloads the audit log, with what the caller may see of it."""

from __future__ import annotations

from asyncio import sleep

from ..audit.digests import GENESIS, Content, chain_digest
from ..audit.log_file import AuditLog, ChainedEntry
from ..audit.tips import principal_of
from ..errors import UnexpectedReply
from ..models import AuditContent, AuditTip
from ..principal import Principal
from .methods import AsyncMethods

ASKED = 5
PAUSE = 1.0
"""Seconds. Each query is answered by one machine, which may be behind the one before."""


async def download_audit_log(service: AsyncMethods, canister_id: str | Principal) -> AuditLog:
    """The whole log of the service, whose id is given once more for the copy. It is not verified here."""
    entries: list[ChainedEntry] = []
    # What is erased meanwhile names an entry before the tip that is asked for afterwards.
    await _read_to(service, None, entries)
    tip = await _tip_from(service, entries[-1].index if entries else 0)
    if tip.certificate is None:
        raise UnexpectedReply("the network gave no certificate")
    for _ in range(ASKED):
        await _read_to(service, tip.last_index, entries)
        if not entries or entries[-1].index >= tip.last_index:
            break
        await sleep(PAUSE)
    return AuditLog(canister_id=principal_of(canister_id), certificate=tip.certificate, entries=tuple(entries))


async def _tip_from(service: AsyncMethods, index: int) -> AuditTip:
    """A tip of at least this entry."""
    tip = await service.get_audit_tip()
    for _ in range(ASKED - 1):
        if tip.last_index >= index:
            break
        await sleep(PAUSE)
        tip = await service.get_audit_tip()
    return tip


async def _read_to(service: AsyncMethods, last: int | None, entries: list[ChainedEntry]) -> None:
    start = entries[-1].index + 1 if entries else 0
    if last is not None and start > last:
        return
    async for entry in service.iter_audit_entries(from_=start):
        if last is not None and entry.index > last:
            return
        before = entries[-1].digest if entries else GENESIS
        entries.append(
            ChainedEntry(
                index=entry.index,
                commitment=entry.commitment,
                digest=chain_digest(before, entry.commitment, entry.index),
                erased_by=entry.erased_by,
                content=None if entry.content is None else _content(entry.content),
            )
        )


def _content(content: AuditContent) -> Content:
    return Content(
        salt=content.salt,
        kind=content.kind,
        agent_type=None if content.agent_type is None else str(content.agent_type),
        user_id=content.user_id,
        description=content.description,
        metadata=content.metadata,
        actor=content.actor,
        timestamp=content.timestamp.ns,
    )
