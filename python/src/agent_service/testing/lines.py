"""Talks with the command `test-network`, a line of JSON for each question and each answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from ..local.errors import LocalError

CLOSE_SECONDS = 15
LOG_CHARACTERS = 3000
LOOPBACK = "127.0.0.1,localhost"


class Lines:
    """The process, which ends when its standard input does: also where this one is killed."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        self._log = log
        self._waiting: dict[int, Future[Any]] = {}
        self._ids = count(1)
        self._lock = Lock()
        self._ready: Future[dict[str, Any]] = Future()
        with log.open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - Node of this machine
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                env=environment(),
                # Ctrl-C in the terminal is for the tests, which end it in good order.
                start_new_session=True,
            )
        self._reader = Thread(target=self._read, name="agent-service test-network", daemon=True)
        self._reader.start()

    def ready(self, seconds: float) -> dict[str, Any]:
        """The facts of the network, when it is there. LocalError where that takes longer, or it ended."""
        try:
            return self._ready.result(seconds)
        except TimeoutError as error:
            self.close()
            raise LocalError(self._told(f"The local network was not ready within {seconds:g} s")) from error

    def ask(self, action: str, seconds: float, **fields: object) -> dict[str, Any]:
        """What comes of a question. LocalError where it is refused, late, or the process has ended."""
        answer: Future[dict[str, Any]] = Future()
        with self._lock:
            id_ = next(self._ids)
            self._waiting[id_] = answer
        try:
            self._write({"id": id_, "do": action, **fields})
            return answer.result(seconds)
        except TimeoutError as error:
            raise LocalError(self._told(f"The local network did not answer {action} within {seconds:g} s")) from error
        finally:
            self._waiting.pop(id_, None)

    def close(self) -> None:
        """Ends it, and what it started; by force where it does not end by itself."""
        if self._process.stdin is not None:
            # It may be gone already, with a line that it never read.
            with suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait()
        self._reader.join(CLOSE_SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _write(self, line: Mapping[str, object]) -> None:
        stream = self._process.stdin
        if stream is None or stream.closed:
            raise LocalError("The local network was closed")
        try:
            with self._lock:
                stream.write(json.dumps(line) + "\n")
                stream.flush()
        except OSError as error:
            raise LocalError(self._told("The local network ended")) from error

    def _read(self) -> None:
        stream = self._process.stdout
        for line in stream if stream is not None else ():
            # A clone says there, too, what it builds first.
            if line.startswith("{"):
                self._take(json.loads(line))
        self._process.wait()
        ended = LocalError(self._told(f"The local network ended ({self._process.returncode})"))
        for future in [self._ready, *list(self._waiting.values())]:
            if not future.done():
                future.set_exception(ended)

    def _take(self, answer: Mapping[str, Any]) -> None:
        if "ready" in answer:
            self._ready.set_result(answer["ready"])
            return
        waiting = self._waiting.pop(answer.get("id", 0), None)
        if waiting is None:
            return
        if "error" in answer:
            waiting.set_exception(LocalError(f"The local network refused: {answer['error']}"))
        else:
            waiting.set_result(answer["ok"])

    def _kill(self) -> None:
        if os.name == "nt":
            self._process.kill()
        else:
            os.killpg(self._process.pid, signal.SIGKILL)

    def _told(self, sentence: str) -> str:
        """A sentence, and what the process said last."""
        said = self._log.read_text("utf-8", "replace").strip() if self._log.exists() else ""
        return f"{sentence}. It said:\n{said[-LOG_CHARACTERS:]}" if said else f"{sentence}."


def environment() -> dict[str, str]:
    """This process's, with no proxy for what is on this machine."""
    own = {
        name: f"{os.environ[name]},{LOOPBACK}" if os.environ.get(name) else LOOPBACK
        for name in ("NO_PROXY", "no_proxy")
    }
    return {**os.environ, **own}
