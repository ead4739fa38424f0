"""The command `agent-service`: finds Node and the npm package, and passes everything on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from .errors import LocalError
from .node import WINDOWS, find_node
from .npm_package import entry_of


def main() -> int:
    """Runs the command with this process's arguments, and ends as it ends; 1 where it cannot be run."""
    try:
        node = find_node()
        command = [str(node.path), str(entry_of(node)), *sys.argv[1:]]
    except LocalError as error:
        print(f"agent-service: {error}", file=sys.stderr)
        return 1
    if not WINDOWS:
        # Signals, the terminal and the exit code are the command's own.
        os.execv(command[0], command)  # noqa: S606
    # Ctrl-C is sent to both; how it ends is the command's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.run(command, check=False).returncode  # noqa: S603
