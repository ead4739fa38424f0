"""How far a log went when the network signed its end: what witnesses keep."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import timedelta

from ..certificate import MAINNET_ROOT_KEY
from ..principal import Principal
from ..timestamp import duration_ns
from .digests import GENESIS, chain_digest
from .errors import AuditLogError
from .history import Earlier
from .json_line import read_line
from .log_file import AuditLog, compact
from .signed import Certified, age_of, open_certificate

FORMAT = "agent-service-audit-tip-1"
FIELDS = frozenset({"format", "canister_id", "index", "before", "commitment", "certificate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedTip:
    """
    The end of a log. The certificate covers the digest alone; the digest is made of the index, of the digest before and of the last
    entry's commitment, and so proves those.
    """

    canister_id: Principal
    index: int
    before: bytes
    """The digest up to the entry before the last."""
    commitment: bytes
    certificate: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedTip:
    """What a tip was proved to be."""

    index: int
    digest: bytes
    certified_at_ns: int
    age_ns: int


def tip_of(log: AuditLog) -> SignedTip:
    """The tip of a log. AuditLogError where the log has no entries."""
    if not log.entries:
        raise AuditLogError("the log has no entries", "format")
    last = log.entries[-1]
    before = log.entries[-2].digest if len(log.entries) > 1 else GENESIS
    return SignedTip(
        canister_id=log.canister_id,
        index=last.index,
        before=before,
        commitment=last.commitment,
        certificate=log.certificate,
    )


def encode_tip(tip: SignedTip) -> str:
    """A tip as one line of JSON, without the line's end."""
    return compact(
        {
            "format": FORMAT,
            "canister_id": tip.canister_id.to_str(),
            "index": str(tip.index),
            "before": tip.before.hex(),
            "commitment": tip.commitment.hex(),
            "certificate": tip.certificate.hex(),
        }
    )


def decode_tip(text: str, number: int = 1) -> SignedTip:
    """The tip of a line. AuditLogError, which names the line and the field, where it is none."""
    line = read_line(text, number)
    line.check_format(FORMAT)
    line.check_fields(FIELDS)
    return SignedTip(
        canister_id=line.principal("canister_id"),
        index=line.nat64("index"),
        before=line.bytes("before", 32),
        commitment=line.bytes("commitment", 32),
        certificate=line.bytes("certificate"),
    )


def is_tip(text: str) -> bool:
    """Whether a line of JSON says that it is a tip, whatever else it holds."""
    return re.search(rf'"format"\s*:\s*"{FORMAT}"', text) is not None


def verify_tip(
    tip: SignedTip,
    *,
    canister_id: str | Principal,
    root_key: bytes = MAINNET_ROOT_KEY,
    max_age: timedelta | None = None,
    now_ns: int | None = None,
) -> VerifiedTip:
    """Proves that the network certified the tip for the expected service. AuditLogError; arguments as of `verify_audit_log`."""
    canister_id = principal_of(canister_id)
    check_canister("tip", tip.canister_id, canister_id)
    certified = open_certificate(tip.certificate, canister_id=canister_id, root_key=root_key)
    if chain_digest(tip.before, tip.commitment, tip.index) != certified.digest:
        raise AuditLogError("the certificate is not of this tip", "certificate", tip.index)
    now_ns = time.time_ns() if now_ns is None else now_ns
    age_ns = age_of(certified.certified_at_ns, now_ns=now_ns, max_age_ns=ns_of(max_age))
    return VerifiedTip(
        index=tip.index, digest=certified.digest, certified_at_ns=certified.certified_at_ns, age_ns=age_ns
    )


def earlier_of_tip(tip: SignedTip, proved: VerifiedTip | Certified) -> Earlier:
    """A tip, of which the digests of the last two entries are known."""
    known = {tip.index - 1: tip.before, tip.index: proved.digest}
    return Earlier(index=tip.index, first=tip.index - 1, certified_at_ns=proved.certified_at_ns, digest_at=known.get)


def check_canister(what: str, found: Principal, expected: Principal) -> None:
    """What is of another service is not looked at any further."""
    if found.bytes != expected.bytes:
        raise AuditLogError(
            f"the {what} is of the service {found.to_str()}, and not of {expected.to_str()}", "canister"
        )


def principal_of(canister_id: str | Principal) -> Principal:
    """TypeError or ValueError where it names no canister."""
    return Principal.from_str(canister_id) if isinstance(canister_id, str) else canister_id


def ns_of(duration: timedelta | None) -> int | None:
    """A duration in ns. ValueError where it is negative."""
    if duration is None:
        return None
    if duration < timedelta(0):
        raise ValueError("max_age must not be negative")
    return duration_ns(duration)
