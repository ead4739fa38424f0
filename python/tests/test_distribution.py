"""What is published: a wheel and an sdist that PyPI takes, and that install and work where nothing else is."""

from __future__ import annotations

import email
import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from email.message import Message
from pathlib import Path

import pytest
from network import ROOT, Network

PROJECT = ROOT / "python"
REPOSITORY = "https://git.example/someone/agent-service"


def run(*command: str | Path, env: dict[str, str] | None = None) -> str:
    environment = {**os.environ, **(env or {})}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def built(source: Path, folder: Path, **env: str) -> Path:
    """A folder with the sdist, and the wheel that is made of it."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, source, env=env)
    return folder


@pytest.fixture(scope="module")
def distribution(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(PROJECT, tmp_path_factory.mktemp("dist"), AGENT_SERVICE_REPOSITORY=REPOSITORY)


def the(folder: Path, pattern: str) -> Path:
    [path] = folder.glob(pattern)
    return path


def metadata_of(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return email.message_from_bytes(archive.read(name))


def test_pypi_takes_both(distribution: Path) -> None:
    run(sys.executable, "-m", "twine", "check", "--strict", *distribution.iterdir())


def test_the_metadata_says_where_the_project_is(distribution: Path) -> None:
    metadata = metadata_of(the(distribution, "*.whl"))
    urls = dict(url.split(", ") for url in metadata.get_all("Project-URL", []))
    assert urls == {
        "Repository": REPOSITORY,
        "Documentation": f"{REPOSITORY}/tree/main/docs",
        "Changelog": f"{REPOSITORY}/blob/main/CHANGELOG.md",
        "Issues": f"{REPOSITORY}/issues",
    }
    links = re.findall(r"\]\(([^)]+)\)", str(metadata.get_payload()))
    assert f"{REPOSITORY}/blob/main/src/candid/agent_service.did" in links
    assert [link for link in links if not link.startswith("https://")] == []
    for link in links:
        if link.startswith(f"{REPOSITORY}/blob/main/"):
            assert (ROOT / link.removeprefix(f"{REPOSITORY}/blob/main/")).exists(), link


def test_without_an_address_there_are_no_links_that_lead_nowhere(tmp_path: Path) -> None:
    names = ("AGENT_SERVICE_REPOSITORY", "GITHUB_REPOSITORY")
    metadata = metadata_of(the(built(PROJECT, tmp_path, **dict.fromkeys(names, "")), "*.whl"))
    assert metadata.get_all("Project-URL") is None
    assert re.findall(r"\]\((?!https://)", str(metadata.get_payload())) == []


def test_both_have_the_licence_and_the_types_and_the_sdist_builds_by_itself(distribution: Path, tmp_path: Path) -> None:
    wheel = the(distribution, "*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "agent_service/py.typed" in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "agent_service",
        "agent_service_pytest",
    }
    assert (PROJECT / "LICENSE").read_text("utf-8") == (ROOT / "LICENSE").read_text("utf-8")
    with tarfile.open(the(distribution, "*.tar.gz")) as archive:
        archive.extractall(tmp_path / "sdist", filter="data")
    [source] = (tmp_path / "sdist").iterdir()
    again = the(built(source, tmp_path / "again", AGENT_SERVICE_REPOSITORY=REPOSITORY), "*.whl")
    assert again.read_bytes() == wheel.read_bytes()


def test_the_version_is_the_projects() -> None:
    version = run(sys.executable, "-c", "import agent_service; print(agent_service.__version__)").strip()
    assert json.loads((ROOT / "package.json").read_text("utf-8"))["version"] == version


def test_it_installs_and_works_where_nothing_else_is(distribution: Path, network: Network, tmp_path: Path) -> None:
    folder = tmp_path / "a folder with blanks"
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wheel = the(distribution, "*.whl")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    # Nothing is built: that is what needs a compiler.
    run(*pip, "--only-binary=:all:", wheel)
    key = Path(network.agent_key).read_text("utf-8").strip()
    by_gateway = f"""
import agent_service
with agent_service.GatewayAgentService({network.gateway_url!r}, {key!r}) as service:
    with service.session("wheel", agent_service.AgentType.GitHub) as session:
        session.record("m", "r")
    print(service.get_agent_status("wheel").recent_interactions)
try:
    agent_service.AgentService
except ImportError as error:
    print(error)
"""
    assert run(python, "-c", by_gateway).split("\n", 1) == [
        "1",
        "agent_service.AgentService needs packages that are not installed (cbor2, cryptography, icp_agent, icp_candid, "
        "icp_identity, nacl, py_arkworks_bls12381). Run: pip install 'agent-service[ic]'\n",
    ]
    run(*pip, f"{wheel}[ic]")
    direct = f"""
from agent_service import AgentService, Identity
key = Identity.from_pem_file({network.agent_pem!r})
with AgentService({network.replica_url!r}, {network.canister_id!r}, key, root_key=bytes.fromhex({network.root_key!r})) as service:
    print(service.get_agent_status("wheel").recent_interactions)
"""
    assert run(python, "-c", direct) == "1\n"


def test_three_lines_are_a_test_where_only_the_wheel_is(distribution: Path, tmp_path: Path) -> None:
    """Without a Node on the PATH: the extra brings one."""
    folder = tmp_path / "somebody's tests"
    venv.create(folder / "venv", with_pip=True)
    python = folder / ("venv/Scripts/python.exe" if os.name == "nt" else "venv/bin/python")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, f"{the(distribution, '*.whl')}[testing]", "pytest-xdist")
    lines = re.findall(r"```python\n(.*?)```", (ROOT / "docs/how-to/test-agents.md").read_text("utf-8"), re.DOTALL)[0]
    assert len(lines.splitlines()) == 3
    (folder / "test_mine.py").write_text(lines, "utf-8")
    env = {"PATH": os.pathsep.join(("/usr/sbin", "/sbin")), "AGENT_SERVICE_NPM": str(ROOT)}
    for words in ([], ["-n", "2", "--dist", "each"]):
        assert "passed" in run(
            python, "-m", "pytest", "-q", "--rootdir", folder, *words, folder / "test_mine.py", env=env
        )
