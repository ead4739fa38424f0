"""Certificates ("Certification, Certificate" in the interface specification): what the network signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import bls, hash_tree
from .cbor import decode, field_of
from .clock import OutOfTime
from .errors import VerificationFailed
from .principal import Principal

MAINNET_ROOT_KEY = bytes.fromhex(
    "308182301d060d2b0601040182dc7c0503010201060c2b0601040182dc7c05030201036100814c0e6ec71fab583b08bd81373c255c3c37"
    "1b2e84863c98a4f1e08b74235d14fb5d9c0cd546d9685f913a0c0b2cc5341583bf4b4392e467db96d65b9bb4cb717112f8472e0d5a4d14"
    "505ffd7484b01291091c5f87b98883463f98091a0baaae"
)
"""The Internet Computer's, in DER."""

OTHER_KEY = "root_key is another network's, or the answer was changed on its way"
STATE_ROOT = b"\x0dic-state-root"
NS_PER_MINUTE = 60 * 10**9
MAX_SKEW_NS = 5 * NS_PER_MINUTE
MAX_DELEGATION_AGE_NS = 30 * 24 * 60 * NS_PER_MINUTE


@dataclass(frozen=True)
class Certificate:
    """A part of the network's state that it signed."""

    tree: object
    subnet_id: bytes
    """Of the subnet whose state it is."""

    def lookup(self, *path: bytes) -> bytes | None:
        """The value at a path; None where the certificate does not show one."""
        return hash_tree.lookup(self.tree, path)


def verify_certificate(encoded: object, *, root_key: bytes, canister_id: bytes, now_ns: int) -> Certificate:
    """
    The certificate, where the subnet of the canister signed it within five minutes of now, by the root key or a key that the root
    key delegated to. Else VerificationFailed.
    """
    certificate = verify_signed_state(encoded, root_key=root_key, canister_id=canister_id, now_ns=now_ns)
    verify_time(certificate.tree, now_ns, oldest_ns=now_ns - MAX_SKEW_NS)
    return certificate


def verify_signed_state(
    encoded: object, *, root_key: bytes, canister_id: bytes, now_ns: int | None = None
) -> Certificate:
    """
    As `verify_certificate`, whenever it was signed: for what is kept. With now_ns the delegation must not be too old.
    """
    certificate = certificate_of(encoded)
    delegation = certificate.get("delegation")
    try:
        if delegation is None:
            key, subnet_id = root_key, Principal.self_authenticating(root_key).bytes
        else:
            key, subnet_id = delegated_key(delegation, root_key=root_key, canister_id=canister_id, now_ns=now_ns)
        verify_signature(certificate, key)
    except bls.ForeignSignature as error:
        why = "a local network? give root_key" if root_key == MAINNET_ROOT_KEY else OTHER_KEY
        raise VerificationFailed(f"{error}: {why}") from None
    return Certificate(certificate["tree"], subnet_id)


def certified_time(encoded: object, *, root_key: bytes, canister_id: bytes) -> tuple[int, Certificate]:
    """
    The network's time in ns when it signed a certificate, whatever this machine's clock says, and the certificate. It can be an old one: a
    machine in the middle may have kept it.
    """
    time = time_in(certificate_of(encoded).get("tree"))
    return time, verify_certificate(encoded, root_key=root_key, canister_id=canister_id, now_ns=time)


def certificate_of(encoded: object) -> Mapping[str, object]:
    if not isinstance(encoded, bytes):
        raise VerificationFailed("a certificate is missing")
    return decode(encoded)


def verify_signature(certificate: Mapping[str, object], key: bytes) -> None:
    signature = field_of(certificate, "signature", bytes)
    root = hash_tree.digest(certificate.get("tree"))
    bls.verify(signature=signature, message=STATE_ROOT + root, key=key)


def verify_time(tree: object, now_ns: int, *, oldest_ns: int) -> None:
    time = time_in(tree)
    if not oldest_ns <= time <= now_ns + MAX_SKEW_NS:
        seconds = (now_ns - time) / 10**9
        raise OutOfTime(f"a certificate is {seconds:.0f} s old by this machine's clock")


def time_in(tree: object) -> int:
    encoded = hash_tree.lookup(tree, [b"time"])
    if encoded is None:
        raise VerificationFailed("a certificate does not tell its time")
    return natural(encoded)


def delegated_key(
    delegation: object, *, root_key: bytes, canister_id: bytes, now_ns: int | None
) -> tuple[bytes, bytes]:
    """The key and the id of the subnet that the root key lets sign for the canister."""
    if not isinstance(delegation, Mapping):
        raise VerificationFailed("a delegation is no record")
    subnet_id = field_of(delegation, "subnet_id", bytes)
    certificate = certificate_of(delegation.get("certificate"))
    if certificate.get("delegation") is not None:
        raise VerificationFailed("a delegation is itself delegated")
    verify_signature(certificate, root_key)
    tree = certificate["tree"]
    if now_ns is not None:
        verify_time(tree, now_ns, oldest_ns=now_ns - MAX_DELEGATION_AGE_NS)
    if not any(low <= canister_id <= high for low, high in canister_ranges(tree, subnet_id)):
        raise VerificationFailed("a delegation is of a subnet that does not hold the canister")
    key = hash_tree.lookup(tree, [b"subnet", subnet_id, b"public_key"])
    if key is None:
        raise VerificationFailed("a delegation does not tell the subnet's key")
    return key, subnet_id


def canister_ranges(tree: object, subnet_id: bytes) -> list[tuple[bytes, bytes]]:
    """The subnet's ranges of canister ids: in one place for the older endpoints, in shards for the newer ones."""
    shards = hash_tree.children(hash_tree.subtree(tree, [b"canister_ranges", subnet_id]))
    whole = hash_tree.subtree(tree, [b"subnet", subnet_id, b"canister_ranges"])
    found = [hash_tree.lookup(node, []) for node in [whole, *(node for _, node in shards)]]
    return [pair for encoded in found if encoded is not None for pair in range_pairs(encoded)]


def range_pairs(encoded: bytes) -> list[tuple[bytes, bytes]]:
    ranges: Sequence[object] = decode(encoded, list)
    pairs = []
    for pair in ranges:
        match pair:
            case [bytes(low), bytes(high)]:
                pairs.append((low, high))
            case _:
                raise VerificationFailed("a range of canister ids is not a pair of ids")
    return pairs


def natural(encoded: bytes) -> int:
    """An unsigned LEB128 number."""
    return sum((byte & 0x7F) << (7 * place) for place, byte in enumerate(encoded))
