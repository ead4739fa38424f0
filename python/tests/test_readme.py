"""The examples in the READMEs run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest
from network import ROOT, Network

from agent_service import AgentService, AgentType


def example_in(readme: Path, package: str = "agent_service") -> str:
    examples = re.findall(r"```python\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    [example] = [
        example
        for example in examples
        if f"from {package} import" in example and ("icp_core" in example) == (package == "agent_service.sealing")
    ]
    return example


def test_the_projects_example_runs_where_nothing_but_the_package_is_installed(network: Network, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "./python[ic]"]
    subprocess.run(install, cwd=ROOT, check=True)
    example = example_in(ROOT / "README.md").replace(".agent-service", str(network.directory))
    assert len(example.splitlines()) <= 10
    result = subprocess.run([python, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "[('List all open issues', 'Found 5 open issues')] ses-" in result.stdout


def test_the_packages_example_runs_on_another_network(network: Network, capsys: pytest.CaptureFixture[str]) -> None:
    example = example_in(ROOT / "python/README.md")
    for there, here in {
        "key.pem": network.agent_pem,
        "https://icp-api.io": network.replica_url,
        "<canister id>": network.canister_id,
        ", identity)": ", identity, local=True)",
    }.items():
        assert there in example
        example = example.replace(there, here)
    exec(example, {})
    assert "List all open issues" in capsys.readouterr().out


def test_the_audit_logs_example_runs_on_another_network(
    network: Network,
    service_as: Callable[..., AgentService],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    example = example_in(ROOT / "python/README.md", "agent_service.audit")
    key = f'canister_id="<canister id>", root_key=bytes.fromhex("{network.root_key}")'
    example = example.replace('canister_id="<canister id>"', key).replace("<canister id>", network.canister_id)
    monkeypatch.chdir(tmp_path)
    exec(example, {"service": service_as("admin")})
    assert capsys.readouterr().out.endswith(" ()\n()\n")


def test_the_example_of_sealing_with_another_library_runs(
    network: Network,
    service_as: Callable[..., AgentService],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    example = example_in(ROOT / "python/README.md", "agent_service.sealing")
    example = example.replace(".agent-service", str(network.directory))
    for call in ("get_sealing_keys(asked", "sealed, [], [], [], [], []"):
        # Its check of certificates needs a module that PyPI does not have.
        assert call in example
        example = example.replace(call, f"{call}, verify_certificate=False")
    monkeypatch.chdir(ROOT)
    exec(example, {})
    assert capsys.readouterr().out == "agent-service-sealed:1:to {'Ok': None}\n"
    assert service_as("agent").lease_agent_credentials("frank", AgentType.GitHub, "r").credentials.token == "gho_…"


def test_the_tutorials_agent_runs_as_it_stands(network: Network, service_as: Callable[..., AgentService]) -> None:
    service_as("agent").store_credentials("tutorial", AgentType.GitHub, "gho_example")
    example = example_in(ROOT / "docs/tutorial/first-agent.md")
    example = example.replace('"alice"', '"tutorial"').replace(".agent-service", str(network.directory))
    result = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "List all open issues: Found 5 open issues\n"
