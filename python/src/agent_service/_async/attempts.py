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
QUERY_ATTEMPTS = 3
REPEATS = 3


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


def unreachable(error: BaseException | None, url: str, what: str = "network") -> NetworkError:
    """What is raised where no request arrived."""
    return NetworkError(f"the {what} is not reached at {url}: {type(error).__name__}")
