# Made from ../_async by `npm run generate`.
"""Calls by the gateway (docs/reference/gateway.md): HTTP and JSON, with an API key for an identity that the gateway holds."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar

import httpx
from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from ..call import Call
from ..errors import OutcomeUnknown
from ..options import GatewaySealing, uses_proxies
from ..problems import Again, problem_of
from ..time_limit import within
from .attempts import LEAST_SECONDS, NOT_SENT, QUERY_ATTEMPTS, repeated, unanswered

SEALING_HEADERS: Mapping[GatewaySealing, Mapping[str, str]] = {
    "auto": {},
    "manual": {"agent-service-sealing": "manual"},
}
"""What tells a gateway to pass secrets on as they are, instead of sealing and opening them."""
T = TypeVar("T")


class GatewayTransport:
    """Calls the service behind a gateway."""

    def __init__(self, url: str, api_key: str, *, timeout: timedelta, sealing: GatewaySealing) -> None:
        self._url = url
        self._timeout = timeout.total_seconds()
        self._http = httpx.Client(
            base_url=url,
            timeout=self._timeout,
            trust_env=uses_proxies(url),
            headers={"authorization": f"Bearer {api_key}", **SEALING_HEADERS[sealing]},
        )

    def close(self) -> None:
        self._http.close()

    def call(self, call: Call[T]) -> T:
        """What the method returns. Raises what `GatewayAgentService` says."""
        body = call.in_json()
        if call.is_query:
            return call.from_json(self._post(call, body))
        return call.from_json(repeated(call, lambda: self._post(call, body)))

    def _post(self, call: Call[T], body: dict[str, object]) -> bytes:
        again = (httpx.TransportError, Again) if call.is_query else NOT_SENT
        end = time.monotonic() + self._timeout
        try:
            for attempt in Retrying(
                retry=retry_if_exception_type(again),
                stop=stop_after_attempt(QUERY_ATTEMPTS) | stop_before_delay(self._timeout),
                wait=wait_random_exponential(0.1, 2),
                reraise=True,
            ):
                with attempt:
                    response = self._send(call.method, body, end)
                    if response.status_code == httpx.codes.OK:
                        return response.content
                    raise problem_of(response.status_code, response.content, call, self._url)
        except NOT_SENT as error:
            raise unanswered(error, self._url, self._timeout, "gateway") from error
        except httpx.TransportError as error:
            if not call.is_query:
                raise OutcomeUnknown(call.method) from error
            raise unanswered(error, self._url, self._timeout, "gateway") from error
        raise AssertionError("the last attempt returns or raises")

    def _send(self, method: str, body: dict[str, object], end: float) -> httpx.Response:
        left = max(end - time.monotonic(), LEAST_SECONDS)
        return within(left, lambda: self._http.post(f"/v1/methods/{method}", json=body, timeout=left))
