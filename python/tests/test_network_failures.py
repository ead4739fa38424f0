"""What every client says of failures of the network: tests/client/network-failures.json, which the TypeScript client and the terminal have as well."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import agent_service
from agent_service import (
    AgentService,
    AgentServiceError,
    AgentType,
    AsyncAgentService,
    GatewayAgentService,
    Identity,
    OutcomeUnknown,
)

ROWS = json.loads((Path(__file__).resolve().parents[2] / "tests/client/network-failures.json").read_text("utf-8"))
CANISTER = "rrkah-fqaaa-aaaaa-aaaaq-cai"
KEY = "ask_0123456789ab_" + "k" * 43
SECRET = "gho_16C7e42F292c6912E7710c838347Ae178B4a"
SECONDS = 1
"""The limit that the rows tell of."""
PAUSE = 0.1
"""Seconds between bytes: no single read of one takes as long as the limit."""


@contextmanager
def machine(row: dict[str, Any]) -> Iterator[str]:
    """The URL of a machine that does to every request what the row says."""
    if "url" in row:
        yield row["url"]
        return
    server = socket.create_server(("127.0.0.1", 0))

    def answer(connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            try:
                connection.recv(65_536)
                if row["answer"] is None:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
                for part in parts_of(row):
                    connection.sendall(part)
                    time.sleep(PAUSE if row.get("slow") else 0)
                if not row.get("stays"):
                    connection.shutdown(socket.SHUT_WR)
                while connection.recv(65_536):
                    pass
            except OSError:
                return

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"{row.get('scheme', 'http')}://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


def parts_of(row: dict[str, Any]) -> list[bytes]:
    """The answer as it is sent: byte by byte where it is slow."""
    answer = row["answer"].encode("latin-1")
    return [bytes([byte]) for byte in answer] if row.get("slow") else [answer]


def check(error: AgentServiceError, told: dict[str, str], url: str) -> None:
    assert isinstance(error, getattr(agent_service, told["kind"]))
    assert str(error) == told["message"].replace("URL", url)
    assert SECRET not in str(error)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_a_failure_is_told_in_the_words_of_every_client(row: dict[str, Any]) -> None:
    with machine(row) as url, AgentService(url, CANISTER, Identity.generate(), timeout=SECONDS) as service:
        with pytest.raises(AgentServiceError) as query:
            service.get_agent_status("a")
        check(query.value, row["query"], url)
        with pytest.raises(AgentServiceError) as update:
            service.create_agent_session("a", AgentType.GitHub)
        check(update.value, row["update"], url)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
async def test_a_failure_is_told_in_the_same_words_by_the_asynchronous_side(row: dict[str, Any]) -> None:
    with machine(row) as url:
        async with AsyncAgentService(url, CANISTER, Identity.generate(), timeout=SECONDS) as service:
            with pytest.raises(AgentServiceError) as query:
                await service.get_agent_status("a")
            check(query.value, row["query"], url)
            with pytest.raises(AgentServiceError) as update:
                await service.create_agent_session("a", AgentType.GitHub)
            check(update.value, row["update"], url)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["query"]["kind"] == "NetworkError"], ids=lambda row: row["what"]
)
def test_a_failure_on_the_way_to_a_gateway_is_told_in_the_same_words_of_the_gateway(row: dict[str, Any]) -> None:
    with machine(row) as url, GatewayAgentService(url, KEY, timeout=SECONDS) as service:
        with pytest.raises(AgentServiceError) as query:
            service.get_agent_status("a")
        check(query.value, {**row["query"], "message": row["query"]["message"].replace("network", "gateway")}, url)
        with pytest.raises(AgentServiceError) as update:
            service.create_agent_session("a", AgentType.GitHub)
        told = row["update"]
        if told["kind"] != "OutcomeUnknown":
            told = {**told, "message": told["message"].replace("network", "gateway")}
        check(update.value, told, url)
        if isinstance(update.value, OutcomeUnknown):
            assert update.value.method == "create_agent_session"
