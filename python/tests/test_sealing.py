"""Sealed secrets, by the vectors that they share with TypeScript, and under change."""

from __future__ import annotations

import json
import random as deterministic
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from py_arkworks_bls12381 import G1Point, G2Point, Scalar

from agent_service import AgentType, Principal
from agent_service.errors import VerificationFailed
from agent_service.sealing import (
    MasterKey,
    Recipient,
    SealedSecretChanged,
    SealedSecretForOthers,
    SealedSecretMalformed,
    SecretPlace,
    ServiceKey,
    TransportKey,
    VetKey,
    is_sealed,
    open_secret,
    seal_secret,
)
from agent_service.sealing.envelope import parse_envelope
from agent_service.sealing.seal import open_content

VECTORS = json.loads((Path(__file__).parents[2] / "tests/client/sealing/vectors.json").read_text("utf-8"))
SEALED = VECTORS["sealed"]
BY_NAME = pytest.mark.parametrize("vector", SEALED, ids=[vector["name"] for vector in SEALED])
SECRET = SEALED[0]["secret"]
CONTENT_KEY = bytes.fromhex(SEALED[0]["random"][0])


def place_of(vector: dict[str, Any]) -> SecretPlace:
    told = vector["place"]
    return SecretPlace(
        canister_id=Principal.from_str(told["canister_id"]),
        user_id=told["user_id"],
        agent_type=AgentType(told["agent_type"]),
        field=told["field"],
        account=told.get("account"),
    )


def recipients_of(vector: dict[str, Any]) -> list[Recipient]:
    return [Recipient(told["kind"], int(told["epoch"])) for told in vector["recipients"]]


def keys_of(vector: dict[str, Any]) -> list[VetKey]:
    return [VetKey(bytes.fromhex(told["key"])) for told in vector["recipients"]]


@BY_NAME
def test_a_vector_is_sealed_and_opened_as_in_typescript(vector: dict[str, Any]) -> None:
    place, recipients = place_of(vector), recipients_of(vector)
    key = MasterKey(bytes.fromhex(VECTORS["master_key"])).service_key(place.canister_id)
    assert bytes(key).hex() == vector["service_key"]
    assert [one.key_input(place).hex() for one in recipients] == [told["input"] for told in vector["recipients"]]
    drawn = iter(bytes.fromhex(text) for text in vector["random"])
    assert (
        seal_secret(vector["secret"], place, recipients, key, random=lambda _length: next(drawn)) == vector["envelope"]
    )
    for recipient, vet_key in zip(recipients, keys_of(vector), strict=True):
        assert open_secret(vector["envelope"], place, recipient, vet_key) == vector["secret"]


def test_a_secret_is_sealed_otherwise_each_time_and_its_length_is_the_only_thing_that_shows() -> None:
    vector = SEALED[0]
    place, recipients = place_of(vector), recipients_of(vector)
    key = ServiceKey(bytes.fromhex(vector["service_key"]))
    one, other = (seal_secret(SECRET, place, recipients, key) for _ in range(2))
    assert one != other
    assert is_sealed(one)
    assert len(one) == len(other) == len(vector["envelope"])
    assert not is_sealed(SECRET)
    assert open_secret(one, place, recipients[0], keys_of(vector)[0]) == SECRET


