"""Proves that a copy of the audit log is the service's, whole and unchanged."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

from ..certificate import MAINNET_ROOT_KEY
from ..principal import Principal
from .digests import GENESIS, chain_digest, commitment_of
from .erasures import ErasureCheck
from .errors import AuditLogError
from .history import Earlier, History, require_extension
from .json_line import lines_of
from .log_file import AuditLog, ChainedEntry, decode_entry, decode_head
from .signed import age_of, duration_text, open_certificate
from .tips import SignedTip, check_canister, earlier_of_tip, ns_of, principal_of, verify_tip

Doubt = Literal["contents_withheld", "erasures_unproven", "erasures_unmarked", "old"]
"""What of a valid log is not proved; docs/explanation/audit-log.md says what each means."""

OLD_AGE_NS = 30 * 86_400 * 10**9
"""The age of a certificate from which on it is told as a doubt, unless max_age is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """What a log was proved to be."""

    canister_id: Principal
    first_index: int
    last_index: int
    digest: bytes
    """Up to the last entry."""
    shown: int
    """Entries whose content is there, and is what the canister wrote."""
    withheld: int
    """Entries whose content whoever made the copy may not see, or hides."""
    erased: int
    """Entries that are marked as erased."""
    erased_unproven: int
    """Those of the erased whose mark names an entry that is withheld."""
    erased_unmarked: int
    """Entries that others tell of as erased, and that are not marked. Not counted where the chain began after the service did."""
    certified_at_ns: int
    """When the network signed: ns since 1970. Entries that came later are not in the copy."""
    age_ns: int
    """How long ago that was by this machine's clock, 0 at least."""
    subnet_id: bytes
    """Who signed: a subnet that the root key vouches for, or the root key's own."""
    extends_index: int | None
    """The last entry of the earlier copy that the log extends; None where none was given."""
    doubts: tuple[Doubt, ...] = ()
    """What is not proved; empty where all is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedLog:
    """A log that was verified, and the digests that later copies and tips are held against."""

    report: AuditReport
    history: History

    def as_earlier(self) -> Earlier:
        """What a later copy has to begin with."""
        history = self.history
        return Earlier(
            index=history.last,
            first=history.first,
            certified_at_ns=self.report.certified_at_ns,
            digest_at=history.at,
        )


def verify_audit_log(
    log: AuditLog,
    *,
    canister_id: str | Principal,
    root_key: bytes = MAINNET_ROOT_KEY,
    max_age: timedelta | None = None,
    now_ns: int | None = None,
    extends: AuditLog | SignedTip | VerifiedLog | None = None,
    complete: bool = False,
) -> VerifiedLog:
    """
    Proves that a copy of the log is the expected service's, whole and unchanged, without any network.

    canister_id: the service that it has to be of; what a file says of itself proves nothing. root_key: the network's, in DER; the Internet
    Computer's when left out. max_age: of the certificate. now_ns: this machine's time when left out; a certificate may be five minutes
    ahead of it. extends: an earlier copy, or its tip, that the log has to continue. complete: refuses what is withheld or not proved.
    AuditLogError says why a log is refused; what a valid one does not prove is in the report's doubts.
    """
    check = LogCheck(
        log.canister_id,
        log.certificate,
        canister_id=principal_of(canister_id),
        root_key=root_key,
        max_age_ns=ns_of(max_age),
        now_ns=time.time_ns() if now_ns is None else now_ns,
    )
    earlier = None if extends is None else open_earlier(extends, check)
    for entry in log.entries:
        check.add(entry)
    return check.finish(earlier, complete)


def verify_audit_log_lines(
    lines: Iterable[str],
    *,
    canister_id: str | Principal,
    root_key: bytes = MAINNET_ROOT_KEY,
    max_age: timedelta | None = None,
    now_ns: int | None = None,
    extends: AuditLog | SignedTip | VerifiedLog | None = None,
    complete: bool = False,
) -> VerifiedLog:
    """As `verify_audit_log`, for the lines of a file: one of them is held at a time, and 32 bytes of each entry."""
    numbered = enumerate(lines, 1)
    _, head = next(numbered, (1, None))
    if head is None:
        raise AuditLogError("line 1: the file is empty", "format")
    check = LogCheck(
        *decode_head(head),
        canister_id=principal_of(canister_id),
        root_key=root_key,
        max_age_ns=ns_of(max_age),
        now_ns=time.time_ns() if now_ns is None else now_ns,
    )
    earlier = None if extends is None else open_earlier(extends, check)
    for number, line in numbered:
        check.add(decode_entry(line, number))
    return check.finish(earlier, complete)


def verify_audit_log_file(
    path: str | Path,
    *,
    canister_id: str | Principal,
    root_key: bytes = MAINNET_ROOT_KEY,
    max_age: timedelta | None = None,
    now_ns: int | None = None,
    extends: AuditLog | SignedTip | VerifiedLog | None = None,
    complete: bool = False,
) -> VerifiedLog:
    """As `verify_audit_log_lines`, for the file at a path. OSError where it cannot be read."""
    return verify_audit_log_lines(
        lines_of(path),
        canister_id=canister_id,
        root_key=root_key,
        max_age=max_age,
        now_ns=now_ns,
        extends=extends,
        complete=complete,
    )


class LogCheck:
    """Takes a log entry by entry, after its certificate: what is not the expected service's is refused before its entries are read."""

    def __init__(
        self,
        found: Principal,
        certificate: bytes,
        *,
        canister_id: Principal,
        root_key: bytes,
        max_age_ns: int | None,
        now_ns: int,
    ) -> None:
        check_canister("log", found, canister_id)
        self.canister_id, self.root_key, self.now_ns = canister_id, root_key, now_ns
        self._max_age_ns = max_age_ns
        self._certified = open_certificate(certificate, canister_id=canister_id, root_key=root_key)
        self._age_ns = age_of(self._certified.certified_at_ns, now_ns=now_ns, max_age_ns=max_age_ns)
        self._history = History()
        self._erasures = ErasureCheck()
        self._digest = GENESIS
        self._shown = 0

    def add(self, entry: ChainedEntry) -> None:
        """The next entry. AuditLogError where it is wrong."""
        self._history.add(entry.index, entry.digest)
        if entry.content is not None:
            try:
                commitment = commitment_of(entry.content)
            except ValueError as error:
                raise AuditLogError(str(error), "content", entry.index) from None
            if commitment != entry.commitment:
                raise AuditLogError("the content is not what its commitment binds", "content", entry.index)
            self._shown += 1
        self._digest = chain_digest(self._digest, entry.commitment, entry.index)
        if self._digest != entry.digest:
            raise AuditLogError("the chain breaks: it is not what was written here", "chain", entry.index)
        self._erasures.add(entry)

    def finish(self, earlier: Earlier | None, complete: bool) -> VerifiedLog:
        """The verdict, after the last entry."""
        history, certified, erasures = self._history, self._certified, self._erasures
        if len(history) == 0:
            raise AuditLogError("the log has no entries", "format")
        erasures.finish()
        if certified.digest != self._digest:
            raise AuditLogError("the certificate is of another log, or of this one at another time", "certificate")
        if earlier is not None:
            require_extension(history, certified.certified_at_ns, earlier)
        report = AuditReport(
            canister_id=self.canister_id,
            first_index=history.first,
            last_index=history.last,
            digest=certified.digest,
            shown=self._shown,
            withheld=len(history) - self._shown - erasures.marked,
            erased=erasures.marked,
            erased_unproven=erasures.unproven,
            # Entries from before the chain can be erased, too, and are not in it.
            erased_unmarked=0 if history.first > 1 else erasures.unmarked,
            certified_at_ns=certified.certified_at_ns,
            age_ns=self._age_ns,
            subnet_id=certified.subnet_id,
            extends_index=None if earlier is None else earlier.index,
        )
        report = replace(report, doubts=doubts_of(report, self._max_age_ns))
        if complete:
            require_complete(report)
        return VerifiedLog(report=report, history=history)


