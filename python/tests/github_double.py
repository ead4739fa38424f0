"""A double of GitHub's REST API, as much as the agent uses of it, with tokens and limits to play with."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REPOSITORY = "acme/site"


@dataclass
class GitHubDouble:
    """One repository."""

    url: str = ""
    tokens: set[str] = field(default_factory=lambda: {"gho_good"})
    issues: list[dict[str, Any]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    limits: list[dict[str, str]] = field(default_factory=list)
    """The headers of refusals to come, for going too fast."""

    def answer(self, method: str, path: str, token: str, body: Any) -> tuple[int, Any, dict[str, str]]:
        if self.limits:
            return 403, {"message": "API rate limit exceeded for user ID 1."}, self.limits.pop(0)
        if token not in self.tokens:
            return 401, {"message": "Bad credentials"}, {}
        base = f"/repos/{REPOSITORY}"
        match = re.fullmatch(rf"{base}(/issues|/pulls)?(?:/(\d+))?(/comments)?", path)
        if match is None:
            return 404, {"message": "Not Found"}, {}
        match method, *match.groups():
            case "GET", None, None, None:
                return 200, {"full_name": REPOSITORY, "url": self.url + base, "default_branch": "main"}, {}
            case "GET", "/issues", None, None:
                return 200, [issue for issue in self.issues if issue["state"] == "open"], {}
            case "POST", "/issues", None, None:
                return 201, self.issue(body["title"]), {}
            case "POST", "/pulls", None, None:
                number = 100 + len(self.pulls)
                self.pulls.append({**body, "number": number, "html_url": f"https://github.com/pull/{number}"})
                return 201, self.pulls[-1], {}
        number = int(match[2] or 0)
        found = next((issue for issue in self.issues if issue["number"] == number), None)
        if found is None:
            return 404, {"message": "Not Found"}, {}
        if match[3] is not None:
            self.comments.append((number, body["body"]))
            return 201, {"html_url": f"https://github.com/issues/{number}#1", "body": body["body"]}, {}
        found.update(body or {})
        return 200, found, {}

    def issue(self, title: str) -> dict[str, Any]:
        number = len(self.issues) + 1
        issue = {
            "number": number,
            "title": title,
            "state": "open",
            "url": f"{self.url}/repos/{REPOSITORY}/issues/{number}",
            "html_url": f"https://github.com/issues/{number}",
        }
        self.issues.append(issue)
        return issue

    def limit(self, **headers: str) -> None:
        """Refuses the next request."""
        self.limits.append({name.replace("_", "-"): value for name, value in headers.items()})


def in_seconds(seconds: int) -> str:
    return str(int(time.time()) + seconds)


@contextmanager
def github_double() -> Iterator[GitHubDouble]:
    double = GitHubDouble()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            token = self.headers["authorization"].rsplit(" ", 1)[1]
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            status, content, headers = double.answer(self.command, self.path.split("?")[0], token, body)
            encoded = json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"content-type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(encoded)))
            self.end_headers()
            self.wfile.write(encoded)

        do_GET = do_POST = do_PATCH = answer

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    double.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
