"""The package is what its sources say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bindings import PACKAGE, generated

PROJECT = Path(__file__).resolve().parents[1]


def test_what_is_generated_is_what_the_interface_gives_today() -> None:
    files = generated()
    stale = [path.name for path, content in files.items() if path.read_text("utf-8") != content]
    left_over = [path.name for path in (PACKAGE / "_sync").glob("*.py") if path not in files]
    assert (stale, left_over) == ([], []), "npm run generate"


@pytest.mark.parametrize(
    "check",
    [["mypy"], ["ruff", "check", "."], ["ruff", "format", "--check", "."]],
    ids=["types", "lint", "format"],
)
def test_the_checks_find_nothing(check: list[str]) -> None:
    result = subprocess.run([sys.executable, "-m", *check], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
