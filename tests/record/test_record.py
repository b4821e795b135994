from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from dragoman.errors import RecordError
from dragoman.linking.events import merge
from dragoman.model import Attribution, Failure, Paragraph, Quantity, Reading, Span, When
from dragoman.record import Record
from dragoman.record.rows import READING_TABLES
from make import collections, emptied, entity, party, readings, span, visit

# Opening a record takes some tens of milliseconds, which hypothesis would call slow on a busy machine.
LAW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def shared():
    """Two records for all tests and examples, which empty them first: opening one costs more than a test."""
    with Record.open(":memory:") as one, Record.open(":memory:") as other:
        yield one, other


@pytest.fixture
def record(shared):
    emptied(*shared)
    return shared[0]


def content(record: Record) -> dict[str, list[tuple]]:
    """Every row of every table, in no order."""
    names = [row["table_name"] for row in record.select("SELECT table_name FROM duckdb_tables()")]
    return {name: sorted(map(repr, record._select(f"SELECT * FROM {name}"))) for name in names}


def test_a_reading_comes_back_as_it_went_in(record):
    assert record.add(visit()) == "new"
    assert list(record.readings()) == [visit()]
    assert record.article("a1") == visit().article


def test_the_same_reading_changes_nothing(record):
    record.add(visit())
    before = content(record)
    assert record.add(visit()) == "unchanged"
    assert content(record) == before
    assert all(before[table] for table in READING_TABLES)


@pytest.mark.parametrize(
    "change",
    [
        {"version": "reader-2"},
        {"reports": visit().reports[:1]},
        {"article": replace(visit().article, outlet="The Evening")},
        {"article": replace(visit().article, published=date(2021, 3, 3))},
    ],
)
def test_another_reading_takes_the_place_of_the_first(record, shared, change):
    changed = replace(visit(), **change)
    record.add(visit())
    assert record.add(changed) == "updated"
    assert list(record.readings()) == [changed]
    shared[1].add(changed)
    assert content(record) == content(shared[1])


@LAW
@given(several=collections())
def test_whatever_the_coder_says_is_kept(shared, several):
    record, _ = shared
    emptied(record)
    for reading in several:
        assert record.add(reading) == "new"
    assert list(record.readings()) == sorted(several, key=lambda reading: reading.article.id)
    assert record.misplaced() == []
    before = content(record)
    for reading in reversed(several):
        assert record.add(reading) == "unchanged"
    assert content(record) == before


@LAW
@given(first=readings(), second=readings())
def test_reading_again_is_reading_once(shared, first, second):
    twice, once = shared
    emptied(twice, once)
    twice.add(first)
    twice.add(second)
    once.add(second)
    assert content(twice) == content(once)


# no span, no claim


def first_report(**change) -> Reading:
    reading = visit()
    return replace(reading, reports=(replace(reading.reports[0], **change), reading.reports[1]))


def without_span(claim):
    return replace(claim, span=None)


OUTSIDE = Span("a1", 0, 10_000)
ELSEWHERE = Span("a2", 0, 1)
REPORT, SECOND = visit().reports
STRANGER = party(visit().article, "Norway", entity("XXX"))
UNBOUND = Attribution(None, "direct")

REFUSED = {
    "sentence": first_report(sentence=None),
    "sentence outside": first_report(sentence=OUTSIDE),
    "sentence elsewhere": first_report(sentence=ELSEWHERE),
    "no cue": first_report(cues=()),
    "cue": first_report(cues=(None,)),
    "actor": first_report(actors=(without_span(REPORT.actors[0]),)),
    "recipient": first_report(recipients=(without_span(REPORT.recipients[0]),)),
    "place": first_report(where=without_span(REPORT.where)),
    "date": first_report(when=without_span(REPORT.when)),
    "attribution": first_report(attribution=(UNBOUND,)),
    "parent": first_report(attribution=(replace(REPORT.attribution[0], parent=UNBOUND),)),
    "source": first_report(attribution=(Attribution(REPORT.sentence, "direct", (without_span(STRANGER),)),)),
    "quantity": first_report(quantities=(without_span(SECOND.quantities[0]),)),
    "stranger": first_report(actors=(STRANGER,)),
    "sure beyond sure": first_report(confidence=1.5),
    "no number": first_report(confidence=float("nan")),
    "backwards": first_report(when=replace(REPORT.when, end=date(2021, 2, 1))),
    "said in no known way": first_report(attribution=(replace(REPORT.attribution[0], kind="sung"),)),
    "twice": replace(visit(), reports=(REPORT, REPORT)),
    "nameless": replace(visit(), article=replace(visit().article, id="")),
    "half a pair": replace(visit(), version="\ud800"),
    "shifted": replace(visit(), article=replace(visit().article, paragraphs=(Paragraph("A", "body", 3),))),
}


