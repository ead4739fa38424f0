"""Makes the package's types and methods from agent_service.did, and its synchronous side from the asynchronous one."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from interface import Field, Interface, Method, Type
from python_types import PRIMITIVES, PythonField, PythonTypes, constant, pascal

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "src/agent_service"
INTERFACE = HERE.parents[1] / "src/candid/agent_service.did"
AUDIT_CODES = HERE.parents[1] / "src/candid/audit-codes.ts"

OTHER_PROTOCOLS = re.compile(r"http_request|icrc\d+_")
"""Methods for browsers and wallets, which ask by themselves."""

SYNC = [
    (r"\bfrom asyncio import sleep\b", "from time import sleep"),
    (r"\bfrom anyio import Lock\b", "from threading import Lock"),
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\basynccontextmanager\b", "contextmanager"),
    (r"\bAsyncIterator\b", "Iterator"),
    (r"\bAwaitable\[(\w+)\]", r"\1"),
    (r"\bAbstractAsyncContextManager\b", "AbstractContextManager"),
    (r"\basync_within\b", "within"),
    (r"\bhttpx\.AsyncClient\b", "httpx.Client"),
    (r"\bAsync(?=[A-Z])", ""),
    (r"__aenter__", "__enter__"),
    (r"__aexit__", "__exit__"),
    (r"\baclose\b", "close"),
]


@dataclass(frozen=True)
class Pages:
    """How a paged list is read to its end."""

    iterator: str
    items: str
    item: str
    cursor: str
    next: str
    has_end: bool
    """Whether a page tells where the log ends."""
    is_over: str


def generated() -> dict[Path, str]:
    """The content of every generated file, formatted."""
    interface = Interface(INTERFACE.read_text("utf-8"))
    types = PythonTypes(interface)
    methods = [method for method in interface.methods if not OTHER_PROTOCOLS.match(method.name)]
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - the output is Python
    )
    templates.filters |= {
        "constant": constant,
        "pascal": pascal,
        "docstring": docstring,
        "method_docstring": method_docstring,
        "qualified": qualified,
    }
    context = {
        "types": types,
        "interface": interface,
        "names": reachable(interface, types, methods),
        "methods": methods,
        "arguments": lambda method: arguments(types, method),
        "pages": lambda method: pages(types, method),
        "Type": Type,
    }
    files = {
        PACKAGE / path: formatted(PACKAGE / path, templates.get_template(template).render(context))
        for path, template in {
            "models.py": "models.py.jinja",
            "wire.py": "wire.py.jinja",
            "_async/methods.py": "methods.py.jinja",
        }.items()
    }
    sources = {path.name: path.read_text("utf-8") for path in (PACKAGE / "_async").glob("*.py")}
    sources["methods.py"] = files[PACKAGE / "_async/methods.py"]
    for name, source in sources.items():
        path = PACKAGE / "_sync" / name
        files[path] = formatted(path, synchronous(source))
    path = PACKAGE / "audit/codes.py"
    files[path] = formatted(path, audit_codes(AUDIT_CODES.read_text("utf-8")))
    return files


def audit_codes(source: str) -> str:
    """The lists of audit-codes.ts, in which a name's position is its code."""
    lists = re.findall(r"export const (\w+) = \[(.*?)\] as const;", source, re.DOTALL)
    none = re.findall(r"export const NO_AGENT_TYPE = (\d+);", source)
    names = {name: tuple(re.findall(r"'(\w+)'", items)) for name, items in lists}
    if set(names) != {"AGENT_TYPES", "ACTIVITY_TYPES", "SERVICE_EVENTS"} or len(none) != 1:
        raise SystemExit("audit-codes.ts has other lists than the Python package")
    lines = [f"{name} = {items!r}" for name, items in names.items()]
    return "\n".join(
        [
            "# Made from src/candid/audit-codes.ts by `npm run generate`.",
            '"""The codes by which the digests of the audit log name agent types and kinds of entries: positions in these lists."""',
            *lines,
            f"NO_AGENT_TYPE = {none[0]}",
            "",
        ]
    )


def synchronous(source: str) -> str:
    """The synchronous form of an asynchronous module."""
    for pattern, replacement in SYNC:
        source = re.sub(pattern, replacement, source)
    return f"# Made from ../_async by `npm run generate`.\n{source}"


