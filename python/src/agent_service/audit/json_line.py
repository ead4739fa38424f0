"""Lines of JSON objects whose fields are texts, read strictly: whatever else a line holds is refused, by its number and field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..principal import Principal
from .errors import AuditLogError

MAX_LINE = 8 * 2**20
"""The bytes of the longest line that is read. An entry of the service has at most a few thousand."""


@dataclass(frozen=True, slots=True)
class Line:
    """One object of a line, whose number counts from 1."""

    number: int
    fields: Mapping[str, object]

    def check_fields(self, known: frozenset[str]) -> None:
        """A field that nobody knows is one that was renamed."""
        unknown = next((name for name in self.fields if name not in known), None)
        if unknown is not None:
            raise self.refusal(f"there is no field {shortened(unknown)}")

    def check_format(self, name: str) -> None:
        """Refuses a file of another format than the one that is wanted."""
        if self.fields.get("format") != name:
            raise self.refusal(f"the format is not {name}")

    def object(self, name: str) -> Line | None:
        """The object in a field; None where there is none."""
        if name not in self.fields:
            return None
        value = self.fields[name]
        if not isinstance(value, dict):
            raise self.refusal(f"{name} is no object")
        wrong = next((each for each, inner in value.items() if not isinstance(inner, str)), None)
        if wrong is not None:
            raise self.refusal(f"{shortened(wrong)} is no text")
        return Line(self.number, value)

    def text(self, name: str) -> str:
        if name not in self.fields:
            raise self.refusal(f"{name} is missing")
        value = self.fields[name]
        if not isinstance(value, str):
            raise self.refusal(f"{name} is no text")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise self.refusal(f"{name} is not Unicode")
        return value

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if name in self.fields else None

    def nat64(self, name: str) -> int:
        """A decimal number below 2^64."""
        value = self.text(name)
        if re.fullmatch("0|[1-9][0-9]{0,19}", value) is None or int(value) >= 2**64:
            raise self.refusal(f"{name} is no number from 0 to 2^64 - 1")
        return int(value)

    def optional_nat64(self, name: str) -> int | None:
        return self.nat64(name) if name in self.fields else None

    def bytes(self, name: str, length: int | None = None) -> bytes:
        """Hexadecimal in lower case, of any length unless told."""
        value = self.text(name)
        if len(value) % 2 != 0 or re.fullmatch("[0-9a-f]*", value) is None:
            raise self.refusal(f"{name} is not hexadecimal")
        if length is not None and len(value) != 2 * length:
            raise self.refusal(f"{name} has {len(value) // 2} bytes and not {length}")
        return bytes.fromhex(value)

    def principal(self, name: str) -> Principal:
        value = self.text(name)
        try:
            principal = Principal.from_str(value)
        except ValueError:
            raise self.refusal(f"{name} is no principal") from None
        if principal.to_str() != value:
            raise self.refusal(f"{name} is no principal")
        return principal

    def refusal(self, message: str) -> AuditLogError:
        return refusal(self.number, message)


def read_line(text: str, number: int) -> Line:
    """The object of a line. AuditLogError where there is none, or a field comes twice, which readers of JSON take differently."""
    if len(text) > MAX_LINE:
        raise refusal(number, f"it is longer than {MAX_LINE} characters")

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        fields = dict(pairs)
        if len(fields) != len(pairs):
            raise refusal(number, "a field comes twice")
        return fields

    try:
        value = json.loads(text, object_pairs_hook=unique)
    except (ValueError, RecursionError):
        raise refusal(number, "it is no JSON object") from None
    if not isinstance(value, dict):
        raise refusal(number, "it is no JSON object")
    return Line(number, value)


def lines_of(path: str | Path) -> Iterator[str]:
    """The lines of a file, one at a time, without blank ones at the end. AuditLogError where one is too long or not UTF-8; OSError."""
    blank = 0
    with open(path, "rb") as file:
        number = 0
        while line := file.readline(MAX_LINE + 2):
            number += 1
            if len(line) > MAX_LINE + 1:
                raise refusal(number, f"it is longer than {MAX_LINE} bytes")
            try:
                text = line.decode("utf-8").removesuffix("\n")
            except UnicodeDecodeError:
                raise refusal(number, "it is not UTF-8") from None
            if text.strip() == "":
                blank += 1
                continue
            for _ in range(blank):
                yield ""
            blank = 0
            yield text


def lines_in(text: str) -> Iterable[str]:
    """The lines of a text, without blank ones at the end."""
    return text.rstrip().split("\n")


def refusal(number: int, message: str) -> AuditLogError:
    return AuditLogError(f"line {number}: {message}", "format")


def shortened(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}…"
