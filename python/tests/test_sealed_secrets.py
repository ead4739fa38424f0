"""Sealed secrets on the real network: who opens what, and what is sent in clear is still read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from network import Network

from agent_service import (
    AgentPermission,
    AgentScope,
    AgentService,
    AgentType,
    AsyncAgentService,
    GatewayAgentService,
    Identity,
    InvalidArgument,
    SealingMode,
    SecretForm,
    TokenRefreshOutcomeRefreshed,
    Unauthorized,
)
from agent_service.sealing import SealedSecretChanged, SealedSecretForOthers, SealingOff, SecretInClear, is_sealed
from two_users import new_pem

GITHUB = AgentType.GitHub
TOKEN = "gho_16C7e42F292c6912E7710c838347Ae178B4a"
GRANT = '{"refresh_token":"ghr_1B4a2e77838347a7E420ce178F2E7c6912E"}'


@dataclass(frozen=True)
class Owner:
    """A user of the test's own, who has granted an agent their tokens."""

    user_id: str
    service: AgentService
    granted: AgentService
    granted_pem: str
    first_party: AgentService
    """An agent for every user."""
    manual: AgentService
    """The same one, which seals and opens nothing by itself."""


@pytest.fixture
def owner(network: Network, service_as: Callable[..., AgentService]) -> Iterator[Owner]:
    opened: list[AgentService] = []

    def service(identity: Identity) -> AgentService:
        root_key = bytes.fromhex(network.root_key)
        opened.append(AgentService(network.replica_url, network.canister_id, identity, root_key=root_key))
        return opened[-1]

    key, granted_pem = Identity.generate(), new_pem()
    granted = Identity.from_pem(granted_pem)
    user_id, user = str(key.principal), service(key)
    service_as("admin").add_agent(granted.principal, "granted", scope=AgentScope.granted_users)
    user.grant_agent(user_id, granted.principal)
    yield Owner(
        user_id, user, service(granted), granted_pem, service_as("agent"), service_as("agent", sealing="manual")
    )
    for service_opened in opened:
        service_opened.close()


@contextmanager
def mode(admin: AgentService, sealing: SealingMode) -> Iterator[None]:
    admin.update_sealing(sealing)
    try:
        yield
    finally:
        admin.update_sealing(SealingMode.accept)


def token_of(service: AgentService, user_id: str) -> str:
    return service.lease_agent_credentials(user_id, GITHUB, "listing issues").credentials.token


def test_agent_granted_agent_and_owner_open_what_the_service_keeps_sealed(owner: Owner) -> None:
    owner.first_party.store_credentials(owner.user_id, GITHUB, TOKEN, token_data=GRANT)
    stored = owner.manual.lease_agent_credentials(owner.user_id, GITHUB, "looking").credentials
    for secret in (stored.token, stored.token_data):
        assert is_sealed(secret or "")
        assert TOKEN not in (secret or "")
    assert owner.service.list_credentials(owner.user_id)[0].token_form == SecretForm.sealed
    for service in (owner.first_party, owner.granted, owner.service):
        assert token_of(service, owner.user_id) == TOKEN
    assert [one.token for one in owner.service.get_user_agent_credentials(owner.user_id)] == [TOKEN]
    derived = [
        activity
        for activity in owner.service.iter_activities(owner.user_id)
        if activity.activity_type == "OpeningKeyDerived"
    ]
    assert len(derived) == 3


def test_a_refresh_and_a_sessions_token_are_sealed_and_opened(owner: Owner) -> None:
    agent = owner.first_party
    agent.store_credentials(owner.user_id, GITHUB, TOKEN, token_data=GRANT, account="work")
    refresh = agent.begin_token_refresh(owner.user_id, GITHUB, account="work")
    assert refresh.credentials.token_data == GRANT
    new = TokenRefreshOutcomeRefreshed(token=f"{TOKEN}2", token_data=GRANT)
    agent.complete_token_refresh(owner.user_id, GITHUB, refresh.fencing, new, account="work")
    lease = owner.manual.lease_agent_credentials(owner.user_id, GITHUB, "looking", account="work")
    assert is_sealed(lease.credentials.token)
    lease = owner.granted.lease_agent_credentials(owner.user_id, GITHUB, "looking", account="work")
    assert lease.credentials.token == f"{TOKEN}2"
    session = owner.granted.create_session(owner.user_id, GITHUB, token=TOKEN)
    # By a client that did not begin it.
    owner.first_party.update_agent_session(session, token=f"{TOKEN}3")
    found = owner.manual.get_agent_session(session)
    assert found is not None
    assert is_sealed(found.token or "")
    assert [one.token for one in owner.service.list_sessions(owner.user_id).items] == [f"{TOKEN}3"]


def test_a_withdrawn_agent_opens_nothing_that_is_sealed_later(owner: Owner) -> None:
    owner.first_party.store_credentials(owner.user_id, GITHUB, TOKEN)
    before = owner.manual.lease_agent_credentials(owner.user_id, GITHUB, "looking").credentials.token
    assert owner.granted.open(before, "token", owner.user_id, GITHUB) == TOKEN
    owner.service.withdraw_agent(owner.user_id, Identity.from_pem(owner.granted_pem).principal)
    # The storing agent knows the recipients of before: the service refuses these, and it seals again.
    owner.first_party.store_credentials(owner.user_id, GITHUB, f"{TOKEN}2")
    later = owner.manual.lease_agent_credentials(owner.user_id, GITHUB, "looking").credentials.token
    with pytest.raises(Unauthorized):
        token_of(owner.granted, owner.user_id)
    with pytest.raises(SealedSecretForOthers):
        owner.granted.open(later, "token", owner.user_id, GITHUB)
    # What it could read before it keeps: a key cannot be called back.
    assert owner.granted.open(before, "token", owner.user_id, GITHUB) == TOKEN
    for service in (owner.first_party, owner.service):
        assert token_of(service, owner.user_id) == f"{TOKEN}2"


