"""Stories and same events in a record: the same for any order of the articles, undone by corrections, made anew."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import Reading, Vectors, When
from dragoman.record import Record, writing
from dragoman.views.linked import links_of, story_of
from make import NORDMARK, VERSION, article, emptied, entity, party, report, span
from meetings import FAR, MONDAY, NEAR, OWN, READINGS, SAME, TUESDAY, WIRE, told

KENYA = entity("KEN", "Kenya", sector="GOV")


@pytest.fixture(scope="module")
def shared() -> Iterator[Record]:
    with Record.open(":memory:") as record:
        yield record


@pytest.fixture
def record(shared: Record) -> Record:
    emptied(shared)
    return shared


def grouped(record: Record) -> dict[str, str]:
    """Article -> its event."""
    list(record.events())
    return {row["article"]: row["event"] for row in record.select("SELECT article, event FROM event_reports")}


def worked_out(record: Record) -> list[list[dict[str, Any]]]:
    list(record.events())
    tables = ("links", "linked_events", "story_links", "text_pairs", "facts")
    return [record.select(f"SELECT * FROM {table} ORDER BY ALL") for table in tables]


def test_copies_are_one_story_and_what_others_tell_of_it_is_one_event(record: Record) -> None:
    record.add_many(READINGS)
    events = grouped(record)
    assert events["wire"] == events["copy"] == events["own"] != events["next"]
    (event,) = (each for each in record.events() if each.id == events["wire"])
    assert (len(event.reports), event.stories) == (3, 2)
    story = story_of(record, "copy")
    assert story is not None and story.source == "wire agency"
    assert [(each.number, each.article, each.copy_of) for each in story.versions] == [
        (1, "wire", None),
        (2, "copy", "wire"),
    ]
    assert story_of(record, "own") is None


def test_every_link_says_why(record: Record) -> None:
    record.add_many(READINGS)
    links = links_of(record, grouped(record)["own"])
    assert [link.article for link in links.together] == ["own", "wire"]
    assert all("both name NOR, PRT; on the same day; CONSULT" in link.why for link in links.together)
    assert all(0.5 <= link.likeness <= 1 for link in links.together)
    assert not links.apart


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_order_of_the_articles_does_not_matter(record: Record, order: tuple[int, ...]) -> None:
    record.add_many(READINGS)
    together = worked_out(record)
    emptied(record)
    for number in order:
        record.add(READINGS[number])
        list(record.events())
    assert worked_out(record) == together


def test_an_article_that_is_read_anew_is_linked_anew(record: Record) -> None:
    record.add_many(READINGS)
    before = worked_out(record)
    changed = told("own", SAME.replace("Monday", "Tuesday"), TUESDAY, vector=FAR)
    record.add(changed)
    events = grouped(record)
    assert events["own"] == events["next"] != events["wire"]
    record.add(OWN)
    assert worked_out(record) == before


def test_what_an_analyst_split_stays_apart_and_can_be_put_together_again(record: Record) -> None:
    record.add_many(READINGS)
    before = grouped(record)
    made = record.split_event(before["own"], ["own#0"], who="A", why="another meeting")
    assert grouped(record)["own"] not in (before["wire"], before["next"])
    record.add(told("late", SAME, MONDAY, more="It rained all day."))
    apart = grouped(record)
    assert apart["own"] != apart["wire"] == apart["late"]
    record.undo(made.id, who="A", why="no")
    assert grouped(record)["own"] == grouped(record)["wire"]


def test_what_was_imported_is_not_linked(record: Record) -> None:
    record.add_many([WIRE, told("row", SAME, MONDAY, origin="gdelt")])
    events = grouped(record)
    assert events["row"] != events["wire"]
    assert record.select("SELECT count(*) AS n FROM links") == [{"n": 0}]


def test_another_party_is_another_event(record: Record) -> None:
    text = article("third", "On Monday Norway met Kenya in Oslo to discuss fish.", published=TUESDAY)
    parties = (party(text, "Norway", NORDMARK), party(text, "Kenya", KENYA))
    when = When(MONDAY, MONDAY, "day", "words", span(text, "Monday"))
    one = report(text, text.text, "met", actors=parties, when=when, vectors=Vectors(NEAR, NEAR))
    record.add_many([OWN, Reading(text, (NORDMARK, KENYA), (one,), VERSION)])
    assert len(set(grouped(record).values())) == 2


@pytest.mark.parametrize("limit", ["1KB", "8MB", "256MB"])
def test_the_links_do_not_hang_on_the_memory_there_is(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(writing, "LINKING", limit)
    record.add_many(READINGS)
    with Record.open(tmp_path / "r.duckdb") as other:
        before = other.select("SELECT current_setting('memory_limit') AS is")
        other.add_many(READINGS)
        assert worked_out(other) == worked_out(record)
        assert other.select("SELECT current_setting('memory_limit') AS is") == before
