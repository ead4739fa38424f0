"""PyPI's pocket-ic, unchanged, on the executable of this package; on another where POCKET_IC_BIN names one."""

from __future__ import annotations

import base64
import gzip
import os
import subprocess
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
    payload = encode(
        [
            {
                "type": record,
                "value": {name: value for name, (_, value) in fields.items()},
            }
        ]
    )
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
        Types.Record(
            {
                "owner": Types.Opt(Types.Principal),
                "agents": Types.Opt(Types.Vec(Types.Principal)),
            }
        )
    )
    value = [{"owner": [str(AGENT)], "agents": [[str(AGENT)]]}]
    install(
        pic,
        canister_id,
        WASM.read_bytes(),
        encode([{"type": arguments, "value": value}]),
    )
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


def module_of(*words: str) -> bytes:
    """A canister of the network's own tests: `counter`, or `sender` and the id of the canister that it sends to."""
    command = ["npx", "tsx", "tests/e2e/python/print-canister.ts", *words]
    return base64.b64decode(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


@pytest.fixture(scope="module")
def counter() -> bytes:
    return module_of("counter")


def created(pic: PocketIC, wasm: bytes, subnet: ic.Principal | None = None) -> ic.Principal:
    canister_id = ic.Principal.from_str(str(pic.create_canister(subnet=subnet)))
    pic.add_cycles(canister_id, 10**16)
    install(pic, canister_id, wasm, b"")
    return canister_id


def number(reply: bytes) -> int:
    return int.from_bytes(reply, "little")


def test_queries_see_a_time_that_was_set_after_a_tick(pic: PocketIC, counter: bytes) -> None:
    canister_id = created(pic, counter)
    before = number(pic.query_call(canister_id, "now", b""))
    time = 1_893_456_000 * 10**9
    pic.set_time(time)
    assert pic.get_time() == {"nanos_since_epoch": time}
    assert number(pic.query_call(canister_id, "now", b"")) == before
    pic.tick()
    assert number(pic.query_call(canister_id, "now", b"")) == time


def test_the_first_round_after_a_move_of_the_time_is_at_exactly_that_time(pic: PocketIC, counter: bytes) -> None:
    canister_id = created(pic, counter)
    pic.tick()
    before = pic.get_time()["nanos_since_epoch"]
    pic.advance_time(5 * 10**9)
    assert number(pic.update_call(canister_id, "now_update", b"")) == before + 5 * 10**9
    pic.update_call(canister_id, "add_later", b"")
    pic.advance_time(10 * 10**9)
    pic.tick()
    pic.tick()
    assert number(pic.query_call(canister_id, "count", b"")) == 1


SETTINGS = {
    "compute_allocation": Types.Nat,
    "memory_allocation": Types.Nat,
    "wasm_memory_limit": Types.Nat,
}


def manage(
    pic: PocketIC,
    canister_id: ic.Principal,
    method: str,
    settings: dict[str, int] | None = None,
) -> bytes:
    """Calls the management canister about a canister."""
    fields: dict[str, object] = {"canister_id": Types.Principal}
    value: dict[str, object] = {"canister_id": canister_id.bytes}
    if settings is not None:
        fields["settings"] = Types.Record({name: Types.Opt(Types.Nat) for name in settings})
        value["settings"] = {name: [number] for name, number in settings.items()}
    payload = encode([{"type": Types.Record(fields), "value": value}])
    effective = {"CanisterId": base64.b64encode(canister_id.bytes).decode()}
    return bytes(pic.update_call_with_effective_principal(None, effective, method, payload))


def settings_of(pic: PocketIC, canister_id: ic.Principal) -> dict[str, int]:
    reply = manage(pic, canister_id, "canister_status")
    [status] = ic.decode(reply, Types.Record({"settings": Types.Record(SETTINGS)}))
    return {name: status["value"]["settings"][name] for name in SETTINGS}


def test_a_new_canister_has_the_settings_of_pocket_ic(pic: PocketIC) -> None:
    assert settings_of(pic, create(pic)) == {
        "compute_allocation": 0,
        "memory_allocation": 0,
        "wasm_memory_limit": 3_221_225_472,
    }


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"compute_allocation": 1}, "InsufficientCyclesInComputeAllocation|IC0530"),
        ({"memory_allocation": 2**36}, "InsufficientCyclesInMemoryAllocation|IC0531"),
    ],
)
def test_settings_that_the_balance_cannot_freeze_for_change_nothing(
    pic: PocketIC, settings: dict[str, int], error: str
) -> None:
    # The client's own creation gives more cycles than these settings need.
    amount = {
        "type": Types.Record({"amount": Types.Opt(Types.Nat)}),
        "value": {"amount": [10**13]},
    }
    reply = bytes(pic.update_call(None, "provisional_create_canister_with_cycles", encode([amount])))
    [made] = ic.decode(reply, Types.Record({"canister_id": Types.Principal}))
    canister_id = ic.Principal.from_str(str(made["value"]["canister_id"]))
    before = settings_of(pic, canister_id)
    with pytest.raises((ConnectionError, ValueError), match=error):
        manage(pic, canister_id, "update_settings", settings)
    assert settings_of(pic, canister_id) == before


