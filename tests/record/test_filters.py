from dataclasses import replace
from datetime import date

import pytest

from dragoman.errors import NotFoundError
from dragoman.model import Attribution, Reading, When
from dragoman.record import EventFilter, Record
from make import article, entity, party, report, visit

DATES = {
    "d1": When(date(2020, 5, 4), date(2020, 5, 4), "day", "publication"),
    "d2": When(date(2020, 1, 1), date(2020, 12, 31), "year", "publication"),
    "d3": When(date(2021, 2, 1), date(2021, 2, 28), "month", "publication"),
    "d4": None,
}


def dated(name: str, when: When | None, **fields) -> Reading:
    text = article(name, f"Mali and Chad met Élodie of {name}.")
    states = {code: entity(code) for code in ("MLI", "TCD")}
    actors = (party(text, "Mali", states["MLI"]), party(text, "Chad", states["TCD"]))
    person = entity("person:e", "Élodie", kind="person", code="FRA", sector="GOV")
    voice = Attribution(actors[0].span, "direct", (party(text, "Élodie", person, office="Envoy"),))
    told = report(text, text.text, "met", actors=actors, when=when, attribution=(voice,), **fields)
    return Reading(text, (*states.values(), person), (told,), "1")


@pytest.fixture(scope="module")
def record():
    with Record.open(":memory:") as opened:
        for name, when in DATES.items():
            opened.add(dated(name, when))
        opened.add(dated("d5", DATES["d1"], category="AID", auxiliary=("future",), modes=("economic", "sideAB")))
        opened.add(visit("v"))
        yield opened


def found(record: Record, **chosen) -> list[str]:
    return [event.reports[0].id for event in record.events(EventFilter(**chosen))]


def test_events_come_by_first_possible_day_and_undated_last(record):
    assert found(record) == ["d2#0", "d1#0", "d5#0", "d3#0", "v#0", "d4#0", "v#1"]


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({"between": ("MLI", "TCD"), "event": "AID"}, ["d5#0"]),
        ({"between": ("TCD",), "event": "CONSULT"}, ["d2#0", "d1#0", "d3#0", "d4#0"]),
        ({"between": ("MLI", "USA")}, []),
        ({"between": ("NOR", "PRT")}, ["v#0"]),
        ({"between": ("FRA",)}, []),
        ({"by": "elod", "event": "AID"}, ["d5#0"]),
        ({"by": "envoy", "event": "AID"}, ["d5#0"]),
        ({"by": "fra", "event": "AID"}, ["d5#0"]),
        ({"by": "an aide"}, ["v#0"]),
        ({"by": "%"}, []),
        ({"mode": "sideAB"}, ["d5#0"]),
        ({"start": date(2020, 5, 5), "end": date(2020, 6, 1)}, ["d2#0"]),
        ({"start": date(2020, 5, 4), "end": date(2020, 5, 4)}, ["d2#0", "d1#0", "d5#0"]),
        ({"start": date(2021, 2, 28)}, ["d3#0", "v#0"]),
        ({"end": date(2020, 1, 1)}, ["d2#0"]),
        ({"status": "future"}, ["d5#0"]),
        ({"status": "hypothetical"}, ["v#1"]),
        ({"status": "happened", "start": date(2021, 1, 1)}, ["d3#0", "v#0"]),
        ({"article": "v"}, ["v#0", "v#1"]),
        ({"article": "d4"}, ["d4#0"]),
    ],
)
def test_a_filter_lets_through(record, chosen, wanted):
    assert found(record, **chosen) == wanted


def test_an_event_comes_with_all_its_reports_and_is_what_the_one_says_that_speaks_for_it(record):
    with Record.open(":memory:") as copies:
        first = visit("a")
        copies.add(first)
        other = visit("b")
        copies.add(replace(other, reports=(replace(other.reports[0], auxiliary=("historical",)),)))
        both = [event.reports for event in copies.events(EventFilter(article="b"))]
        assert [[each.article for each in reports] for reports in both] == [["a", "b"]]
        assert found(copies, article="b", status="happened") == ["a#0"]
        assert found(copies, article="b", status="historical") == []


def test_wrong_filters_are_refused(record):
    with pytest.raises(ValueError, match="no status 'maybe'"):
        EventFilter(status="maybe")
    with pytest.raises(ValueError, match="before the first"):
        EventFilter(start=date(2020, 1, 2), end=date(2020, 1, 1))
    with pytest.raises(NotFoundError, match="no article 'zz'"):
        found(record, article="zz")
    with pytest.raises(NotFoundError, match="more than one"):
        found(record, article="d")
