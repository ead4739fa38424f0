"""The audit log of a service that runs: downloaded, verified, witnessed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from network import Network

from agent_service import AgentActivityType, AgentService, AgentType, AnyAgentService, AsyncAgentService, Identity
from agent_service.audit import (
    AuditLogError,
    append_tip,
    check_witness,
    download_audit_log,
    download_audit_log_async,
    read_tips,
    tip_of,
    verify_audit_log,
)


def test_a_downloaded_log_is_proved(service: AnyAgentService, network: Network, user: str) -> None:
    service.log_agent_activity(
        user, AgentType.Asana, AgentActivityType.TaskCreated, "Überblick 🚀", metadata='{"task": 1}'
    )
    root_key = bytes.fromhex(network.root_key)
    log = download_audit_log(service, network.canister_id)
    report = verify_audit_log(log, canister_id=network.canister_id, root_key=root_key).report
    assert report.first_index == 1
    assert report.shown > 0
    contents = [entry.content for entry in log.entries if entry.content is not None]
    assert any((content.user_id, content.description) == (user, "Überblick 🚀") for content in contents)
    with pytest.raises(AuditLogError, match="and not of aaaaa-aa"):
        verify_audit_log(log, canister_id="aaaaa-aa", root_key=root_key)
    with pytest.raises(AuditLogError, match="does not verify"):
        verify_audit_log(log, canister_id=network.canister_id)


async def test_a_log_is_downloaded_with_await(network: Network) -> None:
    root_key = bytes.fromhex(network.root_key)
    identity = Identity.from_pem(network.key("admin"))
    async with AsyncAgentService(network.replica_url, network.canister_id, identity, root_key=root_key) as service:
        log = await download_audit_log_async(service, network.canister_id)
    report = verify_audit_log(log, canister_id=network.canister_id, root_key=root_key).report
    assert report.withheld == 0


def test_a_witness_keeps_tips_and_a_later_log_continues_them(
    service_as: Callable[..., AgentService], network: Network, user: str, tmp_path: Path
) -> None:
    expected = {"canister_id": network.canister_id, "root_key": bytes.fromhex(network.root_key)}
    agent, file = service_as("agent"), tmp_path / "tips.jsonl"
    before = download_audit_log(agent, network.canister_id)
    append_tip(file, tip_of(before))
    agent.log_agent_activity(user, AgentType.Asana, AgentActivityType.TaskCreated, "one more")
    after = download_audit_log(agent, network.canister_id)
    append_tip(file, tip_of(after))
    proved = verify_audit_log(after, **expected, extends=before)
    report = check_witness(read_tips(file), proved, **expected)
    assert (report.agreeing, report.findings) == (2, ())
    with pytest.raises(AuditLogError, match="is older than the one"):
        verify_audit_log(before, **expected, extends=tip_of(after))
