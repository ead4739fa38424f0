"""Replies to queries ("Request: Query call" in the interface specification): each is signed by the machine that gave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from icp_agent.agent import to_request_id
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from . import hash_tree
from .cbor import field_of, map_in
from .certificate import MAX_SKEW_NS, NS_PER_MINUTE, Certificate
from .clock import OutOfTime
from .errors import VerificationFailed

RESPONSE = b"\x0bic-response"
MAX_AGE_NS = 60 * NS_PER_MINUTE
ED25519_DER_PREFIX = bytes.fromhex("302a300506032b6570032100")


@dataclass(frozen=True)
class NodeKeys:
    """The keys of a subnet's machines by their ids, as they were at a time."""

    keys: Mapping[bytes, bytes]
    at_ns: int

    @classmethod
    def of(cls, certificate: Certificate, now_ns: int) -> NodeKeys:
        """Those in a verified certificate of the subnet's state."""
        nodes = hash_tree.subtree(certificate.tree, [b"subnet", certificate.subnet_id, b"node"])
        found = ((node, hash_tree.lookup(tree, [b"public_key"])) for node, tree in hash_tree.children(nodes))
        return cls({node: key for node, key in found if key is not None}, now_ns)

    def knows(self, response: Mapping[str, object], now_ns: int) -> bool:
        """Whether every machine that signed the response is one of these, and they are no older than an hour: machines leave a subnet, too."""
        return now_ns - self.at_ns < MAX_AGE_NS and all(
            identity in self.keys for _, identity, _ in signatures_of(response)
        )

    def verify(
        self, response: Mapping[str, object], request_id: bytes, now_ns: int, max_skew_ns: int = MAX_SKEW_NS
    ) -> None:
        """VerificationFailed where a machine of the subnet has not signed this response to this request within five minutes of now, or the skew."""
        signatures = signatures_of(response)
        if not signatures:
            raise VerificationFailed("a reply to a query is not signed")
        for time, identity, signature in signatures:
            key = self.keys.get(identity, b"")
            if not key.startswith(ED25519_DER_PREFIX):
                raise VerificationFailed("a reply to a query is signed by a machine that is not the subnet's")
            if abs(now_ns - time) > max_skew_ns:
                seconds = (now_ns - time) / 10**9
                raise OutOfTime(f"a reply to a query is {seconds:.0f} s old by this machine's clock")
            message = RESPONSE + to_request_id(signed_part(response, request_id, time))
            try:
                VerifyKey(key[len(ED25519_DER_PREFIX) :]).verify(message, signature)
            except (BadSignatureError, ValueError):
                raise VerificationFailed("a reply to a query is not the one that was signed") from None


def signatures_of(response: Mapping[str, object]) -> list[tuple[int, bytes, bytes]]:
    """The time in ns, the machine's id, and the signature of each."""
    found = []
    entries = response.get("signatures")
    for entry in entries if isinstance(entries, (list, tuple)) else ():
        if not isinstance(entry, Mapping):
            raise VerificationFailed("a signature of a query is no record")
        time = field_of(entry, "timestamp", int)
        found.append((time, field_of(entry, "identity", bytes), field_of(entry, "signature", bytes)))
    return found


def signed_part(response: Mapping[str, object], request_id: bytes, time: int) -> dict[str, object]:
    part: dict[str, object] = {"request_id": request_id, "timestamp": time}
    status = part["status"] = field_of(response, "status", str)
    if status == "replied":
        part["reply"] = {"arg": field_of(map_in(response, "reply"), "arg", bytes)}
        return part
    part["reject_code"] = field_of(response, "reject_code", int)
    part["reject_message"] = field_of(response, "reject_message", str)
    if response.get("error_code") is not None:
        part["error_code"] = field_of(response, "error_code", str)
    return part
