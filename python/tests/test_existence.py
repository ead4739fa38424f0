"""An existence oracle is no client: an id of somebody else's record gets the answer of an id of none."""

from __future__ import annotations

import inspect
import subprocess
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from network import ROOT, Network

from agent_service import (
    AgentActivityType,
    AgentService,
    AgentServiceError,
    AgentType,
    AnyAgentService,
    AsyncAgentService,
    AsyncGatewayAgentService,
    DueFilter,
    DueKind,
    EventFilter,
    GatewayAgentService,
    Principal,
    SealingRecipient,
    SealingRecipientKind,
    SecretReplacement,
    SomeLimits,
    TokenRefreshOutcomeFailed,
    UnsealedFilter,
)
from two_users import TABLE, Case, two_users

TRANSPORTS = ["network", "gateway"]
IDS = {"user_id", "session_id", "interaction_id", "agent", "admin", "code", "cursor", "account", "fencing", "up_to"}

IN_PYTHON: dict[str, Callable[[Any], Any]] = {
    "agent_type": AgentType,
    "activity_type": AgentActivityType,
    "agent": Principal.from_str,
    "admin": Principal.from_str,
    "up_to": int,
    "after": int,
    "fencing": int,
    "filter": lambda value: EventFilter(**value),
    "recipient": lambda value: SealingRecipient(kind=SealingRecipientKind(value["kind"]), epoch=int(value["epoch"])),
    "transport_public_key": b64decode,
    "new_token": lambda value: SecretReplacement(digest=b64decode(value["digest"]), sealed=value["sealed"]),
    "outcome": lambda value: TokenRefreshOutcomeFailed(**value["failed"]),
    "limits": lambda value: SomeLimits(**value),
}
"""Values of the table as the package takes them, where they are not the same."""

OF_METHOD: dict[str, dict[str, Callable[[Any], Any]]] = {
    "list_unsealed_secrets": {"filter": lambda value: UnsealedFilter(**value)},
    "list_due_connections": {"filter": lambda value: DueFilter(**value), "kind": DueKind, "before": int},
}
"""The same of one method, where another has something else of that name."""


def test_every_method_that_takes_an_id_is_asked() -> None:
    asked = {row["method"] for row in TABLE["cases"]}
    of_package = [
        name
        for name, method in inspect.getmembers(AnyAgentService, inspect.isfunction)
        # Iterators and `session` make other methods' calls.
        if not name.startswith(("_", "iter_")) and name != "session" and IDS & set(inspect.signature(method).parameters)
    ]
    assert len(of_package) > 50
    assert set(of_package) <= asked


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_the_synchronous_side_says_the_same_of_both(network: Network, tmp_path: Path, transport: str) -> None:
    with two_users(network) as world:
        for identity, pem in world.strangers.values():
            service = (
                AgentService(network.replica_url, network.canister_id, identity, local=True)
                if transport == "network"
                else GatewayAgentService(network.gateway_url, key_of(network, pem, tmp_path))
            )
            with service:
                for case in world.cases:
                    answers = []
                    for identifier in case.ids:
                        try:
                            answers.append(
                                shown(getattr(service, case.method)(**arguments(case, identifier)), identifier)
                            )
                        except AgentServiceError as error:
                            answers.append(shown(error, identifier))
                    assert answers[0] == answers[1], case.title


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_the_asynchronous_side_says_the_same_of_both(network: Network, tmp_path: Path, transport: str) -> None:
    with two_users(network) as world:
        for identity, pem in world.strangers.values():
            service = (
                AsyncAgentService(network.replica_url, network.canister_id, identity, local=True)
                if transport == "network"
                else AsyncGatewayAgentService(network.gateway_url, key_of(network, pem, tmp_path))
            )
            async with service:
                for case in world.cases:
                    answers = []
                    for identifier in case.ids:
                        try:
                            answer = await getattr(service, case.method)(**arguments(case, identifier))
                            answers.append(shown(answer, identifier))
                        except AgentServiceError as error:
                            answers.append(shown(error, identifier))
                    assert answers[0] == answers[1], case.title


def arguments(case: Case, identifier: str) -> dict[str, Any]:
    convert = IN_PYTHON | OF_METHOD.get(case.method, {})
    return {name: convert[name](value) if name in convert else value for name, value in case.values(identifier).items()}


def shown(answer: object, identifier: str) -> str:
    """All that a caller can see of an answer or an error, but for the id that they gave."""
    seen = (
        f"{type(answer).__name__}: {answer} {sorted(vars(answer).items())}"
        if isinstance(answer, AgentServiceError)
        else repr(answer)
    )
    return seen.replace(identifier, "<id>")


def key_of(network: Network, pem: str, folder: Path) -> str:
    """An API key of an identity."""
    file = folder / "identity.pem"
    file.write_text(pem, "utf-8")
    words = ["keys", "create", "--name", "stranger", "--pem", str(file), "--directory", str(network.directory)]
    made = subprocess.run(["node", "scripts/run.mjs", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return made.stdout.strip()