MIB = 1024 * 1024


def test_calls_of_10_mib_pass_within_a_subnet_and_of_2_mib_between_subnets(
    counter: bytes,
) -> None:
    pic = PocketIC(subnet_config=SubnetConfig(application=2))
    here, there = pic.topology()
    neighbour, far = created(pic, counter, here), created(pic, counter, there)
    caller, remote = (created(pic, module_of("sender", callee.bytes.hex()), here) for callee in (neighbour, far))

    def sent(canister_id: ic.Principal, size: int) -> int:
        return number(pic.update_call(canister_id, "send", size.to_bytes(4, "little")))

    assert [sent(caller, size) for size in (3 * MIB, 9 * MIB)] == [1, 1]
    assert sent(remote, 2 * MIB - 8) == 1
    for size in (2 * MIB, 3 * MIB, 9 * MIB):
        with pytest.raises(
            (ConnectionError, ValueError),
            match="destined to another subnet cannot exceed 2097152",
        ):
            sent(remote, size)
    assert number(pic.query_call(far, "count", b"")) == 1


def test_a_reject_says_why_and_is_certified_where_a_call_was_executed(pic: PocketIC, counter: bytes) -> None:
    canister_id = created(pic, counter)
    with pytest.raises((ConnectionError, ValueError), match="no update method 'missing'") as missing:
        pic.update_call(canister_id, "missing", b"")
    assert "CanisterMethodNotFound" in str(missing.value)
    # The client tells nothing of certificates, which the answer has.
    body = {
        "sender": base64.b64encode(pic.sender.bytes).decode(),
        "effective_principal": "None",
        "canister_id": base64.b64encode(canister_id.bytes).decode(),
        "method": "missing",
        "payload": "",
    }
    submitted = pic._instance_post("update/submit_ingress_message", body)
    answer = pic._instance_post("update/await_ingress_message", submitted["Ok"])
    assert answer["Err"]["certified"] is True
    manage(pic, canister_id, "stop_canister")
    with pytest.raises(
        (ConnectionError, ValueError),
        match="is stopped and therefore does not have a CallContextM",
    ):
        pic.query_call(canister_id, "count", b"")


def test_the_management_canister_is_on_no_subnet() -> None:
    pic = PocketIC(subnet_config=SubnetConfig(application=1, nns=True))
    assert pic.get_subnet(ic.Principal.management_canister()) is None
    assert not pic.check_canister_exists(ic.Principal.management_canister())


def test_errors_say_what_is_wrong(pic: PocketIC) -> None:
    with pytest.raises(ConnectionError, match="SettingTimeIntoPast"):
        pic.set_time(1)
    with pytest.raises(ConnectionError, match="does not belong to any subnet"):
        pic.update_call(ic.Principal.from_str("rwlgt-iiaaa-aaaaa-aaaaa-cai"), "x", encode([]))
