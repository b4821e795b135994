"""Which events of different texts are one: worked out anew for what was written since, in the caller's transaction.

A new telling is compared only with those that share a block with it (parties, and a week), and only the events that
hang together with it are put together anew. The same articles give the same links in whatever order they came. What
was imported is not linked: it counts as no independent report. Needs nothing of a record but its tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import count, islice
from typing import NamedTuple

import duckdb

from dragoman.linking.blocks import blocks
from dragoman.linking.clustering import connected
from dragoman.linking.events import Links, together
from dragoman.linking.telling import Comparison, Model, Telling, compare, content_words, model, reason
from dragoman.record import identity
from dragoman.record.facts import LEAD
from dragoman.record.rowing import AT_ONCE, Row, batches, column, insert, rows

_ASKED = "SELECT event FROM asked"
# The report that speaks for each telling, and what all of its verbatim copies have in common.
_TELLINGS = f"""
WITH told AS (
    SELECT r.event, r.article, r.sequence, r.category, r.auxiliary, r.when_start, r.when_end, r.when_basis,
           r.where_name, r.where_code, r.cue_text, r.words, a.story, a.published,
           row_number() OVER (PARTITION BY r.event ORDER BY {LEAD}) AS rank
    FROM reports r JOIN articles a ON a.id = r.article
    WHERE r.event IN ({_ASKED}) AND a.origin = 'read'
), common AS (
    SELECT event, list(DISTINCT article ORDER BY article) AS articles, list(DISTINCT story ORDER BY story) AS stories,
           min(published) AS first_published
    FROM told GROUP BY event
)
SELECT t.*, c.articles, c.stories, c.first_published{{columns}} FROM told t JOIN common c ON c.event = t.event
{{join}}
WHERE t.rank = 1 ORDER BY t.event
"""
_BARE = _TELLINGS.format(columns="", join="")
_WHOLE = _TELLINGS.format(
    columns=", v.cue, v.sentence",
    join="LEFT JOIN vectors v ON v.article = t.article AND v.sequence = t.sequence",
)
_PARTIES = f"""
SELECT p.article, p.sequence, p.role, p.code, p.entity AS read, {identity.entity("p")} AS entity,
       split_p.becomes IS NOT NULL AS split
FROM parties p {identity.joins("p")}
WHERE p.role <> 'source' AND (p.article, p.sequence) IN (SELECT unnest(?::VARCHAR[]), unnest(?::INTEGER[]))
"""
_AROUND = """
SELECT article, words, when_start, when_end, when_basis, auxiliary FROM reports
WHERE article IN (SELECT unnest(?::VARCHAR[])) ORDER BY article, sequence
"""
_COMPANY = """
SELECT article, list(DISTINCT code ORDER BY code) AS codes FROM parties
WHERE role <> 'source' AND code IS NOT NULL AND article IN (SELECT unnest(?::VARCHAR[])) GROUP BY article
"""
# Those of one day stand together, so that few tellings are needed at a time.
_CANDIDATES = """
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT row_number() OVER (ORDER BY place, one, other) - 1 AS number, one, other FROM (
    SELECT least(n.event, b.event) AS one, greatest(n.event, b.event) AS other, min(n.place) AS place
    FROM blocks n JOIN blocks b ON b.key = n.key AND b.place = n.place AND (n.lone OR b.lone)
    WHERE n.event IN (SELECT event FROM seeds) AND n.event <> b.event GROUP BY ALL
)
"""
_SOME = "SELECT one, other FROM candidates WHERE number BETWEEN ? AND ? ORDER BY number"
_NEIGHBOURS = """
SELECT DISTINCT p.event FROM (SELECT one AS near, other AS event FROM links UNION ALL SELECT other, one FROM links) p
WHERE p.near IN (SELECT event FROM part)
"""
_BLOCK_KINDS = ("VARCHAR", "VARCHAR", "INTEGER", "BOOLEAN")
_LINK_KINDS = (
    "VARCHAR", "VARCHAR", "DOUBLE", "BOOLEAN", "VARCHAR[]", "VARCHAR", "VARCHAR", "VARCHAR", "DOUBLE", "DOUBLE",
    "VARCHAR", "BOOLEAN",
)  # fmt: skip
_TEMPORARY = ("seeds", "part", "asked", "became", "candidates")

# Pairs that are compared at a time, and tellings that are held meanwhile, each with all words of its article's reports.
PAIRS, HELD = 5_000, 6_000


def link_events(connection: duckdb.DuckDBPyConnection) -> bool:
    """Bring ``links`` and ``linked_events`` up to date for the stale events, and mark what they make stale besides.

    :returns: whether some event became part of another, or is no longer.
    """
    _seed(connection)
    if not column(connection, "SELECT 1 FROM seeds LIMIT 1"):
        return _tidied(connection, changed=False)
    by, known = model(), _Known(connection)
    _forget(connection)
    _block(connection)
    _compare(connection, known, by)
    changed = _put_together(connection, known, by)
    return _tidied(connection, changed=changed)


class _Known:
    """The tellings that were asked for, kept for the next question, as many as may be held."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._held: dict[str, Telling] = {}

    def of(self, events: Collection[str]) -> Mapping[str, Telling]:
        """These tellings, and perhaps others; one that no article tells any more is left out."""
        needed = set(events)
        missing = sorted(needed - self._held.keys())
        unneeded = [event for event in self._held if event not in needed]
        for event in unneeded[: max(0, len(self._held) + len(missing) - HELD)]:  # those longest held first
            del self._held[event]
        self._held |= tellings(self._connection, missing)
        return self._held


