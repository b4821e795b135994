"""What corrections make of the record, kept in tables of its own and worked out anew whenever it may have changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import duckdb

from dragoman.model import Correction, Json, Report
from dragoman.record.anchors import Anchor, Statement, anchor, statement, statements
from dragoman.record.effects import Effects, Held, Key, effects, undone
from dragoman.record.faults import faults
from dragoman.record.joinings import joined
from dragoman.record.rows import Rows
from dragoman.record.writing import Writing

_ANCHORS = "correction, part, article, cue_starts, cue_ends, party_starts, category, siblings, sequence"

# Of each correction: the events it holds for, and those its reports belong to.
_MARK_EVENTS = """
INSERT INTO stale
SELECT event FROM applied WHERE correction IN (SELECT unnest(?::INTEGER[]))
UNION
SELECT e.event FROM anchors n JOIN event_reports e ON e.article = n.article AND e.sequence = n.sequence
WHERE n.correction IN (SELECT unnest(?::INTEGER[]))
"""
_MARK_ENTITIES = """
INSERT INTO stale
SELECT DISTINCT e.event FROM parties p JOIN event_reports e ON e.article = p.article AND e.sequence = p.sequence
WHERE p.entity IN (SELECT unnest(?::VARCHAR[]) UNION
                   SELECT entity FROM entity_changes WHERE becomes IN (SELECT unnest(?::VARCHAR[])))
