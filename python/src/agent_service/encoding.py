"""Calls and replies in Candid, by icp-py-core's encoder."""

from __future__ import annotations

from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from icp_candid import Types
from icp_candid import decode as decode_candid
from icp_candid import encode as encode_candid

from .call import Call, unexpected
from .shapes import NO_VALUE, Shape, record

T = TypeVar("T")

NAMED = frozenset({"Record", "Variant"})
_types: WeakKeyDictionary[Shape, Any] = WeakKeyDictionary()


def encoded(call: Call[Any]) -> bytes:
    """A call's arguments."""
    values = call.values()
    if call.one_record:
        fields = record({name: codec.shape for name, codec, _ in call.args})
        return bytes(encode_candid([{"type": candid_type(fields), "value": values}]))
    return bytes(
        encode_candid([{"type": candid_type(codec.shape), "value": values[name]} for name, codec, _ in call.args])
    )


def decoded(call: Call[T], reply: bytes) -> T:
    """The value of a reply. UnexpectedReply where it is of another type."""
    if call.reply.shape is NO_VALUE:
        return call.reply.decode(None)
    with unexpected():
        [answer] = decode_candid(reply, [candid_type(call.reply.shape)])
        return call.reply.decode(answer["value"])


def candid_type(shape: Shape) -> Any:
    """The encoder's type, made once of each shape."""
    made = _types.get(shape)
    if made is None:
        made = _types[shape] = new_type(shape)
    return made


def new_type(shape: Shape) -> Any:
    kind = getattr(Types, shape.kind)
    inner = [candid_type(part) for part in shape.inner]
    if shape.kind in NAMED:
        return kind(dict(zip(shape.names, inner, strict=True)))
    return kind(*inner) if inner else kind