def _seed(connection: duckdb.DuckDBPyConnection) -> None:
    """The tellings that were written since, and those that are no more."""
    connection.execute("CREATE OR REPLACE TEMP TABLE asked (event VARCHAR)")
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE seeds AS SELECT s.event FROM (
            SELECT event FROM stale UNION SELECT l.event FROM linked_events l JOIN stale m ON m.event = l.becomes) s
        WHERE EXISTS (SELECT 1 FROM reports r JOIN articles a ON a.id = r.article
                      WHERE r.event = s.event AND a.origin = 'read')
           OR s.event IN (SELECT event FROM blocks)
           OR s.event IN (SELECT one FROM links UNION ALL SELECT other FROM links)""")


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Take away what was known of them; what hung together with them is put together anew."""
    connection.execute("CREATE OR REPLACE TEMP TABLE part AS FROM seeds")
    connection.execute(f"INSERT INTO part {_NEIGHBOURS}")
    for sql in ("blocks WHERE event", "links WHERE one", "links WHERE other"):
        connection.execute(f"DELETE FROM {sql} IN (SELECT event FROM seeds)")


def _block(connection: duckdb.DuckDBPyConnection) -> None:
    ids = iter(column(connection, "SELECT event FROM seeds ORDER BY event"))
    while some := list(islice(ids, AT_ONCE)):
        told = tellings(connection, some, bare=True)
        insert(connection, "blocks", _BLOCK_KINDS, ((e, *block) for e in told for block in sorted(blocks(told[e]))))


def _compare(connection: duckdb.DuckDBPyConnection, known: _Known, by: Model) -> None:
    """Keep the candidates that are likely one event, with the reasons."""
    connection.execute(_CANDIDATES)
    for start in count(step=PAIRS):
        pairs = connection.execute(_SOME, [start, start + PAIRS - 1]).fetchall()
        if not pairs:
            return
        told = known.of({event for pair in pairs for event in pair})
        compared = ((told[one], told[other], compare(told[one], told[other])) for one, other in pairs)
        likely = ((one, other, at, by.likely(at)) for one, other, at in compared)
        insert(connection, "links", _LINK_KINDS, (_line(*each) for each in likely if each[3] >= by.pair))


def _line(one: Telling, other: Telling, at: Comparison, likely: float) -> tuple[object, ...]:
    return (
        one.event, other.event, round(likely, 4), bool(one.stories & other.stories), list(at.parties), at.days,
        one.category, at.place, _rounded(at.cue), _rounded(at.sentence), reason(one, other, at), False,
    )  # fmt: skip


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def _put_together(connection: duckdb.DuckDBPyConnection, known: _Known, by: Model) -> bool:
    """Work out which of the tellings that hang together are one event."""
    _reach(connection)
    links = {(row[0], row[1]): row[2] for row in connection.execute(
        "SELECT one, other, likeness FROM links WHERE one IN (SELECT event FROM part)").fetchall()}  # fmt: skip
    connection.execute("CREATE OR REPLACE TEMP TABLE became (event VARCHAR, becomes VARCHAR)")
    lines = ((event, group[0]) for group in _groups(known, links, by) for event in group)
    insert(connection, "became", ("VARCHAR", "VARCHAR"), lines)
    return _keep(connection)


def _groups(known: _Known, links: Links, by: Model) -> Iterator[list[str]]:
    inside: defaultdict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    parts = connected(sorted({event for pair in links for event in pair}), links)
    of = {event: min(part) for part in parts for event in part}
    for pair, likely in links.items():
        inside[of[pair[0]]][pair] = likely
    for several in batches(parts):
        told = known.of([event for part in several for event in part])
        for part in several:
            yield from together({event: told[event] for event in sorted(part)}, inside[min(part)], by)


