"""A call of a method, and its form in the gateway's JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from .candid import Codec, attribute
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

    def in_json(self) -> dict[str, object]:
        """The arguments as the gateway takes them."""
        values = self.values()
        forms = {name: codec.to_json(values[name]) for name, codec, _ in self.args}
        return {name: form for name, form in forms.items() if form is not None}

    def from_json(self, answer: bytes) -> T:
        """The value of the gateway's answer. UnexpectedReply where it is of another type."""
        with unexpected():
            return self.reply.decode(self.reply.from_json(json.loads(answer)["result"]))

    def values(self) -> dict[str, object]:
        """The arguments in the encoder's form. TypeError or InvalidArgument names the one that is wrong."""
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
