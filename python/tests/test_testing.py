"""Tests in Python on a local network, as somebody writes them who has this package alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from network import ROOT

from agent_service import AgentType, Unauthorized
from agent_service.local.errors import LocalError
from agent_service.local.node import find_node
from agent_service.local.npm_package import entry_of
from agent_service.testing import Fork, LocalNetwork, local_network

THREE_LINES = """from agent_service import AgentType
def test_a_session(agent_service):
    assert agent_service.create_agent_session("alice", AgentType.GitHub).startswith("ses-")
"""
OTHERS = ("-p", "no:asyncio", "-p", "no:cacheprovider")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> LocalNetwork:
    with local_network(tmp_path_factory.mktemp("a network"), ROOT) as network:
        yield network


@pytest.fixture
def fork(local: LocalNetwork) -> Fork:
    with local.fork() as fork:
        yield fork


def pytest_run(
    folder: Path, *words: str, python: str | Path = sys.executable, **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-m", "pytest", "-q", *OTHERS, *words],
        cwd=folder,
        env={**os.environ, "AGENT_SERVICE_NPM": str(ROOT), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def sessions(fork: Fork) -> int:
    return len(fork.service().list_sessions("alice").items)


def test_forks_share_nothing_and_a_fork_of_a_fork_has_what_it_had(local: LocalNetwork, fork: Fork) -> None:
    fork.service().create_agent_session("alice", AgentType.GitHub)
    with local.fork() as other, fork.fork() as copy:
        copy.service().create_agent_session("alice", AgentType.GitHub)
        assert (sessions(fork), sessions(other), sessions(copy)) == (1, 0, 2)


def test_the_identities_are_what_they_are_said_to_be(fork: Fork) -> None:
    assert [str(agent.agent) for agent in fork.service("admin").list_agents()] == [
        str(fork.identity("agent").principal)
    ]
    with pytest.raises(Unauthorized):
        fork.service("user").create_agent_session("alice", AgentType.GitHub)
    own = str(fork.identity("user").principal)
    fork.gateway_service("agent").create_agent_session(own, AgentType.GitHub)
    assert len(fork.gateway_service("user").list_sessions(own).items) == 1


def test_time_moves_in_one_fork_alone(local: LocalNetwork, fork: Fork) -> None:
    service = fork.service()
    service.create_agent_session("alice", AgentType.GitHub)
    fork.advance_time(timedelta(days=40))
    assert not service.list_sessions("alice").items[0].is_active
    with fork.fork() as later, local.fork() as other:
        later.service().create_agent_session("alice", AgentType.GitHub)
        other.service().create_agent_session("alice", AgentType.GitHub)
        begun = [each.service().list_sessions("alice").items[0].created_at for each in (later, other)]
    assert begun[0] - begun[1] > timedelta(days=39)


async def test_asynchronous_clients(fork: Fork) -> None:
    async with fork.async_service() as direct, fork.async_gateway_service() as gateway:
        await direct.create_agent_session("alice", AgentType.GitHub)
        assert len((await gateway.list_sessions("alice")).items) == 1


def test_a_proxy_is_not_asked_for_what_is_on_this_machine(fork: Fork, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert fork.service().list_sessions("alice").items == fork.gateway_service().list_sessions("alice").items == ()


def test_three_lines_are_a_test_in_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "my tests"
    folder.mkdir()
    (folder / "test_mine.py").write_text(THREE_LINES, "utf-8")
    result = pytest_run(folder)
    assert "1 passed" in result.stdout, result.stdout + result.stderr


def test_the_plugin_costs_those_nothing_who_do_not_use_it(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text(
        "import sys\ndef test_it():\n    assert 'agent_service' not in sys.modules\n", "utf-8"
    )
    result = pytest_run(tmp_path)
    assert "1 passed" in result.stdout, result.stdout + result.stderr


def test_sessions_at_once_have_networks_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(THREE_LINES, "utf-8")
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", *OTHERS, f"--agent-service-npm={ROOT}"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in started:
        assert "1 passed" in process.communicate()[0]


@pytest.mark.skipif(os.name == "nt", reason="kills a process group by a signal")
def test_a_session_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    marker = f"{tmp_path}/basetemp"
    (tmp_path / "test_mine.py").write_text(
        "import pathlib, time\ndef test_it(agent_service):\n    pathlib.Path('ready').touch()\n    time.sleep(60)\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pytest", *OTHERS, f"--basetemp={marker}", f"--agent-service-npm={ROOT}"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    wait_until(lambda: (tmp_path / "ready").exists())
    assert running(marker)
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_until(lambda: not running(marker))


def wait_until(is_so: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)


def running(marker: str) -> list[str]:
    """The processes of Node that have a text in their arguments."""
    listed = subprocess.run(["ps", "-eww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if marker in line and "test-network" in line]


def test_what_is_missing_is_told_in_a_sentence_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(THREE_LINES, "utf-8")
    result = pytest_run(tmp_path, "--agent-service-npm=nowhere")
    assert f"There is no {tmp_path / 'nowhere'}: name the folder or the tarball" in result.stdout
    assert "Traceback" not in result.stdout


def test_a_network_that_dies_is_told_with_what_it_said_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package.json").write_text('{"name": "agent-service", "bin": {"agent-service": "main.mjs"}}', "utf-8")
    (tmp_path / "main.mjs").write_text("console.error('no room left'); process.exit(3)", "utf-8")
    with (
        pytest.raises(LocalError, match=r"(?s)ended \(3\)\. It said:\nno room left"),
        local_network(tmp_path / "n", tmp_path),
    ):
        pass


def test_a_command_reaches_the_package_from_any_folder(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("agent-service")
    result = subprocess.run(
        [command, "--version"],
        cwd=tmp_path,
        env={**os.environ, "AGENT_SERVICE_NPM": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.strip() == "0.1.0", result.stderr


def node_that_says(folder: Path, version: str) -> Path:
    path = folder / "node"
    path.write_text(f"#!/bin/sh\necho {version}\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.skipif(os.name == "nt", reason="the Node here is a script of the shell")
def test_a_node_that_is_too_old_missing_or_broken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node_that_says(tmp_path, "v18.20.0")
    monkeypatch.setattr("agent_service.local.node.wheel_folder", lambda: None)
    monkeypatch.delenv("AGENT_SERVICE_NODE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        LocalError, match=r"node is too old \(v18\.20\.0\)\. Install Node 20\.19 or later, run `pip install nodejs"
    ):
        find_node()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(LocalError, match="no Node that is new enough: none was found"):
        find_node()
    monkeypatch.setenv("AGENT_SERVICE_NODE", str(tmp_path / "nowhere"))
    with pytest.raises(LocalError, match=r"AGENT_SERVICE_NODE: .*nowhere could not be run"):
        find_node()


@pytest.mark.skipif(os.name == "nt", reason="the Node here is a script of the shell")
def test_the_machines_node_is_passed_over_where_the_wheels_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "wheel/bin").mkdir(parents=True)
    node_that_says(tmp_path / "old", "v20.18.9")
    node = node_that_says(tmp_path / "wheel/bin", "v24.1.0")
    monkeypatch.delenv("AGENT_SERVICE_NODE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "old"))
    monkeypatch.setattr("agent_service.local.node.wheel_folder", lambda: tmp_path / "wheel")
    assert find_node().path == node


def test_the_registry_out_of_reach_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENT_SERVICE_NPM", raising=False)
    monkeypatch.setenv("AGENT_SERVICE_CACHE", str(tmp_path / "a cache"))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    with pytest.raises(
        LocalError, match=r"could not be installed: the registry was not reached\. Name a folder or a tarball"
    ):
        entry_of(find_node())
    assert list((tmp_path / "a cache/npm").iterdir()) == []


def test_a_tarball_is_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "package.json").write_text(
        '{"name": "agent-service", "version": "9.9.9", "bin": {"agent-service": "main.mjs"}}', "utf-8"
    )
    (source / "main.mjs").write_text("console.log('packed', ...process.argv.slice(2))", "utf-8")
    node = find_node()
    assert node.npm is not None
    subprocess.run([*node.npm, "pack", "--silent"], cwd=source, check=True, stdout=subprocess.DEVNULL)
    tarball = source / "agent-service-9.9.9.tgz"
    monkeypatch.setenv("AGENT_SERVICE_CACHE", str(tmp_path / "a cache"))
    entry = entry_of(node, tarball)
    installed = entry.stat().st_mtime_ns
    assert entry_of(node, tarball) == entry
    assert entry.stat().st_mtime_ns == installed
    command = Path(sys.executable).with_name("agent-service")
    told = subprocess.run(
        [command, "a b", "--c"],
        env={**os.environ, "AGENT_SERVICE_NPM": str(tarball)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout == "packed a b --c\n", told.stderr


def test_a_folder_without_the_package_is_told(tmp_path: Path) -> None:
    node = find_node()
    with pytest.raises(LocalError, match="has not the npm package agent-service"):
        entry_of(node, tmp_path)
    (tmp_path / "package.json").write_text('{"name": "another"}', "utf-8")
    with pytest.raises(LocalError, match="has the npm package another, and not agent-service"):
        entry_of(node, tmp_path)
