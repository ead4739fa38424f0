"""Principals, held against those of icp-py-core."""

from __future__ import annotations

import os
import pickle

import pytest
from icp_principal import Principal as OtherPrincipal

from agent_service import Principal


@pytest.mark.parametrize("length", range(30))
def test_text_and_bytes_are_those_of_another_library(length: int) -> None:
    value = os.urandom(length)
    principal, other = Principal(value), OtherPrincipal(value)
    assert str(principal) == principal.to_str() == other.to_str()
    assert Principal.from_str(other.to_str()) == Principal.from_str(other.to_str().upper()) == principal
    assert Principal.from_hex(value.hex()) == pickle.loads(pickle.dumps(principal)) == principal
    assert len({principal, Principal(value)}) == 1


def test_well_known_principals() -> None:
    assert repr(Principal.anonymous()) == "Principal(2vxsx-fae)"
    assert str(Principal.management_canister()) == "aaaaa-aa"
    key = bytes.fromhex("302a300506032b6570032100") + bytes(32)
    assert str(Principal.self_authenticating(key)) == OtherPrincipal.self_authenticating(key).to_str()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "aaaaa",
        "aaaaa-ab",
        "2vxsx_fae",
        "2vxsxfae",
        "2vxsx-fae-",
        " 2vxsx-fae",
        "2vxsx-fa1",
        "é",
        "rrkah-fqaaa-aaaaa-aaaaq-caj",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="a principal's text has"):
        Principal.from_str(text)


def test_other_values_are_none() -> None:
    with pytest.raises(ValueError, match="29 bytes at most, not 30"):
        Principal(bytes(30))
    with pytest.raises(TypeError, match="made of bytes, not str"):
        Principal("2vxsx-fae")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="must be a str, not bytes"):
        Principal.from_str(b"2vxsx-fae")  # type: ignore[arg-type]
