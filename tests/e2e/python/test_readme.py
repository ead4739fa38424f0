"""The README's examples with the Internet Computer's own libraries run as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from network import Network

ROOT = Path(__file__).resolve().parents[3]
PYTHON = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
EXAMPLES = [example for example in PYTHON if "from agent_service" not in example]


@pytest.mark.parametrize("example", EXAMPLES, ids=["icp-py-core", "ic-py"])
def test_the_readmes_example_runs_as_it_stands(
    example: str, network: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(example.replace(".agent-service", str(network.directory)), {})
    assert "ses-" in capsys.readouterr().out
