"""Candid values as Python likes them: arguments are checked before they are encoded, replies become records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from icp_candid import Types
from icp_candid import decode as decode_candid
from icp_candid import encode as encode_candid
from icp_principal import Principal

from .errors import UnexpectedReply
from .refusals import refusal
from .timestamp import Timestamp, to_ns

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Codec(Generic[T]):
    """A Candid type, and the way between its values and Python's."""

    type: Any
    """As the encoder takes it."""
    encode: Callable[[Any, str], object]
    """Checks a value and gives it the encoder's form. TypeError or ValueError names the argument, whose name is the second parameter."""
    decode: Callable[[Any], T]
    """From the decoder's form."""


def same(value: Any) -> Any:
    return value


def received_only(_value: Any, path: str) -> object:
    raise TypeError(f"{path} is never sent")


def checked(kind: type, name: str) -> Callable[[Any, str], object]:
    def encode(value: Any, path: str) -> object:
        if type(value) is not kind and not (kind is not int and isinstance(value, kind)):
            raise TypeError(f"{path} must be {name}, not {type(value).__name__}")
        return value

    return encode


def text(value: Any, path: str) -> object:
    checked(str, "a str")(value, path)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{path} must be text in Unicode, without surrogates") from None
    return str(value)


def natural(bits: int) -> Codec[int]:
    """nat8 to nat64."""
    is_int = checked(int, "an int")

    def encode(value: Any, path: str) -> object:
        is_int(value, path)
        if not 0 <= value < 2**bits:
            raise ValueError(f"{path} must be 0 to {2**bits - 1}")
        return value

    return Codec(getattr(Types, f"Nat{bits}"), encode, same)


def time_to_ns(value: Any, path: str) -> object:
    checked(datetime, "a datetime")(value, path)
    if value.utcoffset() is None:
        raise ValueError(f"{path} must be an aware datetime, such as one in datetime.UTC")
    return NAT64.encode(value.ns if isinstance(value, Timestamp) else to_ns(value), path)


def duration_to_ns(value: Any, path: str) -> object:
    checked(timedelta, "a timedelta")(value, path)
    return NAT64.encode(value // timedelta(microseconds=1) * 1_000, path)


TEXT: Codec[str] = Codec(Types.Text, text, same)
BOOL: Codec[bool] = Codec(Types.Bool, checked(bool, "a bool"), same)
NAT32 = natural(32)
NAT64 = natural(64)
BLOB: Codec[bytes] = Codec(Types.Vec(Types.Nat8), checked(bytes, "bytes"), bytes)
PRINCIPAL: Codec[Principal] = Codec(Types.Principal, checked(Principal, "a Principal"), same)
TIME: Codec[Timestamp] = Codec(Types.Nat64, time_to_ns, Timestamp.from_ns)
DURATION: Codec[timedelta] = Codec(Types.Nat64, duration_to_ns, lambda ns: timedelta(microseconds=ns // 1_000))
NOTHING: Codec[None] = Codec(Types.Null, received_only, same)


def opt(inner: Codec[T]) -> Codec[T | None]:
    """A value, or None."""
    return Codec(
        Types.Opt(inner.type),
        lambda value, path: [] if value is None else [inner.encode(value, path)],
        lambda value: inner.decode(value[0]) if value else None,
    )


def vec(inner: Codec[T]) -> Codec[tuple[T, ...]]:
    """Sent as any sequence but a text, received as a tuple."""

    def encode(value: Any, path: str) -> object:
        if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
            raise TypeError(f"{path} must be a list or a tuple, not {type(value).__name__}")
        return [inner.encode(item, f"{path}[{place}]") for place, item in enumerate(value)]

    return Codec(Types.Vec(inner.type), encode, lambda items: tuple(inner.decode(item) for item in items))


def pair(first: Codec[Any], second: Codec[Any]) -> Codec[tuple[Any, Any]]:
    """A record without names."""

    def encode(value: Any, path: str) -> object:
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            raise TypeError(f"{path} must be a pair")
        return [first.encode(value[0], f"{path}[0]"), second.encode(value[1], f"{path}[1]")]

    return Codec(
        Types.Tuple(first.type, second.type), encode, lambda both: (first.decode(both[0]), second.decode(both[1]))
    )


def enum(kind: type[E]) -> Codec[E]:
    """A variant without payloads."""

    def encode(value: Any, path: str) -> object:
        checked(kind, f"of {kind.__name__}")(value, path)
        return {value.value: None}

    return Codec(Types.Variant({option.value: Types.Null for option in kind}), encode, lambda value: kind(*value))


def record(kind: type[T], fields: Mapping[str, Codec[Any]]) -> Codec[T]:
    """A dataclass; a field that is a keyword has an underscore after its name."""
    attributes = {name: attribute(name) for name in fields}
    is_kind = checked(kind, f"of {kind.__name__}")

    def encode(value: Any, path: str) -> object:
        is_kind(value, path)
        return {
            name: field.encode(getattr(value, attributes[name]), f"{path}.{attributes[name]}")
            for name, field in fields.items()
        }

    def decode(value: Any) -> T:
        return kind(**{attributes[name]: field.decode(value[name]) for name, field in fields.items()})

    return Codec(record_type(fields), encode, decode)


def record_type(fields: Mapping[str, Codec[Any]]) -> Any:
    return Types.Record({name: field.type for name, field in fields.items()})


def attribute(name: str) -> str:
    """A field's name in Python."""
    return f"{name}_" if name == "from" else name


def variant(options: Mapping[str, tuple[type, Codec[Any]]]) -> Codec[Any]:
    """A variant with payloads: each option is a dataclass."""
    names = {kind: name for name, (kind, _) in options.items()}

    def encode(value: Any, path: str) -> object:
        name = names.get(type(value))
        if name is None:
            raise TypeError(f"{path} must be of {' or '.join(kind.__name__ for kind in names)}")
        return {name: options[name][1].encode(value, path)}

    def decode(value: Any) -> object:
        [(name, payload)] = value.items()
        return options[name][1].decode(payload)

    return Codec(Types.Variant({name: codec.type for name, (_, codec) in options.items()}), encode, decode)


def result(ok: Codec[T], error: Any) -> Codec[T]:
    """A result: what its Ok holds, or the exception that its Err is."""

    def decode(value: Any) -> T:
        if "Err" in value:
            raise refusal(value["Err"])
        return ok.decode(value["Ok"])

    return Codec(Types.Variant({"Ok": ok.type, "Err": error}), received_only, decode)


def encode_args(args: Sequence[tuple[str, Codec[Any], object]]) -> bytes:
    """A message of named arguments."""
    return bytes(
        encode_candid([{"type": codec.type, "value": codec.encode(value, name)} for name, codec, value in args])
    )


def encode_record(fields: Sequence[tuple[str, Codec[Any], object]]) -> bytes:
    """A message of one record of named arguments."""
    kind = record_type({name: codec for name, codec, _ in fields})
    value = {name: codec.encode(value, attribute(name)) for name, codec, value in fields}
    return bytes(encode_candid([{"type": kind, "value": value}]))


def decode_reply(codec: Codec[T], reply: bytes) -> T:
    """The value of a message of one value. UnexpectedReply where it is of another type."""
    try:
        [decoded] = decode_candid(reply, [codec.type])
        value = decoded["value"]
    except (ValueError, IndexError, KeyError, RecursionError, OverflowError) as error:
        raise UnexpectedReply(f"the reply is of a type that this version does not know: {error}") from error
    return codec.decode(value)
