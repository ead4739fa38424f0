"""The gateway answers as its OpenAPI document says, whatever it is sent."""

from __future__ import annotations

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from network import Network
from schemathesis import Case, CheckContext, Response
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

PROBLEM = "urn:agent-service:problem:"


@pytest.fixture(scope="session")
def document(network: Network) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{network.gateway_url}/openapi.json")


schema = schemathesis.pytest.from_fixture("document")


def refuses_by_schema_only_what_its_schema_refuses(ctx: CheckContext, response: Response, case: Case) -> None:
    """What fits the document can be refused by the service, but not for its form."""
    mode = case.meta.generation.mode if case.meta is not None else None
    if mode == GenerationMode.POSITIVE and response.status_code == 400:
        assert response.json()["type"] != f"{PROBLEM}InvalidRequest", response.text


# It answers an event stream that does not end by itself.
@schema.exclude(path_regex="/events$").parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_is_answered_otherwise_than_the_document_says(case: Case, network: Network) -> None:
    case.call_and_validate(
        headers=network.authorization,
        # The service refuses values that no schema can say are wrong, such as metadata that is no JSON.
        excluded_checks=[positive_data_acceptance],
        additional_checks=[refuses_by_schema_only_what_its_schema_refuses],
    )


def test_a_day_by_http_alone(network: Network) -> None:
    with httpx.Client(base_url=network.gateway_url, headers=network.authorization) as http:
        begun = http.post("/v1/sessions", json={"user_id": "http-user", "agent_type": "GitHub"})
        session = begun.json()["result"]
        assert begun.status_code == 201
        stored = {
            "user_id": "http-user",
            "agent_type": "GitHub",
            "message": "m",
            "response": "r",
            "success": True,
        }
        interaction = http.post("/v1/interactions", json=stored).json()["result"]
        assert http.post(f"/v1/sessions/{session}/end").json() == {"result": None}
        listed = http.get("/v1/users/http-user/interactions", params={"limit": 5}).json()["result"]
        assert [(item["id"], item["session_id"]) for item in listed["items"]] == [(interaction, session)]
        types = [item["activity_type"] for item in http.get("/v1/users/http-user/activities").json()["result"]["items"]]
        assert types == ["SessionEnded", "InteractionCompleted", "SessionCreated"]