def _keep(connection: duckdb.DuckDBPyConnection) -> bool:
    """Write what changed, and mark the events that it changes."""
    connection.execute("DELETE FROM became WHERE event = becomes")
    changed = """
        SELECT coalesce(n.event, o.event) AS event, o.becomes AS was, n.becomes AS now FROM became n
        FULL JOIN (SELECT * FROM linked_events WHERE event IN (SELECT event FROM part)) o ON o.event = n.event
        WHERE o.becomes IS DISTINCT FROM n.becomes"""
    moved = rows(connection, changed)
    if moved:
        marks = sorted({str(name) for row in moved for name in row.values() if name is not None})
        insert(connection, "stale", ("VARCHAR",), ([mark] for mark in marks))
        connection.execute("DELETE FROM linked_events WHERE event IN (SELECT event FROM part)")
        connection.execute("INSERT INTO linked_events SELECT event, becomes FROM became")
    connection.execute("""
        UPDATE links SET holds = coalesce(o.becomes, links.one) = coalesce(t.becomes, links.other)
        FROM (SELECT p.event, l.becomes FROM part p LEFT JOIN linked_events l ON l.event = p.event) o,
             (SELECT p.event, l.becomes FROM part p LEFT JOIN linked_events l ON l.event = p.event) t
        WHERE o.event = links.one AND t.event = links.other""")
    return bool(moved)


def _reach(connection: duckdb.DuckDBPyConnection) -> None:
    """Add all that links connect with the changed tellings."""
    found, before = 0, -1
    while found != before:
        before = found
        connection.execute(f"INSERT INTO part {_NEIGHBOURS}")
        connection.execute("CREATE OR REPLACE TEMP TABLE part AS SELECT DISTINCT event FROM part")
        found = column(connection, "SELECT count(*) FROM part")[0]


def _tidied(connection: duckdb.DuckDBPyConnection, *, changed: bool) -> bool:
    for table in _TEMPORARY:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    return changed


def tellings(connection: duckdb.DuckDBPyConnection, events: list[str], *, bare: bool = False) -> dict[str, Telling]:
    """The tellings of these events, as read; one that no article tells any more is left out.

    :param bare: without their words, vectors and what their articles tell besides, which is most of the work.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE asked AS SELECT unnest(?::VARCHAR[]) AS event", [events])
    found = rows(connection, _BARE if bare else _WHOLE)
    keys = [row["article"] for row in found], [row["sequence"] for row in found]
    parties: defaultdict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows(connection, _PARTIES, *keys):
        parties[row["article"], row["sequence"]].append(row)
    around = {} if bare else _around(connection, sorted(set(keys[0])))
    return {
        row["event"]: _telling(row, parties[row["article"], row["sequence"]], around.get(row["article"]))
        for row in found
    }


class _Around(NamedTuple):
    """What an article tells besides: see :class:`dragoman.linking.telling.Telling`."""

    context: frozenset[str]
    company: frozenset[str]
    lead: date | None


_NOTHING = _Around(frozenset(), frozenset(), None)


def _around(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, _Around]:
    company = {row["article"]: frozenset(row["codes"]) for row in rows(connection, _COMPANY, ids)}
    told: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows(connection, _AROUND, ids):
        told[row["article"]].append(row)
    return {
        article: _Around(
            frozenset(word for row in several for word in content_words(row["words"])),
            company.get(article, frozenset()),
            next((row["when_start"] for row in several if _is_dated_news(row)), None),
        )
        for article, several in told.items()
    }


def _is_dated_news(row: Row) -> bool:
    return row["when_basis"] == "words" and row["when_start"] == row["when_end"] and not row["auxiliary"]


def _telling(row: Row, parties: list[Row], around: _Around | None) -> Telling:
    def codes(role: str) -> frozenset[str]:
        return frozenset(party["code"] for party in parties if party["role"] == role and party["code"])

    persons = [party for party in parties if party["entity"].startswith("person:")]
    return Telling(
        event=row["event"],
        articles=frozenset(row["articles"]),
        stories=frozenset(row["stories"]),
        category=row["category"],
        auxiliary=frozenset(row["auxiliary"]),
        actors=codes("actor"),
        recipients=codes("recipient"),
        persons=frozenset(party["entity"] for party in persons),
        split=frozenset((party["read"], party["entity"]) for party in persons if party["split"]),
        first=row["when_start"],
        last=row["when_end"],
        fixed=row["when_basis"] == "words",
        published=row["first_published"],
        place=row["where_name"],
        country=row["where_code"],
        cue=tuple(row.get("cue") or ()),
        sentence=tuple(row.get("sentence") or ()),
        cue_text=row["cue_text"].casefold(),
        words=content_words(row["words"]) if around else frozenset(),
        **(around or _NOTHING)._asdict(),
    )
