"""What holds of any corrections of any record."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import CorrectionError, NotFoundError
from dragoman.model import Reading
from dragoman.record import EventFilter, Record
from make import CATEGORIES, collections, emptied, visit
from record.judging import BY, FACTS, exported, ids, rebuilt

# A correction costs some tens of milliseconds, and an example makes several.
LAW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def record():
    with Record.open(":memory:") as one:
        yield one


OPERATIONS = st.lists(st.tuples(st.sampled_from("cmkrsgtaeu"), st.integers(0, 9), st.integers(0, 9)), max_size=6)


def run(record: Record, operation: str, one: int, other: int) -> None:
    """Some correction of some of what there is; what does not fit is refused and is none."""
    events = ids(record, rejected=None)
    entities = [each.id for each in record.entities()]
    event, second = events[one % len(events)], events[other % len(events)]
    somebody, else_ = (entities[number % len(entities)] for number in (one, other)) if entities else ("", "")
    articles = [article.id for article in record.articles()]
    said = {
        "c": lambda: record.correct(event, "category", CATEGORIES[other % len(CATEGORIES)], **BY),
        "m": lambda: record.correct(event, "date", ("", "2020", "2021-03")[other % 3], **BY),
        "k": lambda: record.correct(event, "actors", ["DZA", somebody][: other % 3], **BY),
        "r": lambda: record.reject(event, **BY),
        "s": lambda: record.restore(event, **BY),
        "g": lambda: record.merge_events([event, second], **BY),
        "t": lambda: record.split_event(event, [record.event(event).reports[0].id], **BY),
        "a": lambda: record.merge_entities([somebody, else_], **BY),
        "e": lambda: record.split_entity(somebody, [articles[other % len(articles)]], **BY),
        "u": lambda: record.undo(one, **BY),
    }
    try:
        said[operation]()
    except (CorrectionError, NotFoundError):
        return


def filled(record: Record, several: list[Reading]) -> None:
    emptied(record)
    record.add(visit())
    record.add(visit("b"))
    for reading in several:
        record.add(reading)


@LAW
@given(several=collections(), operations=OPERATIONS)
def test_undoing_all_corrections_is_having_made_none(record, several, operations):
    filled(record, several)
    before = exported(record)
    for operation in operations:
        run(record, *operation)
    for each in reversed(record.corrections()):
        if each.kind != "undo" and each.undone_by is None:
            record.undo(each.id, **BY)
    while waiting := [each.id for each in record.corrections() if each.kind != "undo" and each.undone_by is None]:
        record.undo(waiting[-1], **BY)
    assert exported(record) == before
    assert all(each.kind == "undo" or each.undone_by for each in record.corrections())


@LAW
@given(several=collections(), operations=OPERATIONS)
def test_facts_are_what_they_would_be_made_from_nothing(record, several, operations):
    filled(record, several)
    for operation in operations:
        run(record, *operation)
    found = record.select(FACTS)
    assert found == rebuilt(record)
    events = list(record.events(EventFilter(rejected=None)))
    assert [event.id for event in sorted(events, key=lambda event: event.id)] == [row["event"] for row in found]
    rows = {row["event"]: row for row in found}
    for event in events:
        told, row = event.reports[0], rows[event.id]
        assert (row["category"], row["modes"], row["about"]) == (told.category, list(told.modes), list(told.about))
        assert row["actors"] == sorted({party.code for party in told.actors if party.code})
        assert row["recipient_entities"] == sorted({party.entity for party in told.recipients})
        assert (row["when_start"], row["where_name"]) == (
            told.when.start if told.when else None,
            told.where.name if told.where else None,
        )
        assert (row["article"], row["sequence"], row["reports"]) == (told.article, told.sequence, len(event.reports))
        assert (row["stories"], row["corrected"], row["rejected"]) == (event.stories, event.corrected, event.rejected)
    named = {one.id for one in record.entities()}
    assert {party.entity for event in events for r in event.reports for party in (*r.actors, *r.recipients)} <= named


@LAW
@given(several=collections(), operations=OPERATIONS)
def test_reading_all_again_changes_nothing_of_what_was_corrected(record, several, operations):
    filled(record, several)
    for operation in operations:
        run(record, *operation)
    before, said = exported(record), record.corrections()
    readings = list(record.readings())
    for reading in readings:
        record.add(replace(reading, reports=(), version="blind"))
    for reading in reversed(readings):
        record.add(reading)
    assert exported(record) == before
    assert record.corrections() == said


@settings(LAW, max_examples=4)
@given(order=st.permutations(range(4)))
def test_corrections_of_different_things_may_be_made_in_any_order(record, order):
    filled(record, [])
    first, second = ids(record)
    made = [
        lambda: record.correct(first, "category", "AID", **BY),
        lambda: record.correct(first, "date", "2020", **BY),
        lambda: record.reject(second, **BY),
        lambda: record.merge_entities(["NOR", "group:aide"], **BY),
    ]
    for number in order:
        made[number]()
    found = record.select(FACTS)
    for number in range(4):
        record.undo(number + 1, **BY)
    for each in made:
        each()
    assert record.select(FACTS) == found


def test_corrections_may_be_made_while_others_read(tmp_path):
    with Record.open(tmp_path / "r.duckdb") as record, ThreadPoolExecutor(6) as pool:
        for number in range(10):
            record.add(visit(f"a{number}", monday=date(2021, 1, 1 + number), outlet=str(number)))
        looking = [pool.submit(_look, record) for _ in range(4)]
        judging = [pool.submit(_judge, record, category) for category in ("AID", "ACCUSE")]
        assert [each.result() for each in looking] == [2] * 4
        made = [number for each in judging for number in each.result()]
        assert len(set(made)) == len(made)
        assert [each.id for each in record.corrections()] == list(range(1, len(record.corrections()) + 1))


def _look(record: Record) -> int:
    counts = {len(list(record.events(EventFilter(rejected=None)))) for _ in range(10)}
    assert len(counts) == 1
    return counts.pop()


def _judge(record: Record, category: str) -> list[int]:
    """Changes of one event that another thread changes too: what says so already is refused."""
    made = []
    for _ in range(3):
        with suppress(CorrectionError):
            made.append(record.correct(ids(record, rejected=None)[0], "category", category, **BY).id)
            record.undo(made[-1], **BY)
    return made