@pytest.mark.parametrize(
    "other",
    [
        {"user_id": "jonas.weber"},
        {"agent_type": AgentType.Asana},
        {"account": None},
        {"account": "private"},
        {"field": "token_data"},
        {"canister_id": Principal.from_str("ryjl3-tyaaa-aaaaa-aaaba-cai")},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_secret_that_was_moved_does_not_open(other: dict[str, Any]) -> None:
    vector = SEALED[0]
    place = replace(place_of(vector), **other)
    for recipient, vet_key in zip(recipients_of(vector), keys_of(vector), strict=True):
        with pytest.raises(SealedSecretChanged) as caught:
            open_secret(vector["envelope"], place, recipient, vet_key)
        assert SECRET not in str(caught.value)


def test_a_secret_is_for_its_recipients_and_epochs_alone() -> None:
    vector = SEALED[0]
    place, (owner, granted, first_party), keys = place_of(vector), recipients_of(vector), keys_of(vector)
    with pytest.raises(SealedSecretForOthers, match=r"for owner\.0, user\.7, type\.\d+, and not for owner\.1"):
        open_secret(vector["envelope"], place, Recipient("owner", owner.epoch + 1), keys[0])
    for recipient, vet_key in ((owner, keys[1]), (granted, keys[2]), (first_party, keys[0])):
        with pytest.raises(SealedSecretChanged):
            open_secret(vector["envelope"], place, recipient, vet_key)


def test_ten_thousand_changed_envelopes_are_refused() -> None:
    vector = SEALED[0]
    place, sealed = place_of(vector), vector["envelope"]
    assert open_content(parse_envelope(sealed), place, CONTENT_KEY) == SECRET
    draw = deterministic.Random(1)
    alphabet = sealed[:60] + "ABCDEFabcdef0189-_"
    for _ in range(10_000):
        at, other = draw.randrange(len(sealed)), draw.choice(alphabet)
        text = draw.choice(
            [
                sealed[:at] + other + sealed[at + 1 :],
                sealed[:at] + sealed[at + 1 :],
                sealed[:at] + other + sealed[at:],
                sealed[:at],
            ]
        )
        if text == sealed:
            continue
        with pytest.raises(VerificationFailed):
            changed = parse_envelope(text)
            assert changed.field == place.field or text[:40] != sealed[:40]
            open_content(changed, place, CONTENT_KEY)


@pytest.mark.parametrize("at", [0, 8, 60, 103, 104, 135, 136, 167])
def test_a_wrapped_key_that_was_changed_is_refused(at: int) -> None:
    vector = SEALED[0]
    envelope = parse_envelope(vector["envelope"])
    first, *rest = envelope.wrapped_keys
    changed = bytearray(first)
    changed[at] ^= 1
    text = str(replace(envelope, wrapped_keys=(bytes(changed), *rest)))
    with pytest.raises(SealedSecretChanged):
        open_secret(text, place_of(vector), recipients_of(vector)[0], keys_of(vector)[0])


BODY = "A" * 262


@pytest.mark.parametrize(
    "text",
    [
        "",
        SECRET,
        f"agent-service-sealed:2:token:owner.0:{BODY}",
        f"agent-service-sealed:1:secret:owner.0:{BODY}",
        f"agent-service-sealed:1:token::{BODY}",
        f"agent-service-sealed:1:token:admin.0:{BODY}",
        f"agent-service-sealed:1:token:owner.0,owner.0:{BODY}{BODY}",
        f"agent-service-sealed:1:token:user.0,owner.0:{BODY}{BODY}",
        f"agent-service-sealed:1:token:owner.00:{BODY}",
        f"agent-service-sealed:1:token:owner.{2**64}:{BODY}",
        f"agent-service-sealed:1:token:owner.{'9' * 5000}:{BODY}",
        f"agent-service-sealed:1:token:owner.\u0661:{BODY}",
        f"agent-service-sealed:1:token:owner.-1:{BODY}",
        f"agent-service-sealed:1:token:owner.0:{BODY[:-4]}",
        f"agent-service-sealed:1:token:owner.0:{BODY[:-1]}B",
        f"agent-service-sealed:1:token:owner.0:{BODY[:-1]}",
        f"agent-service-sealed:1:token:owner.0:{BODY}==",
        f"agent-service-sealed:1:token:owner.0:{BODY}\n",
    ],
)
def test_what_is_no_envelope_is_malformed(text: str) -> None:
    with pytest.raises(SealedSecretMalformed):
        parse_envelope(text)


def test_no_repr_shows_a_key() -> None:
    assert repr(keys_of(SEALED[0])[0]) == "VetKey(…)"
    transport = TransportKey()
    assert repr(transport) == "TransportKey(…)"
    assert len(transport.public) == 48
    assert transport.public != TransportKey().public


def encrypted_for(public: bytes, vet_key: VetKey) -> bytes:
    """What `vetkd_derive_key` answers."""
    chance = Scalar(12345)
    transport = G1Point.from_compressed_bytes(public)
    points = (G1Point() * chance, G2Point() * chance, transport * chance + vet_key.point)
    return b"".join(bytes(point.to_compressed_bytes()) for point in points)


def test_a_derived_key_comes_encrypted_for_one_transport_key_and_is_checked_against_the_services() -> None:
    vector = SEALED[0]
    key, (vet_key, other_key, _) = ServiceKey(bytes.fromhex(vector["service_key"])), keys_of(vector)
    place, (owner, *_) = place_of(vector), recipients_of(vector)
    transport = TransportKey()
    encrypted = encrypted_for(transport.public, vet_key)
    opened = transport.decrypt(encrypted, key, owner.key_input(place))
    assert open_secret(vector["envelope"], place, owner, opened) == SECRET
    with pytest.raises(VerificationFailed, match="not the one of this service and recipient"):
        TransportKey().decrypt(encrypted, key, owner.key_input(place))
    with pytest.raises(VerificationFailed, match="not the one of this service and recipient"):
        transport.decrypt(encrypted, key, owner.key_input(place) + b"x")
    with pytest.raises(VerificationFailed, match="not the one of this service and recipient"):
        transport.decrypt(encrypted_for(transport.public, other_key), key, owner.key_input(place))
    swapped = encrypted_for(transport.public, vet_key)[:48] + bytes(G2Point().to_compressed_bytes()) + encrypted[-48:]
    with pytest.raises(VerificationFailed, match="is not what the network derives"):
        transport.decrypt(swapped, key, owner.key_input(place))


def test_an_encrypted_key_that_is_none_is_refused() -> None:
    key = ServiceKey(bytes.fromhex(SEALED[0]["service_key"]))
    for encrypted in (b"", bytes(192), b"\xc0" + bytes(47) + b"\xc0" + bytes(95) + b"\xc0" + bytes(47)):
        with pytest.raises(VerificationFailed):
            TransportKey().decrypt(encrypted, key, b"input")


@pytest.mark.parametrize("compressed", [b"", bytes(96), b"\xc0" + bytes(95)])
def test_a_public_key_that_is_none_is_refused(compressed: bytes) -> None:
    with pytest.raises(VerificationFailed, match="a public key"):
        MasterKey(compressed)