def reachable(interface: Interface, types: PythonTypes, methods: list[Method]) -> list[str]:
    """The types that methods give or take, in an order in which each comes after those that it is made of."""
    found: dict[str, None] = {}

    def visit(type_: Type) -> None:
        match type_:
            case Type("Id", name):
                if name not in found:
                    visit(interface.types[name])
                    found[name] = None
            case Type("Opt" | "Vec"):
                visit(type_.inner)
            case Type("Record" | "Variant"):
                for _, node in type_.of:
                    visit(Type.parsed(node))

    for method in methods:
        for arg in method.args:
            visit(arg.type)
        if method.returns is not None:
            visit(method.returns)
    return list(found)


def arguments(types: PythonTypes, method: Method) -> list[PythonField]:
    """Those of a method as they are sent."""
    return types.named(method.args, sent=True)


def pages(types: PythonTypes, method: Method) -> Pages | None:
    """How a method's pages are read; None where it has none."""
    fields: dict[str, PythonField] = {field.name: field for field in types.ok_record(method.returns)}
    cursors: set[str] = {arg.name for arg in method.args}
    for cursor, next_page in (("cursor", "next_cursor"), ("from", "next"), ("after", "next")):
        lists = [field for field in fields.values() if field.hint.startswith("tuple[")]
        if cursor in cursors and next_page in fields and len(lists) == 1:
            name = types.named([Field(cursor, Type("Prim", "text"))], sent=True)[0].name
            return Pages(
                iterator="iter_" + method.name.removeprefix("list_").removeprefix("get_"),
                items=lists[0].name,
                item=lists[0].hint.removeprefix("tuple[").removesuffix(", ...]"),
                cursor=name,
                next=next_page,
                has_end="end" in fields,
                is_over="not page.more" if "more" in fields else f"{name} is None",
            )
    return None


def qualified(codec: str) -> str:
    """A codec as a module names it that has those of Candid's own types, and the interface's in `wire`."""
    own = {"BLOB", "DURATION", "NO_REPLY", "PRINCIPAL", "TIME", *(constant for _, constant in PRIMITIVES.values())}
    return re.sub(r"\b[A-Z][A-Z0-9_]+\b", lambda name: name[0] if name[0] in own else f"wire.{name[0]}", codec)


def docstring(text: str, indent: int = 0) -> str:
    """Text in quotes, in lines that fit; a line of it is a paragraph."""
    text = text if text.endswith((".", "?")) else f"{text}."
    width = 100 - indent
    lines = [line for part in text.split("\n") for line in ["", *textwrap.wrap(part, width)]][1:]
    return quoted(lines, indent)


def method_docstring(method: Method, args: list[PythonField], indent: int) -> str:
    """What the interface says of a method, in the words of Python."""
    what, *others = [in_python(text) for text in method.note.split("\n")]
    width = 100 - indent
    lines = textwrap.wrap(
        f"{what} {'A query' if method.is_query else 'An update'}: `{method.name}` of the interface.", width
    )
    told = [f"    {arg.name}: {in_python(arg.note)}" for arg in args if arg.note]
    if told:
        lines += ["", "Args:"]
    for arg in told:
        lines += textwrap.wrap(arg, width, subsequent_indent=" " * 8)
    for text in others:
        lines += ["", *textwrap.wrap(text, width)]
    return quoted(lines, indent)


def quoted(lines: list[str], indent: int) -> str:
    if len(lines) <= 1:
        return f'"""{"".join(lines)}"""'
    margin = " " * indent
    return "\n".join(['"""', *(margin + line if line else "" for line in lines), f'{margin}"""'])


EVERY = {"query": "Unauthorized, InvalidArgument", "update": "Unauthorized, InvalidArgument, RateLimited"}


def in_python(text: str) -> str:
    """Text of the interface's comments as it is said of Python."""
    text = re.sub(r"\bthose of every (query|update)\b", lambda found: EVERY[found[1]], text)
    text = re.sub(r"\bduration_ns\b", "duration", text)
    return re.sub(r"\b[Nn]ull\b", "None", text)


def formatted(path: Path, source: str) -> str:
    """As the formatter writes it, without imports that are not used."""
    for command in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
        source = subprocess.run(  # noqa: S603 - the formatter of this environment
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(path), "-"],
            input=source,
            capture_output=True,
            text=True,
            check=True,
            cwd=HERE.parent,
        ).stdout
    return source


def main() -> None:
    for path, content in generated().items():
        path.write_text(content, "utf-8")


if __name__ == "__main__":
    main()
