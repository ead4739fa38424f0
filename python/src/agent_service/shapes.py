"""Candid types as data, so that what describes the interface needs no encoder. `encoding` makes an encoder's types of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Shape:
    """A Candid type. Each is itself alone, so that what is made of one can be kept beside it."""

    kind: str
    """As Candid's libraries name it, such as Nat64, Opt or Record."""
    inner: tuple[Shape, ...] = ()
    names: tuple[str, ...] = ()
    """Of the fields or options that inner has the types of."""


BOOL = Shape("Bool")
NULL = Shape("Null")
PRINCIPAL = Shape("Principal")
TEXT = Shape("Text")
NAT8 = Shape("Nat8")
NO_VALUE = Shape("")
"""Of a reply without values; no part of a type."""


def record(fields: Mapping[str, Shape]) -> Shape:
    """A record with named fields."""
    return Shape("Record", tuple(fields.values()), tuple(fields))


def variant(options: Mapping[str, Shape]) -> Shape:
    """A variant."""
    return Shape("Variant", tuple(options.values()), tuple(options))
