"""The tellings that events are linked by, gathered once and read in the order in which they are needed.

Whoever compares says of each event from which step of his work to which he needs it (the table ``needed``). A telling
is then read once, and let go of when its last step is done: what is held at a time does not grow with the record, where
what is compared lies near in time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Generic, NamedTuple, TypeVar

import duckdb

from dragoman.linking.telling import Telling, content_words
from dragoman.record import identity
from dragoman.record.facts import LEAD
from dragoman.record.rowing import Row, rows

Held = TypeVar("Held")

# The report that speaks for each telling, and what all of its verbatim copies have in common.
_TOLD = f"""
CREATE OR REPLACE TEMP TABLE told AS
WITH told AS (
    SELECT r.event, r.article, r.sequence, r.category, r.auxiliary, r.when_start, r.when_end, r.when_basis,
           r.where_name, r.where_code, r.cue_text, r.words, a.story, a.published,
           row_number() OVER (PARTITION BY r.event ORDER BY {LEAD}) AS rank
    FROM reports r JOIN articles a ON a.id = r.article
    WHERE r.event IN (SELECT event FROM needed) AND a.origin = 'read'
), common AS (
    SELECT event, list(DISTINCT article ORDER BY article) AS articles, list(DISTINCT story ORDER BY story) AS stories,
           min(published) AS first_published
    FROM told GROUP BY event
), leads AS (SELECT * EXCLUDE (story, published, rank) FROM told WHERE rank = 1
), who AS (
    SELECT p.article, p.sequence, p.role, p.code, p.entity AS read, {identity.entity("p")} AS entity,
           split_p.becomes IS NOT NULL AS split
    FROM parties p JOIN leads t ON t.article = p.article AND t.sequence = p.sequence {identity.joins("p")}
    WHERE p.role <> 'source'
), parties AS (
    SELECT article, sequence, list(DISTINCT code) FILTER (role = 'actor' AND code IS NOT NULL) AS actors,
           list(DISTINCT code) FILTER (role = 'recipient' AND code IS NOT NULL) AS recipients,
           list(DISTINCT entity) FILTER (starts_with(entity, 'person:')) AS persons,
           list(DISTINCT [read, entity]) FILTER (split AND starts_with(entity, 'person:')) AS split
    FROM who GROUP BY ALL
)
SELECT t.*, c.* EXCLUDE (event), p.* EXCLUDE (article, sequence), n.first, n.last{{columns}}
FROM leads t JOIN common c ON c.event = t.event JOIN needed n ON n.event = t.event
LEFT JOIN parties p ON p.article = t.article AND p.sequence = t.sequence
{{join}}
ORDER BY n.first, t.event
"""
_BARE = _TOLD.format(columns="", join="")
_WHOLE = _TOLD.format(
    columns=", v.cue, v.sentence",
    join="LEFT JOIN vectors v ON v.article = t.article AND v.sequence = t.sequence",
)
# What each article of a telling tells besides, for as long as one of its tellings is needed.
_BESIDES = """
CREATE OR REPLACE TEMP TABLE besides AS
WITH asked AS (SELECT article, min(first) AS first, max(last) AS last FROM told GROUP BY article
), texts AS (
    SELECT article, list(words ORDER BY sequence) AS words,
           arg_min(when_start, sequence) FILTER (
               when_basis = 'words' AND when_start = when_end AND auxiliary = []) AS lead
    FROM reports WHERE article IN (SELECT article FROM asked) GROUP BY article
), named AS (
    SELECT article, list(DISTINCT code) AS company FROM parties
    WHERE role <> 'source' AND code IS NOT NULL AND article IN (SELECT article FROM asked) GROUP BY article
)
SELECT a.article, t.words, t.lead, n.company, a.first, a.last
FROM asked a JOIN texts t ON t.article = a.article LEFT JOIN named n ON n.article = a.article
ORDER BY a.first, a.article
"""


class _Besides(NamedTuple):
    """What an article tells besides: see :class:`dragoman.linking.telling.Telling`."""

    context: frozenset[str]
    company: frozenset[str]
    lead: date | None


_NOTHING = _Besides(frozenset(), frozenset(), None)


class _Window(Generic[Held]):
    """The lines of a table that are needed now, by their key; those of later steps are not read yet."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, table: str, key: str, made: Callable[[Row], Held]
    ) -> None:
        self._connection, self._key, self._made = connection, key, made
        self._sql = f"SELECT * EXCLUDE (first) FROM {table} WHERE first BETWEEN ? AND ?"
        self._last: dict[str, int] = {}
        self.held: dict[str, Held] = {}

    def move(self, first: int, last: int) -> None:
        """Go on to these steps; the last ones were those before."""
        for name in [name for name, until in self._last.items() if until < first]:
            del self._last[name], self.held[name]
        for row in rows(self._connection, self._sql, first, last):
            name = row[self._key]
            self._last[name], self.held[name] = row["last"], self._made(row)


class Tellings:
    """The tellings of the events of the table ``needed`` (event, first, last: steps), step by step.

    :param bare: without words and vectors and without what their articles tell besides, which is most of the work.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, bare: bool = False) -> None:
        connection.execute(_BARE if bare else _WHOLE)
        self._besides: _Window[_Besides] | None = None
        if not bare:
            connection.execute(_BESIDES)
            self._besides = _Window(connection, "besides", "article", _beside)
        self._told = _Window(connection, "told", "event", self._telling)

    def of(self, first: int, last: int) -> Mapping[str, Telling]:
        """The tellings that these steps need, which follow on those before; one that no article tells any more is left
        out."""
        if self._besides is not None:
            self._besides.move(first, last)
        self._told.move(first, last)
        return self._told.held

    def _telling(self, row: Row) -> Telling:
        return _telling(row, None if self._besides is None else self._besides.held[row["article"]])


def _beside(row: Row) -> _Besides:
    return _Besides(content_words(" ".join(row["words"])), frozenset(row["company"] or ()), row["lead"])


def _telling(row: Row, besides: _Besides | None) -> Telling:
    return Telling(
        row["event"],
        articles=frozenset(row["articles"]),
        stories=frozenset(row["stories"]),
        category=row["category"],
        auxiliary=frozenset(row["auxiliary"]),
        actors=frozenset(row["actors"] or ()),
        recipients=frozenset(row["recipients"] or ()),
        persons=frozenset(row["persons"] or ()),
        split=frozenset(map(tuple, row["split"] or ())),
        first=row["when_start"],
        last=row["when_end"],
        fixed=row["when_basis"] == "words",
        published=row["first_published"],
        place=row["where_name"],
        country=row["where_code"],
        cue=tuple(row.get("cue") or ()),
        sentence=tuple(row.get("sentence") or ()),
        cue_text=row["cue_text"].casefold(),
        words=content_words(row["words"]) if besides else frozenset(),
        **(besides or _NOTHING)._asdict(),
    )
