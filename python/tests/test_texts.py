"""Text that is changed on the way: every text is stored and returned as it was sent, or refused by its argument's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_service import AgentService, AgentType, AnyAgentService, GatewayAgentService, Identity, InvalidArgument, wire

GITHUB = AgentType.GitHub
BROKEN = {
    "the first half": "a\ud83d",
    "the second half": "\ude00",
    "the wrong way round": "\ude00\ud83d",
    "a byte": "\udcff",
}
WHOLE = {
    "byte order mark": "\ufeffa\ufeff",
    "nul": "a\0b",
    "line separators": "a\u2028b\u2029c\r\n\x85",
    "astral": "\U0001f600\U0010ffff",
    "combining": "e\u0301 \u00e9 \u1e9b\u0323",
    "directions": "\u202eabc\u202c",
    "replacement": "\ufffd",
    "spaces": " a ",
}
DIRECT = AgentService("http://127.0.0.1:9", "aaaaa-aa", Identity.generate())
GATEWAY = GatewayAgentService("http://127.0.0.1:9", "ask_" + "0" * 64)

CALLS: dict[str, Callable[[AnyAgentService, str], object]] = {
    "user_id": lambda service, text: service.get_agent_status(text),
    "token": lambda service, text: service.create_session("u", GITHUB, token=text),
    "message": lambda service, text: service.store_interaction("u", GITHUB, text, "r", True),
    "metadata": lambda service, text: service.store_interaction("u", GITHUB, "m", "r", True, metadata=text),
    "request_id": lambda service, text: service.log_activity("u", GITHUB, ACTIVITY, "d", request_id=text),
    "token_data": lambda service, text: service.store_credentials("u", GITHUB, "t", token_data=text),
    "project_ids": lambda service, text: service.store_credentials(
        "u", GITHUB, "t", project_ids=[("a", "b"), ("c", text)]
    ),
    "purpose": lambda service, text: service.lease_agent_credentials("u", GITHUB, text),
    "cursor": lambda service, text: service.list_sessions("u", cursor=text),
    "code": lambda service, text: service.redeem_link_code(text),
}
ACTIVITY = wire.models.AgentActivityType.TaskCreated


@pytest.mark.parametrize("service", [DIRECT, GATEWAY], ids=["network", "gateway"])
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize(("argument", "call"), CALLS.items(), ids=CALLS.keys())
def test_half_of_a_character_is_refused_by_its_arguments_name(
    service: AnyAgentService, text: str, argument: str, call: Callable[[AnyAgentService, str], object]
) -> None:
    with pytest.raises(InvalidArgument, match="must be text in Unicode, without surrogates") as raised:
        call(service, text)
    assert raised.value.field == argument
    assert isinstance(raised.value, ValueError)
    str(raised.value).encode("utf-8")


def test_where_it_is_in_a_list_is_told() -> None:
    with pytest.raises(InvalidArgument, match=r"project_ids\[1\]\[1\] must be text in Unicode"):
        CALLS["project_ids"](DIRECT, "\ud800")


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
def test_a_whole_text_is_stored_and_returned_as_it_is(service: AnyAgentService, user: str, text: str) -> None:
    metadata = f' {{"b": "{text}", "a": 1.0, "a": -0, "n": 9007199254740993, "e": 1e400}}'.replace("\0", "").replace(
        "\r\n", ""
    )
    interaction = service.store_interaction(user, GITHUB, text, text, True, metadata=metadata)
    found = service.get_agent_interaction(interaction)
    assert found is not None
    assert (found.message, found.response, found.metadata) == (text, text, metadata)
    service.store_credentials(user, GITHUB, "t", project_ids=[("p", text)], workspace_id=text)
    [credentials] = service.get_user_agent_credentials(user)
    assert (credentials.project_ids, credentials.workspace_id) == ((("p", text),), text)
