"""The questions a record's rows answer. Nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from dragoman.errors import RecordError
from dragoman.linking.events import merge
from dragoman.linking.identities import merge_all
from dragoman.model import Article, Entity, Event, Failure, Reading, Report
from dragoman.record import build
from dragoman.record.facts import BESIDE
from dragoman.record.faults import faults
from dragoman.record.filters import EventFilter

# Articles, entities or events put together at a time: tens of megabytes of objects, and few passes over the tables.
CHUNK = 2000

# How many articles an ambiguous beginning of an id is answered with.
_SHOWN = 5

_PARTS = {
    "reports": "article, sequence",
    "cues": "article, sequence, position",
    "attributions": "article, sequence, number",
    "parties": "article, sequence, role, attribution, position",
    "quantities": "article, sequence, position",
    "reasons": "article, sequence, position",
}

_EVENTS = "SELECT f.event, f.stories, f.corrected, f.rejected FROM facts f WHERE {condition} ORDER BY {order}"
_ORDER = "f.when_start NULLS LAST, f.article, f.sequence, f.event"

_MISPLACED = """
SELECT c.article, c.what, c.words FROM claims c LEFT JOIN texts t ON t.article = c.article
WHERE t.text IS NULL OR substring(t.text, c.starts + 1, c.ends - c.starts) <> c.words
ORDER BY ALL
"""


class Questions:
    """What can be asked of an open record. Iterators are filled chunk by chunk; ids sort by code point.

    Every method raises :class:`dragoman.errors.RecordError`, and nothing else, for what is wrong with the file.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: str) -> None:
        self.path = path
        self._connection = connection
        self._beside = False
        self._catalog = ""

    def failures(self) -> Iterator[Failure]:
        """Every failure that is kept, by source."""
        for row in self._select("SELECT * FROM failures ORDER BY source"):
            yield Failure(row["source"], row["kind"], row["reason"], json.loads(row["details"]))

    def articles(self, ids: Collection[str] | None = None) -> Iterator[Article]:
        """The articles, by id; only those of ``ids`` where they are given."""
        for chunk in self._chunks("SELECT id FROM articles", ids):
            yield from self._articles(chunk)

    def article(self, start: str) -> Article:
        """The article of this id, or the only one whose id begins so.

        :raises RecordError: there is none, or more than one.
        """
        return self._articles([self.find_article(start)])[0]

    def find_article(self, start: str) -> str:
        """The id of the article of this id, or of the only one whose id begins so.

        :raises RecordError: there is none, or more than one.
        """
        sql = f"SELECT id FROM articles WHERE starts_with(id, ?) ORDER BY id LIMIT {_SHOWN + 1}"
        found = [str(row["id"]) for row in self._select(sql, start)]
        if not found:
            raise RecordError(f"it holds no article {start!r}", source=self.path)
        if len(found) > 1 and found[0] != start:
            named = ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
            raise RecordError(f"more than one article begins with {start!r}: {named}", source=self.path)
        return found[0]

    def reading(self, start: str) -> Reading:
        """What was read of one article, named as in :meth:`article`.

        :raises RecordError: there is none, or more than one.
        """
        return next(self._readings([self.find_article(start)]))

    def readings(self) -> Iterator[Reading]:
        """Everything that was read, by the article's id."""
        for chunk in self._chunks("SELECT id FROM articles", None):
            yield from self._readings(chunk)

    def versions(self, ids: Collection[str]) -> dict[str, str]:
        """The reading version of each of these articles that the record holds."""
        rows = self._select(f"SELECT id, version FROM articles WHERE {_in('id')}", list(ids))
        return {row["id"]: row["version"] for row in rows}

    def entities(self, ids: Collection[str] | None = None) -> Iterator[Entity]:
        """Whom and what the record names, one row for each identity, by id; only those of ``ids`` where given."""
        for chunk in self._chunks("SELECT DISTINCT id FROM entities", ids):
            rows = self._select(f"SELECT * FROM entities WHERE {_in('id')} ORDER BY article, position", chunk)
            held = f"SELECT * FROM offices WHERE {_in('entity')} ORDER BY article, entity, position"
            yield from merge_all(build.entities(rows, self._select(held, chunk)))

    def first_articles(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """For each entity's id, the first article by id that names it, among ``ids`` where they are given."""
        chosen = "" if ids is None else f"WHERE {_in('article')}"
        values = [] if ids is None else [list(ids)]
        rows = self._select(f"SELECT id, min(article) AS article FROM entities {chosen} GROUP BY id", *values)
        return {row["id"]: row["article"] for row in rows}

    def events(self, chosen: EventFilter | None = None) -> Iterator[Event]:
        """The events with all their reports: by first possible day, undated ones last, then as the articles tell them.

        :raises RecordError: the filter names an article that the record does not hold.
        """
        chosen = chosen or EventFilter()
        if chosen.article is not None:
            chosen = replace(chosen, article=self.find_article(chosen.article))
        condition, values = chosen.condition()
        rows = self.select(_EVENTS.format(condition=condition, order=_ORDER), *values)
        for start in range(0, len(rows), CHUNK):
            yield from self._events(rows[start : start + CHUNK])

    def event(self, start: str) -> Event:
        """The event of this id, or the only one whose id begins so, with all its reports.

        :raises RecordError: there is none, or more than one.
        """
        rows = self.select(_EVENTS.format(condition="starts_with(f.event, ?)", order=_ORDER), start)
        exact = [row for row in rows if row["event"] == start] or rows
        if len(exact) != 1:
            raise RecordError(f"it holds {'more than one' if exact else 'no'} event {start!r}", source=self.path)
        return next(self._events(exact))

    def misplaced(self) -> list[tuple[str, str, str]]:
        """Claims whose words are not what the article's text holds there: (article, what, words). Empty when sound."""
        return [(row["article"], row["what"], row["words"]) for row in self._select(_MISPLACED)]

    def select(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """The rows that a SELECT answers with, as dictionaries by column name; ``values`` stand for its ``?`` in order.

        The table ``facts`` is up to date in it. For questions of the program's own: what a user types is not SQL.

        :raises RecordError: the file cannot be read, or this is no SQL that it understands.
        """
        self._freshen()
        return self._select(sql, *values)

    def copy(self, sql: str, path: Path, *values: object) -> int:
        """Write the rows that a SELECT answers with to a Parquet file, and say how many; otherwise as :meth:`select`.

        The same rows in the same order give the same bytes, with one version of DuckDB.
        """
        self._freshen()
        with faults(self.path):
            target = str(path).replace("'", "''")
            copying = f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            found = self._cursor().execute(copying, list(values)).fetchall()
            return int(found[0][0])

    def _freshen(self) -> None:
        """Bring the facts up to date, where they are not."""

    def _select(self, sql: str, *values: object) -> list[dict[str, Any]]:
        with faults(self.path):
            cursor = self._cursor()
            cursor.execute(sql, list(values))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own, so that one question may be asked while another is still being answered."""
        cursor = self._connection.cursor()
        if self._beside:
            cursor.execute(f"SET search_path = '{BESIDE}.main,{self._catalog}.main'")
        return cursor

    def _chunks(self, sql: str, ids: Collection[str] | None) -> Iterator[list[str]]:
        found = [row["id"] for row in self._select(f"{sql} ORDER BY id")] if ids is None else sorted(set(ids))
        for start in range(0, len(found), CHUNK):
            yield found[start : start + CHUNK]

    def _articles(self, ids: list[str]) -> list[Article]:
        rows = self._select(f"SELECT * FROM articles WHERE {_in('id')} ORDER BY id", ids)
        return build.articles(rows, self._of_articles("paragraphs", "article, position", ids))

    def _readings(self, ids: list[str]) -> Iterator[Reading]:
        versions = self.versions(ids)
        named = self._named(ids)
        told: dict[str, list[Report]] = {article: [] for article in ids}
        keys = self._select(f"SELECT article, sequence FROM reports WHERE {_in('article')}", ids)
        for report in self._reports([(row["article"], row["sequence"]) for row in keys]):
            told[report.article].append(report)
        for article in self._articles(ids):
            yield Reading(article, tuple(named[article.id]), tuple(told[article.id]), versions[article.id])

    def _named(self, ids: list[str]) -> dict[str, list[Entity]]:
        rows = self._of_articles("entities", "article, position", ids)
        entities = build.entities(rows, self._of_articles("offices", "article, entity, position", ids))
        named: dict[str, list[Entity]] = {article: [] for article in ids}
        for row, entity in zip(rows, entities, strict=True):
            named[row["article"]].append(entity)
        return named

    def _of_articles(self, table: str, order: str, ids: list[str]) -> list[dict[str, Any]]:
        return self._select(f"SELECT * FROM {table} WHERE {_in('article')} ORDER BY {order}", ids)

    def _events(self, rows: list[dict[str, Any]]) -> Iterator[Event]:
        told: dict[str, list[Report]] = {row["event"]: [] for row in rows}
        keys = self._select(f"SELECT event, article, sequence FROM event_reports WHERE {_in('event')}", list(told))
        events = {(row["article"], row["sequence"]): row["event"] for row in keys}
        for report in self._reports(list(events)):
            told[events[report.article, report.sequence]].append(report)
        for row in rows:
            yield merge(row["event"], told[row["event"]], stories=row["stories"], corrected=row["corrected"])

    def _reports(self, keys: list[tuple[str, int]]) -> list[Report]:
        """The reports of these articles and sequences, in that order."""
        sql = "SELECT * FROM {table} WHERE (article, sequence) IN (SELECT unnest(?::VARCHAR[]), unnest(?::INTEGER[]))"
        values = [article for article, _ in keys], [sequence for _, sequence in keys]
        tables = {
            table: self._select(f"{sql.format(table=table)} ORDER BY {order}", *values)
            for table, order in _PARTS.items()
        }
        return build.reports(tables)


def _in(column: str) -> str:
    """The condition that a column is in a list of strings: one parameter."""
    return f"{column} IN (SELECT unnest(?::VARCHAR[]))"
