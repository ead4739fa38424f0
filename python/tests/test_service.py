"""The service by the package, against the network of `npm start`."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from network import Network

from agent_service import (
    AgentActivityType,
    AgentPermission,
    AgentService,
    AgentType,
    AnyAgentService,
    AsyncAgentService,
    CallRejected,
    CredentialState,
    EventFilter,
    Identity,
    InvalidArgument,
    NetworkError,
    NotFound,
    Principal,
    TokenRefreshOutcomeFailed,
    TokenRefreshOutcomeRefreshed,
    Unauthorized,
    VerificationFailed,
)
from middleman import middleman

GITHUB = AgentType.GitHub


class Broken(Exception):
    pass


def test_a_session_is_open_in_its_block_and_ended_after_it(service: AnyAgentService, user: str) -> None:
    with service.session(user, GITHUB, token="gho", selected_repo="acme/site") as session:
        during = service.get_agent_session(session.id)
        session.record("List all issues", "There are 5", metadata='{"count":5}')
        session.log(AgentActivityType.IssueCreated, "Opened #6")
    after = service.get_agent_session(session.id)
    assert (during.is_active, during.token, during.selected_repo) == (True, "gho", "acme/site")
    assert (after.is_active, after.ended_at is not None) == (False, True)
    [interaction] = service.iter_interactions(user)
    assert (interaction.message, interaction.metadata, interaction.session_id) == (
        "List all issues",
        '{"count":5}',
        session.id,
    )
    told = [activity.activity_type for activity in service.iter_activities(user)]
    # A key that opens the session's token is derived once for each agent type.
    assert [kind for kind in told if kind is not AgentActivityType.OpeningKeyDerived] == [
        AgentActivityType.SessionEnded,
        AgentActivityType.IssueCreated,
        AgentActivityType.InteractionCompleted,
        AgentActivityType.SessionCreated,
    ]


def test_a_block_that_raises_leaves_an_error_without_its_text(service: AnyAgentService, user: str) -> None:
    with pytest.raises(Broken), service.session(user, GITHUB) as session:
        raise Broken("token gho_secret")
    assert service.get_agent_session(session.id).is_active is False
    ended, error, _ = service.iter_activities(user)
    assert ended.activity_type == AgentActivityType.SessionEnded
    assert (error.activity_type, error.description) == (
        AgentActivityType.ErrorOccurred,
        "the session ended with Broken",
    )


def test_a_session_that_is_gone_does_not_hide_why_the_block_raised(service: AnyAgentService, user: str) -> None:
    with pytest.raises(Broken) as raised, service.session(user, GITHUB) as session:
        service.end_agent_session(session.id)
        raise Broken
    assert "could not be ended" in raised.value.__notes__[0]


async def test_the_asynchronous_side_does_the_same(network: Network) -> None:
    identity = Identity.from_pem(network.key("agent"))
    async with (
        AsyncAgentService(network.replica_url, network.canister_id, identity, local=True) as service,
        service.session("async", GITHUB) as session,
    ):
        for number in range(3):
            await session.record(f"message {number}", "done")
        messages = [item.message async for item in service.iter_interactions("async", limit=2)]
        assert messages == ["message 2", "message 1", "message 0"]
        with pytest.raises(NotFound):
            await service.end_agent_session("ses-ffffffffffffffff")


def test_credentials_come_back_with_their_times_and_print_no_token(service: AnyAgentService, user: str) -> None:
    expires_at = datetime.now(UTC) + timedelta(hours=1)
    service.store_agent_credentials(
        user, GITHUB, "gho_secret", token_data='{"a":1}', project_ids=[("1", "one")], expires_at=expires_at
    )
    stored = service.get_agent_credentials(user, GITHUB)
    assert (stored.token, stored.token_data, stored.project_ids) == ("gho_secret", '{"a":1}', (("1", "one"),))
    assert stored.expires_at == expires_at
    assert "gho_secret" not in repr(stored)
    assert service.get_agent_credentials(user, AgentType.Gmail) is None


def test_pages_are_read_to_their_end(service: AnyAgentService, user: str) -> None:
    ids = [service.create_agent_session(user, GITHUB) for _ in range(5)]
    assert [session.session_id for session in service.iter_sessions(user, limit=2)] == ids[::-1]
    page = service.list_sessions(user, limit=2)
    assert len(page.items) == 2
    assert page.next_cursor is not None
    first = service.list_sessions(user, from_=page.items[0].created_at, limit=500)
    assert ids[-1] in [session.session_id for session in first.items]


def test_the_audit_log_is_read_to_its_end(service: AnyAgentService, user: str) -> None:
    service.create_agent_session(user, GITHUB)
    last_index = service.get_audit_tip().last_index
    entries = list(service.iter_audit_entries(from_=last_index))
    assert entries[0].index == last_index
    assert entries[0].content.user_id == user


def test_the_events_after_a_place_are_read_to_the_newest(service: AnyAgentService, user: str) -> None:
    place = service.get_events().next
    service.create_agent_session(user, GITHUB)
    service.log_agent_activity(user, GITHUB, AgentActivityType.TaskCreated, "a task")
    events = list(service.iter_events(after=place, limit=1, filter=EventFilter(user_id=user)))
    assert [event.activity.activity_type for event in events] == [
        AgentActivityType.SessionCreated,
        AgentActivityType.TaskCreated,
    ]


def test_a_place_that_the_log_does_not_have_is_told(service: AnyAgentService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent_service._async.methods.AHEAD_WAIT", 0)
    monkeypatch.setattr("agent_service._sync.methods.AHEAD_WAIT", 0)
    page = service.get_events(after=2**40)
    assert page.events == ()
    assert page.next == 2**40 > page.end
    with pytest.raises(InvalidArgument, match=f"^after {2**40} is a place that the log does not have"):
        list(service.iter_events(after=2**40))


def test_a_token_is_refreshed_by_the_option_of_a_union(service: AnyAgentService, user: str) -> None:
    service.store_agent_credentials(user, GITHUB, "gho_old")
    expires_at = datetime.now(UTC) + timedelta(hours=1)
    for outcome in [
        TokenRefreshOutcomeFailed(reason="no answer"),
        TokenRefreshOutcomeRefreshed(token="gho_new", expires_at=expires_at),
    ]:
        refresh = service.begin_token_refresh(user, GITHUB)
        service.complete_token_refresh(user, GITHUB, refresh.fencing, outcome)
    shorter, lease = [
        service.lease_agent_credentials(user, GITHUB, "test", duration=timedelta(minutes=minutes))
        for minutes in (1, 30)
    ]
    assert (lease.credentials.token, lease.credentials.expires_at) == ("gho_new", expires_at)
    assert lease.lease_until - shorter.lease_until > timedelta(minutes=25)
    assert [info.state for info in service.list_credentials(user)] == [CredentialState.active]


def test_roles_take_principals_and_lists_of_options(service_as) -> None:
    admin, agent = service_as("admin"), Identity.generate().principal
    admin.add_agent(agent, "reader", agent_types=[GITHUB], permissions=(AgentPermission.read,))
    [added] = [known for known in admin.list_agents() if known.agent == agent]
    assert (added.name, added.agent_types, added.permissions) == ("reader", (GITHUB,), (AgentPermission.read,))
    admin.remove_agent(agent)


def test_a_refusal_is_an_exception_of_its_kind(service: AnyAgentService, service_as) -> None:
    with pytest.raises(InvalidArgument, match="128") as in_result:
        service.create_agent_session("x" * 200, GITHUB)
    with pytest.raises(InvalidArgument, match="valid JSON") as in_reject:
        service.log_agent_activity("refused", GITHUB, AgentActivityType.EmailSent, "sent", metadata="{")
    assert (in_result.value.field, in_reject.value.field) == ("user_id", "metadata")
    with pytest.raises(Unauthorized):
        service_as("user").get_agent_status("refused")
    with pytest.raises(Unauthorized):
        service_as("user").create_agent_session("refused", GITHUB)


def test_a_canister_that_does_not_exist_rejects(network: Network) -> None:
    nobody = Principal.from_hex("ffffffffffe000ff0101")
    key = bytes.fromhex(network.root_key)
    with AgentService(network.replica_url, nobody, Identity.generate(), root_key=key) as service:
        with pytest.raises(CallRejected, match="not found") as in_query:
            service.get_agent_status("anybody")
        with pytest.raises(CallRejected, match="not found"):
            service.end_agent_session("ses-0000000000000001")
    assert (in_query.value.code, in_query.value.error_code) == (3, "IC0301")


def test_the_keys_of_the_subnets_machines_are_read_once_an_hour(network: Network, service_as) -> None:
    asked: list[str] = []

    def seen(kind: str, status: int, body: bytes) -> tuple[int, bytes]:
        asked.append(kind)
        return status, body

    with middleman(network.replica_url, seen) as url:
        service = service_as("agent", url)
        for _ in range(3):
            service.get_agent_status("keys")
        assert asked == ["query", "read_state", "query", "query"]
        transport = service._transport._network
        transport._node_keys = dataclasses.replace(transport._node_keys, at_ns=0)
        service.get_agent_status("keys")
    assert asked[4:] == ["query", "read_state"]


def test_another_networks_key_is_no_key_of_this_one(service_as) -> None:
    with pytest.raises(VerificationFailed, match="not the network's"):
        service_as("agent", root_key=None).get_agent_status("anybody")


def test_a_network_that_is_not_there_is_not_reached(service_as) -> None:
    service = service_as("agent", url="http://127.0.0.1:9", timeout=timedelta(seconds=0.5))
    with pytest.raises(NetworkError, match="not reached"):
        service.get_agent_status("anybody")
    with pytest.raises(NetworkError, match="not reached"):
        service.create_agent_session("anybody", GITHUB)
