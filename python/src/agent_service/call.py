"""A call of a method, and its forms on the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from icp_candid import decode as decode_candid
from icp_candid import encode as encode_candid

from .candid import Codec, attribute, record_type
from .errors import AgentServiceError, UnexpectedReply

T = TypeVar("T")


@dataclass(frozen=True)
class Call(Generic[T]):
    """A call of a method with named arguments."""

    method: str
    # Not in what is printed: some are tokens.
    args: Sequence[tuple[str, Codec[Any], object]] = field(repr=False)
    reply: Codec[T]
    is_query: bool
    one_record: bool
    """Whether the arguments are the fields of one record."""
    request_id: str | None = None
    """By which the canister knows the call again."""

    def encoded(self) -> bytes:
        """The arguments in Candid."""
        values = self._values()
        if self.one_record:
            fields = {name: codec for name, codec, _ in self.args}
            return bytes(encode_candid([{"type": record_type(fields), "value": values}]))
        return bytes(encode_candid([{"type": codec.type, "value": values[name]} for name, codec, _ in self.args]))

    def in_json(self) -> dict[str, object]:
        """The arguments as the gateway takes them."""
        values = self._values()
        forms = {name: codec.to_json(values[name]) for name, codec, _ in self.args}
        return {name: form for name, form in forms.items() if form is not None}

    def decoded(self, reply: bytes) -> T:
        """The value of a reply in Candid. UnexpectedReply where it is of another type."""
        if self.reply.type is None:
            return self.reply.decode(None)
        with unexpected():
            [decoded] = decode_candid(reply, [self.reply.type])
            return self.reply.decode(decoded["value"])

    def from_json(self, answer: bytes) -> T:
        """The value of the gateway's answer. UnexpectedReply where it is of another type."""
        with unexpected():
            return self.reply.decode(self.reply.from_json(json.loads(answer)["result"]))

    def _values(self) -> dict[str, object]:
        return {name: codec.encode(value, attribute(name)) for name, codec, value in self.args}


@contextmanager
def unexpected() -> Iterator[None]:
    """Says of what cannot be read that this version does not know it."""
    try:
        yield
    except AgentServiceError:
        raise
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, OverflowError) as error:
        raise UnexpectedReply(f"the reply is of a type that this version does not know: {error}") from error
