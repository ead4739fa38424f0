"""Candid values as Python likes them: arguments are checked before they are encoded, replies become records."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from . import shapes
from .errors import InvalidArgument
from .principal import Principal
from .refusals import refusal
from .shapes import Shape
from .timestamp import Timestamp, duration_ns, to_ns

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Codec(Generic[T]):
    """A Candid type, and the way between its values and Python's."""

    shape: Shape
    encode: Callable[[Any, str], object]
    """Checks a value and gives it the encoder's form. TypeError or InvalidArgument names the argument, whose name is the second parameter."""
    decode: Callable[[Any], T]
    """From the decoder's form."""
    to_json: Callable[[Any], object] = lambda value: value
    """From the encoder's form to the gateway's JSON (docs/reference/gateway.md)."""
    from_json: Callable[[Any], object] = lambda value: value
    """From the gateway's JSON to the decoder's form."""


def same(value: Any) -> Any:
    return value


def invalid(path: str, message: str) -> InvalidArgument:
    """For a value at a place in an argument, such as project_ids[0][1]."""
    error = InvalidArgument(path, message)
    error.field = re.split(r"[.\[]", path, maxsplit=1)[0]
    return error


def received_only(_value: Any, path: str) -> object:
    raise TypeError(f"{path} is never sent")


def checked(kind: type, name: str) -> Callable[[Any, str], object]:
    def encode(value: Any, path: str) -> object:
        # In Python a bool is an int.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TypeError(f"{path} must be {name}, not {type(value).__name__}")
        return value

    return encode


def text(value: Any, path: str) -> object:
    checked(str, "a str")(value, path)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise invalid(path, "must be text in Unicode, without surrogates") from None
    return str(value)


def principal(value: Any, path: str) -> object:
    """That of icp-py-core is taken as well, since programs have some of it."""
    if type(value).__name__ == "Principal" and isinstance(value.bytes, bytes):
        return Principal(value.bytes)
    return checked(Principal, "a Principal")(value, path)


def natural(bits: int) -> Codec[int]:
    """nat8 to nat64."""
    is_int = checked(int, "an int")

    def encode(value: Any, path: str) -> object:
        is_int(value, path)
        if not 0 <= value < 2**bits:
            raise invalid(path, f"must be 0 to {2**bits - 1}")
        return value

    return Codec(Shape(f"Nat{bits}"), encode, same, *(DIGITS if bits > EXACT_IN_JSON else ()))


def time_to_ns(value: Any, path: str) -> object:
    checked(datetime, "a datetime")(value, path)
    if value.utcoffset() is None:
        raise invalid(path, "must be an aware datetime, such as one in datetime.UTC")
    return NAT64.encode(value.ns if isinstance(value, Timestamp) else to_ns(value), path)


def duration_to_ns(value: Any, path: str) -> object:
    checked(timedelta, "a timedelta")(value, path)
    return NAT64.encode(duration_ns(value), path)


