"""Alice, who has a record of each kind, and those who may see nothing of hers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from network import Network

from agent_service import (
    AgentScope,
    AgentService,
    AgentType,
    Identity,
    ServiceLimitChange,
    SomeLimits,
)

TABLE = json.loads((Path(__file__).resolve().parents[2] / "tests/e2e/existence/methods.json").read_text("utf-8"))
"""The methods with ids among their arguments, which is the table of every client's test."""
NOBODY = Identity.generate().principal.to_str()
GITHUB = AgentType.GitHub
OFTEN = 1_000_000


@dataclass(frozen=True)
class Case:
    """A method with an id of Alice's record, and with one of no record, in the gateway's JSON."""

    method: str
    title: str
    ids: tuple[str, str]
    values: Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class TwoUsers:
    strangers: dict[str, tuple[Identity, str]]
    """Each with the PEM of the key."""
    cases: list[Case]


def new_pem() -> str:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def never(identifier: str) -> str:
    return f"{identifier[:4]}00000000000fffff"


@contextmanager
def two_users(network: Network) -> Iterator[TwoUsers]:
    pems = {name: new_pem() for name in ("alice", "bob", "outsider", "hers")}
    keys = {name: Identity.from_pem(pem) for name, pem in pems.items()}
    principals = {name: key.principal for name, key in keys.items()}
    with ExitStack() as stack:

        def service(identity: Identity) -> AgentService:
            root_key = bytes.fromhex(network.root_key)
            return stack.enter_context(
                AgentService(network.replica_url, network.canister_id, identity, root_key=root_key)
            )

        admin, agent = (service(Identity.from_pem(network.key(role))) for role in ("admin", "agent"))
        admin.update_service_limits(changes=[ServiceLimitChange(name="new_users_burst", value=1000)])
        admin.update_settings(
            limits=SomeLimits(caller_burst=OFTEN, caller_per_minute=OFTEN, user_burst=OFTEN, user_per_minute=OFTEN)
        )
        for name in ("outsider", "hers"):
            admin.add_agent(principals[name], name, scope=AgentScope.granted_users)
        alice, bob = (principals[name].to_str() for name in ("alice", "bob"))
        service(keys["alice"]).grant_agent(alice, principals["hers"])
        service(keys["bob"]).grant_agent(bob, principals["outsider"])
        for user, accounts in ((bob, ("work", "home")), (alice, ("work", "home", "lab", "spare"))):
            session = agent.create_agent_session(user, GITHUB)
            interaction = agent.store_agent_interaction(user, GITHUB, "m", "r", True)
            for account in accounts:
                agent.store_credentials(user, GITHUB, "t", account=account, token_data='{"refresh_token":"r"}')
        fencing = agent.begin_token_refresh(alice, GITHUB, account="home").fencing
        code = agent.create_link_code("carol").code
        # A user_id has one code: the next takes its place.
        agent.create_link_code("carol")
        activity = next(iter(agent.list_activities(alice, limit=1).items)).id
        place = agent.list_accounts(alice, limit=3).next_cursor or ""
        other_place = re.sub(r"\d+$", "200", place)
        number = int(activity[8:], 16)
        hers = principals["hers"].to_str()
        ids = {
            "session": (session, never(session)),
            "interaction": (interaction, never(interaction)),
            "activity": (activity, never(activity)),
            "activity number": (str(number), str(0xFFFFF)),
            "event place": (str(number), str(number + 1)),
            "account place": (place, other_place),
            "sessions page": (f"sessions:{session}", f"sessions:{never(session)}"),
            "interactions page": (f"interactions:{interaction}", f"interactions:{never(interaction)}"),
            "activities page": (f"activities:{activity}", f"activities:{never(activity)}"),
            "credentials page": (f"credentials:{place}", f"credentials:{other_place}"),
            "user": (alice, NOBODY),
            "account": ("work", "none"),
            "fencing": (str(fencing), "77"),
            "agent": (hers, NOBODY),
            "admin": (Identity.from_pem(network.key("admin")).principal.to_str(), NOBODY),
            "spent code": (code, code[::-1]),
        }
        words = {"alice": alice, "bob": bob, "agent": hers, "user": alice}
        yield TwoUsers(
            {
                "another user": (keys["bob"], pems["bob"]),
                "an agent that she did not grant": (keys["outsider"], pems["outsider"]),
            },
            [case_of(row, ids, words) for row in TABLE["cases"]],
        )


def case_of(row: dict[str, Any], ids: dict[str, tuple[str, str]], words: dict[str, str]) -> Case:
    text = re.sub(r"<(\w+)>", lambda match: words.get(match[1], match[0]), json.dumps(row.get("values", {})))
    field, _, inner = row["parameter"].partition(".")

    def values(identifier: str) -> dict[str, Any]:
        return {**json.loads(text), field: {inner: identifier} if inner else identifier}

    return Case(row["method"], f"{row['method']} {row['parameter']}, {row['of']}", ids[row["of"]], values)