"""
# The same as read: links are between these, whatever corrections make of them.
_MARK_TELLINGS = _MARK_ENTITIES.replace("event_reports", "reports")
_MARK_ARTICLES = (
    "INSERT INTO stale SELECT DISTINCT event FROM event_reports WHERE article IN (SELECT unnest(?::VARCHAR[]))"
)
# The tables that are made from the corrections, with the types of their columns.
_MADE = {
    "regrouped": ("VARCHAR", "INTEGER", "VARCHAR"),
    "merged_events": ("VARCHAR", "VARCHAR"),
    "entity_changes": ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"),
    "applied": ("VARCHAR", "INTEGER"),
}
_ENTITY_KINDS = ("split_entity", "merge_entities")


class Settling(Writing):
    """A record whose corrections are kept in force. All of this runs inside a transaction of the caller's."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: str, *, read_only: bool) -> None:
        super().__init__(connection, path, read_only=read_only)
        with faults(path):
            self._spoken_of = self._articles_spoken_of()

    def _articles_spoken_of(self) -> set[str]:
        """The articles that corrections speak of: there is only this one writer, so that he need not ask again."""
        found = self._connection.execute("SELECT DISTINCT article FROM anchors").fetchall()
        moved = self._connection.execute("SELECT now FROM corrections WHERE kind = 'split_entity'").fetchall()
        return {str(row[0]) for row in found} | {name for row in moved for name in json.loads(row[0])["articles"]}

    def _anchor(self, correction: int, parts: Sequence[Sequence[Report]]) -> None:
        """Keep which statements a correction is about; ``parts`` are reports as they were read."""
        told = self._told({report.article for part in parts for report in part})
        rows = [
            (number, statement(report), anchor(statement(report), told[report.article]))
            for number, part in enumerate(parts)
            for report in part
        ]
        lines = [_line(correction, number, which.article, kept, which.sequence) for number, which, kept in rows]
        self._write_anchors(lines)

    def _told(self, articles: Collection[str]) -> dict[str, list[Statement]]:
        keys = self._select("SELECT article, sequence FROM reports WHERE article IN (SELECT unnest(?))", list(articles))
        told: dict[str, list[Statement]] = {article: [] for article in articles}
        for report in self._reports([(row["article"], row["sequence"]) for row in keys]):
            told[report.article].append(statement(report))
        return told

    def _write_anchors(self, lines: list[list[object]]) -> None:
        if lines:
            marks = ", ".join("?" for _ in lines[0])
            self._connection.executemany(f"INSERT INTO anchors ({_ANCHORS}) VALUES ({marks})", lines)

    def _settle(self, correction: int) -> None:
        """Put a new correction into force."""
        said = self._chain(correction)
        self._mark(said)
        self._work_out()
        self._mark(said)
        self._spoken_of = self._articles_spoken_of()

    def _chain(self, correction: int) -> list[Correction]:
        """The correction; of an undo, all that it takes back or puts into force again."""
        known = {each.id: each for each in self._corrections_of(self._connection)}
        chain = [known[correction]]
        while chain[-1].kind == "undo":
            chain.append(known[int(chain[-1].target)])
        return chain

    def _mark(self, corrections: Iterable[Correction]) -> None:
        """The events that these corrections bear on are to be looked at again."""
        said = list(corrections)
        ids = [each.id for each in said]
        self._connection.execute(_MARK_EVENTS, [ids, ids])
        names = [name for each in said if each.kind in _ENTITY_KINDS for name in _entities(each)]
        if names:
            self._connection.execute(_MARK_ENTITIES, [names, names])

    def _after_joining(self, changed: Collection[str]) -> None:
        """What was told of them is told of others now; corrections stand above that."""
        names = sorted(changed)
        self._connection.execute(_MARK_ENTITIES, [names, names])
        self._work_out()
        for sql in (_MARK_ENTITIES, _MARK_TELLINGS):
            self._connection.execute(sql, [names, names])

    def _after_linking(self) -> None:
        """What corrections speak of may be part of another event now."""
        if self._spoken_of:
            self._mark_articles(self._spoken_of)
            self._work_out()
            self._mark_articles(self._spoken_of)

    def _after_reading(self, rows: Rows, spoken_of: set[str]) -> None:
        """Find what corrections are about again in articles that were written anew."""
        told: defaultdict[str, list[Statement]] = defaultdict(list)
        for each in statements(rows, spoken_of):
            told[each.article].append(each)
        self._find_anchors(told, spoken_of)
        self._work_out()
        self._mark_articles(spoken_of)

    def _mark_articles(self, articles: Collection[str]) -> None:
        """The events of these articles, and those that corrections of them bear on, are to be looked at again."""
        self._connection.execute(_MARK_ARTICLES, [list(articles)])
        sql = "SELECT DISTINCT correction FROM anchors WHERE article IN (SELECT unnest(?::VARCHAR[]))"
        ids = [row[0] for row in self._connection.execute(sql, [list(articles)]).fetchall()]
        self._connection.execute(_MARK_EVENTS, [ids, ids])

    def _find_anchors(self, told: dict[str, list[Statement]], articles: Collection[str]) -> None:
        chosen = "WHERE article IN (SELECT unnest(?::VARCHAR[]))"
        found = self._connection.execute(f"SELECT {_ANCHORS} FROM anchors {chosen}", [list(articles)]).fetchall()
        lines = [_found_again(row, told) for row in found]
        self._connection.execute(f"DELETE FROM anchors {chosen}", [list(articles)])
        self._write_anchors(lines)

    def _work_out(self) -> None:
        """What all corrections make together, written into the tables that are made from them."""
        known = self._corrections_of(self._connection)
        by = undone(known)
        self._write_undone(by)
        standing = [each for each in known if each.id not in by]
        made = effects(standing, self._held(standing))
        self._write_effects(made)
        lost = [each.id for each in standing if each.id not in made.holding]
        now = "id IN (SELECT unnest(?::INTEGER[]))"
        self._connection.execute(f"UPDATE corrections SET dangling = {now} WHERE dangling <> {now}", [lost, lost])

    def _write_undone(self, by: dict[int, int]) -> None:
        rows = self._connection.execute("SELECT id, undone_by FROM corrections").fetchall()
        changed = [(by.get(number), number) for number, was in rows if by.get(number) != was]
        for each in changed:
            self._connection.execute("UPDATE corrections SET undone_by = ? WHERE id = ?", each)

    def _held(self, standing: list[Correction]) -> Held:
        sql = """SELECT n.correction, n.part, r.article, r.sequence, coalesce(l.becomes, r.event) FROM anchors n
                 JOIN reports r ON r.article = n.article AND r.sequence = n.sequence
                 LEFT JOIN linked_events l ON l.event = r.event ORDER BY ALL"""
        anchored: defaultdict[int, dict[int, list[Key]]] = defaultdict(dict)
        events: dict[Key, str] = {}
        for correction, part, article, sequence, event in self._connection.execute(sql).fetchall():
            anchored[correction].setdefault(part, []).append((article, sequence))
            events[article, sequence] = event
        return Held(anchored, events, self._named_in(standing), joined(self._connection))

    def _named_in(self, standing: list[Correction]) -> dict[str, frozenset[str]]:
        said = [each.now for each in standing if each.kind == "split_entity"]
        articles = {str(name) for now in said if isinstance(now, dict) for name in _list(now.get("articles"))}
        chosen = "WHERE article IN (SELECT unnest(?::VARCHAR[]))"
        sql = f"SELECT article, list(DISTINCT id) FROM entities {chosen} GROUP BY article"
        found = self._connection.execute(sql, [list(articles)]).fetchall() if articles else []
        return {article: frozenset(names) for article, names in found}

    def _write_effects(self, made: Effects) -> None:
        moved = [(article, entity, into, made.names.get(into)) for (article, entity), into in made.entity_moves.items()]
        merged = [(None, entity, into, None) for entity, into in made.entity_merged.items()]
        self._replace("regrouped", [(*key, event) for key, event in made.regrouped.items()])
        self._replace("merged_events", list(made.merged.items()))
        self._replace("entity_changes", [*moved, *merged])
        self._replace("applied", sorted(made.applied))

    def _replace(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        self._connection.execute(f"DELETE FROM {table}")
        if rows:
            lists = ", ".join(f"unnest(?::{kind}[])" for kind in _MADE[table])
            columns = [list(column) for column in zip(*rows, strict=True)]
            self._connection.execute(f"INSERT INTO {table} SELECT {lists}", columns)


def _line(correction: int, part: int, article: str, kept: Anchor, sequence: int | None) -> list[object]:
    starts, ends = [start for start, _ in kept.cues], [end for _, end in kept.cues]
    return [correction, part, article, starts, ends, sorted(kept.parties), kept.category, kept.siblings, sequence]


def _found_again(row: tuple[Any, ...], told: dict[str, list[Statement]]) -> list[object]:
    correction, part, article, starts, ends, parties, category, siblings, _ = row
    kept = Anchor(tuple(zip(starts, ends, strict=True)), frozenset(parties), category, siblings)
    return _line(correction, part, article, kept, kept.find(told.get(article, [])))


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _entities(each: Correction) -> list[str]:
    """The entities a correction of entities speaks of."""
    now = each.now if isinstance(each.now, dict) else {}
    return [each.target, str(now.get("entity")), *map(str, _list(now.get("entities")))]
