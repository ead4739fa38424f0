"""What the service is opened with is checked before anything is sent, and what is wrong is named: never a key, nor what could be one."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from datetime import timedelta
from typing import Literal, NoReturn, get_args
from urllib.parse import urlsplit

from .errors import InvalidArgument
from .principal import Principal

API_KEY = re.compile(r"ask_[A-Za-z0-9_-]{1,200}")
LOOPBACK = re.compile(r"127(\.\d{1,3}){3}|::1|(.+\.)?localhost")
Sealing = Literal["auto", "require", "manual"]
"""Of a client that seals secrets before they leave, and opens what it reads."""
GatewaySealing = Literal["auto", "manual"]
"""Of a client behind a gateway, which seals and opens for its own identities."""
SEALING: tuple[Sealing, ...] = get_args(Sealing)
WORD = re.compile(r"[\w .-]{1,20}", re.ASCII)


def checked_url(url: object) -> str:
    """An http or https URL."""
    if not isinstance(url, str):
        wrong_type("url", "a str", url)
    try:
        parts = urlsplit(url.strip())
        if parts.scheme in ("http", "https") and parts.hostname:
            # Reading it checks it.
            _ = parts.port
            return url.strip()
    except ValueError:
        pass
    raise InvalidArgument("url", f"must be an http or https URL, such as https://icp-api.io{shown(url)}")


def uses_proxies(url: str) -> bool:
    """Whether what the environment says of proxies is for this URL: none reaches what is on this machine alone."""
    parts = urlsplit(url)
    return parts.scheme != "http" or LOOPBACK.fullmatch(parts.hostname or "") is None


def checked_canister_id(canister_id: object) -> Principal:
    """A principal, or the text of one."""
    if isinstance(canister_id, Principal):
        return canister_id
    if not isinstance(canister_id, str):
        wrong_type("canister_id", "a str or a Principal", canister_id)
    with suppress(Exception):  # The library raises what it comes to.
        principal = Principal.from_str(canister_id.strip())
        if str(principal) == canister_id.strip():
            return principal
    raise InvalidArgument(
        "canister_id", f"must be a canister id, such as rrkah-fqaaa-aaaaa-aaaaq-cai{shown(canister_id)}"
    )


def checked_timeout(timeout: object) -> timedelta:
    """A timedelta, or seconds."""
    if isinstance(timeout, bool) or not isinstance(timeout, (timedelta, int, float)):
        wrong_type("timeout", "a timedelta, or a number of seconds", timeout)
    seconds = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout
    if not math.isfinite(seconds) or not 0 < seconds <= timedelta.max.total_seconds():
        raise InvalidArgument("timeout", f"must be longer than 0 seconds, not {seconds}")
    return timeout if isinstance(timeout, timedelta) else timedelta(seconds=timeout)


def checked_api_key(api_key: object) -> str:
    """A gateway's key, without blanks and line ends around it, as a file has them."""
    if not isinstance(api_key, str):
        wrong_type("api_key", "a str", api_key)
    key = api_key.strip()
    if API_KEY.fullmatch(key) is None:
        # Tracebacks with local variables would show it.
        del api_key, key
        raise InvalidArgument(
            "api_key",
            "must be a key as `agent-service keys create` prints it: ask_, and letters, digits, _ and -",
        )
    return key


def checked_sealing(sealing: object) -> Sealing:
    """'auto', 'require' or 'manual'."""
    for known in SEALING:
        if sealing == known:
            return known
    if not isinstance(sealing, str):
        wrong_type("sealing", "'auto', 'require' or 'manual'", sealing)
    raise InvalidArgument("sealing", f"must be 'auto', 'require' or 'manual'{shown(sealing)}")


def checked_gateway_sealing(sealing: object) -> GatewaySealing:
    """'auto' or 'manual'."""
    known = checked_sealing(sealing)
    if known == "require":
        raise InvalidArgument(
            "sealing",
            "must be 'auto' or 'manual': a gateway opens secrets and gives them in clear, so its client cannot require sealed ones. "
            "Use AgentService for that",
        )
    return known


def shown(value: str) -> str:
    """A word as it was given; what is longer could be a secret in the wrong place."""
    return f", not '{value}'" if WORD.fullmatch(value) else ", not such a text"


def wrong_type(name: str, allowed: str, value: object, hint: str = "") -> NoReturn:
    raise TypeError(f"{name} must be {allowed}, not {type(value).__name__}{hint}")
