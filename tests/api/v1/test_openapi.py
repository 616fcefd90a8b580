"""The OpenAPI document is valid and true: schemathesis calls every operation it names."""

import os
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis import GenerationMode

from api.app import create_app
from energiehuis.config import Settings

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "8"))
METHODS = {"get", "post", "put", "patch", "delete"}


def operations():
    nowhere = Settings(database_url="sqlite:///nowhere.db", secret_key="x" * 40, log_level="ERROR")
    document = create_app(nowhere).test_client().get("/api/v1/openapi.json").get_json()
    for path, item in document["paths"].items():
        for method in METHODS & set(item):
            yield f"{method.upper()} {path}"


def test_the_document_is_valid_openapi_3_1(client):
    document = client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    validate(document)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", sorted(operations()))
def test_no_operation_breaks_its_own_description(app, client, as_role, label, mode):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    found = {result.ok().label: result.ok() for result in schema.get_all_operations()}
    role = "programme_worker" if "/intakes/" in label else "lead_counsellor"
    headers = as_role(role)
    calls = 0

    @given(case=found[label].as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(case):
        nonlocal calls
        calls += 1
        given_key = str((case.headers or {}).get("Idempotency-Key", ""))
        # A fresh key for each call that has a good one: a key that is used again tests nothing.
        fresh = {"Idempotency-Key": uuid4().hex} if len(given_key) >= 8 else {}
        case.call_and_validate(headers={**headers, **fresh})

    try:
        call()
    except Unsatisfiable:
        # An operation that takes nothing cannot be given anything wrong.
        assert mode is GenerationMode.NEGATIVE
    else:
        assert calls >= 1
