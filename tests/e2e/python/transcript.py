"""Brings replies into the form of agent-day/day.json, which is the same for all callers and all runs."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

DAY = json.loads((Path(__file__).resolve().parents[1] / "agent-day/day.json").read_text("utf-8"))
STEPS: list[dict[str, Any]] = DAY["steps"] + DAY["records"]
"""The calls of the day, and those that read what is left of it."""
AUDIT: list[dict[str, Any]] = DAY["audit"]
"""What the audit log then has about the user: the entries' contents, in order, without their salts."""

IDS = re.compile(r"\b(ses|int|act)-[0-9a-f]{16}\b")
NAMES = re.compile(r"<(?:ses|int|act) \d+>")
A_TIME = 10**18
"""ns since 1970, from 2001 on."""
NS_PER_HOUR = 3_600 * 10**9
USER_CHARACTERS = 15
LATER = {"is_private", "token_form", "token_data_form"}
"""Fields that the day knows nothing of."""


def user_of(caller: str) -> str:
    """A user_id that is as long as every caller's: usage counts its bytes."""
    return caller.ljust(USER_CHARACTERS, ".")


class Transcript:
    """One caller's run of the day: names ids and users in replies, and puts them back into arguments."""

    def __init__(self, user: str, caller: str) -> None:
        self._user = user
        self._caller = caller
        self._names: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def normalise(self, value: Any) -> Any:
        """A reply as day.json has it."""
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, str):
            return self._normalise_text(value)
        if isinstance(value, int):
            return "<time>" if value > A_TIME else value
        if isinstance(value, (list, tuple)):
            return [self.normalise(item) for item in value]
        if isinstance(value, dict):
            return {name: self.normalise(field) for name, field in value.items() if name not in LATER}
        # What is left are the libraries' principals.
        return "<caller>" if value.to_str() == self._caller else "<other>"

    def argument(self, value: Any) -> Any:
        """An argument of day.json as the libraries take it."""
        if isinstance(value, str):
            return self._denormalise(value)
        if isinstance(value, list):
            return [self.argument(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "hours_from_now" in value:
            return time.time_ns() + value["hours_from_now"] * NS_PER_HOUR
        if "pair" in value:
            # ic-py takes nothing else for a tuple.
            return tuple(self.argument(item) for item in value["pair"])
        return {name: self.argument(field) for name, field in value.items()}

    def _normalise_text(self, text: str) -> str:
        return IDS.sub(self._name, text.replace(self._user, "<user>"))

    def _name(self, match: re.Match[str]) -> str:
        identifier, kind = match[0], match[1]
        # Ids that no reply gave are the day's own, made up.
        if identifier.endswith("f" * 16):
            return identifier
        if identifier not in self._names:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._names[identifier] = f"<{kind} {self._counts[kind]}>"
        return self._names[identifier]

    def _denormalise(self, text: str) -> str:
        named = {name: identifier for identifier, name in self._names.items()}
        return NAMES.sub(lambda match: named.get(match[0], match[0]), text.replace("<user>", self._user))
