"""CBOR from the network, whose shape is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, overload

import cbor2

from .errors import VerificationFailed

T = TypeVar("T")


def encode(value: object) -> bytes:
    """CBOR that says that it is CBOR, as the network takes it."""
    return cbor2.dumps(cbor2.CBORTag(55799, value))


@overload
def decode(encoded: bytes) -> Mapping[str, object]: ...
@overload
def decode(encoded: bytes, shape: type[list[Any]]) -> Sequence[object]: ...
def decode(encoded: bytes, shape: type[Any] = Mapping) -> Any:
    """A map, or a list. VerificationFailed where the bytes hold something else."""
    try:
        value = cbor2.loads(encoded)
    except (cbor2.CBORDecodeError, ValueError, RecursionError) as error:
        raise VerificationFailed("an answer is not CBOR") from error
    # What is tagged comes as a tuple or a frozendict from some versions of cbor2.
    if not isinstance(value, (list, tuple) if shape is list else Mapping):
        raise VerificationFailed("an answer in CBOR is of another shape than the network's")
    return value


def field_of(record: Mapping[str, object], name: str, kind: type[T]) -> T:
    """A record's field of a kind. VerificationFailed where it is missing or of another."""
    value = record.get(name)
    if not isinstance(value, kind):
        raise VerificationFailed(f"an answer's {name} is missing or of another type")
    return value


def map_in(record: Mapping[str, object], name: str) -> Mapping[str, object]:
    """A record's field that is a record. VerificationFailed where it is missing or something else."""
    value = record.get(name)
    if not isinstance(value, Mapping):
        raise VerificationFailed(f"an answer's {name} is missing or no record")
    return value
