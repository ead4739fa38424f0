"""`python -m agent_service.audit`: verifies the file of an audit log, as `agent-service verify-log` does."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import timedelta
from pathlib import Path

from ..bls import key_point
from ..certificate import MAINNET_ROOT_KEY
from ..errors import VerificationFailed
from ..principal import Principal
from .errors import AuditLogError
from .json_line import lines_of
from .signed import duration_text, time_text
from .tips import SignedTip, decode_tip, is_tip
from .verify import AuditReport, VerifiedLog, doubt_text, verify_audit_log_file

REFUSED, NOT_ALL_PROVEN = 1, 3
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
EXIT_CODES = """\
exit codes: 0 = valid and all proven; 1 = refused, or not readable; 2 = wrong usage; 3 = valid, but not all is proven: contents are withheld,
erasures are not told by an entry that can be read, or the certificate is older than 30 days and no --max-age allows that"""


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m agent_service.audit",
        description="Proves that a downloaded audit log is complete and unchanged; needs no network.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help="a log that agent-service audit-log wrote")
    parser.add_argument("--canister", type=principal, required=True, help="the service whose log it has to be")
    parser.add_argument(
        "--root-key",
        type=key,
        default=MAINNET_ROOT_KEY,
        help="the network's, DER in hex; the Internet Computer's unless told",
    )
    parser.add_argument("--max-age", type=duration, help="refuse a log that was certified longer ago, such as 24h")
    parser.add_argument("--extends", type=Path, help="refuse a log that does not continue this earlier log or tip")
    parser.add_argument(
        "--complete", action="store_true", help="refuse a log that withholds contents or leaves anything unproven"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    service = {"canister_id": options.canister, "root_key": options.root_key}
    try:
        earlier = None if options.extends is None else read_earlier(options.extends, **service)
        report = verify_audit_log_file(
            options.file, **service, max_age=options.max_age, extends=earlier, complete=options.complete
        ).report
    except AuditLogError as error:
        if options.json:
            index = None if error.index is None else str(error.index)
            print(json.dumps({"verdict": "refused", "reason": error.reason, "index": index, "message": str(error)}))
        else:
            print(error, file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"{error.filename} cannot be read: {error.strerror}.", file=sys.stderr)
        return REFUSED
    print(json.dumps(report_json(report)) if options.json else "\n".join(report_lines(report)))
    return NOT_ALL_PROVEN if report.doubts else 0


def read_earlier(path: Path, *, canister_id: Principal, root_key: bytes) -> SignedTip | VerifiedLog:
    """An earlier log, or the one tip of a file."""
    try:
        lines = lines_of(path)
        first = next(lines, "")
        if not is_tip(first):
            return verify_audit_log_file(path, canister_id=canister_id, root_key=root_key)
        if next(lines, None) is not None:
            raise AuditLogError("it has more than one tip: give the one that the log has to extend", "format")
        return decode_tip(first)
    except AuditLogError as error:
        raise AuditLogError(f"{path}: {error}", error.reason) from error


def report_lines(report: AuditReport) -> list[str]:
    canister = report.canister_id.to_str()
    lines = [
        f"The log of {canister} is unchanged, but not all of it is proven:"
        if report.doubts
        else f"The log of {canister} is complete and unchanged."
    ]
    lines += [f"  - {doubt_text(doubt, report)}" for doubt in report.doubts]
    lines += [
        f"  Entries    {report.first_index} to {report.last_index}",
        f"  Contents   {report.shown} shown, {report.withheld} withheld, {report.erased} erased",
        f"  Certified  {time_text(report.certified_at_ns)}, {duration_text(report.age_ns)} ago",
    ]
    if report.extends_index is not None:
        lines.append(f"  Extends    the earlier one, up to entry {report.extends_index}")
    return lines


def report_json(report: AuditReport) -> dict[str, object]:
    return {
        "verdict": "partly_proven" if report.doubts else "proven",
        "doubts": report.doubts,
        "canister_id": report.canister_id.to_str(),
        "first_index": str(report.first_index),
        "last_index": str(report.last_index),
        "shown": report.shown,
        "withheld": report.withheld,
        "erased": report.erased,
        "erased_unproven": report.erased_unproven,
        "erased_unmarked": report.erased_unmarked,
        "certified_at": str(report.certified_at_ns),
        "age": str(report.age_ns),
        "extends_index": None if report.extends_index is None else str(report.extends_index),
    }


def principal(text: str) -> Principal:
    try:
        return Principal.from_str(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a principal, such as rrkah-fqaaa-aaaaa-aaaaq-cai") from None


def key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
        key_point(key)
    except (ValueError, VerificationFailed):
        raise argparse.ArgumentTypeError("must be the network's public key, DER in hexadecimal") from None
    return key


def duration(text: str) -> timedelta:
    found = re.fullmatch("([0-9]{1,9})([smhd])", text)
    if found is None:
        raise argparse.ArgumentTypeError("must be a duration, such as 90s, 15m, 24h or 7d")
    # Nine digits of days are what a timedelta can have.
    return timedelta(**{UNITS[found[2]]: int(found[1])})


if __name__ == "__main__":
    sys.exit(main())
