"""Requests made up from the OpenAPI document find no server error, and every answer is one that it names."""

from __future__ import annotations

import os

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

# Enough for a test of a minute; `make fuzz` asks for more.
FEW = 5
EXAMPLES = int(os.environ.get("FUZZ", FEW))

# What every request must keep, whatever it asks.
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


def test_no_request_makes_the_server_fail(server):
    document = schemathesis.openapi.from_url(f"{server.address}/openapi.json")
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 30
    for operation in operations:

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            derandomize=EXAMPLES == FEW,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(checks=CHECKS)

        ask()
