"""Which arguments and answers of the interface are secrets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ..call import Call
from ..candid import TEXT, opt
from ..errors import InvalidArgument
from ..models import TokenRefreshOutcomeRefreshed
from ..wire import AGENT_TYPE
from .envelope import is_sealed
from .places import SECRET_FIELDS, SecretField

T = TypeVar("T")
Secrets = Mapping[SecretField, str]

OPTIONAL = {"account", "session_id"}
DEEPEST = 100
"""Levels of a grant, as the interface has it."""

OF_ACCOUNT: Mapping[str, SecretField] = {"token": "token", "token_data": "token_data"}
"""The secrets of credentials, by their names in arguments and answers."""
OF_SESSION: Mapping[str, SecretField] = {"token": "session_token"}

SENT: Mapping[str, Mapping[str, SecretField]] = {
    "create_agent_session": OF_SESSION,
    "create_session": OF_SESSION,
    "update_agent_session": OF_SESSION,
    "store_agent_credentials": OF_ACCOUNT,
    "update_agent_credentials": OF_ACCOUNT,
    "store_credentials": OF_ACCOUNT,
    "complete_token_refresh": OF_ACCOUNT,
}
"""By method, what callers send."""


def arguments_of(call: Call[Any]) -> dict[str, Any]:
    """By their names."""
    return {name: value for name, _, value in call.args}


def secrets_in_clear(call: Call[Any]) -> dict[SecretField, str]:
    """The secrets that a call would send in clear. What is sealed already stays as it is."""
    names = SENT.get(call.method, {})
    arguments = arguments_of(call)
    outcome = arguments.get("outcome")
    if isinstance(outcome, TokenRefreshOutcomeRefreshed):
        arguments = {"token": outcome.token, "token_data": outcome.token_data}
    found = {field: arguments.get(name) for name, field in names.items()}
    # What is no text is left for `check_secrets` to refuse.
    return {
        field: secret
        for field, secret in found.items()
        if secret is not None and not (isinstance(secret, str) and is_sealed(secret))
    }


def with_secrets(call: Call[T], sealed: Secrets) -> Call[T]:
    """The call with sealed secrets in the places of those in clear."""
    named: dict[str, Any] = {name: sealed[field] for name, field in SENT[call.method].items() if field in sealed}

    def changed(name: str, value: object) -> object:
        if isinstance(value, TokenRefreshOutcomeRefreshed):
            return replace(value, **named)
        return named.get(name, value)

    return replace(call, args=[(name, codec, changed(name, value)) for name, codec, value in call.args])


def check_secrets(call: Call[Any], secrets: Secrets) -> None:
    """TypeError or InvalidArgument where an argument is none of the interface, or where the service could not tell any more once it is sealed."""
    call.values()
    if "token_data" in secrets:
        check_grant(secrets["token_data"])


def checked_arguments(field: object, agent_type: object, **texts: object) -> None:
    """TypeError or InvalidArgument names the one that is wrong; some texts are None where they are left out."""
    for name, text in texts.items():
        (opt(TEXT) if name in OPTIONAL else TEXT).encode(text, name)
    if field not in SECRET_FIELDS:
        raise InvalidArgument("field", f"must be one of {', '.join(SECRET_FIELDS)}")
    AGENT_TYPE.encode(agent_type, "agent_type")


def check_grant(text: str) -> None:
    """InvalidArgument for an OAuth grant that the service would refuse in clear."""

    def refuse(_constant: str) -> None:
        raise ValueError

    # Not from its error, which quotes the text.
    try:
        value = json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise InvalidArgument("token_data", "must be valid JSON") from None
    if not nests_at_most(value, DEEPEST):
        raise InvalidArgument("token_data", f"must nest at most {DEEPEST} levels deep")


def nests_at_most(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(nests_at_most(one, levels - 1) for one in inner)


@dataclass(frozen=True)
class Answer:
    """Where an answer has its secrets."""

    names: Mapping[str, SecretField]
    """By the attributes of a record."""
    records: Callable[[Any], Sequence[Any]]
    """The records of an answer that hold them."""
    rebuilt: Callable[[Any, Sequence[Any]], Any]
    """The answer with other records."""
    is_list: bool = False
    """Whether the answer still says something where one of its secrets cannot be opened."""


def optional(names: Mapping[str, SecretField]) -> Answer:
    return Answer(names, lambda record: () if record is None else (record,), lambda _, new: new[0] if new else None)


def listed(names: Mapping[str, SecretField]) -> Answer:
    return Answer(names, tuple, lambda _, new: tuple(new), is_list=True)


IN_CREDENTIALS = Answer(
    OF_ACCOUNT, lambda reply: (reply.credentials,), lambda reply, new: replace(reply, credentials=new[0])
)
PAGE_OF_SESSIONS = Answer(
    OF_SESSION, lambda page: page.items, lambda page, new: replace(page, items=tuple(new)), is_list=True
)

READ: Mapping[str, Answer] = {
    "get_agent_credentials": optional(OF_ACCOUNT),
    "get_user_agent_credentials": listed(OF_ACCOUNT),
    "lease_agent_credentials": IN_CREDENTIALS,
    "begin_token_refresh": IN_CREDENTIALS,
    "get_agent_session": optional(OF_SESSION),
    "get_user_agent_sessions": listed(OF_SESSION),
    "list_sessions": PAGE_OF_SESSIONS,
}
"""By method, what callers get."""
