"""How often what is tried again, for both transports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt

from ..call import Call
from ..errors import NetworkError, OutcomeUnknown

T = TypeVar("T")

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Failures before the first byte of a request was sent."""
IN_TIME = (httpx.ReadTimeout, httpx.WriteTimeout)
"""Failures of a request that was sent, and has no answer within its time."""
QUERY_ATTEMPTS = 3
REPEATS = 3
LEAST_SECONDS = 0.001
"""httpx takes none for no limit."""


async def repeated(call: Call[Any], attempt: Callable[[], Awaitable[T]]) -> T:
    """
    Makes an update again whose outcome is unknown, where the canister knows it again by its request_id. The OutcomeUnknown that is raised in the
    end has that.
    """
    try:
        async for trial in AsyncRetrying(
            retry=retry_if_exception_type(OutcomeUnknown),
            stop=stop_after_attempt(1 if call.request_id is None else REPEATS),
            reraise=True,
        ):
            with trial:
                return await attempt()
    except OutcomeUnknown as error:
        raise OutcomeUnknown(call.method, call.request_id) from error.__cause__
    raise AssertionError("the last attempt returns or raises")


def unanswered(failure: object, url: str, seconds: float, what: str = "network") -> NetworkError:
    """What is raised where no request arrived, or where a query that did has no answer within the time."""
    if isinstance(failure, IN_TIME):
        return NetworkError(f"the {what} at {url} did not answer within {seconds:g} s")
    return NetworkError(f"the {what} is not reached at {url}")
