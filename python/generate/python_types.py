"""What the interface's types are called in Python."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interface import Field, Interface, Type

PRIMITIVES = {
    "text": ("str", "TEXT"),
    "bool": ("bool", "BOOL"),
    "nat32": ("int", "NAT32"),
    "nat64": ("int", "NAT64"),
    "null": ("None", "NOTHING"),
}
TIMES = {"timestamp", "until", "last_activity", "lease_until", "deadline", "refresh_deadline", "state_since"}
SECRETS = {"token", "token_data", "code"}


@dataclass(frozen=True)
class PythonField:
    """A field or an argument."""

    wire_name: str
    name: str
    hint: str
    codec: str
    note: str

    @property
    def is_secret(self) -> bool:
        return self.wire_name in SECRETS

    @property
    def default(self) -> str | None:
        """What stands for it when it is left out."""
        if self.hint.endswith(" | None"):
            return "None"
        return "()" if self.hint.startswith("Sequence[") else None


def attribute(name: str) -> str:
    """A field's name in Python, as the package's codec has it."""
    return f"{name}_" if name == "from" else name.removesuffix("_ns")


def constant(name: str) -> str:
    """AgentType as AGENT_TYPE."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def pascal(name: str) -> str:
    """refresh_failed as RefreshFailed."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


class PythonTypes:
    """Names for one interface."""

    def __init__(self, interface: Interface) -> None:
        self._interface = interface

    def kind(self, name: str) -> str:
        """record, enum, error, result or union."""
        type_ = self._interface.types[name]
        if type_.kind == "Record":
            return "record"
        if type_.kind != "Variant":
            raise ValueError(f"{name} must be a record or a variant to have a form in Python")
        options = {option.name: option.type for option in self._interface.fields(name, type_)}
        if name == "AgentError":
            return "error"
        if set(options) == {"Ok", "Err"}:
            return "result"
        if all(option == Type("Prim", "null") for option in options.values()):
            return "enum"
        return "union"

    def fields(self, name: str, type_: Type) -> list[PythonField]:
        """Those of a record in the named type. A union is one that callers make."""
        return self.named(self._interface.fields(name, type_), sent=self.kind(name) == "union")

    def named(self, fields: list[Field], *, sent: bool) -> list[PythonField]:
        """Fields or arguments; those that are sent take any sequence for a list."""
        names = {field.name for field in fields}
        return [self._field(field, names, sent=sent) for field in fields]

    def _field(self, field: Field, siblings: set[str], *, sent: bool) -> PythonField:
        # The beginning of a list of numbered entries is a number.
        is_time = field.name.endswith("_at") or field.name in TIMES or (field.name == "from" and "until" in siblings)
        hint, codec = self._forms(field.type, is_time=is_time, is_duration=field.name.endswith("_ns"), sent=sent)
        return PythonField(
            wire_name=field.name,
            name=attribute(field.name),
            hint=hint,
            codec=codec,
            note=field.note,
        )

    def _forms(self, type_: Type, *, is_time: bool, is_duration: bool, sent: bool) -> tuple[str, str]:
        def inner(of: Type) -> tuple[str, str]:
            return self._forms(of, is_time=is_time, is_duration=is_duration, sent=sent)

        match type_:
            case Type("Prim", "nat64") if is_time:
                return "datetime" if sent else "Timestamp", "TIME"
            case Type("Prim", "nat64") if is_duration:
                return "timedelta", "DURATION"
            case Type("Prim", name) if name in PRIMITIVES:
                return PRIMITIVES[name]
            case Type("Principal"):
                return "Principal", "PRINCIPAL"
            case Type("Vec", {"type": "Prim", "value": "nat8"}):
                return "bytes", "BLOB"
            case Type("Vec"):
                hint, codec = inner(type_.inner)
                return (f"Sequence[{hint}]" if sent else f"tuple[{hint}, ...]"), f"vec({codec})"
            case Type("Opt"):
                hint, codec = inner(type_.inner)
                return f"{hint} | None", f"opt({codec})"
            case Type("Record", [["0", first], ["1", second]]):
                (first_hint, first_codec), (second_hint, second_codec) = map(inner, map(Type.parsed, (first, second)))
                return f"tuple[{first_hint}, {second_hint}]", f"pair({first_codec}, {second_codec})"
            case Type("Id", name):
                return name, constant(name)
        raise ValueError(f"a type has no form in Python: {type_}")

    def result(self, type_: Type | None) -> tuple[str, str]:
        """What a method returns, and its codec; a result's Ok, since its Err is raised."""
        if type_ is None:
            return "None", "NO_REPLY"
        if type_.kind == "Id" and self.kind(type_.of) == "result":
            ok = dict(self._interface.types[type_.of].of)["Ok"]
            hint, _ = self._forms(Type.parsed(ok), is_time=False, is_duration=False, sent=False)
            return hint, constant(type_.of)
        return self._forms(type_, is_time=False, is_duration=False, sent=False)

    def ok_codec(self, name: str) -> str:
        """The codec of a result's Ok."""
        ok = dict(self._interface.types[name].of)["Ok"]
        return self._forms(Type.parsed(ok), is_time=False, is_duration=False, sent=False)[1]

    def ok_record(self, type_: Type | None) -> list[PythonField]:
        """The fields of the record that a method returns; none where it returns something else."""
        if type_ is None or type_.kind != "Id" or self.kind(type_.of) != "result":
            return []
        ok = Type.parsed(dict(self._interface.types[type_.of].of)["Ok"])
        if ok.kind != "Id" or self.kind(ok.of) != "record":
            return []
        return self.fields(ok.of, self._interface.types[ok.of])