def test_an_agent_without_credentials_stores_what_it_cannot_read(
    network: Network, service_as: Callable[..., AgentService], user: str
) -> None:
    writer = Identity.generate()
    service_as("admin").add_agent(writer.principal, "writer", permissions=[AgentPermission.write])
    root_key = bytes.fromhex(network.root_key)
    with AgentService(network.replica_url, network.canister_id, writer, root_key=root_key) as service:
        service.store_credentials(user, GITHUB, TOKEN)
        sealed = service_as("agent", sealing="manual").lease_agent_credentials(user, GITHUB, "looking").credentials
        with pytest.raises(SealedSecretForOthers, match="this caller gets none of their keys"):
            service.open(sealed.token, "token", user, GITHUB)
    assert token_of(service_as("agent"), user) == TOKEN


def test_what_others_store_in_clear_is_read_unless_that_is_refused(
    service_as: Callable[..., AgentService], user: str
) -> None:
    service_as("agent", sealing="manual").store_agent_credentials(user, GITHUB, TOKEN)
    assert token_of(service_as("agent"), user) == TOKEN
    with pytest.raises(SecretInClear):
        token_of(service_as("agent", sealing="require"), user)


def test_secrets_are_in_clear_where_the_service_has_sealing_off(
    service_as: Callable[..., AgentService], user: str
) -> None:
    admin = service_as("admin")
    with mode(admin, SealingMode.off):
        service_as("agent").store_agent_credentials(user, GITHUB, TOKEN)
        stored = service_as("agent", sealing="manual").get_agent_credentials(user, GITHUB)
        assert stored is not None
        assert stored.token == TOKEN
        with pytest.raises(SealingOff):
            service_as("agent", sealing="require").store_agent_credentials(user, GITHUB, TOKEN)


def test_a_service_can_take_sealed_secrets_alone(service_as: Callable[..., AgentService], user: str) -> None:
    admin, knows_it_off = service_as("admin"), service_as("agent")
    with mode(admin, SealingMode.off):
        knows_it_off.store_agent_credentials(user, GITHUB, TOKEN)
    with mode(admin, SealingMode.require):
        manual = service_as("agent", sealing="manual")
        with pytest.raises(InvalidArgument, match="token must be sealed"):
            manual.store_agent_credentials(user, GITHUB, TOKEN)
        knows_it_off.store_agent_credentials(user, GITHUB, TOKEN)
        assert is_sealed(token_of(manual, user))
        assert token_of(service_as("agent", sealing="require"), user) == TOKEN


def test_what_is_sealed_for_one_place_opens_at_no_other(service_as: Callable[..., AgentService], user: str) -> None:
    manual = service_as("agent", sealing="manual")
    sealed = manual.seal(TOKEN, "token", user, GITHUB, account="work")
    manual.store_credentials(user, GITHUB, sealed, account="work")
    assert manual.open(sealed, "token", user, GITHUB, account="work") == TOKEN
    with pytest.raises(SealedSecretChanged):
        manual.open(sealed, "token", user, GITHUB)
    with pytest.raises(SealedSecretChanged):
        manual.open(sealed, "token_data", user, GITHUB, account="work")


def test_a_gateway_opens_for_its_identity_and_passes_envelopes_on_where_it_is_told_to(
    network: Network, service_as: Callable[..., AgentService], user: str
) -> None:
    key = Path(network.agent_key).read_text("utf-8")
    with (
        GatewayAgentService(network.gateway_url, key) as gateway,
        GatewayAgentService(network.gateway_url, key, sealing="manual") as manual,
    ):
        gateway.store_credentials(user, GITHUB, TOKEN)
        sealed = manual.lease_agent_credentials(user, GITHUB, "looking").credentials.token
        assert is_sealed(sealed)
        assert service_as("agent").open(sealed, "token", user, GITHUB) == TOKEN
        assert gateway.lease_agent_credentials(user, GITHUB, "listing").credentials.token == TOKEN
        own = service_as("agent").seal(f"{TOKEN}2", "token", user, GITHUB)
        manual.store_credentials(user, GITHUB, own)
        assert gateway.lease_agent_credentials(user, GITHUB, "listing").credentials.token == f"{TOKEN}2"


async def test_the_asynchronous_client_seals_and_opens_as_well(network: Network, user: str) -> None:
    identity = Identity.from_pem(network.key("agent"))
    place = (network.replica_url, network.canister_id, identity)
    root_key = bytes.fromhex(network.root_key)
    async with (
        AsyncAgentService(*place, root_key=root_key) as service,
        AsyncAgentService(*place, root_key=root_key, sealing="manual") as manual,
    ):
        await service.store_credentials(user, GITHUB, TOKEN)
        sealed = (await manual.lease_agent_credentials(user, GITHUB, "looking")).credentials.token
        assert is_sealed(sealed)
        assert (await service.lease_agent_credentials(user, GITHUB, "looking")).credentials.token == TOKEN
        assert await manual.open(sealed, "token", user, GITHUB) == TOKEN
        assert is_sealed(await manual.seal(TOKEN, "session_token", user, GITHUB))
