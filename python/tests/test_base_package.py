"""Without the extra `ic`, the gateway's client works, and what needs the extra says how to install it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from agent_service.extra import MODULES

BLOCKED = f"""
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name in {MODULES!r}: raise ModuleNotFoundError("No module named " + repr(name), name=name)
sys.meta_path.insert(0, Blocked())
import importlib.util as util
found = util.find_spec
util.find_spec = lambda name, package=None: None if name in {MODULES!r} else found(name, package)
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", BLOCKED + code], capture_output=True, text=True, check=False)


def test_the_gateways_client_and_the_types_need_no_extra() -> None:
    code = (
        "import agent_service as a, sys\n"
        "a.GatewayAgentService('http://127.0.0.1:9', 'ask_x').close()\n"
        "a.AsyncGatewayAgentService('http://127.0.0.1:9', 'ask_x')\n"
        "print(a.AgentType.GitHub, a.Principal.from_str('2vxsx-fae'), a.__version__)\n"
        f"assert not set({MODULES!r}) & set(sys.modules)\n"
    )
    result = run(code)
    assert result.stdout.startswith("GitHub 2vxsx-fae 0."), result.stderr


@pytest.mark.parametrize("name", ["AgentService", "AsyncAgentService", "Identity", "MAINNET_ROOT_KEY"])
def test_what_needs_the_extra_names_the_command(name: str) -> None:
    result = run(f"from agent_service import {name}")
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith(
        f"ImportError: agent_service.{name} needs packages that are not installed (cbor2, cryptography"
    )
    assert last.endswith("Run: pip install 'agent-service[ic]'")


def test_the_audit_log_names_it_too() -> None:
    for code in ("import agent_service.audit", "import runpy; runpy.run_module('agent_service.audit')"):
        assert "Run: pip install 'agent-service[ic]'" in run(code).stderr


def test_a_name_that_there_is_not_is_an_attribute_error() -> None:
    assert (
        "AttributeError: module 'agent_service' has no attribute 'Nothing'"
        in run("import agent_service\nagent_service.Nothing").stderr
    )