@pytest.mark.parametrize("reading", REFUSED.values(), ids=REFUSED)
def test_what_has_no_words_is_refused_and_changes_nothing(record, reading):
    record.add(visit("b"))
    before = content(record)
    with pytest.raises(RecordError, match="refuses"):
        record.add(reading)
    assert content(record) == before
    assert record.add(visit()) == "new"


@pytest.mark.parametrize("table", ["reports", "cues", "parties", "attributions", "quantities"])
@pytest.mark.parametrize(
    "change", ["starts = ends", "ends = ends + 1", "words = ''", "starts = -1", "starts = NULL", "words = NULL"]
)
def test_the_database_itself_refuses_a_claim_without_words(record, table, change):
    record.add(visit())
    with pytest.raises(RecordError, match="refuses"):
        record._select(f"UPDATE {table} SET {change}")
    assert list(record.readings()) == [visit()]


def test_words_that_are_not_in_the_article_are_found(record):
    record.add(visit())
    record._select("UPDATE cues SET words = 'visitor' WHERE words = 'visited'")
    assert record.misplaced() == [("a1", "cue", "visitor")]


# articles, entities, failures


def test_an_article_is_found_by_the_beginning_of_its_id(record):
    for name in ("abc", "abd", "x"):
        record.add(visit(name))
    assert record.article("x").id == "x"
    assert record.article("abc").id == record.reading("abc").article.id == "abc"
    with pytest.raises(RecordError, match="more than one article begins with 'ab': abc, abd"):
        record.article("ab")
    with pytest.raises(RecordError, match="no article 'y'"):
        record.article("y")
    record.add(visit("ab"))
    assert record.article("ab").id == "ab"
    assert [article.id for article in record.articles()] == ["ab", "abc", "abd", "x"]
    assert [article.id for article in record.articles(["x", "ab", "none"])] == ["ab", "x"]


def test_entities_are_one_row_for_each_identity(record):
    record.add(visit("a"))
    other = visit("b")
    record.add(replace(other, entities=tuple(replace(one, aliases=("Other",)) for one in other.entities)))
    found = {one.id: one for one in record.entities()}
    assert list(found) == sorted(one.id for one in other.entities)
    assert found["person:ana-reis"].aliases == ("Other", "Reis")
    assert len(found["person:ana-reis"].offices) == 1
    assert [one.id for one in record.entities(["PRT", "none"])] == ["PRT"]


def test_a_failure_is_kept_until_its_source_is_read(record):
    record.fail(Failure("b.html", "format", "empty"))
    record.fail(Failure("a.html", "source", "missing", {"errno": "2", "é": "\n"}))
    record.fail(Failure("b.html", "format", "binary"))
    assert list(record.failures()) == [
        Failure("a.html", "source", "missing", {"errno": "2", "é": "\n"}),
        Failure("b.html", "format", "binary"),
    ]
    record.add(visit(), source="a.html")
    assert record.add(visit(), source="b.html") == "unchanged"
    assert list(record.failures()) == []


def test_stories_and_copies_are_counted(record):
    record.add(visit("b", outlet="The Evening"))
    record.add(visit("a"))
    record.add(visit("c", monday=None))
    text = record.article("a").text
    events = list(record.events())
    assert [[report.article for report in event.reports] for event in events] == [["a", "b", "c"]] * 2
    assert {event.stories for event in events} == {1}
    assert record._select("SELECT articles, outlets FROM stories") == [{"articles": 3, "outlets": 2}]
    assert text[events[0].reports[0].cues[0].start :].startswith("visited")
    assert record._select("SELECT sum(reports)::INT AS n, count(*) AS m FROM events") == [{"n": 6, "m": 2}]


@LAW
@given(several=collections())
def test_events_are_the_reports_merged_in_one_order(shared, several):
    record, other = shared
    emptied(record, other)
    for one, two in zip(several, reversed(several), strict=True):
        record.add(one)
        other.add(two)
    events = list(record.events())
    assert list(other.events()) == events
    told = [report for event in events for report in event.reports]
    assert len(told) == sum(len(reading.reports) for reading in several)
    assert all(merge(event.id, event.reports[::-1], stories=event.stories) == event for event in events)
    leads = [event.reports[0] for event in events]
    dated = [report.when.start if report.when else date.max for report in leads]
    assert dated == sorted(dated)


def test_every_column_is_described(record):
    silent = "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
    assert record._select(silent) == []
    assert record._select("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL") == []
    assert record._select("SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal") == []
    described = "SELECT DISTINCT table_name FROM duckdb_columns() WHERE NOT internal"
    assert {row["table_name"] for row in record._select(described)} >= {"facts", "corrections", "anchors", "claims"}


def test_quantities_and_dates_of_any_size(record):
    reading = visit()
    words = span(reading.article, "Monday")
    far = When(date(1, 1, 1), date(9999, 12, 31), "decade", "publication")
    many = replace(reading.reports[0], when=far, quantities=(Quantity(-1e300, "", words), Quantity(0.1, "x", words)))
    record.add(replace(reading, reports=(many,)))
    assert record.reading("a1").reports == (many,)
