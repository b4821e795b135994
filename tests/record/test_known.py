"""What the record knows of the progress of reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.model import Failure
from dragoman.record import Record
from dragoman.record.known import KnownDocument, WatchedFeed
from make import visit

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
FEED = WatchedFeed("https://news.example/rss", NOON, '"1"', "Tue, 05 Mar 2024 10:00:00 GMT")
TOLD = {"feed": FEED.url, "title": "Talks", "link": "https://news.example/1", "text": None}


@pytest.fixture
def record() -> Iterator[Record]:
    with Record.open(":memory:") as record:
        yield record


def test_a_document_is_known_from_the_moment_its_article_is_written(record: Record) -> None:
    assert record.known("d1", source="a.txt") is None
    record.fail(Failure("a.txt", "source", "no such file"))
    record.add(visit(), document="d1")
    assert record.known("d1", source="a.txt") == KnownDocument(visit().article.id, len(visit().reports))
    assert list(record.failures()) == []
    assert record.add(visit(), document="d2") == "unchanged"
    assert record.known("d1", source="a.txt") == record.known("d2", source="b.txt")


def test_a_reading_that_is_refused_makes_no_document_known(record: Record) -> None:
    broken = replace(visit(), entities=())
    with pytest.raises(RecordError):
        record.add(broken, document="d1")
    assert record.known("d1", source="a.txt") is None


def test_another_reading_of_an_article_lets_go_of_the_document_of_the_first(record: Record) -> None:
    record.add(visit(), document="d1")
    assert record.add(replace(visit(), version="reader-2"), document="d2") == "updated"
    assert record.known("d1", source="a.txt") is None
    assert record.known("d2", source="a.txt") is not None


def test_counts_of_what_was_left_out_replace_those_before_or_add_to_them(record: Record) -> None:
    record.keep_left_out("a", {"another host": 3, "language de": 1})
    record.keep_left_out("b", {"another host": 1})
    record.keep_left_out("a", {"another host": 2, "nothing": 0})
    record.keep_left_out("b", {"another host": 4, "language de": 2}, more=True)
    assert record.left_out() == [("a", "another host", 2), ("b", "another host", 5), ("b", "language de", 2)]
    record.keep_left_out("a", {})
    assert [row[0] for row in record.left_out()] == ["b", "b"]


def test_a_feed_is_kept_with_its_entries_of_which_each_version_is_new_once(record: Record) -> None:
    assert record.feed(FEED.url) is None
    assert record.keep_feed(FEED, [("e1", TOLD), ("e2", TOLD)], now=NOON) == 2
    later = replace(FEED, due=NOON + timedelta(hours=1), etag=None, failures=2)
    assert record.keep_feed(later, [("e2", TOLD), ("e3", TOLD)], now=NOON + timedelta(minutes=5)) == 1
    assert record.feed(FEED.url) == later
    waiting = record.waiting([FEED.url])
    assert [(mark, page) for mark, _, page in waiting] == [(mark, TOLD["link"]) for mark in ("e1", "e2", "e3")]
    assert [due for _, due, _ in waiting] == [NOON, NOON, NOON + timedelta(minutes=5)]
    assert record.waiting(["https://other.example/rss"]) == []


def test_an_entry_waits_until_it_is_read_given_up_or_put_off(record: Record) -> None:
    record.keep_feed(FEED, [(mark, TOLD) for mark in ("e1", "e2", "e3", "e4")], now=NOON)
    begun = record.begin("e1")
    assert begun is not None and (begun.told, begun.tries) == (TOLD, 1)
    record.settle("e1")
    record.settle("e2", again=NOON + timedelta(hours=1))
    record.begin("e4")
    record.settle("e4", again=NOON, untried=True)
    assert record.begin("e1") is None and record.begin("none") is None
    assert [mark for mark, _, _ in record.waiting([FEED.url])] == ["e3", "e4", "e2"]
    assert [(each.tries if each else 0) for each in (record.begin("e2"), record.begin("e4"))] == [1, 1]
    assert record.keep_feed(FEED, [("e1", TOLD)], now=NOON) == 0


def test_an_entry_whose_reading_was_written_before_the_process_died_waits_no_more(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    with Record.open(path) as record:
        record.keep_feed(FEED, [("e1", TOLD), ("e2", TOLD)], now=NOON)
        record.begin("e1")
        record.add(visit(), document="e1")
    with Record.open(path) as record:
        assert [mark for mark, _, _ in record.waiting([FEED.url])] == ["e2"]
        assert record.begin("e1") is None


def test_only_the_failure_that_is_named_is_forgiven(record: Record) -> None:
    for source in (FEED.url, f"{FEED.url}, https://news.example/1"):
        record.fail(Failure(source, "source", "the server answered 500"))
    record.forgive(FEED.url)
    assert [failure.source for failure in record.failures()] == [f"{FEED.url}, https://news.example/1"]


def test_a_record_for_reading_knows_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    with Record.open(path) as record:
        record.add(visit(), document="d1")
        record.fail(Failure("a.txt", "source", "no such file"))
    with Record.open(path, read_only=True) as record:
        assert record.known("d1", source="a.txt") is not None
        assert len(list(record.failures())) == 1
        for write in (
            lambda: record.keep_left_out("a", {"x": 1}),
            lambda: record.keep_feed(FEED, now=NOON),
            lambda: record.begin("e1"),
            lambda: record.settle("e1"),
        ):
            with pytest.raises(RecordError, match="opened for reading only"):
                write()


def test_a_record_of_the_version_before_gets_the_tables(tmp_path: Path) -> None:
    import duckdb

    from dragoman.record.migrations import migrate, steps

    path = tmp_path / "r.duckdb"
    with duckdb.connect(str(path)) as connection:
        migrate(connection, to=steps()[:2])
    with Record.open(path) as record:
        record.add(visit(), document="d1")
        assert record.known("d1", source="a.txt") is not None
