"""The official Python client of MCP, over HTTP and over standard input and output."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from network import Network

ROOT = Path(__file__).resolve().parents[3]
MARKER = "MARKER-secret"


@asynccontextmanager
async def over_http(network: Network) -> AsyncIterator[Client]:
    async with (
        httpx2.AsyncClient(headers=network.authorization) as http,
        Client(streamable_http_client(f"{network.gateway_url}/mcp", http_client=http)) as client,
    ):
        yield client


@asynccontextmanager
async def over_stdio(network: Network) -> AsyncIterator[Client]:
    args = ["scripts/run.mjs", "mcp", "--directory", str(network.directory)]
    async with Client(StdioServerParameters(command="node", args=args, cwd=ROOT)) as client:
        yield client


@pytest.mark.parametrize("connect", [over_http, over_stdio])
def test_a_session_by_tools_and_its_history_as_a_resource(connect: Any, network: Network) -> None:
    user = f"mcp-{connect.__name__}"

    async def run() -> str:
        async with connect(network) as client:

            async def call(tool: str, **arguments: object) -> Any:
                answer = await client.call_tool(tool, arguments)
                assert not answer.is_error, answer
                return answer.structured_content["result"]

            names = {tool.name for tool in (await client.list_tools()).tools}
            assert {"get_agent_status", "create_agent_session", "list_activities"} <= names
            about = {"user_id": user, "agent_type": "Asana"}
            session = await call("create_agent_session", **about)
            await call("store_agent_interaction", **about, message="m", response="r", success=True)
            await call("end_agent_session", session_id=session)
            status = await call("get_agent_status", user_id=user)
            assert (status["total_sessions"], status["active_sessions"]) == (1, 0)
            history = await client.read_resource(f"agent-service://users/{user}/interactions")
            return history.contents[0].text

    assert '"message":"m"' in asyncio.run(run())


@pytest.mark.parametrize("connect", [over_http, over_stdio])
def test_no_token_is_shown(connect: Any, network: Network) -> None:
    user = f"mcp-tokens-{connect.__name__}"
    stored = httpx2.put(
        f"{network.gateway_url}/v1/users/{user}/credentials/GitHub",
        headers=network.authorization,
        json={"token": MARKER, "project_ids": []},
    )
    begun = httpx2.post(
        f"{network.gateway_url}/v1/sessions",
        headers=network.authorization,
        json={"user_id": user, "agent_type": "GitHub", "token": MARKER},
    )
    assert (stored.status_code, begun.status_code) == (200, 201)

    async def run() -> str:
        async with connect(network) as client:
            session = await client.call_tool("get_agent_session", {"session_id": begun.json()["result"]})
            sessions = await client.read_resource(f"agent-service://users/{user}/sessions")
            activities = await client.call_tool("list_activities", {"user_id": user})
            return repr([session, sessions, activities])

    shown = asyncio.run(run())
    assert begun.json()["result"] in shown
    assert MARKER not in shown
