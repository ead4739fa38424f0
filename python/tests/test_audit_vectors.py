"""The audit log's verifier, by the vectors that it shares with the one in TypeScript."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_service.audit import (
    AuditLogError,
    VerifiedLog,
    check_witness,
    decode_audit_log,
    decode_tip,
    encode_audit_log,
    encode_tip,
    is_tip,
    tip_of,
    verify_audit_log,
    verify_audit_log_file,
    verify_tip,
)
from agent_service.audit.__main__ import main

VECTORS = json.loads((Path(__file__).parents[2] / "tests/client/audit/vectors.json").read_text("utf-8"))
FILES = VECTORS["files"]


def expectations(expected: dict[str, Any]) -> dict[str, Any]:
    max_age = expected.get("max_age")
    return {
        "canister_id": expected.get("canister_id", VECTORS["canister_id"]),
        "root_key": bytes.fromhex(expected.get("root_key", VECTORS["root_key"])),
        "now_ns": int(expected.get("now", VECTORS["now"])),
        # In whole microseconds, as a timedelta is: what is a ns less rounds down.
        "max_age": None if max_age is None else timedelta(microseconds=int(max_age) // 1000),
    }


def earlier(expected: dict[str, Any]) -> Any:
    if "extends" not in expected:
        return None
    text = FILES[expected["extends"]]
    return decode_tip(text) if is_tip(text) else decode_audit_log(text)


def refusal(error: AuditLogError) -> dict[str, Any]:
    message = str(error)
    assert "\n" not in message
    assert 0 < len(message) <= 400
    index = {} if error.index is None else {"index": str(error.index)}
    return {"verdict": "refused", "reason": error.reason, **index}


def reported(log: VerifiedLog) -> dict[str, Any]:
    report = log.report
    return {
        "verdict": "partly_proven" if report.doubts else "proven",
        "doubts": list(report.doubts),
        "counts": [report.shown, report.withheld, report.erased, report.erased_unproven, report.erased_unmarked],
    }


def outcome_in(vector: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in vector.items() if name not in ("name", "file", "expected")}


@pytest.mark.parametrize("vector", VECTORS["logs"], ids=lambda vector: vector["name"])
def test_a_log(vector: dict[str, Any], tmp_path: Path) -> None:
    expected = vector["expected"]
    text = FILES[vector["file"]]
    file = tmp_path / "log.jsonl"
    file.write_text(text, "utf-8")

    def wanted() -> dict[str, Any]:
        return {
            **expectations(expected),
            "extends": earlier(expected),
            "complete": expected.get("complete", False),
        }

    for verify in (
        lambda: verify_audit_log(decode_audit_log(text), **wanted()),
        lambda: verify_audit_log_file(file, **wanted()),
    ):
        try:
            outcome = reported(verify())
        except AuditLogError as error:
            outcome = refusal(error)
        assert outcome == outcome_in(vector)


@pytest.mark.parametrize("vector", VECTORS["tips"], ids=lambda vector: vector["name"])
def test_a_tip(vector: dict[str, Any]) -> None:
    try:
        verify_tip(decode_tip(FILES[vector["file"]]), **expectations(vector["expected"]))
        outcome = {"verdict": "proven"}
    except AuditLogError as error:
        outcome = refusal(error)
    assert outcome == outcome_in(vector)


@pytest.mark.parametrize("vector", VECTORS["witnesses"], ids=lambda vector: vector["name"])
def test_a_witness(vector: dict[str, Any]) -> None:
    expected = expectations({})
    log = verify_audit_log(decode_audit_log(FILES[vector["log"]]), **expected)
    del expected["max_age"]
    report = check_witness([decode_tip(FILES[tip]) for tip in vector["tips"]], log, **expected)
    assert (report.agreeing, report.newer, report.others) == (vector["agreeing"], vector["newer"], vector["others"])
    assert [[finding.reason, finding.place] for finding in report.findings] == vector["findings"]


def test_a_log_that_version_0_1_0_downloaded_is_still_proved() -> None:
    kept = json.loads((Path(__file__).parents[2] / "tests/client/audit/downloaded-0.1.0.json").read_text("utf-8"))
    expected = {"canister_id": kept["canister_id"], "root_key": bytes.fromhex(kept["root_key"])}
    log = decode_audit_log(kept["log"])
    report = verify_audit_log(log, **expected, max_age=timedelta(days=36_500), complete=True).report
    assert (report.last_index, report.erased, report.doubts) == (7, 2, ())


def test_logs_and_tips_are_read_and_written_without_a_change() -> None:
    log = decode_audit_log(FILES["a whole log"])
    assert encode_audit_log(log) == FILES["a whole log"]
    assert f"{encode_tip(tip_of(log))}\n" == FILES["tip"]


def test_every_flipped_byte_of_a_certificate_is_refused() -> None:
    log = decode_audit_log(FILES["a log signed by a subnet"])
    for at in range(0, len(log.certificate), 7):
        flipped = bytes(byte ^ (at == i) for i, byte in enumerate(log.certificate))
        changed = type(log)(canister_id=log.canister_id, certificate=flipped, entries=log.entries)
        with pytest.raises(AuditLogError):
            verify_audit_log(changed, **expectations({}))


COMMAND = [
    ("a whole log", ["--max-age", "9999d", "--complete"], 0),
    ("a whole log", ["--max-age", "9999d", "--extends", "earlier log"], 0),
    ("a whole log", ["--max-age", "9999d", "--extends", "earlier tip"], 0),
    ("a forked log", ["--max-age", "9999d", "--extends", "earlier tip"], 1),
    ("a log of which a content is withheld", ["--max-age", "9999d"], 3),
    ("a log of which a content is withheld", ["--max-age", "9999d", "--complete"], 1),
    ("a log 400 days old", ["--max-age", "1s"], 1),
    ("a log of an attacker's canister", [], 1),
    ("a file of brackets", [], 1),
    ("a file that is not there", [], 1),
    ("a whole log", ["--max-age", "soon"], 2),
]


@pytest.mark.parametrize("as_json", [False, True], ids=["in words", "in JSON"])
@pytest.mark.parametrize(("name", "options", "code"), COMMAND)
def test_the_command_ends_with_the_code(
    name: str, options: list[str], code: int, as_json: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for each, text in FILES.items():
        (tmp_path / each).write_text(text, "utf-8")
    paths = [str(tmp_path / option) if option in FILES else option for option in options]
    known = ["--canister", VECTORS["canister_id"], "--root-key", VECTORS["root_key"], *(["--json"] if as_json else [])]
    try:
        ended = main([str(tmp_path / name), *known, *paths])
    except SystemExit as exit:
        ended = exit.code
    assert ended == code
    printed = capsys.readouterr()
    if code == 1:
        assert (printed.out + printed.err).count("\n") == 1
