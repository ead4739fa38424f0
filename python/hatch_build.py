"""What the package's metadata says that depends on where the project lives: its addresses, and a README whose links work on PyPI."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hatchling.metadata.plugin.interface import MetadataHookInterface

FOLDER = "python"
"""Of the package, in the repository."""
LINK = re.compile(r"\[([^]]+)\]\((?!https?://|#)([^)]+)\)")
PAGES = {"Documentation": "tree/main/docs", "Changelog": "blob/main/CHANGELOG.md", "Issues": "issues"}


class ProjectMetadata(MetadataHookInterface):
    """Fills in `readme` and `urls` at each build."""

    def update(self, metadata: dict[str, Any]) -> None:
        """What hatchling asks for."""
        repository = repository_url()
        readme = Path(self.root, "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": with_whole_links(readme, repository)}
        metadata["urls"] = {} if repository is None else urls(repository)


def repository_url() -> str | None:
    """
    The project's home: AGENT_SERVICE_REPOSITORY, or what GitHub's workflows say of theirs. None elsewhere: a fork that is built on somebody's machine is not
    said to be another's.
    """
    given = os.environ.get("AGENT_SERVICE_REPOSITORY")
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    url = given or (f"{server}/{name}" if server and name else "")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"AGENT_SERVICE_REPOSITORY must be an https URL, not {url!r}")
    return url.removesuffix("/").removesuffix(".git")


def urls(repository: str) -> dict[str, str]:
    """The links that PyPI shows beside the package."""
    return {"Repository": repository, **{name: f"{repository}/{page}" for name, page in PAGES.items()}}


def with_whole_links(readme: str, repository: str | None) -> str:
    """The text with links to files of the repository made whole; where its address is unknown, their words alone."""

    def whole(link: re.Match[str]) -> str:
        words, path = link.groups()
        if repository is None:
            return words
        place = os.path.normpath(f"{FOLDER}/{path}").replace(os.sep, "/")
        return f"[{words}]({repository}/blob/main/{place})"

    return LINK.sub(whole, readme)
