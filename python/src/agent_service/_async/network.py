"""Posts requests to the network and waits for what comes of them, within a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import httpx
from tenacity import (
    AsyncRetrying,
    RetryError,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from ..call import Call
from ..certificate import MAINNET_ROOT_KEY
from ..clock import SAME_NS, SUSPICIOUS, ExpiryRefused, NetworkClock, duration
from ..encoding import decoded, encoded
from ..errors import AgentServiceError, CallRejected, ClockError, NetworkError, OutcomeUnknown, Refusal
from ..identity import Identity
from ..options import uses_proxies
from ..principal import Principal
from ..protocol import Protocol, Request, Unavailable, check_status, root_key_in_status
from ..query_signatures import NodeKeys
from ..time_limit import async_within
from .attempts import LEAST_SECONDS, NOT_SENT, QUERY_ATTEMPTS, repeated, unanswered

TOO_MANY_REQUESTS = 429
T = TypeVar("T")


class NotYet(Exception):
    """The network has not answered yet."""


class AsyncNetworkTransport:
    """Calls one canister as one caller, by the Internet Computer's HTTP interface."""

    def __init__(
        self,
        url: str,
        canister_id: Principal,
        identity: Identity,
        *,
        root_key: bytes | None,
        local: bool,
        timeout: timedelta,
        now_ns: Callable[[], int],
    ) -> None:
        self._url = url
        self._canister_id = canister_id
        self._identity = identity
        self._clock = NetworkClock(now_ns)
        self._timeout = timeout.total_seconds()
        self._http = httpx.AsyncClient(base_url=url, timeout=self._timeout, trust_env=uses_proxies(url))
        self._protocol = None if local else self._protocol_with(root_key or MAINNET_ROOT_KEY)
        self._node_keys: NodeKeys | None = None

    async def aclose(self) -> None:
        await self._http.aclose()

    async def call(self, call: Call[T]) -> T:
        """What the method returns, verified. Raises what `AgentService` says."""
        arg = encoded(call)
        if call.is_query:
            return decoded(call, await self._query(call.method, arg))
        return decoded(call, await repeated(call, lambda: self._update(call.method, arg)))

    @property
    def canister_id(self) -> Principal:
        """Of the service."""
        return self._canister_id

    async def root_key(self) -> bytes:
        """The network's, in DER, by which answers are verified."""
        return (await self._connected(time.monotonic() + self._timeout)).root_key

    async def _query(self, method: str, arg: bytes) -> bytes:
        end = time.monotonic() + self._timeout
        before_ns = self._clock.ahead_ns
        try:
            return await self._asked(method, arg, end)
        except SUSPICIOUS as error:
            await self._take_time(error, before_ns, end)
        try:
            return await self._asked(method, arg, end)
        except SUSPICIOUS as error:
            self._clock.tell(error)

    async def _asked(self, method: str, arg: bytes, end: float) -> bytes:
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception_type((httpx.TransportError, Unavailable)),
                stop=stop_after_attempt(QUERY_ATTEMPTS) | stop_before_delay(self._timeout),
                wait=wait_random_exponential(0.1, 2),
                reraise=True,
            ):
                with attempt:
                    return await self._ask(method, arg, end)
        except httpx.TransportError as error:
            raise unanswered(error, self._url, self._timeout) from error
        raise AssertionError("the last attempt returns or raises")

    async def _update(self, method: str, arg: bytes) -> bytes:
        end = time.monotonic() + self._timeout
        protocol = await self._connected(end)
        call = protocol.call(method, arg)
        taken_on = maybe_sent = is_timed = False
        before_ns = self._clock.ahead_ns
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception_type((httpx.TransportError, Unavailable, NotYet)),
                stop=stop_before_delay(self._timeout),
                wait=wait_random_exponential(0.1, 2),
            ):
                with attempt:
                    try:
                        if not taken_on:
                            reply = protocol.outcome_of_call(*await self._post(call, end), call)
                            taken_on = maybe_sent = True
                        else:
                            status = protocol.read_status(call.request_id)
                            reply = protocol.outcome_of_status(*await self._post(status, end), call.request_id)
                    except (httpx.TransportError, Unavailable) as error:
                        # The same call is posted again then: the network executes it once.
                        maybe_sent = maybe_sent or not surely_not_sent(error)
                        raise
                    except SUSPICIOUS as error:
                        if not isinstance(error, ExpiryRefused):
                            # An answer was there already: the network is asked for it again, by its own time.
                            taken_on = maybe_sent = True
                        if is_timed:
                            self._clock.tell(error)
                        await self._take_time(error, before_ns, end)
                        is_timed = True
                        if not maybe_sent:
                            # Another message, which the network has never seen: it turned the one before away.
                            call = protocol.call(method, arg)
                        raise NotYet from error
                    if reply is None:
                        raise NotYet
                    return reply
        except (CallRejected, Refusal, NetworkError, RetryError) as error:
            failure = error.last_attempt.exception() if isinstance(error, RetryError) else error
            if maybe_sent and not (isinstance(failure, (CallRejected, Refusal)) and failure.certified):
                # What one machine says of the call that it was sent now says nothing of the one before.
                raise OutcomeUnknown(method) from failure
            if isinstance(failure, (CallRejected, Refusal, NetworkError)):
                raise failure from None
            raise unanswered(failure, self._url, self._timeout) from failure
        raise AssertionError("the last attempt returns or raises")

    async def _ask(self, method: str, arg: bytes, end: float) -> bytes:
        protocol = await self._connected(end)
        request = protocol.query(method, arg)
        answer = protocol.answer_of_query(*await self._post(request, end))
        keys = self._node_keys
        if keys is None or not keys.knows(answer, self._clock()):
            keys = self._node_keys = protocol.node_keys(*await self._post(protocol.read_node_keys(), end))
        return protocol.outcome_of_query(answer, keys, request)

    async def _take_time(self, error: AgentServiceError, before_ns: int, end: float) -> None:
        """
        Sets the clock by a time that the root key certified, and that a machine of the network confirms. Raises the error where that
        explains nothing: the clock is the one that the call was made by.
        """
        if not self._clock.is_fresh:
            try:
                protocol = await self._connected(end)
                ahead_ns, keys = protocol.time_and_keys(*await self._post(protocol.ask_time(), end))
                question = protocol.ask_machine()
                answer = protocol.answer_of_query(*await self._post(question, end))
                protocol.confirm_time(answer, question, ahead_ns, keys)
            except ClockError as off:
                raise (error if abs(off.ahead) < duration(SAME_NS) else off) from None
            except (AgentServiceError, httpx.TransportError):
                raise error from None
            self._clock.set(ahead_ns)
        if abs(self._clock.ahead_ns - before_ns) < SAME_NS:
            self._clock.tell(error)

    async def _post(self, request: Request, end: float) -> tuple[int, bytes]:
        left = max(end - time.monotonic(), LEAST_SECONDS)
        headers = {"content-type": "application/cbor"}
        response = await async_within(
            left, lambda: self._http.post(request.path, content=request.body, headers=headers, timeout=left)
        )
        check_status(response.status_code, response.content, self._url)
        return response.status_code, response.content

    async def _connected(self, end: float) -> Protocol:
        if self._protocol is None:
            left = max(end - time.monotonic(), LEAST_SECONDS)
            try:
                response = await async_within(left, lambda: self._http.get("/api/v2/status", timeout=left))
            except httpx.TransportError as error:
                raise unanswered(error, self._url, self._timeout) from error
            check_status(response.status_code, response.content, self._url)
            self._protocol = self._protocol_with(root_key_in_status(response.status_code, response.content))
        return self._protocol

    def _protocol_with(self, root_key: bytes) -> Protocol:
        return Protocol(self._canister_id, self._identity, root_key, self._clock)


def surely_not_sent(error: httpx.TransportError | Unavailable) -> bool:
    """Whether a failure leaves no doubt that the canister got nothing."""
    return isinstance(error, NOT_SENT) or (isinstance(error, Unavailable) and error.status == TOO_MANY_REQUESTS)
