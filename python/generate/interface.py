"""Reads agent_service.did: the types by a parser of Candid, and from its text what a parser drops: names, order and comments."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from _ic_candid_core._ic_candid_core import parse_did

label_pattern = re.compile(r"(Arguments|Errors|Callers|Cost): ")
common_pattern = re.compile(r"// Arguments of these names mean the same[^\n]*\n((?://[^\n]*\n)+)")
type_pattern = re.compile(r"^type (\w+) = (.*?);\n(?=\n|type |//|service)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Type:
    """A type as the parser gives it: a kind, such as Opt, and what that is of."""

    kind: str
    of: Any = None

    @classmethod
    def parsed(cls, node: dict[str, Any]) -> Type:
        return cls(node["type"], node.get("value"))

    @property
    def inner(self) -> Type:
        """Of an Opt or a Vec."""
        return Type.parsed(self.of)


@dataclass(frozen=True)
class Field:
    """Of a record or variant, or an argument."""

    name: str
    type: Type
    note: str = ""


@dataclass(frozen=True)
class Method:
    name: str
    args: list[Field]
    one_record: bool
    """Whether the arguments are the fields of one record."""
    returns: Type | None
    is_query: bool
    note: str
    """What it does, and a paragraph for each label of its comment."""


class Interface:
    """The content of a .did file."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parsed = json.loads(parse_did(source))
        self._notes = notes_of(source)
        self._common = common_notes(source)
        bare = re.sub(r"//.*", "", source)
        self._texts = dict(type_pattern.findall(bare))

    @cached_property
    def types(self) -> dict[str, Type]:
        """In the order of the source."""
        return {entry["name"]: Type.parsed(entry["datatype"]) for entry in self._parsed["env"]}

    @cached_property
    def methods(self) -> list[Method]:
        """In the order of the source."""
        found = [self._method(method) for method in self._parsed["actor"]["methods"]]
        return sorted(found, key=lambda method: self._source.index(f"  {method.name} : ("))

    def note(self, name: str) -> str:
        """The comment above a type."""
        return self._notes.get((name, ""), "")

    def fields(self, name: str, node: Type) -> list[Field]:
        """Those of a record or variant in the named type, in the order of the source."""
        text = self._texts.get(name, "")
        fields = [Field(key, Type.parsed(node), self._notes.get((name, key), "")) for key, node in node.of]

        def place(field: Field) -> int:
            match = re.search(rf"\b{field.name}\b\s*[:;}}]", text)
            return -1 if match is None else match.start()

        return sorted(fields, key=place)

    def _method(self, method: dict[str, Any]) -> Method:
        name, types = method["name"], [Type.parsed(node) for node in method["args"]]
        paragraphs = self._notes.get(("service", name), "").split("\n")
        named = next((text for text in paragraphs if text.startswith("Arguments: ")), "Arguments: ")
        one_record = [self._resolved(type_).kind for type_ in types] == ["Record"]
        args = (
            self.fields(types[0].of if types[0].kind == "Id" else name, self._resolved(types[0]))
            if one_record
            else [
                Field(arg, type_, note)
                for (arg, note), type_ in zip(names_in(named, name, len(types)), types, strict=True)
            ]
        )
        returns = [Type.parsed(node) for node in method["rets"]]
        return Method(
            name=name,
            args=[replace(arg, note=arg.note or self._common.get(arg.name, "")) for arg in args],
            one_record=one_record,
            returns=returns[0] if returns else None,
            is_query="query" in method["modes"],
            note="\n".join(text for text in paragraphs if text != named),
        )

    def _resolved(self, type_: Type) -> Type:
        return self.types[type_.of] if type_.kind == "Id" else type_


def names_in(text: str, method: str, count: int) -> list[tuple[str, str]]:
    """The arguments' names, and what is said of them in brackets: `Arguments: user_id, limit (1 to 500)`."""
    named = re.findall(r"(\w+)(?: \(([^)]*)\))?(?:, |$)", text.removeprefix("Arguments: "))
    if len(named) != count:
        raise ValueError(f"the comment above {method} must name its {count} arguments, and says: {text}")
    return [(name, sentence(note)) for name, note in named]


def common_notes(source: str) -> dict[str, str]:
    """What arguments are whose names mean the same in every method: a line each, which may go on in lines without a name."""
    notes: dict[str, str] = {}
    last = ""
    found = common_pattern.search(source)
    for line in (found[1] if found else "").splitlines():
        text = line.removeprefix("// ")
        if match := re.match(r"(\w+): (.*)", text):
            last, notes[match[1]] = match[1], sentence(match[2])
        else:
            notes[last] += f" {text}"
    return notes


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def notes_of(source: str) -> dict[tuple[str, str], str]:
    """
    Comments by the type, or "service", and the field that they stand above; a type's own by an empty field. Each label of a method's comment begins a line.
    """
    notes: dict[tuple[str, str], str] = {}
    pending: list[str] = []
    inside = ""
    for line in source.splitlines():
        if match := re.match(r"\s*// ?(.*)", line):
            if pending and not label_pattern.match(match[1]):
                pending[-1] += f" {match[1]}"
            else:
                pending.append(match[1])
            continue
        key = None
        if match := re.match(r"(?:type )?(\w+) (?:=|:)", line):
            inside, key = match[1], (match[1], "")
        elif match := re.match(r"\s+(\w+) :", line):
            key = (inside, match[1])
        if key is not None and pending:
            notes[key] = "\n".join(pending)
        pending = []
    return notes