def open_earlier(earlier: AuditLog | SignedTip | VerifiedLog, check: LogCheck) -> Earlier:
    """An earlier copy that was verified, or is now: whatever its age, it is of the same service, by the same network."""
    if isinstance(earlier, VerifiedLog):
        return earlier.as_earlier()
    canister_id, root_key, now_ns = check.canister_id, check.root_key, check.now_ns
    try:
        if isinstance(earlier, SignedTip):
            tip = verify_tip(earlier, canister_id=canister_id, root_key=root_key, now_ns=now_ns)
            return earlier_of_tip(earlier, tip)
        return verify_audit_log(earlier, canister_id=canister_id, root_key=root_key, now_ns=now_ns).as_earlier()
    except AuditLogError as error:
        raise AuditLogError(f"the earlier copy: {error}", error.reason) from error


def doubts_of(report: AuditReport, max_age_ns: int | None) -> tuple[Doubt, ...]:
    found: dict[Doubt, bool] = {
        "contents_withheld": report.withheld > 0,
        "erasures_unproven": report.erased_unproven > 0,
        "erasures_unmarked": report.erased_unmarked > 0,
        "old": max_age_ns is None and report.age_ns > OLD_AGE_NS,
    }
    return tuple(doubt for doubt, is_there in found.items() if is_there)


def require_complete(report: AuditReport) -> None:
    # How old a copy is, is nothing that it lacks.
    lacks = [doubt_text(doubt, report) for doubt in report.doubts if doubt != "old"]
    if lacks:
        raise AuditLogError(f"it is not complete: {'; '.join(lacks)}", "incomplete")


def doubt_text(doubt: Doubt, report: AuditReport) -> str:
    """A doubt in words, with its count."""
    match doubt:
        case "contents_withheld":
            return f"the contents of {report.withheld} entries are withheld"
        case "erasures_unproven":
            return f"{report.erased_unproven} entries are marked as erased by an entry whose content is withheld"
        case "erasures_unmarked":
            return f"{report.erased_unmarked} entries that others tell of as erased are not marked"
        case "old":
            return f"the certificate is {duration_text(report.age_ns)} old: later entries are not in the log"
