"""The time that an answer may take in all: httpx limits each read of a part of it alone, so that a part a second lasts for ever."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextvars import copy_context
from threading import Thread
from typing import TypeVar

import anyio
import httpx

T = TypeVar("T")

GRACE_SECONDS = 0.5
"""httpx's own limit comes first where it applies: it says more of what happened."""
LATE = "the answer did not arrive in time"


async def async_within(seconds: float, send: Callable[[], Awaitable[T]]) -> T:
    """What it returns. Raises httpx.ReadTimeout where that takes longer."""
    try:
        with anyio.fail_after(seconds + GRACE_SECONDS):
            return await send()
    except TimeoutError as error:
        raise httpx.ReadTimeout(LATE) from error


def within(seconds: float, send: Callable[[], T]) -> T:
    """
    What it returns. Raises httpx.ReadTimeout where that takes longer. It runs in a thread, since nothing else ends the wait for a head that comes byte by byte; the
    thread of one that is late ends with its connection.
    """
    outcome: Future[T] = Future()
    context = copy_context()

    def run() -> None:
        try:
            outcome.set_result(context.run(send))
        except BaseException as error:
            outcome.set_exception(error)

    Thread(target=run, name="agent-service request", daemon=True).start()
    try:
        return outcome.result(seconds + GRACE_SECONDS)
    except TimeoutError as error:
        raise httpx.ReadTimeout(LATE) from error
