"""What the reports of one event agree on and where they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.model import When
from dragoman.web.sides import sides
from make import visit

FIRST = visit().reports[0]
ON_MONDAY = When(date(2021, 3, 1), date(2021, 3, 1), "day", "words", FIRST.sentence)
IN_MARCH = When(date(2021, 3, 1), date(2021, 3, 31), "month", "words", FIRST.sentence)
IN_MAY = When(date(2021, 5, 1), date(2021, 5, 31), "month", "words", FIRST.sentence)


def test_one_report_has_nobody_to_agree_with() -> None:
    assert {side.verdict for side in sides([FIRST])} == {"one report"}


@pytest.mark.parametrize(
    ("field", "other", "verdict"),
    [
        ("event", {"category": "AGREE"}, "differ"),
        ("event", {}, "agree"),
        ("status", {"auxiliary": ("negation",)}, "differ"),
        ("recipient", {"recipients": ()}, "some say"),
        ("date", {"when": ON_MONDAY}, "agree"),
        ("date", {"when": IN_MARCH}, "agree"),
        ("date", {"when": IN_MAY}, "differ"),
        ("date", {"when": None}, "some say"),
    ],
)
def test_two_reports(field: str, other: dict[str, object], verdict: str) -> None:
    first = replace(FIRST, when=ON_MONDAY)
    found = {side.field: side.verdict for side in sides([first, replace(first, **other)])}
    assert found[field] == verdict
