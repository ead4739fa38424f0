"""The agent's day that every caller runs, by the network and by a gateway."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from network import Network
from transcript import AUDIT, STEPS, Transcript, user_of

from agent_service import (
    AgentService,
    AnyAgentService,
    Conflict,
    GatewayAgentService,
    Identity,
    InvalidArgument,
    NotFound,
    Refusal,
    Timestamp,
    models,
)


@pytest.fixture(params=["network", "gateway"])
def service(request: pytest.FixtureRequest, network: Network) -> Iterator[AnyAgentService]:
    """The service as the development agent, by either way, with secrets as other callers store them."""
    if request.param == "network":
        identity = Identity.from_pem(network.key("agent"))
        options = {"root_key": bytes.fromhex(network.root_key), "sealing": "manual"}
        with AgentService(network.replica_url, network.canister_id, identity, **options) as service:
            yield service
        return
    key = Path(network.agent_key).read_text("utf-8")
    with GatewayAgentService(network.gateway_url, key, sealing="manual") as service:
        yield service


def test_a_day_leaves_the_records_that_every_caller_leaves(service: AnyAgentService, network: Network) -> None:
    user = user_of("network" if isinstance(service, AgentService) else "gateway")
    transcript = Transcript(user, str(Identity.from_pem(network.key("agent")).principal))
    for step in STEPS:
        method = getattr(service, step["method"])
        arguments = arguments_of(method, [transcript.argument(arg) for arg in step["args"]])
        reply = transcript.normalise(reply_of(method, arguments, has_ok=has_ok(step["reply"])))
        assert (step["method"], reply) == (step["method"], step["reply"])
    audit = [
        {name: value for name, value in candid(entry.content, "").items() if name != "salt"}
        for entry in service.iter_audit_entries()
        if entry.content is not None and entry.content.user_id == user
    ]
    assert transcript.normalise(audit) == AUDIT


def has_ok(reply: Any) -> bool:
    return isinstance(reply, dict) and "Ok" in reply


def arguments_of(method: Callable[..., Any], values: list[Any]) -> dict[str, Any]:
    """Candid values by the names of the method's parameters, as Python takes them."""
    parameters = inspect.signature(method).parameters
    if len(values) == 1 and isinstance(values[0], dict) and "user_id" in values[0]:
        named = {f"{name}_" if name == "from" else name: value for name, value in values[0].items()}
    else:
        named = dict(zip(parameters, values, strict=True))
    return {name: argument(value, parameters[name].annotation) for name, value in named.items()}


def argument(value: Any, hint: str) -> Any:
    if hint.endswith(" | None"):
        return argument(value[0], hint.removesuffix(" | None")) if value else None
    if hint == "datetime":
        return Timestamp.from_ns(value)
    return getattr(models, hint)(next(iter(value))) if hasattr(models, hint) else value


def reply_of(method: Callable[..., Any], arguments: dict[str, Any], *, has_ok: bool) -> Any:
    """What a call returns or raises, as Candid has it."""
    try:
        value = candid(method(**arguments), inspect.signature(method).return_annotation)
    except Refusal as refusal:
        return {"Err": {type(refusal).__name__: fields_of(refusal)}}
    return {"Ok": value} if has_ok else value


def fields_of(refusal: Refusal) -> Any:
    match refusal:
        case InvalidArgument(field=field):
            return {"field": field, "message": str(refusal).removeprefix(f"{field} ")}
        case NotFound():
            return None
        case Conflict():
            return {"message": str(refusal)}
    pytest.fail(f"the day has no {refusal!r}")


def candid(value: Any, hint: str) -> Any:
    if hint.endswith(" | None"):
        return [] if value is None else [candid(value, hint.removesuffix(" | None"))]
    if isinstance(value, tuple):
        return [candid(item, "") for item in value]
    if isinstance(value, Enum):
        return {value.value: None}
    if isinstance(value, Timestamp):
        return value.ns
    if dataclasses.is_dataclass(value):
        return {field.name: candid(getattr(value, field.name), str(field.type)) for field in dataclasses.fields(value)}
    return value
