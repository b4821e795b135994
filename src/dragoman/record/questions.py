"""The questions a record's rows answer. Nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import duckdb

from dragoman.errors import NotFoundError
from dragoman.linking.events import merge
from dragoman.linking.identities import merge_counted
from dragoman.model import Article, Correction, Entity, Event, Failure, Reading, Report
from dragoman.record import build, identity
from dragoman.record.among import Among, among, answer
from dragoman.record.applying import Words, applied, changes_of, words_of
from dragoman.record.faults import faults
from dragoman.record.filters import EventFilter
from dragoman.record.lakes import copying

# Articles, entities or events put together at a time: tens of megabytes of objects, and few passes over the tables.
CHUNK = 2000

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Of somebody whom all articles name, to build each of their rows would take most of a second.
_TOLD_ALIKE = "SELECT * EXCLUDE (article, position), count(*) AS articles FROM ({told}) GROUP BY ALL ORDER BY ALL"
_HELD_ALIKE = """
SELECT * EXCLUDE (first), first.article, first.starts, first.ends, first.words FROM (
    SELECT entity, office, country, former, min(since) AS since, max(until) AS until,
        min({{'article': article, 'starts': starts, 'ends': ends, 'words': words}}) FILTER (starts IS NOT NULL) AS first
    FROM ({told}) GROUP BY entity, office, country, former) ORDER BY ALL
