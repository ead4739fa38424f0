"""What a network has signed of a service, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from ..certificate import natural, verify_signed_state
from ..errors import VerificationFailed
from ..principal import Principal
from .errors import AuditLogError

MAX_SKEW_NS = 5 * 60 * 10**9
"""By how much this machine's clock may be behind the network's."""
SECOND_NS = 10**9
LATEST_NS = 253_402_300_799 * SECOND_NS


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """The service's certified data, which is the digest of its log, and who signed it when."""

    digest: bytes
    certified_at_ns: int
    subnet_id: bytes


def open_certificate(certificate: bytes, *, canister_id: Principal, root_key: bytes) -> Certified:
    """What a certificate says of a service, whatever its age. AuditLogError where the network of the key did not sign it."""
    try:
        state = verify_signed_state(certificate, root_key=root_key, canister_id=canister_id.bytes)
    except VerificationFailed as error:
        raise AuditLogError(f"the certificate does not verify: {error}", "certificate") from error
    digest = state.lookup(b"canister", canister_id.bytes, b"certified_data")
    if digest is None:
        raise AuditLogError(f"the certificate says nothing of {canister_id.to_str()}", "certificate")
    time = state.lookup(b"time")
    if time is None:
        raise AuditLogError("the certificate has no time", "certificate")
    return Certified(digest=digest, certified_at_ns=natural(time), subnet_id=state.subnet_id)


def age_of(certified_at_ns: int, *, now_ns: int, max_age_ns: int | None) -> int:
    """How old a certificate is by this machine's clock, 0 at least. AuditLogError where it is older than allowed, or yet to come."""
    if certified_at_ns > now_ns + MAX_SKEW_NS:
        raise AuditLogError(
            f"the certificate is of {time_text(certified_at_ns)}, "
            f"which is yet to come by this machine's clock ({time_text(now_ns)})",
            "future",
        )
    age_ns = max(0, now_ns - certified_at_ns)
    if max_age_ns is not None and age_ns > max_age_ns:
        raise AuditLogError(
            f"the certificate is of {time_text(certified_at_ns)}: {duration_text(age_ns)} old, "
            f"and at most {duration_text(max_age_ns)} are allowed",
            "age",
        )
    return age_ns


def time_text(ns: int) -> str:
    """A time, as ISO 8601 has it; a number where the calendar does not reach so far."""
    if ns > LATEST_NS:
        return f"{ns} ns after 1970"
    return datetime.fromtimestamp(ns // SECOND_NS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def duration_text(ns: int) -> str:
    """A duration in words, cut to its largest unit."""
    seconds = ns // SECOND_NS
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
