"""Wrong usage of `python -m agent_service.audit` is told by the option, with what is allowed, and without what was given."""

from __future__ import annotations

import pytest

from agent_service.audit.__main__ import main

SECRET = "gho_16C7e42F292c6912E7710c838347Ae178B4a"
CANISTER = "rrkah-fqaaa-aaaaa-aaaaq-cai"
WRONG = {
    "--canister": ("must be a principal, such as", ["hello", SECRET, "", "7"]),
    "--root-key": ("must be the network's public key, DER in hexadecimal", ["xyz", SECRET, "", "0", "00" * 133]),
    "--max-age": ("must be a duration, such as 90s", ["7", SECRET, "", "-1d", "1w", "0.5h", "1" * 10 + "d"]),
}


@pytest.mark.parametrize("option", WRONG)
def test_a_wrong_value_is_told_with_what_is_allowed(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    allowed, values = WRONG[option]
    for value in values:
        right = {"--canister": CANISTER} if option != "--canister" else {}
        words = ["log.jsonl", *[word for pair in right.items() for word in pair], f"{option}={value}"]
        with pytest.raises(SystemExit) as ended:
            main(words)
        errors = capsys.readouterr().err
        assert ended.value.code == 2
        assert f"argument {option}: {allowed}" in errors
        assert SECRET not in errors


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "arguments are required: file, --canister"),
        (["log.jsonl"], "arguments are required: --canister"),
        (["log.jsonl", "--canister", CANISTER, "--nonsense"], "unrecognized arguments: --nonsense"),
    ],
)
def test_what_is_missing_or_unknown_is_told(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert (ended.value.code, told in capsys.readouterr().err) == (2, True)


def test_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    output = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(option in output for option in [*WRONG, "--extends", "--complete", "--json", "exit codes"])


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["missing.jsonl", "--canister", CANISTER]) == 1
    assert capsys.readouterr().err == "missing.jsonl cannot be read: No such file or directory.\n"
