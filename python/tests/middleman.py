"""A machine between the package and the network that changes answers, and the keys to make others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import cbor2
import httpx
from py_arkworks_bls12381 import G1Point, G2Point, Scalar

from agent_service.bls import CIPHERSUITE, DER_PREFIX
from agent_service.certificate import STATE_ROOT
from agent_service.hash_tree import digest

Tamper = Callable[[str, int, bytes], tuple[int, bytes] | None]
"""Gets the kind of the request, its last word in the path, and the answer; returns what the caller gets, None for nothing."""


@contextmanager
def middleman(url: str | None, tamper: Tamper) -> Iterator[str]:
    """The URL of the machine in the middle. Without a url to pass requests on to, it makes up all answers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.answer(*self.passed_on("GET", None))

        def do_POST(self) -> None:
            self.answer(*self.passed_on("POST", self.rfile.read(int(self.headers["content-length"]))))

        def passed_on(self, method: str, body: bytes | None) -> tuple[int, bytes]:
            if url is None:
                return 200, b""
            headers = {"content-type": self.headers["content-type"] or ""}
            response = httpx.request(method, url + self.path, content=body, headers=headers)
            return response.status_code, response.content

        def answer(self, status: int, body: bytes) -> None:
            answer = tamper(self.path.rsplit("/", 1)[1], status, body)
            self.close_connection = answer is None
            if answer is None:
                return
            self.send_response(answer[0])
            self.send_header("content-length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def changing(kind: str, change: Callable[[Any], Any]) -> Tamper:
    """Changes the decoded answers to one kind of request."""

    def tamper(asked: str, status: int, body: bytes) -> tuple[int, bytes]:
        return status, tagged(change(thawed(cbor2.loads(body)))) if asked == kind else body

    return tamper


def in_certificate(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Changes the decoded certificate in an answer."""

    def changed(answer: Any) -> Any:
        return {**answer, "certificate": tagged(change(thawed(cbor2.loads(answer["certificate"]))))}

    return changed


def with_leaf(node: Any, label: bytes, value: bytes) -> Any:
    """A tree in which the leaf under a label has another value, wherever it is."""
    match node:
        case [1, left, right]:
            return [1, with_leaf(left, label, value), with_leaf(right, label, value)]
        case [2, name, [3, _]] if name == label:
            return [2, name, [3, value]]
        case [2, name, child]:
            return [2, name, with_leaf(child, label, value)]
    return node


def tree_of(content: dict[bytes, Any]) -> list[Any]:
    """A hash tree of nested dictionaries."""
    nodes = [
        [2, label, tree_of(child) if isinstance(child, dict) else [3, child]]
        for label, child in sorted(content.items())
    ]
    tree = nodes.pop()
    while nodes:
        tree = [1, nodes.pop(), tree]
    return tree


class Signer:
    """A BLS key that signs certificates."""

    def __init__(self, secret: int) -> None:
        self._secret = Scalar(secret)
        self.key = DER_PREFIX + bytes((G2Point() * self._secret).to_compressed_bytes())

    def certificate(self, tree: Any, delegation: Any = None) -> bytes:
        """A certificate of a tree."""
        message = STATE_ROOT + digest(tree)
        signature = bytes((G1Point.hash_to_curve(message, CIPHERSUITE) * self._secret).to_compressed_bytes())
        certificate = {"tree": tree, "signature": signature}
        return tagged(certificate if delegation is None else {**certificate, "delegation": delegation})


def tagged(value: Any) -> bytes:
    """CBOR that says that it is CBOR."""
    return cbor2.dumps(cbor2.CBORTag(55799, value))


def thawed(value: Any) -> Any:
    """Lists and dictionaries for what CBOR decodes to."""
    if isinstance(value, (list, tuple)):
        return [thawed(item) for item in value]
    return {name: thawed(item) for name, item in value.items()} if hasattr(value, "items") else value


def leb128(number: int) -> bytes:
    """An unsigned number as trees have it."""
    digits = []
    while number >= 0x80:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*digits, number])


def flipped(value: bytes) -> bytes:
    """Bytes of which the last has another bit."""
    return value[:-1] + bytes([value[-1] ^ 1])


def subnet_id_of(name: str) -> bytes:
    """A made-up id."""
    return sha256(name.encode()).digest()[:28] + b"\x02"
