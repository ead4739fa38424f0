"""What users can write, and what is done for it on GitHub."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from github.Repository import Repository

from agent_service import AgentActivityType


@dataclass(frozen=True)
class Outcome:
    """What to answer, and the activity where something was changed."""

    response: str
    activity: AgentActivityType | None = None


Command = Callable[[Repository], Outcome]

HELP = (
    "I can: list issues; open issue: TITLE; close issue NUMBER; comment on NUMBER: TEXT; "
    "open pull request from BRANCH: TITLE."
)


def command_in(text: str) -> Command | None:
    """What a text asks for; None where it is nothing that the agent can do."""
    for pattern, command in COMMANDS:
        if match := re.fullmatch(pattern, text.strip().rstrip("."), re.IGNORECASE | re.DOTALL):
            words = match.groups()
            return lambda repository: command(repository, *words)
    return None


def list_issues(repository: Repository) -> Outcome:
    issues = [issue for issue in repository.get_issues(state="open") if issue.pull_request is None]
    count = f"Found {len(issues)} open issue{'' if len(issues) == 1 else 's'}"
    return Outcome("\n".join([count, *(f"#{issue.number} {issue.title}" for issue in issues)]))


def open_issue(repository: Repository, title: str) -> Outcome:
    issue = repository.create_issue(title=title)
    return Outcome(f"Opened issue #{issue.number}: {issue.html_url}", AgentActivityType.IssueCreated)


def close_issue(repository: Repository, number: str) -> Outcome:
    repository.get_issue(int(number)).edit(state="closed")
    return Outcome(f"Closed issue #{number}", AgentActivityType.TaskUpdated)


def comment(repository: Repository, number: str, text: str) -> Outcome:
    written = repository.get_issue(int(number)).create_comment(text)
    return Outcome(f"Commented on #{number}: {written.html_url}", AgentActivityType.TaskUpdated)


def open_pull_request(repository: Repository, branch: str, title: str) -> Outcome:
    pull = repository.create_pull(base=repository.default_branch, head=branch, title=title)
    return Outcome(f"Opened pull request #{pull.number}: {pull.html_url}", AgentActivityType.PullRequestCreated)


COMMANDS: list[tuple[str, Callable[..., Outcome]]] = [
    (r"(?:list|show) (?:all )?(?:the )?(?:open )?issues", list_issues),
    (r"open (?:an )?issue:? (.+)", open_issue),
    (r"close issue #?(\d{1,9})", close_issue),
    (r"comment on (?:issue )?#?(\d{1,9}): (.+)", comment),
    (r"open (?:a )?pull request from (\S+): (.+)", open_pull_request),
]
