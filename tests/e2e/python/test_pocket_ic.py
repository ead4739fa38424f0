"""PyPI's pocket-ic, unchanged, on the executable of this package; on another where POCKET_IC_BIN names one."""

from __future__ import annotations

import base64
import gzip
import os
from pathlib import Path

import ic
import leb128
import pytest
from ic.candid import Types, encode
from pocket_ic import PocketIC, SubnetConfig, SubnetKind

ROOT = Path(__file__).resolve().parents[3]
WASM = ROOT / ".azle/agent_service/agent_service.wasm.gz"
INTERFACE = (ROOT / "src/candid/agent_service.did").read_text("utf-8")
BINARY = os.environ.get("POCKET_IC_BIN", str(ROOT / "scripts/pocket-ic.mjs"))

DAY_NS = 24 * 3_600 * 10**9
EMPTY_MODULE = b"\0asm\1\0\0\0"
AGENT = ic.Principal(bytes([2, 1]))


@pytest.fixture(autouse=True)
def binary(monkeypatch: pytest.MonkeyPatch) -> None:
    # The client starts it for every instance; all but the first find the first one's port file, and end.
    monkeypatch.setenv("POCKET_IC_BIN", BINARY)
    monkeypatch.setenv("POCKET_IC_MUTE_SERVER", "1")


@pytest.fixture
def pic() -> PocketIC:
    return PocketIC()


def install(pic: PocketIC, canister_id: ic.Principal, wasm: bytes, arg: bytes) -> None:
    """As the client's install_code, which takes a minute for a megabyte: ic-py encodes a blob byte by byte."""
    stand_in = b"the place of the module"
    fields = {
        "mode": (Types.Variant({"install": Types.Null}), {"install": None}),
        "canister_id": (Types.Principal, canister_id.bytes),
        "wasm_module": (Types.Vec(Types.Nat8), stand_in),
        "arg": (Types.Vec(Types.Nat8), arg),
    }
    record = Types.Record({name: type for name, (type, _) in fields.items()})
    payload = encode([{"type": record, "value": {name: value for name, (_, value) in fields.items()}}])
    payload = payload.replace(leb128.u.encode(len(stand_in)) + stand_in, leb128.u.encode(len(wasm)) + wasm)
    effective = {"CanisterId": base64.b64encode(canister_id.bytes).decode()}
    pic.update_call_with_effective_principal(None, effective, "install_code", payload)


def create(pic: PocketIC) -> ic.Principal:
    """The client gives the id as text or as a principal, as ic-py decodes it."""
    return ic.Principal.from_str(str(pic.create_canister()))


def install_service(pic: PocketIC) -> ic.Canister:
    pic.set_sender(AGENT)
    canister_id = create(pic)
    pic.add_cycles(canister_id, 10**16)
    arguments = Types.Opt(
        Types.Record({"owner": Types.Opt(Types.Principal), "agents": Types.Opt(Types.Vec(Types.Principal))})
    )
    value = [{"owner": [str(AGENT)], "agents": [[str(AGENT)]]}]
    install(pic, canister_id, WASM.read_bytes(), encode([{"type": arguments, "value": value}]))
    return ic.Canister(pic, canister_id, INTERFACE)


def create_session(canister: ic.Canister) -> str:
    [created] = canister.create_agent_session("user-1", {"GitHub": None}, [], [], [])
    return created["Ok"]


def test_the_service_answers(pic: PocketIC) -> None:
    canister = install_service(pic)
    session_id = create_session(canister)
    [found] = canister.get_agent_session(session_id)
    assert found[0]["is_active"] is True


def test_a_session_ends_when_the_time_is_moved(pic: PocketIC) -> None:
    canister = install_service(pic)
    session_id = create_session(canister)
    pic.advance_time(DAY_NS + 120 * 10**9)
    for _ in range(3):
        pic.tick()
    [found] = canister.get_agent_session(session_id)
    assert found[0]["is_active"] is False


def test_instances_share_a_server_and_nothing_else(pic: PocketIC) -> None:
    other = PocketIC()
    assert other.server.url == pic.server.url
    canister_id = create(pic)
    assert pic.check_canister_exists(canister_id)
    assert not other.check_canister_exists(canister_id)


def test_a_canister_is_where_it_is_wished() -> None:
    config = SubnetConfig(application=2, nns=True, ii=True)
    pic = PocketIC(subnet_config=config)
    kinds = sorted(kind.value for kind in pic.topology().values())
    assert kinds == sorted(kind.value for kind in [SubnetKind.NNS, SubnetKind.II, *[SubnetKind.APPLICATION] * 2])
    [nns] = [subnet for subnet, kind in pic.topology().items() if kind == SubnetKind.NNS]
    wished = ic.Principal.from_str("rwlgt-iiaaa-aaaaa-aaaaa-cai")
    assert str(pic.create_canister(canister_id=wished)) == str(wished)
    assert pic.get_subnet(wished).bytes == nns.bytes
    assert len(pic.get_root_key()) == 133


@pytest.mark.parametrize("compression", [None, "gzip"])
def test_cycles_and_stable_memory_can_be_set(pic: PocketIC, compression: str | None) -> None:
    canister_id = create(pic)
    before = pic.get_cycles_balance(canister_id)
    assert pic.add_cycles(canister_id, 2**90) == before + 2**90
    install(pic, canister_id, EMPTY_MODULE, b"")
    content = b"hello" * 20_000
    pic.set_stable_memory(canister_id, gzip.compress(content) if compression else content, compression)
    assert pic.get_stable_memory(canister_id)[: len(content)] == content


def test_errors_say_what_is_wrong(pic: PocketIC) -> None:
    with pytest.raises(ConnectionError, match="SettingTimeIntoPast"):
        pic.set_time(1)
    with pytest.raises(ConnectionError, match="does not belong to any subnet"):
        pic.update_call(ic.Principal.from_str("rwlgt-iiaaa-aaaaa-aaaaa-cai"), "x", encode([]))
