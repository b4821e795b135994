"""Some of a record's events, picked once: what is asked of them is answered as the whole record answers it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dragoman.errors import RecordError
from dragoman.record import Record
from dragoman.views import parts
from dragoman.views.coverage import coverage
from dragoman.views.disputes import disputes
from dragoman.views.facets import facets
from dragoman.views.scope import Scope
from dragoman.views.subjects import subject
from views import world

SCOPES = (
    Scope(codes=("PRT", "NOR")),
    Scope(either=("PRT",)),
    Scope(outlet="The Courier"),
    Scope(category="CONSULT", occurred=True),
    Scope(year=2019),
)


@pytest.fixture(scope="module")
def kept() -> Iterator[Record]:
    with world.record() as record:
        yield record


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_what_is_picked_answers_as_the_whole_does(kept: Record, scope: Scope) -> None:
    who = subject(kept, "PRT", "Norway")

    def told(asked: Any, within: Scope) -> list[object]:
        several = (parts.speakers, parts.places)
        return [
            parts.totals(asked, within),
            parts.categories(asked, within),
            parts.directions(asked, within),
            *(each(asked, within, limit=20) for each in several),
            parts.third_parties(asked, within, who, limit=20),
            parts.offices(asked, within, who, limit=20),
            disputes(asked, within),
            facets(asked, within),
        ]

    condition, values = scope.condition()
    with kept.among(condition, values) as picked:
        assert told(picked, Scope(codes=scope.codes)) == told(kept, scope)
        assert coverage(picked, scope) == coverage(kept, scope)


def test_only_what_was_picked_is_there(kept: Record) -> None:
    facts, reports = "SELECT count(*) AS n FROM facts", "SELECT count(DISTINCT event) AS n FROM event_reports"
    whole = kept.select(facts)[0]["n"]
    with kept.among("f.category = ?", ["CONSULT"]) as picked:
        assert 0 < picked.select(facts)[0]["n"] == picked.select(reports)[0]["n"] < whole
        other = kept.select("SELECT event FROM facts WHERE category <> 'CONSULT'")[0]["event"]
        assert [event.id for event in picked.events_of([other])] == [other]
    assert kept.select(facts)[0]["n"] == whole


def test_what_is_no_condition_is_refused_and_named(kept: Record) -> None:
    with pytest.raises(RecordError), kept.among("f.nothing = 1"):
        pass
    with kept.among("true") as picked, pytest.raises(RecordError):
        picked.select("SELECT nothing FROM facts")