EXACT_IN_JSON = 32
"""Bits of numbers that are numbers in the gateway's JSON, too; greater ones are texts."""
DIGITS = (str, int)
TEXT: Codec[str] = Codec(shapes.TEXT, text, same)
BOOL: Codec[bool] = Codec(shapes.BOOL, checked(bool, "a bool"), same)
NAT32 = natural(32)
NAT64 = natural(64)
BLOB: Codec[bytes] = Codec(
    Shape("Vec", (shapes.NAT8,)), checked(bytes, "bytes"), bytes, lambda value: b64encode(value).decode(), b64decode
)
PRINCIPAL: Codec[Principal] = Codec(
    shapes.PRINCIPAL, principal, lambda value: Principal(value.bytes), Principal.to_str, Principal.from_str
)
TIME: Codec[Timestamp] = Codec(NAT64.shape, time_to_ns, Timestamp.from_ns, *DIGITS)
DURATION: Codec[timedelta] = Codec(NAT64.shape, duration_to_ns, lambda ns: timedelta(microseconds=ns // 1_000), *DIGITS)
NOTHING: Codec[None] = Codec(shapes.NULL, received_only, same)
NO_REPLY: Codec[None] = Codec(shapes.NO_VALUE, received_only, same)
"""For methods that reply with no value at all."""


def opt(inner: Codec[T]) -> Codec[T | None]:
    """A value, or None."""
    return Codec(
        Shape("Opt", (inner.shape,)),
        lambda value, path: [] if value is None else [inner.encode(value, path)],
        lambda value: inner.decode(value[0]) if value else None,
        lambda value: inner.to_json(value[0]) if value else None,
        lambda value: [] if value is None else [inner.from_json(value)],
    )


def vec(inner: Codec[T]) -> Codec[tuple[T, ...]]:
    """Sent as any sequence but a text, received as a tuple."""

    def encode(value: Any, path: str) -> object:
        if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
            raise TypeError(f"{path} must be a list or a tuple, not {type(value).__name__}")
        return [inner.encode(item, f"{path}[{place}]") for place, item in enumerate(value)]

    return Codec(
        Shape("Vec", (inner.shape,)),
        encode,
        lambda items: tuple(inner.decode(item) for item in items),
        lambda items: [inner.to_json(item) for item in items],
        lambda items: [inner.from_json(item) for item in items],
    )


def pair(first: Codec[Any], second: Codec[Any]) -> Codec[tuple[Any, Any]]:
    """A record without names."""

    def encode(value: Any, path: str) -> object:
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            raise TypeError(f"{path} must be a pair, not {type(value).__name__}")
        return [first.encode(value[0], f"{path}[0]"), second.encode(value[1], f"{path}[1]")]

    return Codec(
        Shape("Tuple", (first.shape, second.shape)),
        encode,
        lambda both: (first.decode(both[0]), second.decode(both[1])),
        lambda both: [first.to_json(both[0]), second.to_json(both[1])],
        lambda both: [first.from_json(both[0]), second.from_json(both[1])],
    )


def enum(kind: type[E]) -> Codec[E]:
    """A variant without payloads."""

    def encode(value: Any, path: str) -> object:
        if not isinstance(value, kind):
            allowed = ", ".join(option.value for option in kind)
            raise TypeError(f"{path} must be of {kind.__name__}, not {type(value).__name__}; these are: {allowed}")
        return {value.value: None}

    return Codec(
        shapes.variant({option.value: shapes.NULL for option in kind}),
        encode,
        lambda value: kind(*value),
        lambda value: next(iter(value)),
        lambda name: {name: None},
    )


def record(kind: type[T], fields: Mapping[str, Codec[Any]]) -> Codec[T]:
    """A dataclass."""
    attributes = {name: attribute(name) for name in fields}
    is_kind = checked(kind, f"of {kind.__name__}")

    def encode(value: Any, path: str) -> object:
        is_kind(value, path)
        return {
            name: codec.encode(getattr(value, attributes[name]), f"{path}.{attributes[name]}")
            for name, codec in fields.items()
        }

    def decode(value: Any) -> T:
        return kind(**{attributes[name]: codec.decode(value[name]) for name, codec in fields.items()})

    return Codec(
        record_type(fields),
        encode,
        decode,
        lambda value: {name: codec.to_json(value[name]) for name, codec in fields.items()},
        lambda value: {name: codec.from_json(value.get(name)) for name, codec in fields.items()},
    )


def record_type(fields: Mapping[str, Codec[Any]]) -> Shape:
    return shapes.record({name: codec.shape for name, codec in fields.items()})


def attribute(name: str) -> str:
    """A field's name in Python: no keyword, and no unit where the type has it."""
    return f"{name}_" if name == "from" else name.removesuffix("_ns")


def variant(options: Mapping[str, tuple[type, Codec[Any]]]) -> Codec[Any]:
    """A variant with payloads: each option is a dataclass."""
    names = {kind: name for name, (kind, _) in options.items()}

    def encode(value: Any, path: str) -> object:
        name = names.get(type(value))
        if name is None:
            allowed = " or ".join(kind.__name__ for kind in names)
            raise TypeError(f"{path} must be of {allowed}, not {type(value).__name__}")
        return {name: options[name][1].encode(value, path)}

    def decode(value: Any) -> object:
        [(name, payload)] = value.items()
        return options[name][1].decode(payload)

    def with_json(convert: Callable[[Codec[Any]], Callable[[Any], object]]) -> Callable[[Any], object]:
        return lambda value: {name: convert(options[name][1])(payload) for name, payload in value.items()}

    return Codec(
        shapes.variant({name: codec.shape for name, (_, codec) in options.items()}),
        encode,
        decode,
        with_json(lambda codec: codec.to_json),
        with_json(lambda codec: codec.from_json),
    )


def result(ok: Codec[T], error: Shape) -> Codec[T]:
    """A result: what its Ok holds, or the exception that its Err is."""

    def decode(value: Any) -> T:
        if "Err" in value:
            raise refusal(value["Err"])
        return ok.decode(value["Ok"])

    return Codec(
        shapes.variant({"Ok": ok.shape, "Err": error}),
        received_only,
        decode,
        same,
        lambda value: {"Ok": ok.from_json(value)},
    )
