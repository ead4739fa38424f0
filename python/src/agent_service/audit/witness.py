"""Holds the tips that a witness keeps against a log, and against each other."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..certificate import MAINNET_ROOT_KEY
from ..principal import Principal
from .errors import AuditLogError, Reason
from .history import require_extension, rolled_back
from .json_line import lines_of
from .tips import SignedTip, VerifiedTip, decode_tip, earlier_of_tip, encode_tip, principal_of, verify_tip
from .verify import VerifiedLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong with a tip that a witness keeps."""

    reason: Reason
    place: int
    """Of the tip, from 1 on."""
    message: str
    index: int | None
    """The entry at which histories part, where that is it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessReport:
    """What the tips of a witness say of a log."""

    agreeing: int
    """Verified tips of the service that the log, and each other, agree with."""
    newer: int
    """Tips that were certified after the log, and go beyond it: it cannot tell of them."""
    others: int
    """Tips of other services, which were not looked at."""
    findings: tuple[Finding, ...]


def read_tips(path: str | Path) -> list[SignedTip]:
    """The tips of a witness's file. AuditLogError, which names the line, where one is none; OSError."""
    return [decode_tip(line, number) for number, line in enumerate(lines_of(path), 1)]


def append_tip(path: str | Path, tip: SignedTip) -> None:
    """Adds a tip to a witness's file, and returns once it is on the disk. OSError."""
    with open(path, "ab") as file:
        file.write(f"{encode_tip(tip)}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def check_witness(
    tips: Iterable[SignedTip],
    log: VerifiedLog,
    *,
    canister_id: str | Principal,
    root_key: bytes = MAINNET_ROOT_KEY,
    now_ns: int | None = None,
) -> WitnessReport:
    """
    Each tip's certificate, each tip against the log, and the tips against each other. A fork or a rollback that they show is proved by the
    network's own signatures, whatever the witness is worth.
    """
    canister_id = principal_of(canister_id)
    now_ns = time.time_ns() if now_ns is None else now_ns
    placed = list(enumerate(tips, 1))
    own = [(place, tip) for place, tip in placed if tip.canister_id.bytes == canister_id.bytes]
    findings: dict[int, AuditLogError] = {}
    verified: list[tuple[int, VerifiedTip]] = []
    agreeing, newer = set[int](), set[int]()
    for place, tip in own:
        try:
            proved = verify_tip(tip, canister_id=canister_id, root_key=root_key, now_ns=now_ns)
        except AuditLogError as error:
            findings[place] = error
            continue
        verified.append((place, proved))
        try:
            require_extension(log.history, log.report.certified_at_ns, earlier_of_tip(tip, proved))
            agreeing.add(place)
        except AuditLogError as error:
            # Of what came after the log it says nothing.
            if error.reason == "age":
                newer.add(place)
            else:
                findings[place] = error
    for place, contradiction in contradictions(verified):
        agreeing.discard(place)
        newer.discard(place)
        findings.setdefault(place, contradiction)
    return WitnessReport(
        agreeing=len(agreeing),
        newer=len(newer),
        others=len(placed) - len(own),
        findings=tuple(
            Finding(reason=error.reason, place=place, message=str(error), index=error.index)
            for place, error in sorted(findings.items())
        ),
    )


def contradictions(tips: Sequence[tuple[int, VerifiedTip]]) -> list[tuple[int, AuditLogError]]:
    """Tips of one service that cannot both be of one history that only grows."""
    found: list[tuple[int, AuditLogError]] = []
    by_index: dict[int, tuple[int, VerifiedTip]] = {}
    highest: VerifiedTip | None = None
    for place, tip in sorted(tips, key=lambda each: each[1].certified_at_ns):
        same_place, same = by_index.setdefault(tip.index, (place, tip))
        if same.digest != tip.digest:
            message = f"the log has forked: the tips at {same_place} and {place} are both certified, and differ"
            found.append((place, AuditLogError(message, "fork", tip.index)))
        if highest is not None and tip.index < highest.index and tip.certified_at_ns > highest.certified_at_ns:
            before, after = (highest.index, highest.certified_at_ns), (tip.index, tip.certified_at_ns)
            found.append((place, rolled_back(before, after)))
        if highest is None or tip.index > highest.index:
            highest = tip
    return found