"""

# How many articles an ambiguous beginning of an id is answered with.
_SHOWN = 5

_PARTS = {
    "reports": "article, sequence",
    "cues": "article, sequence, position",
    "attributions": "article, sequence, number",
    "parties": "article, sequence, role, attribution, position",
    "quantities": "article, sequence, position",
    "reasons": "article, sequence, position",
    "vectors": "article, sequence",
}

_EVENTS = "SELECT f.event, f.stories, f.corrected, f.rejected FROM facts f WHERE {condition} ORDER BY {order}"
_ORDERS = {
    "first": "f.when_start NULLS LAST, f.article, f.sequence, f.event",
    "last": "f.when_start DESC NULLS LAST, f.article, f.sequence, f.event",
}
Order = Literal["first", "last"]

# An event by its id now, by an id it was read under before a split or a merge, or by one it was corrected under.
_KNOWN_AS = """
SELECT e.event FROM reports r JOIN event_reports e ON e.article = r.article AND e.sequence = r.sequence
WHERE starts_with(r.event, ?)
UNION
SELECT a.event FROM corrections c JOIN applied a ON a.correction = c.id WHERE starts_with(c.target, ?)
"""
_CORRECTIONS = """
SELECT id, kind, target, field, was, now, who, why, epoch_us(made) AS made, undone_by, dangling FROM corrections
"""
# What was said of an event, taken back or not, and the undoing of it.
_HISTORY = """
WITH RECURSIVE said AS (
    SELECT DISTINCT n.correction AS id FROM anchors n
    JOIN event_reports e ON e.article = n.article AND e.sequence = n.sequence WHERE e.event = ?
    UNION
    SELECT c.id FROM corrections c JOIN said ON c.kind = 'undo' AND c.target = said.id::VARCHAR
) SELECT id FROM said
"""
_NAMED = f"SELECT DISTINCT {identity.entity('t', column='id')} AS id FROM entities t {identity.joins('t', column='id')}"

_PARTY_NOW = f"t.* REPLACE ({identity.entity('t')} AS entity, {identity.name('t')} AS name)"

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
        self._search_path: str | None = None

    def failures(self, *, limit: int | None = None, offset: int = 0) -> Iterator[Failure]:
        """The failures that are kept, by source; at most ``limit`` after the first ``offset``."""
        most = "" if limit is None else f" LIMIT {int(limit)}"
        for row in self._select(f"SELECT * FROM failures ORDER BY source{most} OFFSET {int(offset)}"):
            yield Failure(row["source"], row["kind"], row["reason"], json.loads(row["details"]))

    def articles(self, ids: Collection[str] | None = None) -> Iterator[Article]:
        """The articles, by id; only those of ``ids`` where they are given."""
        for chunk in self._chunks("SELECT id FROM articles", ids):
            yield from self._articles(chunk)

    def article(self, start: str) -> Article:
        """The article of this id, or the only one whose id begins so.

        :raises NotFoundError: there is none, or more than one.
        """
        return self._articles([self.find_article(start)])[0]

    def find_article(self, start: str) -> str:
        """The id of the article of this id, or of the only one whose id begins so.

        :raises NotFoundError: there is none, or more than one.
        """
        sql = f"SELECT id FROM articles WHERE starts_with(id, ?) ORDER BY id LIMIT {_SHOWN + 1}"
        found = [str(row["id"]) for row in self._select(sql, start)]
        if not found:
            raise NotFoundError(f"it holds no article {start!r}", source=self.path)
        if len(found) > 1 and found[0] != start:
            named = ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
            raise NotFoundError(f"more than one article begins with {start!r}: {named}", source=self.path)
        return found[0]

    def reading(self, start: str) -> Reading:
        """What was read of one article, named as in :meth:`article`.

        :raises NotFoundError: there is none, or more than one.
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
        """Whom and what the record names, one row for each identity, by id; only those of ``ids`` where given.

        Splits and merges are applied, and those whom only a correction names are among them.
        """
        self._freshen()
        named = {entity.id: entity for entity, _ in self._named_by_corrections()}
        for chunk in self._chunks(_NAMED, ids, sorted(named)):
            rows = self._entity_rows("entities", "id", chunk, together=_TOLD_ALIKE)
            offices = self._entity_rows("offices", "entity", chunk, together=_HELD_ALIKE)
            known = {each.id: each for each in merge_counted(build.counted_entities(rows, offices))}
            yield from (known.get(id) or named[id] for id in chunk if id in known or id in named)

    def entity(self, id: str) -> Entity:
        """The entity of this id, or the one that an analyst found it to be.

        :raises NotFoundError: there is none.
        """
        merged = self._select("SELECT becomes AS id FROM entity_changes WHERE article IS NULL AND entity = ?", id)
        for known in (id, *(row["id"] for row in merged)):
            for entity in self.entities([known]):
                return entity
        raise NotFoundError(f"it holds no entity {id!r}", source=self.path)

    def _entity_rows(
        self, table: str, column: str, ids: list[str], *, together: str = "FROM ({told})"
    ) -> list[build.Row]:
        """Rows of a table whose ``column`` names an entity, by the ids and names after splits and merges; ``together``
        puts them together in SQL."""
        entity = identity.entity("t", column=column)
        name = f", {identity.name('t')} AS name" if table == "entities" else ""
        columns, joins = f"t.* REPLACE ({entity} AS {column}{name})", identity.joins("t", column=column)
        return self._select(together.format(told=f"SELECT {columns} FROM {table} t {joins} WHERE {_in(entity)}"), ids)

    def _named_by_corrections(self) -> Iterator[tuple[Entity, str]]:
        """Parties that corrections which hold put into events, each with the first article of the event."""
        sql = """SELECT c.now, min(e.article) AS article FROM corrections c JOIN applied a ON a.correction = c.id
                 JOIN event_reports e ON e.event = a.event WHERE c.field IN ('actors', 'recipients')
                 GROUP BY c.id, c.now ORDER BY c.id"""
        for row in self._select(sql):
            for said in json.loads(row["now"]):
                known = {name: said.get(name) for name in ("code", "sector")}
                yield Entity(said["entity"], said.get("kind") or "group", said["name"], **known), row["article"]

    def first_articles(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """For each entity's id, the first article by id that names it, among ``ids`` where they are given."""
        chosen = "" if ids is None else f"WHERE {_in('t.article')}"
        values = [] if ids is None else [list(ids)]
        entity, joins = identity.entity("t", column="id"), identity.joins("t", column="id")
        sql = f"SELECT {entity} AS entity, min(t.article) AS first FROM entities t {joins} {chosen} GROUP BY ALL"
        rows = self._select(sql, *values)
        named = {entity.id: article for entity, article in self._named_by_corrections()}
        return {**named, **{row["entity"]: row["first"] for row in rows}}

    def corrections(self, event: str | None = None) -> list[Correction]:
        """Every correction in the order they were made, also those that were undone; of one event where it is given.

        :param event: an event as :meth:`event` takes it.
        :raises NotFoundError: there is no such event.
        """
        known = self._corrections_of(self._cursor())
        if event is None:
            return known
        ids = {row["id"] for row in self._select(_HISTORY, self._event_row(event)["event"])}
        return [each for each in known if each.id in ids]

    def _corrections_of(
        self, connection: duckdb.DuckDBPyConnection, ids: Collection[int] | None = None
    ) -> list[Correction]:
        """The corrections that a connection sees, by number; only these where they are given."""
        chosen = "" if ids is None else "WHERE id IN (SELECT unnest(?::INTEGER[]))"
        with faults(self.path):
            rows = connection.execute(
                f"{_CORRECTIONS} {chosen} ORDER BY id", [] if ids is None else [list(ids)]
            ).fetchall()
        return [_correction(row) for row in rows]

    def events(
        self,
        chosen: EventFilter | None = None,
        *,
        order: Order = "first",
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Event]:
        """The events with all their reports, corrections applied; rejected ones only where the filter asks for them.

        :param order: ``first``: by first possible day, undated ones last, then as the articles tell them; ``last``:
            the latest day first, undated ones last.
        :param limit: at most so many, after the first ``offset``.
        :raises NotFoundError: the filter names an article that the record does not hold.
        """
        condition, values = self._condition(chosen)
        sql = _EVENTS.format(condition=condition, order=_ORDERS[order])
        most = "" if limit is None else f" LIMIT {int(limit)}"
        rows = self.select(f"{sql}{most} OFFSET {int(offset)}", *values)
        for start in range(0, len(rows), CHUNK):
            yield from self._events(rows[start : start + CHUNK])

    def count(self, chosen: EventFilter | None = None) -> int:
        """How many events the filter lets through.

        :raises NotFoundError: the filter names an article that the record does not hold.
        """
        condition, values = self._condition(chosen)
        return int(self.select(f"SELECT count(*) AS n FROM facts f WHERE {condition}", *values)[0]["n"])

    def _condition(self, chosen: EventFilter | None) -> tuple[str, list[object]]:
        chosen = chosen or EventFilter()
        if chosen.article is not None:
            chosen = replace(chosen, article=self.find_article(chosen.article))
        return chosen.condition()

    def event(self, start: str) -> Event:
        """The event of this id, or the only one whose id begins so, with all its reports; also a rejected one.

        An id that it had before it was merged, split or read anew is known as long as a correction holds for it.

        :raises NotFoundError: there is none, or more than one.
        """
        return next(self._events([self._event_row(start)]))

    def _event_row(self, start: str) -> dict[str, Any]:
        rows = self.select(_EVENTS.format(condition="f.event = ?", order=_ORDERS["first"]), start)
        rows = rows or self._select(_EVENTS.format(condition="starts_with(f.event, ?)", order=_ORDERS["first"]), start)
        if not rows:
            known = [row["event"] for row in self._select(_KNOWN_AS, start, start)]
            rows = self._select(_EVENTS.format(condition=_in("f.event"), order=_ORDERS["first"]), known)
        if len(rows) != 1:
            raise NotFoundError(f"it holds {'more than one' if rows else 'no'} event {start!r}", source=self.path)
        return rows[0]

    def events_of(self, ids: Sequence[str]) -> Iterator[Event]:
        """The events of these ids in their order; an id that the record does not hold is left out."""
        for start in range(0, len(ids), CHUNK):
            chunk = list(ids[start : start + CHUNK])
            rows = self.select(_EVENTS.format(condition=_in("f.event"), order=_ORDERS["first"]), chunk)
            found = {event.id: event for event in self._events(rows)}
            yield from (found[id] for id in chunk if id in found)

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

    def among(self, condition: str, values: Sequence[object] = ()) -> AbstractContextManager[Among]:
        """The events whose row ``f`` of ``facts`` meets a condition of SQL, to be asked many questions about.

        In what it gives, ``facts`` and ``event_reports`` hold these events only, as they are now.

        :raises RecordError: as :meth:`select`.
        """
        self._freshen()
        with faults(self.path):
            return among(self, self._cursor(), self.path, condition, values)

    def copy(self, sql: str, path: Path, *values: object) -> int:
        """Write the rows that a SELECT answers with to a Parquet file, and say how many; otherwise as :meth:`select`.

        The same rows in the same order give the same bytes, with one version of DuckDB.
        """
        self._freshen()
        with faults(self.path):
            found = self._cursor().execute(copying(sql, path), list(values)).fetchall()
            return int(found[0][0])

    def _freshen(self) -> None:
        """Bring the facts up to date, where they are not."""

    def _select(self, sql: str, *values: object) -> list[dict[str, Any]]:
        with faults(self.path):
            return answer(self._cursor(), sql, values)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own, so that one question may be asked while another is still being answered."""
        cursor = self._connection.cursor()
        if self._search_path is not None:
            cursor.execute("SET search_path = ?", [self._search_path])
        return cursor

    def _chunks(self, sql: str, ids: Collection[str] | None, more: Collection[str] = ()) -> Iterator[list[str]]:
        found = sorted({*(row["id"] for row in self._select(sql)), *more} if ids is None else set(ids))
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
        for report in self._reports(list(events), entities=True):
            told[events[report.article, report.sequence]].append(report)
        said = self._holding([row["event"] for row in rows if row["corrected"]])
        words = self._words([report for event in said for report in told[event]])
        for row in rows:
            read = merge(row["event"], told[row["event"]], stories=row["stories"])
            yield _as_corrected(replace(read, rejected=row["rejected"]), said.get(read.id, []), words)

    def _holding(self, events: list[str]) -> dict[str, list[Correction]]:
        """The corrections that hold for each of these events, oldest first."""
        if not events:
            return {}
        found = self._select(f"SELECT event, correction FROM applied WHERE {_in('event')} ORDER BY correction", events)
        ids = sorted({row["correction"] for row in found})
        known = {each.id: each for each in self._corrections_of(self._cursor(), ids)}
        said: dict[str, list[Correction]] = {}
        for row in found:
            said.setdefault(row["event"], []).append(known[row["correction"]])
        return said

    def _words(self, reports: list[Report]) -> Words:
        articles = {report.article for report in reports}
        return words_of(self.articles(articles) if articles else (), reports)

    def _reports(self, keys: list[tuple[str, int]], *, entities: bool = False) -> list[Report]:
        """The reports of these articles and sequences; ``entities``: by the ids after splits and merges."""
        values = [article for article, _ in keys], [sequence for _, sequence in keys]
        chosen = "(t.article, t.sequence) IN (SELECT unnest(?::VARCHAR[]), unnest(?::INTEGER[]))"
        tables = {}
        for table, order in _PARTS.items():
            columns, joins = ("t.*", "") if table != "parties" or not entities else (_PARTY_NOW, identity.joins("t"))
            sql = f"SELECT {columns} FROM {table} t {joins} WHERE {chosen} ORDER BY {order}"
            tables[table] = self._select(sql, *values)
        return build.reports(tables)


def _as_corrected(event: Event, said: list[Correction], words: Words) -> Event:
    """An event with what holds for it."""
    if not said:
        return event
    changes = changes_of(said)
    reports = tuple(applied(report, changes, words) for report in event.reports)
    read = event.reports if changes else ()
    return replace(event, reports=reports, read=read, corrected=True, corrections=tuple(said))


def _correction(row: tuple[Any, ...]) -> Correction:
    id, kind, target, field, was, now, who, why, made, undone_by, dangling = row
    return Correction(
        id=id,
        kind=kind,
        target=target,
        who=who,
        why=why,
        made=EPOCH + timedelta(microseconds=made),
        field=field,
        was=None if was is None else json.loads(was),
        now=None if now is None else json.loads(now),
        undone_by=undone_by,
        dangling=dangling,
    )


def _in(column: str) -> str:
    """The condition that a column is in a list of strings: one parameter."""
    return f"{column} IN (SELECT unnest(?::VARCHAR[]))"
