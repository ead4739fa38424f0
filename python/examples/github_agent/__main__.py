"""`python -m github_agent --user alice --repository acme/site "list issues"`, with the network of `npm start`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from github.Consts import DEFAULT_BASE_URL

from agent_service import AgentService, Identity

from .agent import GitHubAgent


def main() -> None:
    parser = argparse.ArgumentParser(prog="github_agent", description=__doc__)
    parser.add_argument("texts", nargs="*", help="requests; lines of the standard input when left out")
    parser.add_argument("--user", required=True, help="the user_id under which the token for GitHub is stored")
    parser.add_argument("--repository", required=True, help="such as acme/site")
    parser.add_argument(
        "--network", type=Path, default=".agent-service/network.json", help="file that `npm start` writes"
    )
    parser.add_argument("--github", default=DEFAULT_BASE_URL, help="base URL of GitHub's API")
    options = parser.parse_args()

    network = json.loads(options.network.read_text("utf-8"))
    identity = Identity.from_pem_file(network["agent_pem"])
    root_key = bytes.fromhex(network["root_key"])
    with AgentService(network["replica_url"], network["canister_id"], identity, root_key=root_key) as service:
        agent = GitHubAgent(service, base_url=options.github)
        for answer in agent.converse(options.user, options.repository, options.texts or map(str.strip, sys.stdin)):
            print(answer, flush=True)


if __name__ == "__main__":
    main()
