"""Dossiers, facets, coverage and networks of a record whose figures can be counted by hand (``world.py``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import NotFoundError
from dragoman.model import Reading, When
from dragoman.record import Record
from dragoman.views import rows
from dragoman.views.coverage import coverage
from dragoman.views.disputes import disputes
from dragoman.views.dossier import Dossier, dossier
from dragoman.views.facets import SINGLE, Count, facet, facets
from dragoman.views.network import around, network
from dragoman.views.plain import COLUMNS, flat, plain
from dragoman.views.scope import Scope, status_of
from dragoman.views.subjects import code_of, subject
from dragoman.views.telling import narrowed, outlets, summary
from make import collections, emptied, visit
from views import world


@pytest.fixture(scope="module")
def kept() -> Iterator[Record]:
    with world.record() as record:
        yield record


@pytest.fixture(scope="module")
def dyad(kept: Record) -> Dossier:
    return dossier(kept, subject(kept, "PRT", "Norway"))


def test_the_whole_of_a_dyad(dyad: Dossier) -> None:
    # a1: 2, a2: 1, a3: 1, a4: 1, a5: 2 (not the grant to Spain), the list: 1
    assert (dyad.events, dyad.imported, dyad.reports, dyad.stories) == (7, 1, 8, 5)
    assert dyad.happened == 5  # all but the denial and the purchases
    assert (dyad.first, dyad.last) == (date(2006, 2, 1), date(2021, 3, 1))


def test_what_was_agreed_for_later_is_no_day_on_which_something_happened() -> None:
    later = When(date(2040, 1, 1), date(2040, 1, 1), "day", "publication")
    met = visit("met")
    agreed = visit("agreed")
    reports = tuple(replace(each, category="AGREE", when=later) for each in agreed.reports)
    with Record.open(":memory:") as record:
        record.add_many([met, replace(agreed, reports=reports)])
        found = dossier(record, subject(record, "PRT"))
    assert found.last is not None
    assert found.last < later.start


def test_categories_keep_what_happened_apart(dyad: Dossier) -> None:
    told = {each.category: each for each in dyad.categories}
    assert (told["CONSULT"].happened, told["CONSULT"].historical, told["CONSULT"].total) == (2, 1, 3)
    assert (told["ACCUSE"].happened, told["ACCUSE"].negation, told["ACCUSE"].total) == (1, 1, 2)
    assert (told["COOPERATE"].standing, told["COOPERATE"].score) == (1, None)
    assert sum(each.total for each in dyad.categories) == sum(each.events for each in dyad.years) == dyad.events


def test_balance_is_of_what_happened(dyad: Dossier) -> None:
    of_2019 = next(each for each in dyad.balance if each.year == 2019)
    assert (of_2019.verbal_conflict, of_2019.material_conflict, of_2019.cooperation) == (1, 1, 0)
    assert of_2019.score == of_2019.conflict < 0
    assert {each.year: each.verbal_cooperation for each in dyad.balance} == {2006: 1, 2011: 1, 2019: 0, 2021: 1}


def test_directions(dyad: Dossier) -> None:
    assert [(each.actor, each.recipient, each.events) for each in dyad.directions] == [
        ("PRT", "NOR", 3),
        ("NOR", "PRT", 2),
    ]


def test_the_timeline_is_in_order_and_leads_to_evidence(dyad: Dossier) -> None:
    assert [each.day for each in dyad.timeline] == [
        "2006-02", "2011-06-01", "2019-05-05", "2019-07", "2021-03-01",
    ]  # fmt: skip
    assert (dyad.timeline[-1].article, dyad.timeline[-1].stories) == ("a1", 2)
    assert dyad.timeline[1].imported and dyad.timeline[1].stories == 0


def test_on_whose_word(dyad: Dossier, kept: Record) -> None:
    assert {each.value: each.events for each in dyad.voices} == {"own": 5, "named": 2}
    assert [(each.name, each.code, each.events, each.anonymous) for each in dyad.speakers] == [("Norway", "NOR", 2, 0)]
    norway = dossier(kept, subject(kept, "NOR"))
    assert [(each.name, each.anonymous) for each in norway.speakers] == [("Norway", 0), ("an aide", 1)]


def test_lasting_states_with_their_figures(dyad: Dossier) -> None:
    (fish,) = dyad.standing
    assert [(each.value, each.of, each.words) for each in fish.amounts] == [(90.0, "fish", "90 percent")]


def test_third_parties_are_parties_or_the_matter(kept: Record) -> None:
    norway = dossier(kept, subject(kept, "NOR"))
    assert {each.code: (each.party, each.about) for each in norway.third_parties} == {"PRT": (7, 1), "ESP": (2, 0)}


def test_places_and_offices(dyad: Dossier) -> None:
    assert [(each.name, each.events, each.latitude) for each in dyad.places] == [("Oslo", 1, 59.91273)]
    assert [(each.name, each.office, each.country, each.first) for each in dyad.offices] == [
        ("Ana Reis", "Foreign Minister", "PRT", date(2021, 3, 2))
    ]


def test_a_denial_disputes_what_is_told(dyad: Dossier) -> None:
    (denial,) = dyad.disputes
    assert (denial.field, denial.category) == ("denial", "ACCUSE")
    assert [side.articles for side in denial.sides] == [("a3",), ("a4",)]


def test_copies_that_date_an_event_otherwise_disagree() -> None:
    """Copies of one text, read with different days of publication, resolve "on Monday" to different days."""
    from make import visit

    with Record.open(":memory:") as record:
        record.add(visit("a1", monday=date(2021, 3, 1)))
        record.add(visit("a2", monday=date(2021, 3, 8), outlet="The Copy"))
        found = dossier(record, subject(record, "PRT", "NOR")).disputes
    (dates,) = [each for each in found if each.field == "date"]
    assert [(side.value, side.outlets) for side in dates.sides] == [
        ("2021-03-01", ("The Daily",)),
        ("2021-03-08", ("The Copy",)),
    ]


@pytest.mark.parametrize(("field", "value", "left"), [("date", "2021-03-01", []), ("category", "AID", ["date"])])
def test_what_an_analyst_settles_is_no_dispute_any_more(field: str, value: str, left: list[str]) -> None:
    from make import visit

    with Record.open(":memory:") as record:
        record.add(visit("a1", monday=date(2021, 3, 1)))
        record.add(visit("a2", monday=date(2021, 3, 8), outlet="The Copy"))
        event = disputes(record, Scope())[0].event
        record.correct(event, field, value, who="A. Reader", why="a test")
        assert [each.field for each in disputes(record, Scope())] == left


def test_events_that_an_analyst_merged_differ_where_their_reports_do() -> None:
    with world.record() as record:
        told, denied = rows.ids(record, Scope(category="ACCUSE"))
        record.merge_events([told, denied], who="A. Reader", why="a test")
        (found,) = disputes(record, Scope(category="ACCUSE"))
        assert (found.field, [side.value for side in found.sides]) == ("status", ["happened", "negation"])


def test_a_month_and_a_day_in_it_can_both_be_right() -> None:
    from make import visit

    whole = visit("a2", outlet="The Copy")
    first, *others = whole.reports
    assert first.when is not None
    month = replace(first.when, start=date(2021, 3, 1), end=date(2021, 3, 31), precision="month")
    with Record.open(":memory:") as record:
        record.add(visit("a1", monday=date(2021, 3, 1)))
        record.add(replace(whole, reports=(replace(first, when=month), *others)))
        assert disputes(record, Scope()) == ()
        record.add(visit("a3", monday=date(2021, 4, 5)))
        assert [each.field for each in disputes(record, Scope())] == ["date"]


def test_a_person_an_outlet_and_an_organisation(kept: Record) -> None:
    reis = subject(kept, "ana reis")
    assert (reis.kind, reis.ids) == ("person", ("person:ana-reis:prt",))
    assert dossier(kept, reis).events == 2  # that of two articles, and the row of 2022
    assert [each.article for each in dossier(kept, reis).offices] == ["a1"]
    post = dossier(kept, subject(kept, "the post"))
    assert (post.subject.kind, post.events) == ("outlet", 2)
    assert subject(kept, "an aide").kind == "organisation"
    assert subject(kept, "Reis").ids == reis.ids


def test_names_of_countries_and_what_is_no_name(kept: Record) -> None:
    assert [code_of(name) for name in ("nor", "Norway", "Norwegian", "Oslo", "nobody")] == ["NOR"] * 4 + [None]
    with pytest.raises(NotFoundError, match=r"did you mean.*Ana Reis"):
        subject(kept, "Anna Reis")
    with pytest.raises(NotFoundError, match=r"did you mean.*Norway"):
        subject(kept, "Norwai", "PRT")
    with pytest.raises(ValueError, match="same"):
        subject(kept, "NOR", "Norway")
    with pytest.raises(ValueError, match="one name"):
        subject(kept, "NOR", "PRT", "ESP")


def test_a_rejected_event_counts_nowhere() -> None:
    with world.record() as record:
        before = dossier(record, subject(record, "PRT", "NOR"))
        record.reject(before.timeline[0].event, who="A. Reader", why="a test")
        after = dossier(record, subject(record, "PRT", "NOR"))
    assert (after.events, len(after.timeline)) == (before.events - 1, len(before.timeline) - 1)
    assert after.first == date(2011, 6, 1)


def test_coverage_tells_read_from_imported_and_finds_gaps(kept: Record) -> None:
    found = coverage(kept)
    assert (found.articles, found.imported, found.undated, found.days) == (6, 4, 1, 5)
    assert (found.first, found.last) == (date(2019, 5, 6), date(2021, 3, 9))
    assert [(each.start, each.end, each.days) for each in found.gaps] == [
        (date(2019, 8, 2), date(2021, 3, 1), 578),
        (date(2019, 5, 8), date(2019, 7, 31), 85),
    ]
    told = {each.outlet: (each.origin, each.articles, each.events) for each in found.outlets}
    assert told["Ministry of Journeys"] == ("visits", 4, 4)
    assert told["The Daily"] == ("read", 3, 6)
    years = {each.year: (each.articles, each.imported, each.events) for each in found.years}
    assert years[2019] == (3, 0, 3)
    assert years[2011] == (0, 1, 1)


def test_coverage_of_a_scope_holds_its_articles_alone(kept: Record) -> None:
    assert coverage(kept, Scope(outlet="The Post")).articles == 2


def test_what_a_dossier_stands_on_in_words(kept: Record, dyad: Dossier) -> None:
    assert outlets(dyad.coverage) == "2 outlets and 1 data set"
    assert outlets(coverage(kept, Scope(outlet="The Post"))) == "1 outlet"
    (year, other) = (date(2019, 1, 1), date(2020, 12, 31))
    scope = replace(dyad.scope, category="ACCUSE", start=year, end=other)
    found = dossier(kept, dyad.subject, scope=scope)
    assert summary(found)[0] == "Only ACCUSE, from 2019-01-01 on, until 2020-12-31."
    assert "What happened on a known day lies in 2019." in summary(found)
    assert (narrowed(dyad), dyad.scope) == ("", dyad.subject.scope)
    assert "What happened on a known day lies between 2006 and 2021." in summary(dyad)


def test_around_a_dyad_stand_those_with_whom_both_deal(kept: Record) -> None:
    met = around(kept, Scope(codes=("PRT", "NOR")))
    assert {each.code for each in met.nodes} == {"PRT", "NOR", "ESP"}  # a journey to Spain, which met Norway
    assert {(each.a, each.b) for each in met.edges} == {("PRT", "NOR"), ("NOR", "PRT"), ("PRT", "ESP"), ("ESP", "NOR")}
    first = around(kept, Scope(codes=("PRT", "NOR")), limit=1)
    assert ({each.code for each in first.nodes}, first.edges_left_out) == ({"PRT", "NOR"}, len(met.edges) - 1)
    assert around(kept, Scope(codes=("PRT",))) == network(kept, Scope(codes=("PRT",)))


def test_either_of_two(kept: Record) -> None:
    def count(**chosen: object) -> int:
        return rows.page(kept, Scope(**chosen)).total  # type: ignore[arg-type]

    one, other, both = count(codes=("PRT",)), count(codes=("ESP",)), count(codes=("PRT", "ESP"))
    assert count(either=("PRT", "ESP")) == one + other - both > one


def test_facets_by_hand(kept: Record) -> None:
    assert facet(kept, "voice", Scope(codes=("NOR", "PRT"))).counts == (Count("own", 6), Count("named", 2))
    assert facet(kept, "outlet").counts[0] == Count("The Daily", 6)
    assert Count(None, 3) in facet(kept, "year").counts
    with pytest.raises(ValueError, match="no facet"):
        facet(kept, "colour")


def test_the_network_sums_scores(kept: Record) -> None:
    found = network(kept)
    edges = {(each.a, each.b, each.joint): each for each in found.edges}
    assert edges["PRT", "NOR", False].events == 3
    assert edges["NOR", "PRT", False].weight < 0
    assert edges["ESP", "NOR", True].events == 1
    assert found.edges_left_out == 0
    by_year = network(kept, Scope(codes=("PRT", "NOR")), period="year")
    assert {(each.a, each.period): each.events for each in by_year.edges} == {
        ("PRT", 2021): 1, ("NOR", 2019): 2, ("PRT", 2006): 1, ("PRT", 2011): 1,
    }  # fmt: skip
    assert network(kept, limit=1).edges_left_out == len(found.edges) - 1


def test_pages_of_events_are_the_whole_in_order(kept: Record) -> None:
    whole = rows.page(kept, limit=100)
    parts = [row for start in range(0, whole.total, 5) for row in rows.page(kept, limit=5, offset=start).rows]
    assert tuple(parts) == whole.rows
    assert [row.event for row in whole.rows] == rows.ids(kept, Scope())
    days = [row.start for row in rows.page(kept, sort="-day").rows]
    assert days == sorted([each for each in days if each], reverse=True) + [None] * 3
    with pytest.raises(ValueError, match="no order"):
        rows.page(kept, sort="colour")


def test_a_corrected_event_shows_what_the_analyst_says() -> None:
    with world.record() as record:
        event = rows.ids(record, Scope(category="SANCTION"))[0]
        record.correct(event, "category", "THREATEN", who="A. Reader", why="a test")
        (row,) = rows.page(record, Scope(category="THREATEN")).rows
    assert (row.event, row.corrected, row.quad) == (event, True, "verbal_conflict")


def test_scopes_refuse_what_there_is_not() -> None:
    for wrong in ({"status": "maybe"}, {"voice": "loud"}, {"quad": "fifth"}):
        with pytest.raises(ValueError, match="one of"):
            Scope(**wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="before the first"):
        Scope(start=date(2020, 1, 2), end=date(2020, 1, 1))


def test_the_status_of_several_modes() -> None:
    assert status_of(()) == "happened"
    assert status_of(("historical",)) == "historical"
    assert status_of(("future", "negation")) == "negation"


def test_plain_data_and_flat_rows(kept: Record, dyad: Dossier) -> None:
    told = plain(dyad)
    assert told["first"] == "2006-02-01"
    assert told["timeline"][0]["actors"][0]["name"] == "Rui Melo"
    row = next(flat(dyad.timeline))
    assert tuple(row) == COLUMNS
    assert (row["actor"], row["recipient"], row["day"]) == ("PRT Rui Melo", "NOR Norway", "2006-02")
    with pytest.raises(TypeError):
        plain(object())


@pytest.fixture(scope="module")
def empty() -> Iterator[Record]:
    with Record.open(":memory:") as record:
        yield record


LAWS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LAWS
@given(collection=collections(), code=st.sampled_from((None, "DZA", "USA")))
def test_the_counts_of_a_facet_add_up_to_the_events(empty: Record, collection: list[Reading], code: str | None) -> None:
    emptied(empty)
    for reading in collection:
        empty.add(reading)
    scope = Scope(codes=(code,) if code else ())
    total = rows.page(empty, scope).total
    for name in SINGLE:
        assert sum(each.events for each in facet(empty, name, scope).counts) == total
    for found in facets(empty, scope):
        for each in found.counts:
            if found.name in ("category", "status", "mode", "context", "outlet", "voice") and each.value:
                assert rows.page(empty, replace(scope, **{found.name: each.value})).total == each.events
    assert len(rows.ids(empty, scope)) == len(set(rows.ids(empty, scope))) == total
