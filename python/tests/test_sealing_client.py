"""What the direct client does with secrets, before a network that lies to queries: nothing leaves in clear, and nothing is opened that was moved."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import re
import threading
import typing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

import agent_service._sync.opening as opening
import agent_service._sync.recipients as recipients
from agent_service import (
    AgentCredentials,
    AgentSession,
    AgentType,
    AsyncGatewayAgentService,
    Conflict,
    GatewayAgentService,
    InvalidArgument,
    NotFound,
    OutcomeUnknown,
    QuotaExceeded,
    RateLimited,
    SealingMode,
    TokenRefreshOutcomeRefreshed,
    Unauthorized,
    VerificationFailed,
    models,
)
from agent_service._async.methods import AsyncMethods
from agent_service._async.sealing import AsyncSealingTransport
from agent_service._sync.methods import Methods
from agent_service._sync.recipients import AccountPlace
from agent_service._sync.sealing import SealingTransport
from agent_service.call import Call
from agent_service.candid import NO_REPLY
from agent_service.certificate import MAINNET_ROOT_KEY
from agent_service.sealing import (
    OpeningKeyUntrusted,
    Recipient,
    SealedSecretChanged,
    SealedSecretForOthers,
    SealedSecretMalformed,
    SealedSecretReplaced,
    SealingOff,
    SecretInClear,
    TransportKey,
    is_sealed,
    master_key_of,
    seal_secret,
)
from agent_service.sealing.envelope import parse_envelope
from agent_service.sealing.masters import LOCAL_KEY_1, PRODUCTION_KEY_1
from agent_service.sealing.memory import Bounded
from agent_service.sealing.places import SecretPlace
from agent_service.sealing.secrets import READ, SENT
from middleman import middleman
from sealing_network import CANISTER, LOCAL_ROOT_KEY, SealingNetwork, key_of, service_key
from test_sealing import VECTORS, place_of, recipients_of

TOKEN, GRANT = "gho_16C7e42F292c6912E7710c838347Ae178B4a", '{"refresh_token":"ghr_1B4a2e77838347a7E420ce178F2E7c6912E"}'
GITHUB = AgentType.GitHub


@pytest.fixture
def network() -> SealingNetwork:
    return SealingNetwork()


def client(network: SealingNetwork, sealing: str = "auto") -> Methods:
    return Methods(SealingTransport(network, sealing))  # type: ignore[arg-type]


def store(service: Methods, **others: Any) -> None:
    service.store_credentials("maya", GITHUB, TOKEN, **{"token_data": GRANT, "account": "work", **others})


WRITES: list[Callable[[Methods], object]] = [
    lambda service: store(service),
    lambda service: service.store_agent_credentials("maya", GITHUB, TOKEN, token_data=GRANT),
    lambda service: service.update_agent_credentials("maya", GITHUB, token=TOKEN, token_data=GRANT),
    lambda service: service.complete_token_refresh(
        "maya", GITHUB, 1, TokenRefreshOutcomeRefreshed(token=TOKEN, token_data=GRANT)
    ),
    lambda service: service.create_session("maya", GITHUB, token=TOKEN),
    lambda service: service.create_agent_session("maya", GITHUB, token=TOKEN),
    lambda service: service.update_agent_session("ses-1", token=TOKEN),
]


@pytest.mark.parametrize("write", WRITES)
def test_nothing_leaves_in_clear_though_one_machine_says_that_sealing_is_off(
    network: SealingNetwork, write: Callable[[Methods], object]
) -> None:
    write(client(network))
    [call] = network.sent
    assert TOKEN not in str(call.args)
    assert GRANT not in str(call.args)
    assert all(is_sealed(secret) for secret in network.stored.values() if secret is not None)
    assert str(parse_envelope(network.stored["token"] or "").recipients[0]) == "owner.3"
    # Whatever was asked before was asked of the network, and not of one machine.
    assert network.asked
    assert not [method for method, is_query in network.asked if is_query]


def test_a_session_of_which_one_machine_lies_whose_it_is_is_sealed_for_its_user(network: SealingNetwork) -> None:
    service = client(network)
    service.update_agent_session("ses-1", token=TOKEN)
    assert client(network).list_sessions("maya").items[0].token == TOKEN
    with pytest.raises(NotFound):
        service.update_agent_session("nowhere", token=TOKEN)


def test_the_place_of_a_session_that_the_client_began_is_known(network: SealingNetwork) -> None:
    service = client(network)
    service.update_agent_session(service.create_session("maya", GITHUB), token=TOKEN)
    assert network.asked == [("get_sealing_keys", False)]


READS: list[Callable[[Methods], tuple[str | None, str | None]]] = [
    lambda service: pair(service.get_agent_credentials("maya", GITHUB)),
    lambda service: pair(service.get_user_agent_credentials("maya")[1]),
    lambda service: pair(service.lease_agent_credentials("maya", GITHUB, "listing issues").credentials),
    lambda service: pair(service.begin_token_refresh("maya", GITHUB).credentials),
]
SESSION_READS: list[Callable[[Methods], AgentSession | None]] = [
    lambda service: service.get_user_agent_sessions("maya")[0],
    lambda service: service.list_sessions("maya").items[0],
    lambda service: next(iter(service.iter_sessions("maya"))),
]


def pair(credentials: AgentCredentials | None) -> tuple[str | None, str | None]:
    assert credentials is not None
    return credentials.token, credentials.token_data


@pytest.mark.parametrize("read", READS)
def test_credentials_are_opened_with_one_key(
    network: SealingNetwork, read: Callable[[Methods], tuple[str | None, str | None]]
) -> None:
    service = client(network)
    store(service, account=None)
    for _ in range(2):
        assert read(service) == (TOKEN, GRANT)
    assert [method for method, _ in network.asked].count("derive_opening_key") == 1


@pytest.mark.parametrize("read", SESSION_READS)
def test_a_sessions_token_is_opened(network: SealingNetwork, read: Callable[[Methods], AgentSession | None]) -> None:
    service = client(network)
    service.create_session("maya", GITHUB, token=TOKEN)
    session = read(service)
    assert session is not None
    assert session.token == TOKEN


def test_all_that_the_interface_has_of_secrets_is_sealed_and_opened() -> None:
    sent = {
        name
        for name, method in inspect.getmembers(Methods, inspect.isfunction)
        if {"token", "token_data", "outcome"} & set(inspect.signature(method).parameters)
    }
    assert sent == set(SENT)
    read = {
        name
        for name, method in inspect.getmembers(Methods, inspect.isfunction)
        if not name.startswith(("_", "iter_"))
        and holds(typing.get_type_hints(method, vars(inspect.getmodule(Methods))).get("return"))
    }
    assert read == set(READ)


def holds(hint: object) -> bool:
    """Whether a type has a record with a secret in it."""
    if hint in (AgentCredentials, AgentSession):
        return True
    if dataclasses.is_dataclass(hint):
        return any(holds(inner) for inner in typing.get_type_hints(hint, vars(models)).values())
    return any(holds(inner) for inner in typing.get_args(hint))


def test_recipients_are_asked_for_once_for_each_place(network: SealingNetwork) -> None:
    service = client(network)
    for account in ("work", "work", None, "home", "work"):
        store(service, account=account)
    assert [method for method, _ in network.asked] == ["get_sealing_keys"] * 3


def test_a_secret_for_recipients_of_earlier_is_sealed_again_once(network: SealingNetwork) -> None:
    service = client(network)
    store(service)
    network.epoch = 4
    store(service)
    assert len(network.sent) == 3
    assert str(parse_envelope(network.stored["token"] or "").recipients[0]) == "owner.4"
    assert {call.request_id for call in network.sent[1:]} == {network.sent[1].request_id}


def test_a_second_conflict_is_the_callers(network: SealingNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    service = client(network)
    stale = network.get_sealing_keys(Call("get_sealing_keys", [], NO_REPLY, is_query=False, one_record=True), {})
    monkeypatch.setattr(network, "get_sealing_keys", lambda *_: stale)
    network.epoch = 4
    with pytest.raises(Conflict, match=r"token\w* is sealed for owner\.3.*has to be for owner\.4"):
        store(service)
    assert len(network.sent) == 2


def test_another_conflict_is_not_tried_again(network: SealingNetwork) -> None:
    network.failures = [Conflict("the request_id was used for another call")]
    with pytest.raises(Conflict):
        store(client(network))
    assert len(network.sent) == 1


def test_a_call_that_is_made_again_after_a_lost_answer_has_the_same_envelope(network: SealingNetwork) -> None:
    service = client(network)
    network.failures = [OutcomeUnknown("store_credentials", "once")]
    with pytest.raises(OutcomeUnknown):
        store(service, request_id="once")
    store(service, request_id="once")
    first, second = network.sent
    assert first.values() == second.values()
    # After an answer, too: whoever calls again gets the first one.
    store(service, request_id="once")
    assert network.sent[2].values() == first.values()
    network.failures = [Conflict("the request_id was used for another call")]
    with pytest.raises(Conflict):
        store(service, request_id="once")
    store(service, request_id="once")
    assert network.sent[4].values() != first.values()


def test_a_call_for_another_place_has_another_envelope(network: SealingNetwork) -> None:
    service = client(network)
    network.failures = [OutcomeUnknown("store_credentials", "once")]
    with pytest.raises(OutcomeUnknown):
        store(service, request_id="once")
    store(service, request_id="once", account="home")
    assert network.sent[0].values()["token"] != network.sent[1].values()["token"]


def test_what_is_sealed_already_and_the_empty_are_passed_on(network: SealingNetwork) -> None:
    service = client(network)
    sealed = service._transport.seal(TOKEN, "token", AccountPlace("maya", GITHUB))  # type: ignore[attr-defined]
    asked = len(network.asked)
    service.store_agent_credentials("maya", GITHUB, sealed)
    assert network.stored["token"] == sealed
    assert len(network.asked) == asked
    network.stored = {"token": "", "token_data": None}
    assert pair(client(network, "require").get_agent_credentials("maya", GITHUB)) == ("", None)


@pytest.mark.parametrize("knows_sealing", [True, False])
def test_secrets_go_out_in_clear_where_the_network_certifies_that_sealing_is_off(
    network: SealingNetwork, knows_sealing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.mode, network.knows_sealing = SealingMode.off, knows_sealing
    service = client(network)
    store(service)
    assert network.stored == {"token": TOKEN, "token_data": GRANT}
    assert client(network).get_agent_credentials("maya", GITHUB) is not None
    network.mode, network.knows_sealing = SealingMode.accept, True
    monkeypatch.setattr(recipients, "OFF_SECONDS", 0)
    store(service)
    assert is_sealed(network.stored["token"] or "")


def test_a_service_that_takes_no_secret_in_clear_any_more_gets_it_sealed(network: SealingNetwork) -> None:
    network.mode = SealingMode.off
    service = client(network)
    store(service)
    network.mode = SealingMode.require
    network.failures = [InvalidArgument("token", "must be sealed: this service takes no secret in clear.")]
    store(service)
    assert is_sealed(network.stored["token"] or "")


def test_require_sends_and_gives_nothing_in_clear(network: SealingNetwork) -> None:
    network.mode = SealingMode.off
    service = client(network, "require")
    with pytest.raises(SealingOff, match="store_credentials: the service has sealing off"):
        store(service)
    assert network.sent == []
    network.stored = {"token": TOKEN}
    for read in READS:
        with pytest.raises(SecretInClear, match="the token is stored in clear") as caught:
            read(service)
        assert TOKEN not in str(caught.value)
    for read_session in SESSION_READS:
        with pytest.raises(VerificationFailed):
            read_session(service)
    network.mode = SealingMode.accept
    other = client(network, "require")
    store(other, account=None)
    assert pair(other.get_agent_credentials("maya", GITHUB)) == (TOKEN, GRANT)


def test_auto_gives_what_is_in_clear_and_manual_passes_all_on(network: SealingNetwork) -> None:
    network.stored = {"token": TOKEN, "token_data": GRANT}
    assert pair(client(network).get_agent_credentials("maya", GITHUB)) == (TOKEN, GRANT)
    manual = client(network, "manual")
    store(manual)
    assert network.stored == {"token": TOKEN, "token_data": GRANT}
    store(client(network))
    assert is_sealed(pair(manual.get_agent_credentials("maya", GITHUB))[0] or "")
    assert len(network.asked) == 3


def test_what_the_service_cannot_see_any_more_is_checked_before(network: SealingNetwork) -> None:
    for text in ("{", "NaN", "[" * 100_000):
        with pytest.raises(InvalidArgument, match="token_data must be valid JSON"):
            store(client(network), token_data=text)
    with pytest.raises(InvalidArgument, match="token_data must nest at most 100 levels deep"):
        store(client(network), token_data="[" * 101 + "]" * 101)
    for wrong in (7, [TOKEN]):
        with pytest.raises(TypeError, match="token must be a str"):
            client(network).store_agent_credentials("maya", GITHUB, wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="project_ids"):
        store(client(network), project_ids=7)
    assert network.asked == network.sent == []


def test_the_kind_of_the_caller_is_found_and_remembered(
    network: SealingNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds: list[str] = []
    derive = network.derive_opening_key

    def noted(call: Call[Any], arguments: dict[str, Any]) -> Any:
        kinds.append(arguments["recipient"].kind.value)
        return derive(call, arguments)

    monkeypatch.setattr(network, "derive_opening_key", noted)
    network.caller_is = {"user"}
    service = client(network)
    store(service, account=None)
    assert pair(service.get_agent_credentials("maya", GITHUB)) == (TOKEN, GRANT)
    assert kinds == ["agent_type", "user"]
    network.epoch = 4
    store(service, account=None)
    assert pair(service.get_agent_credentials("maya", GITHUB)) == (TOKEN, GRANT)
    assert kinds == ["agent_type", "user", "user"]
    network.epoch, network.caller_is = 5, {"type"}
    store(service, account=None)
    # None of those that are left: then all are asked for anew.
    with pytest.raises(SealedSecretForOthers, match=r"owner\.5, user\.5, type\.5.*the caller is not of the kind owner"):
        service.get_agent_credentials("maya", GITHUB)
    assert pair(service.get_agent_credentials("maya", GITHUB)) == (TOKEN, GRANT)
    monkeypatch.setattr(opening, "REFUSED_SECONDS", 0)
    assert kinds[3:] == ["user", "owner", "agent_type"]


def test_an_envelope_that_is_not_for_the_caller_stays_in_a_list(network: SealingNetwork) -> None:
    network.caller_is = set()
    service = client(network)
    store(service, account=None)
    with pytest.raises(SealedSecretForOthers) as caught:
        service.get_agent_credentials("maya", GITHUB)
    assert isinstance(caught.value.__cause__, Unauthorized)
    network.asked.clear()
    assert [is_sealed(one.token) for one in service.get_user_agent_credentials("maya")] == [True, True]
    # Each kind is asked for once in a list.
    assert [method for method, _ in network.asked].count("derive_opening_key") == 3
    assert is_sealed(service.list_sessions("maya").items[0].token or "")


@pytest.mark.parametrize("refusal", [QuotaExceeded("cycles", 9), RateLimited(timedelta(seconds=3))])
def test_that_no_keys_are_derived_is_told_and_asked_once_in_a_list(network: SealingNetwork, refusal: Exception) -> None:
    def refuse() -> None:
        raise refusal

    network.on_derive = refuse
    service = client(network)
    store(service, account=None)
    with pytest.raises(type(refusal)):
        service.get_agent_credentials("maya", GITHUB)
    network.asked.clear()
    assert is_sealed(service.get_user_agent_credentials("maya")[0].token)
    assert [method for method, _ in network.asked].count("derive_opening_key") == 1


def test_a_secret_that_is_not_there_any_more_is_told_as_such(network: SealingNetwork) -> None:
    def gone() -> None:
        raise NotFound("there is no such record")

    network.on_derive = gone
    service = client(network)
    store(service, account=None)
    with pytest.raises(SealedSecretReplaced):
        service.get_agent_credentials("maya", GITHUB)


def test_a_record_in_the_place_of_another_does_not_open(network: SealingNetwork) -> None:
    service = client(network)
    place = SecretPlace(canister_id=CANISTER, user_id="maya", agent_type=GITHUB, field="token")
    others = [
        {"user_id": "jonas"},
        {"account": "work"},
        {"field": "token_data"},
        {"agent_type": AgentType.Asana},
    ]
    first_party = [Recipient("type", 3)]
    for other in others:
        moved = dataclasses.replace(place, **other)
        network.stored = {"token": seal_secret(TOKEN, moved, first_party, service_key())}
        with pytest.raises(SealedSecretChanged):
            service.get_agent_credentials("maya", GITHUB)
    whole = seal_secret(TOKEN, place, first_party, service_key())
    network.stored = {"token": whole}
    credentials = service.get_agent_credentials("maya", GITHUB)
    assert credentials is not None
    assert credentials.token == TOKEN
    for cut in (whole[:-4], whole[:60], whole[: whole.rindex(":") + 1], f"{whole}AAAA", f"{whole[:-9]}A{whole[-8:]}"):
        network.stored = {"token": cut}
        with pytest.raises((SealedSecretMalformed, SealedSecretChanged)):
            service.get_agent_credentials("maya", GITHUB)
        assert service.get_user_agent_credentials("maya")[0].token == cut


def test_a_key_that_is_not_the_services_is_refused(network: SealingNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    service = client(network)
    store(service, account=None)
    derive = network.derive_opening_key
    monkeypatch.setattr(
        network,
        "derive_opening_key",
        lambda call, arguments: derive(call, {**arguments, "agent_type": AgentType.Asana}),
    )
    with pytest.raises(OpeningKeyUntrusted, match=r"given for type\.3 is not that of the service"):
        service.get_agent_credentials("maya", GITHUB)


def test_threads_that_want_one_key_have_it_derived_once(network: SealingNetwork) -> None:
    service = client(network)
    store(service, account=None)
    start = threading.Barrier(4)

    def read(_number: int) -> str | None:
        start.wait()
        return pair(service.get_agent_credentials("maya", GITHUB))[0]

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(read, range(4))) == {TOKEN}
    assert [method for method, _ in network.asked].count("derive_opening_key") == 1


class AsyncNetwork:
    """The same for the asynchronous side."""

    canister_id = CANISTER

    def __init__(self, network: SealingNetwork) -> None:
        self._network = network

    async def root_key(self) -> bytes:
        return self._network.root_key()

    async def call(self, call: Call[Any]) -> Any:
        return self._network.call(call)

    async def aclose(self) -> None:
        self._network.close()


async def test_the_asynchronous_side_seals_and_opens_as_well(network: SealingNetwork) -> None:
    transport = AsyncSealingTransport(AsyncNetwork(network), "auto")  # type: ignore[arg-type]
    service = AsyncMethods(transport)
    await service.store_agent_credentials("maya", GITHUB, TOKEN, token_data=GRANT)
    assert TOKEN not in str(network.sent[0].args)
    assert pair(await service.get_agent_credentials("maya", GITHUB)) == (TOKEN, GRANT)
    await transport.aclose()


def test_closing_forgets_all_keys(network: SealingNetwork) -> None:
    service = client(network)
    store(service, account=None)
    service.get_agent_credentials("maya", GITHUB)
    transport = typing.cast(SealingTransport, service._transport)
    assert transport._keys._keys._entries
    transport.close()
    assert network.asked[-1] == ("close", True)
    service.get_agent_credentials("maya", GITHUB)
    for kept in (transport._keys._keys, transport._envelopes, transport._sessions, transport._recipients._known):
        assert not kept._entries


def test_no_text_and_no_pickle_has_a_key(network: SealingNetwork) -> None:
    service = client(network)
    store(service, account=None)
    service.get_agent_credentials("maya", GITHUB)
    transport = typing.cast(SealingTransport, service._transport)
    [key] = transport._keys._keys._entries.values()
    hexadecimal = bytes(key.point.to_compressed_bytes()).hex()
    for thing in (service, transport, transport._keys, transport._keys._keys, key):
        shown = f"{thing!r} {thing} {getattr(thing, '__dict__', {})}"
        assert hexadecimal not in shown
        assert TOKEN not in shown
        with pytest.raises((TypeError, pickle.PicklingError)):
            pickle.dumps(thing)
    for secret in (key, TransportKey()):
        assert not hasattr(secret, "__dict__")
        for copied in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match="kept in memory alone"):
                copied(secret)


def test_what_is_kept_is_bounded() -> None:
    kept: Bounded[int, int] = Bounded(2)
    for number in range(3):
        kept.put(number, number)
        kept.get(0)
    assert (kept.get(0), kept.get(1), kept.get(2)) == (0, None, 2)


def test_the_master_key_follows_from_the_root_key() -> None:
    assert VECTORS["master_keys"] == {"local_key_1": LOCAL_KEY_1.hex(), "production_key_1": PRODUCTION_KEY_1.hex()}
    production = master_key_of(MAINNET_ROOT_KEY).service_key(CANISTER)
    assert bytes(production) != bytes(master_key_of(LOCAL_ROOT_KEY).service_key(CANISTER))


def test_an_encrypted_key_is_decrypted_as_in_typescript() -> None:
    vector = VECTORS["encrypted_keys"][0]
    sealed = VECTORS["sealed"][0]
    secret = bytes.fromhex(vector["transport_secret_key"])
    transport = TransportKey(random=lambda length: secret.rjust(length, b"\0"))
    assert transport.public.hex() == vector["transport_public_key"]
    key_input = recipients_of(sealed)[0].key_input(place_of(sealed))
    service = master_key_of(LOCAL_ROOT_KEY).service_key(CANISTER)
    assert (bytes(service).hex(), key_input.hex()) == (vector["service_key"], vector["input"])
    opened = transport.decrypt(bytes.fromhex(vector["encrypted_key"]), service, key_input)
    assert bytes(opened.point.to_compressed_bytes()).hex() == vector["key"]
    assert bytes(key_of(key_input).point.to_compressed_bytes()).hex() == vector["key"]


def test_a_gateway_is_told_to_pass_secrets_on_where_the_caller_seals() -> None:
    seen: dict[str, list[str | None]] = {}
    for sealing in ("auto", "manual"):
        with GatewayAgentService("http://127.0.0.1:9", "ask_secret", sealing=sealing) as service:  # type: ignore[arg-type]
            seen[sealing] = [service._transport._http.headers.get("Agent-Service-Sealing")]
    assert seen == {"auto": [None], "manual": ["manual"]}
    with middleman(None, lambda *_: (200, b'{"result": []}')) as url:
        assert GatewayAgentService(url, "ask_secret", sealing="manual").get_user_agent_sessions("maya") == ()


@pytest.mark.parametrize("kind", [GatewayAgentService, AsyncGatewayAgentService])
def test_a_gateways_client_cannot_require_sealed_secrets_and_says_why(kind: Callable[..., object]) -> None:
    with pytest.raises(InvalidArgument, match=re.escape("a gateway opens secrets and gives them in clear")):
        kind("http://127.0.0.1:9", "ask_secret", sealing="require")
