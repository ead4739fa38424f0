"""The example's agent, with the service and a double of GitHub."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from network import Network

from agent_service import AgentActivityType, AgentScope, AgentService, AgentType, Identity
from github_agent.agent import CONNECT, WITHDRAWN, GitHubAgent
from github_agent.commands import HELP
from github_double import REPOSITORY, GitHubDouble, github_double, in_seconds

GITHUB = AgentType.GitHub
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture
def double() -> Iterator[GitHubDouble]:
    with github_double() as double:
        yield double


@pytest.fixture
def user(request: pytest.FixtureRequest, service_as) -> str:
    """A user of the test's own, whose token is good."""
    user = request.node.name[:128]
    service_as("agent").store_agent_credentials(user, GITHUB, "gho_good")
    return user


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def agent(service_as, double: GitHubDouble, slept: list[float]) -> GitHubAgent:
    return GitHubAgent(service_as("agent"), base_url=double.url, sleep=slept.append)


def recorded(service: AgentService, user: str) -> list[tuple[str, bool]]:
    return [(item.message, item.success) for item in service.iter_interactions(user)][::-1]


def logged(service: AgentService, user: str) -> list[AgentActivityType]:
    return [item.activity_type for item in service.iter_activities(user)]


def test_requests_are_done_and_recorded(agent: GitHubAgent, double: GitHubDouble, user: str, service_as) -> None:
    double.issue("The first")
    texts = [
        "List all open issues.",
        "Open issue: The second",
        "close issue #1",
        "comment on 2: Thanks",
        "open pull request from fix: Mend it",
        "list issues",
    ]
    assert list(agent.converse(user, REPOSITORY, texts)) == [
        "Found 1 open issue\n#1 The first",
        "Opened issue #2: https://github.com/issues/2",
        "Closed issue #1",
        "Commented on #2: https://github.com/issues/2#1",
        "Opened pull request #100: https://github.com/pull/100",
        "Found 1 open issue\n#2 The second",
    ]
    assert (double.comments, double.pulls[0]["head"], double.pulls[0]["base"]) == ([(2, "Thanks")], "fix", "main")
    service = service_as("agent")
    assert recorded(service, user) == [(text, True) for text in texts]
    activities = logged(service, user)
    assert activities.count(AgentActivityType.TokenLeased) == len(texts)
    assert activities.count(AgentActivityType.IssueCreated) == 1
    assert activities.count(AgentActivityType.TaskUpdated) == 2
    assert activities.count(AgentActivityType.PullRequestCreated) == 1
    assert activities[0] == AgentActivityType.SessionEnded


def test_what_it_cannot_do_it_says(agent: GitHubAgent, user: str, service_as) -> None:
    assert list(agent.converse(user, REPOSITORY, ["Make me a sandwich"])) == [HELP]
    assert recorded(service_as("agent"), user) == [("Make me a sandwich", False)]


def test_a_refusal_of_githubs_is_answered_and_recorded(agent: GitHubAgent, user: str, service_as) -> None:
    assert list(agent.converse(user, REPOSITORY, ["close issue 9", "list issues"])) == [
        "GitHub refused: Not Found (404)",
        "Found 0 open issues",
    ]
    service = service_as("agent")
    assert recorded(service, user) == [("close issue 9", False), ("list issues", True)]
    assert AgentActivityType.ErrorOccurred in logged(service, user)


def test_a_token_that_expired_is_asked_for_and_the_new_one_is_used(agent: GitHubAgent, user: str, service_as) -> None:
    service = service_as("agent")
    past = datetime.now(UTC) + timedelta(seconds=1)
    service.update_agent_credentials(user, GITHUB, expires_at=past)

    def texts() -> Iterator[str]:
        while datetime.now(UTC) <= past:
            time.sleep(0.05)
        yield "list issues"
        service.store_agent_credentials(user, GITHUB, "gho_good")
        yield "list issues"

    assert list(agent.converse(user, REPOSITORY, texts())) == [CONNECT, "Found 0 open issues"]
    assert recorded(service, user) == [("list issues", False), ("list issues", True)]


