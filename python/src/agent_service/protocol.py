"""The Internet Computer's HTTP interface for one canister and one caller, without the HTTP: requests, and what answers to them mean."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from icp_agent.agent import to_request_id

from . import bls
from .cbor import decode, encode, field_of, map_in
from .certificate import NS_PER_MINUTE, Certificate, certified_time, natural, verify_certificate
from .clock import ExpiryRefused, NetworkClock, OutOfTime, checked_ahead, duration
from .errors import ClockError, NetworkError, VerificationFailed
from .identity import Identity
from .principal import Principal
from .query_signatures import NodeKeys
from .refusals import rejection

EXPIRY_NS = 4 * NS_PER_MINUTE
"""The network takes requests that expire within five minutes, by its own clock."""
ANONYMOUS = b"\x04"
CONFIRMED_NS = NS_PER_MINUTE
"""How far the time of a certificate may be from the one at which a machine of the network answers right now."""
OK, ACCEPTED, BAD_REQUEST = 200, 202, 400
EXPIRY_REFUSED = "Invalid request expiry"
"""How the network begins what it says of a request whose time is not its own."""
UNAVAILABLE = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Request:
    """What is posted, and by which id the network knows it."""

    path: str
    body: bytes
    request_id: bytes


class Unavailable(NetworkError):
    """The network turned the request away for now: it can be sent again as it is."""


class Protocol:
    """Makes and reads messages. The root key must be the network's own."""

    def __init__(self, canister_id: Principal, identity: Identity, root_key: bytes, clock: NetworkClock) -> None:
        bls.key_point(root_key)
        self._canister_id = canister_id
        self._identity = identity
        self._root_key = root_key
        self._clock = clock
        self._base = f"/canister/{canister_id}"

    @property
    def root_key(self) -> bytes:
        """The network's, in DER, by which all answers are verified."""
        return self._root_key

    def call(self, method: str, arg: bytes) -> Request:
        """An update. Posted more than once, it is executed once."""
        return self._message("call", f"/api/v4{self._base}/call", method, arg)

    def query(self, method: str, arg: bytes) -> Request:
        """A query."""
        return self._message("query", f"/api/v3{self._base}/query", method, arg)

    def read_status(self, request_id: bytes) -> Request:
        """Asks what came of an update."""
        return self._read_state([b"request_status", request_id])

    def read_node_keys(self) -> Request:
        """Asks for the keys of the subnet's machines."""
        return self._read_state([b"subnet"])

    def ask_time(self) -> Request:
        """Asks for the network's time and the keys of the subnet's machines, as nobody: the network takes that whatever its expiry is."""
        content = {"request_type": "read_state", "paths": [[b"subnet"]]}
        return self._anonymous(f"/api/v3{self._base}/read_state", content)

    def ask_machine(self) -> Request:
        """
        Asks a machine of the subnet, as nobody, for a method that there is not, by a name that was never asked for. It signs the time with its answer, which
        nobody can have kept from before.
        """
        content = {
            "request_type": "query",
            "canister_id": self._canister_id.bytes,
            "method_name": f"clock_{secrets.token_hex(16)}",
            "arg": b"",
        }
        return self._anonymous(f"/api/v3{self._base}/query", content)

    def time_and_keys(self, status: int, body: bytes) -> tuple[int, NodeKeys]:
        """By how many ns the network's clock is ahead of this machine's, where the certificate is a new one, and the machines' keys."""
        check_status(status, body)
        time, certificate = certified_time(
            decode(body).get("certificate"), root_key=self._root_key, canister_id=self._canister_id.bytes
        )
        return checked_ahead(time - self._clock.machine_ns()), NodeKeys.of(certificate, time)

    def confirm_time(self, answer: Mapping[str, object], request: Request, ahead_ns: int, keys: NodeKeys) -> None:
        """ClockError where the machine that answered has another time."""
        try:
            keys.verify(answer, request.request_id, self._clock.machine_ns() + ahead_ns, CONFIRMED_NS)
        except OutOfTime as error:
            reason = "the network gives a time that one of its machines does not confirm"
            raise ClockError(duration(ahead_ns), reason) from error

    def outcome_of_call(self, status: int, body: bytes, request: Request) -> bytes | None:
        """The reply to an update, where it is there already; None where the network has taken it on. Raises CallRejected."""
        check_status(status, body)
        if status == ACCEPTED:
            return None
        answer = decode(body)
        if answer.get("status") == "non_replicated_rejection":
            raise rejected(answer, certified=False)
        return self._reply(self._certificate(answer), request.request_id)

    def outcome_of_status(self, status: int, body: bytes, request_id: bytes) -> bytes | None:
        """The reply to an update; None where it is not there yet. Raises CallRejected."""
        check_status(status, body)
        return self._reply(self._certificate(decode(body)), request_id)

    def node_keys(self, status: int, body: bytes) -> NodeKeys:
        """The keys of the subnet's machines."""
        check_status(status, body)
        return NodeKeys.of(self._certificate(decode(body)), self._clock())

    def answer_of_query(self, status: int, body: bytes) -> Mapping[str, object]:
        """The answer to a query, which is not verified yet."""
        check_status(status, body)
        return decode(body)

    def outcome_of_query(self, answer: Mapping[str, object], keys: NodeKeys, request: Request) -> bytes:
        """The reply to a query, verified. Raises CallRejected."""
        keys.verify(answer, request.request_id, self._clock())
        if answer["status"] == "replied":
            return field_of(map_in(answer, "reply"), "arg", bytes)
        raise rejected(answer, certified=True)

    def _message(self, kind: str, path: str, method: str, arg: bytes) -> Request:
        return self._request(
            path,
            {
                "request_type": kind,
                "canister_id": self._canister_id.bytes,
                "method_name": method,
                "arg": arg,
                "nonce": secrets.token_bytes(16),
            },
        )

    def _read_state(self, path: list[bytes]) -> Request:
        return self._request(f"/api/v3{self._base}/read_state", {"request_type": "read_state", "paths": [path]})

    def _request(self, path: str, content: dict[str, object]) -> Request:
        request_id, body = self._identity.envelope({**content, "ingress_expiry": self._clock() + EXPIRY_NS})
        return Request(path, body, request_id)

    def _anonymous(self, path: str, fields: Mapping[str, object]) -> Request:
        content: dict[str, object] = {**fields, "sender": ANONYMOUS, "ingress_expiry": self._clock() + EXPIRY_NS}
        return Request(path, encode({"content": content}), to_request_id(content))

    def _certificate(self, answer: Mapping[str, object]) -> Certificate:
        return verify_certificate(
            answer.get("certificate"),
            root_key=self._root_key,
            canister_id=self._canister_id.bytes,
            now_ns=self._clock(),
        )

    def _reply(self, certificate: Certificate, request_id: bytes) -> bytes | None:
        def field(name: bytes) -> bytes | None:
            return certificate.lookup(b"request_status", request_id, name)

        status = field(b"status")
        if status == b"replied":
            reply = field(b"reply")
            if reply is None:
                raise VerificationFailed("a certificate of a reply does not hold it")
            return reply
        if status == b"rejected":
            code, message = field(b"reject_code"), field(b"reject_message")
            if code is None or message is None:
                raise VerificationFailed("a certificate of a reject does not hold its code and its message")
            error_code = field(b"error_code")
            raise rejection(
                natural(code),
                message.decode("utf-8", "replace"),
                None if error_code is None else error_code.decode("utf-8", "replace"),
                certified=True,
            )
        # Received, processing, or not there yet; also "done", whose reply is gone for good: only time tells then.
        return None


def rejected(answer: Mapping[str, object], *, certified: bool) -> Exception:
    """The exception that a reject outside a certificate is."""
    error_code = answer.get("error_code")
    return rejection(
        field_of(answer, "reject_code", int),
        field_of(answer, "reject_message", str),
        error_code if isinstance(error_code, str) else None,
        certified=certified,
    )


def check_status(status: int, body: bytes, url: str | None = None) -> None:
    """Raises where HTTP itself says that nothing was done. What else a body says may be a proxy's page, and is not told."""
    if status in (OK, ACCEPTED):
        return
    text = body[:500].decode("utf-8", "replace")
    if status == BAD_REQUEST and text.startswith(EXPIRY_REFUSED):
        raise ExpiryRefused(f"the network answered {status}: {text}", status)
    kind = Unavailable if status in UNAVAILABLE else NetworkError
    raise kind(f"the network{'' if url is None else f' at {url}'} answered {status}", status)


def root_key_in_status(status: int, body: bytes) -> bytes:
    """The root key that a network says it has."""
    check_status(status, body)
    return field_of(decode(body), "root_key", bytes)
