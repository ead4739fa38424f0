"""First contact: every constructor and every method names the argument that is wrong, and what is allowed, without a secret or a stack."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from network import Network

from agent_service import (
    AgentService,
    AgentType,
    GatewayAgentService,
    Identity,
    InvalidArgument,
    NetworkError,
    Principal,
    VerificationFailed,
)
from agent_service.certificate import MAINNET_ROOT_KEY

NOBODY = Identity.generate()
URL, CANISTER = "http://127.0.0.1:9", "rrkah-fqaaa-aaaaa-aaaaq-cai"
SECRET = "gho_16C7e42F292c6912E7710c838347Ae178B4a"
KEY = "ask_0123456789ab_" + "k" * 43
PEM = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"

OPTIONS: dict[str, list[object]] = {
    "url": ["127.0.0.1:4943", "mars", 7, None, f"ftp://{SECRET}", "http://", "http://a:b"],
    "canister_id": ["hello", SECRET, 7, None, b"aaaaa-aa", ""],
    "identity": ["/path/agent.pem", Path("agent.pem"), PEM, None, 7],
    "root_key": ["308182", MAINNET_ROOT_KEY.hex(), b"", b"\x00" * 133, 7],
    "local": ["yes", 1, None],
    "timeout": [0, -1, float("nan"), float("inf"), "5", None, True, timedelta(0)],
    "now_ns": [7, None],
    "sealing": ["on", SECRET, True, None],
}


@pytest.mark.parametrize("name", OPTIONS)
def test_a_wrong_option_is_named(name: str) -> None:
    given = {"url": URL, "canister_id": CANISTER, "identity": NOBODY}
    for value in OPTIONS[name]:
        refused(lambda value=value: AgentService(**{**given, name: value}), name)  # type: ignore[misc]


GATEWAY: dict[str, list[object]] = {
    "url": OPTIONS["url"],
    "timeout": OPTIONS["timeout"],
    "sealing": [*OPTIONS["sealing"], "require"],
    "api_key": [SECRET, "ask_", f"{KEY}\n{KEY}", f"Bearer {KEY}", "", 7, None, KEY.encode()],
}


@pytest.mark.parametrize("name", GATEWAY)
def test_a_wrong_option_of_the_gateway_is_named(name: str) -> None:
    for value in GATEWAY[name]:
        text = refused(lambda value=value: GatewayAgentService(**{"url": URL, "api_key": KEY, name: value}), name)  # type: ignore[misc]
        assert "kkkk" not in text


def test_a_timeout_is_seconds_too() -> None:
    for timeout in (5, 0.5, timedelta(seconds=5)):
        AgentService(URL, CANISTER, NOBODY, timeout=timeout).close()
        GatewayAgentService(URL, KEY, timeout=timeout).close()


def test_a_key_file_with_a_line_end_is_read_as_it_is(network: Network) -> None:
    text = Path(network.agent_key).read_text("utf-8")
    assert text.endswith("\n")
    with GatewayAgentService(network.gateway_url, text) as service:
        assert service.get_agent_status("first-contact").user_id == "first-contact"


VALUES = [
    SECRET,
    "GitHub",
    7,
    -1,
    2**64,
    0.5,
    True,
    None,
    b"bytes",
    [SECRET],
    [[SECRET]],
    {"nothing": SECRET},
    object(),
    datetime(2026, 1, 1),
    datetime(1969, 1, 1, tzinfo=UTC),
    timedelta(seconds=-1),
    AgentType.GitHub,
    Principal.anonymous(),
]
METHODS = [
    name
    for name, _ in inspect.getmembers(AgentService, inspect.isfunction)
    if not name.startswith("_") and name not in ("close", "session")
]


@pytest.mark.parametrize("name", METHODS)
def test_a_wrong_argument_of_every_method_is_named(name: str) -> None:
    with AgentService(URL, CANISTER, NOBODY, timeout=0.05) as service:
        method = getattr(service, name)
        parameters = inspect.signature(method).parameters.values()
        right = {each.name: right_value(str(each.annotation)) for each in parameters if each.default is each.empty}
        for parameter in parameters:
            refusals = 0
            for value in VALUES:
                try:
                    result = method(**{**right, parameter.name: value})
                    if inspect.isgenerator(result):
                        next(result)
                except (NetworkError, VerificationFailed):
                    continue
                except (TypeError, ValueError) as error:
                    check(error, parameter.name)
                    refusals += 1
            assert refusals > 0, parameter.name
        with pytest.raises(TypeError, match="misspelt"):
            method(**right, misspelt=SECRET)


def right_value(annotation: str) -> object:
    """A value of an argument that cannot be left out."""
    kinds: dict[str, object] = {
        "str": "x",
        "int": 1,
        "bytes": b"x",
        "SecretField": "token",
        "bool": True,
        "Principal": Principal.anonymous(),
        "datetime": datetime(2026, 1, 1, tzinfo=UTC),
        "AgentType": AgentType.GitHub,
    }
    if annotation in kinds:
        return kinds[annotation]
    if annotation.endswith("| None"):
        return None
    if annotation.startswith("Sequence"):
        return ()
    import agent_service

    kind: Any = getattr(agent_service, annotation.split(" ")[0].removeprefix("wire."))
    if not isinstance(kind, type):
        # A variant's options.
        kind = get_args(kind)[0]
    if issubclass(kind, str):
        return next(iter(kind))
    return kind(
        **{each.name: right_value(str(each.annotation)) for each in inspect.signature(kind).parameters.values()}
    )


def refused(make: Callable[[], object], name: str) -> str:
    with pytest.raises((TypeError, InvalidArgument)) as raised:
        make()
    return check(raised.value, name)


def check(error: Exception, name: str) -> str:
    text = str(error)
    assert text.startswith(name), text
    assert "must" in text, text
    for hidden in (SECRET, "c2VjcmV0", "Traceback", "\n", "AttributeError"):
        assert hidden not in text, text
    assert "c2VjcmV0" not in "".join(traceback.format_exception_only(error))
    return text


def test_a_network_that_is_not_there_is_told_with_its_url() -> None:
    with AgentService(URL, CANISTER, NOBODY, timeout=0.05) as service:
        for call in (lambda: service.get_agent_status("a"), lambda: service.end_agent_session("a")):
            with pytest.raises(NetworkError, match=f"the network is not reached at {URL}"):
                call()
    with (
        GatewayAgentService(URL, KEY, timeout=0.05) as service,
        pytest.raises(NetworkError, match=f"the gateway is not reached at {URL}"),
    ):
        service.get_agent_status("a")


def test_a_local_network_without_its_root_key_is_told_as_such(
    network: Network, service_as: Callable[..., AgentService]
) -> None:
    for call in (lambda s: s.get_agent_status("a"), lambda s: s.create_agent_session("a", AgentType.GitHub)):
        with pytest.raises(VerificationFailed, match=r"not the network's: a local network\? give root_key"):
            call(service_as("agent", root_key=None))