def test_a_token_that_github_revoked_is_revoked_in_the_service(
    agent: GitHubAgent, double: GitHubDouble, user: str, service_as
) -> None:
    double.tokens.clear()
    assert list(agent.converse(user, REPOSITORY, ["list issues", "list issues"])) == [CONNECT, CONNECT]
    service = service_as("agent")
    credentials = service.get_agent_credentials(user, GITHUB)
    assert credentials is None or credentials.token == ""
    assert AgentActivityType.TokenRevoked in logged(service, user)


def test_a_grant_that_the_user_withdraws_ends_the_conversation(
    network: Network, double: GitHubDouble, service_as
) -> None:
    identity, admin, owner = Identity.generate(), service_as("admin"), service_as("user")
    user = str(Identity.from_pem(network.key("user")).principal)
    admin.add_agent(identity.principal, "granted", scope=AgentScope.granted_users)
    owner.grant_agent(user, identity.principal)
    root_key = bytes.fromhex(network.root_key)
    with AgentService(network.replica_url, network.canister_id, identity, root_key=root_key) as service:
        service.store_agent_credentials(user, GITHUB, "gho_good")

        def texts() -> Iterator[str]:
            yield "list issues"
            owner.withdraw_agent(user, identity.principal)
            yield "open issue: too late"
            raise AssertionError("nothing is asked for any more")

        agent = GitHubAgent(service, base_url=double.url)
        assert list(agent.converse(user, REPOSITORY, texts())) == ["Found 0 open issues", WITHDRAWN]
        assert list(agent.converse(user, REPOSITORY, ["list issues"])) == [WITHDRAWN]
    assert double.issues == []
    admin.remove_agent(identity.principal)


def test_a_short_limit_of_githubs_is_waited_for(
    agent: GitHubAgent, double: GitHubDouble, user: str, slept: list[float]
) -> None:
    double.limit(retry_after="3")
    assert list(agent.converse(user, REPOSITORY, ["list issues"])) == ["Found 0 open issues"]
    assert slept == [3]


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"retry_after": "90"}, 90, 90),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "in 120 s"}, 100, 120),
        ({}, 60, 60),
    ],
    ids=["seconds", "a time", "nothing said"],
)
def test_a_long_limit_of_githubs_is_told_and_recorded(
    headers: dict[str, str],
    least: float,
    most: float,
    agent: GitHubAgent,
    double: GitHubDouble,
    user: str,
    slept: list[float],
    service_as,
) -> None:
    double.limit(**{name: in_seconds(120) if value == "in 120 s" else value for name, value in headers.items()})
    [first, second] = agent.converse(user, REPOSITORY, ["list issues", "list issues"])
    assert first.startswith("GitHub takes no more requests now")
    assert second == "Found 0 open issues"
    assert slept == []
    [_, failed] = service_as("agent").iter_interactions(user)
    assert least <= json.loads(failed.metadata)["retry_after_seconds"] <= most


def test_a_limit_that_lasts_after_the_wait_is_told(agent: GitHubAgent, double: GitHubDouble, user: str) -> None:
    double.limit(retry_after="1")
    double.limit(retry_after="2")
    [answer] = agent.converse(user, REPOSITORY, ["list issues"])
    assert answer.endswith("in 2 s.")


def test_github_that_is_not_there_is_told(service_as, user: str) -> None:
    agent = GitHubAgent(service_as("agent"), base_url="http://127.0.0.1:9")
    assert list(agent.converse(user, REPOSITORY, ["list issues"])) == ["GitHub was not reached: ConnectionError"]


def test_no_record_holds_the_token(agent: GitHubAgent, double: GitHubDouble, user: str, service_as) -> None:
    double.limit()
    list(agent.converse(user, REPOSITORY, ["list issues", "open issue: x", "close issue 9"]))
    service = service_as("agent")
    records = [*service.iter_interactions(user), *service.iter_activities(user), *service.iter_sessions(user)]
    assert not [record for record in records if "gho_" in repr(record)]


def test_it_runs_as_a_command(network: Network, double: GitHubDouble, user: str) -> None:
    arguments = ["--user", user, "--repository", REPOSITORY, "--github", double.url]
    arguments += ["--network", str(network.directory / "network.json")]
    result = subprocess.run(
        [sys.executable, "-m", "github_agent", *arguments, "open issue: From a terminal", "list issues"],
        cwd=EXAMPLES,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.splitlines()[1:] == ["Found 1 open issue", "#1 From a terminal"]
