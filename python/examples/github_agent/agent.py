"""Takes requests in text, does them on GitHub, and records each."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Protocol

import requests
from github import Auth, BadCredentialsException, Github, GithubException, RateLimitExceededException
from github.Consts import DEFAULT_BASE_URL

from agent_service import AgentActivityType, AgentType, AnyAgentService, Session, Unauthorized

from .commands import HELP, Command, Outcome, command_in
from .tokens import NotConnected, lease_token

CONNECT = "I have no valid token for GitHub: please connect your account again."
WITHDRAWN = "I may not act for you: please grant me access to the Agent Service first."
DEFAULT_WAIT_SECONDS = 60
"""GitHub asks for a minute where it names no time."""


class Failed(Exception):
    """A request was not done; the text is the answer to the user, `metadata` goes into the record."""

    def __init__(self, response: str, **metadata: object) -> None:
        super().__init__(response)
        self.metadata = metadata


class Sleep(Protocol):
    def __call__(self, seconds: float, /) -> None: ...


class GitHubAgent:
    """
    Acts for users who stored a token for GitHub in the service. A rate limit of GitHub's that ends within `patience_seconds` is
    waited for, once a request.
    """

    def __init__(
        self,
        service: AnyAgentService,
        *,
        base_url: str = DEFAULT_BASE_URL,
        patience_seconds: float = 10,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._service = service
        self._base_url = base_url
        self._patience_seconds = patience_seconds
        self._sleep = sleep

    def converse(self, user_id: str, repository: str, texts: Iterable[str]) -> Iterator[str]:
        """One session: an answer to each text, until the user takes the agent's rights away."""
        try:
            with self._service.session(user_id, AgentType.GitHub, selected_repo=repository) as session:
                for text in texts:
                    yield self._answer(session, repository, text)
        except Unauthorized:
            yield WITHDRAWN

    def _answer(self, session: Session, repository: str, text: str) -> str:
        command = command_in(text)
        if command is None:
            session.record(text, HELP, success=False)
            return HELP
        try:
            outcome = self._done(session, repository, text, command)
        except Failed as failure:
            session.log(AgentActivityType.ErrorOccurred, f"GitHub: {failure}")
            session.record(text, str(failure), success=False, metadata=json.dumps(failure.metadata))
            return str(failure)
        if outcome.activity is not None:
            session.log(outcome.activity, outcome.response, metadata=json.dumps({"repository": repository}))
        session.record(text, outcome.response, metadata=json.dumps({"repository": repository}))
        return outcome.response

    def _done(self, session: Session, repository: str, text: str, command: Command) -> Outcome:
        try:
            token = lease_token(self._service, session.user_id, text)
        except NotConnected:
            raise Failed(CONNECT) from None
        # What to do about limits is decided here, not in the library.
        client = Github(auth=Auth.Token(token), base_url=self._base_url, retry=None)
        try:
            return self._patiently(lambda: command(client.get_repo(repository)))
        except BadCredentialsException:
            # GitHub has revoked it: nobody needs to try it again.
            self._service.revoke_credentials(session.user_id, AgentType.GitHub)
            raise Failed(CONNECT, status=401) from None
        except GithubException as error:
            raise Failed(f"GitHub refused: {reason_of(error)}", status=error.status) from None
        except requests.RequestException as error:
            raise Failed(f"GitHub was not reached: {type(error).__name__}") from None
        finally:
            client.close()

    def _patiently(self, act: Callable[[], Outcome]) -> Outcome:
        try:
            return act()
        except RateLimitExceededException as error:
            wait = wait_of(error)
            if wait > self._patience_seconds:
                raise limited(wait) from None
        self._sleep(wait)
        try:
            return act()
        except RateLimitExceededException as error:
            raise limited(wait_of(error)) from None


def limited(wait: float) -> Failed:
    return Failed(f"GitHub takes no more requests now: please ask me again in {wait:.0f} s.", retry_after_seconds=wait)


def wait_of(error: GithubException) -> float:
    """Seconds until GitHub takes requests again ("Rate limits for the REST API", "Exceeding the rate limit")."""
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if "retry-after" in headers:
        return float(headers["retry-after"])
    if headers.get("x-ratelimit-remaining") == "0" and "x-ratelimit-reset" in headers:
        return max(float(headers["x-ratelimit-reset"]) - datetime.now(UTC).timestamp(), 0)
    return DEFAULT_WAIT_SECONDS


def reason_of(error: GithubException) -> str:
    """GitHub's message, which is short and holds no token."""
    message = error.data.get("message") if isinstance(error.data, dict) else None
    return f"{message or 'no reason'} ({error.status})"
