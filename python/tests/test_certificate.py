"""Certificates that a subnet signed by a delegation, made with keys of the tests' own."""

from __future__ import annotations

from typing import Any

import pytest

from agent_service import Principal, VerificationFailed
from agent_service.bls import key_point
from agent_service.certificate import MAINNET_ROOT_KEY, verify_certificate
from agent_service.hash_tree import digest, lookup
from middleman import Signer, leb128, subnet_id_of, tagged, tree_of

ROOT, SUBNET, OTHER = Signer(11), Signer(22), Signer(33)
SUBNET_ID = subnet_id_of("a subnet")
NOW = 1_800_000_000 * 10**9
MINUTE = 60 * 10**9
CANISTER = bytes.fromhex("00000000000004d20101")
RANGES = tagged([[bytes.fromhex("00000000000000000101"), bytes.fromhex("000000000000ffff0101")]])
STATE = tree_of({b"request_status": {b"id": {b"status": b"replied"}}, b"time": leb128(NOW)})


def delegation_tree(ranges: bytes = RANGES, *, sharded: bool = False, key: bytes = SUBNET.key, time: int = NOW) -> Any:
    subnet: dict[bytes, Any] = {b"public_key": key}
    content: dict[bytes, Any] = {b"subnet": {SUBNET_ID: subnet}, b"time": leb128(time)}
    if sharded:
        content[b"canister_ranges"] = {SUBNET_ID: {b"\x00": tagged([]), b"\x01": ranges}}
    else:
        subnet[b"canister_ranges"] = ranges
    return tree_of(content)


def delegated(tree: Any, *, by: Signer = ROOT, subnet_id: bytes = SUBNET_ID, nested: Any = None) -> bytes:
    delegation = {"subnet_id": subnet_id, "certificate": by.certificate(tree, nested)}
    return SUBNET.certificate(STATE, delegation)


def verify(encoded: object, now_ns: int = NOW, canister_id: bytes = CANISTER) -> Any:
    return verify_certificate(encoded, root_key=ROOT.key, canister_id=canister_id, now_ns=now_ns)


@pytest.mark.parametrize("sharded", [False, True], ids=["in one place", "in shards"])
def test_a_subnet_that_holds_the_canister_is_believed(sharded: bool) -> None:
    certificate = verify(delegated(delegation_tree(sharded=sharded)))
    assert certificate.subnet_id == SUBNET_ID
    assert certificate.lookup(b"request_status", b"id", b"status") == b"replied"
    assert certificate.lookup(b"request_status", b"another", b"status") is None


def test_the_root_key_is_believed_without_a_delegation() -> None:
    assert verify(ROOT.certificate(STATE)).subnet_id == Principal.self_authenticating(ROOT.key).bytes


NOT_BELIEVED = {
    "a subnet that does not hold the canister": (delegated(delegation_tree(tagged([]))), "does not hold the canister"),
    "ranges that are none": (delegated(delegation_tree(tagged([[1, 2]]))), "not a pair of ids"),
    "ranges that are no list": (delegated(delegation_tree(tagged({}))), "another shape"),
    "another subnet's ranges": (delegated(delegation_tree(), subnet_id=subnet_id_of("another")), "does not hold"),
    "another subnet's key": (delegated(delegation_tree(key=OTHER.key)), "not the network's"),
    "a key that is none": (delegated(delegation_tree(key=b"key")), "BLS12-381 key"),
    "a delegation of another network": (delegated(delegation_tree(), by=OTHER), "not the network's"),
    "a delegation of a delegation": (
        delegated(
            delegation_tree(), nested={"subnet_id": SUBNET_ID, "certificate": ROOT.certificate(delegation_tree())}
        ),
        "itself delegated",
    ),
    "a delegation of long ago": (delegated(delegation_tree(time=NOW - 31 * 24 * 60 * MINUTE)), "old"),
    "a delegation that is no record": (SUBNET.certificate(STATE, [1]), "no record"),
    "a subnet's word for itself": (SUBNET.certificate(STATE), "not the network's"),
    "no time": (ROOT.certificate(tree_of({b"x": b""})), "does not tell its time"),
    "no certificate": (None, "missing"),
    "no CBOR": (b"\x9f", "not CBOR"),
}


@pytest.mark.parametrize(("encoded", "why"), NOT_BELIEVED.values(), ids=NOT_BELIEVED.keys())
def test_what_the_network_did_not_sign_for_the_canister_is_not_believed(encoded: object, why: str) -> None:
    with pytest.raises(VerificationFailed, match=why):
        verify(encoded)


@pytest.mark.parametrize(("minutes", "fits"), [(-6, False), (-4, True), (0, True), (4, True), (6, False)])
def test_a_certificate_is_believed_for_five_minutes_around_its_time(minutes: int, fits: bool) -> None:
    encoded = delegated(delegation_tree())
    if fits:
        verify(encoded, NOW + minutes * MINUTE)
        return
    with pytest.raises(VerificationFailed, match="old by this machine's clock"):
        verify(encoded, NOW + minutes * MINUTE)


def test_the_specifications_example_has_its_root_hash() -> None:
    tree = [
        1,
        [
            1,
            [2, b"a", [1, [1, [2, b"x", [3, b"hello"]], [0]], [2, b"y", [3, b"world"]]]],
            [2, b"b", [3, b"good"]],
        ],
        [1, [2, b"c", [0]], [2, b"d", [3, b"morning"]]],
    ]
    assert digest(tree).hex() == "eb5c5b2195e62d996b84c9bcc8259d19a83786a2f59e0878cec84c811f669aa0"
    assert lookup(tree, [b"a", b"y"]) == b"world"
    assert lookup(tree, [b"a"]) is None


def test_the_internet_computers_key_is_a_key() -> None:
    key_point(MAINNET_ROOT_KEY)
