"""Which events of different texts are one: worked out anew for what was written since, in the caller's transaction.

A new telling is compared only with those that share a block with it (parties, and a week), and only the events that
hang together with it are put together anew. The same articles give the same links in whatever order they came. What
was imported is not linked: it counts as no independent report. Needs nothing of a record but its tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, count

import duckdb

from dragoman.linking.blocks import blocks
from dragoman.linking.clustering import firsts
from dragoman.linking.events import together
from dragoman.linking.telling import Comparison, Model, Telling, compare, model, reason
from dragoman.record.rowing import AT_ONCE, column, insert
from dragoman.record.tellings import Tellings

# Pairs of one day stand together, so that a telling is needed for a short while; those that share a story or a stretch
# of months, but no day, by the day of publication.
_CANDIDATES = """
CREATE OR REPLACE TEMP TABLE candidates AS
WITH pairs AS (
    SELECT least(n.event, b.event) AS one, greatest(n.event, b.event) AS other,
           min(n.place) FILTER (n.place > 0) AS place
    FROM blocks n JOIN blocks b ON b.key = n.key AND b.place = n.place AND (n.lone OR b.lone)
    WHERE n.event IN (SELECT event FROM seeds) AND n.event <> b.event GROUP BY ALL
), days AS (
    SELECT r.event, date_diff('day', DATE '0001-01-01', min(a.published)) + 1 AS day
    FROM reports r JOIN articles a ON a.id = r.article
    WHERE r.event IN (SELECT one FROM pairs WHERE place IS NULL) GROUP BY r.event
)
SELECT row_number() OVER (ORDER BY coalesce(p.place, d.day, 0), p.one, p.other) - 1 AS number, p.one, p.other
FROM pairs p LEFT JOIN days d ON d.event = p.one ORDER BY number
"""
_SOME = "SELECT one, other FROM candidates WHERE number BETWEEN ? AND ? ORDER BY number"
# From which step to which an event is needed: to find blocks, to compare pairs, to put together what hangs together.
_NEEDED = """
CREATE OR REPLACE TEMP TABLE needed AS
SELECT event, min(step) AS first, max(step) AS last FROM ({}) GROUP BY event
"""
_FOR_BLOCKS = "SELECT event, row_number() OVER (ORDER BY event) - 1 AS step FROM seeds"
_FOR_PAIRS = "SELECT one AS event, number AS step FROM candidates UNION ALL SELECT other, number FROM candidates"
_NEIGHBOURS = """
SELECT DISTINCT p.event FROM (SELECT one AS near, other AS event FROM links UNION ALL SELECT other, one FROM links) p
WHERE p.near IN (SELECT event FROM part)
"""
# What hangs together by links: events by number, their links by those; the parts; and links by part.
_NODES = """
CREATE OR REPLACE TEMP TABLE nodes AS SELECT event, row_number() OVER (ORDER BY event) - 1 AS number
FROM (SELECT one AS event FROM links UNION SELECT other FROM links) WHERE event IN (SELECT event FROM part)
"""
_EDGES = "SELECT o.number, t.number FROM links l JOIN nodes o ON o.event = l.one JOIN nodes t ON t.event = l.other"
_HANGING = """
CREATE OR REPLACE TEMP TABLE hanging AS
SELECT n.event, p.part FROM nodes n JOIN parts p ON p.number = n.number ORDER BY p.part
"""
_INSIDE = """
CREATE OR REPLACE TEMP TABLE inside AS
SELECT h.part, l.one, l.other, l.likeness FROM links l JOIN hanging h ON h.event = l.one ORDER BY h.part
"""
_SIZES = "SELECT part, count(*) FROM hanging GROUP BY part ORDER BY part"
_MOVED = """
CREATE OR REPLACE TEMP TABLE moved AS
SELECT coalesce(n.event, o.event) AS event, o.becomes AS was, n.becomes AS now FROM became n
FULL JOIN (SELECT * FROM linked_events WHERE event IN (SELECT event FROM part)) o ON o.event = n.event
WHERE o.becomes IS DISTINCT FROM n.becomes
"""
_MARK = """
INSERT INTO stale SELECT DISTINCT event FROM (SELECT unnest([event, was, now]) AS event FROM moved)
WHERE event IS NOT NULL
"""
_BLOCK_KINDS = ("VARCHAR", "VARCHAR", "INTEGER", "BOOLEAN")
_LINK_KINDS = (
    "VARCHAR", "VARCHAR", "DOUBLE", "BOOLEAN", "VARCHAR[]", "VARCHAR", "VARCHAR", "VARCHAR", "DOUBLE", "DOUBLE",
    "VARCHAR", "BOOLEAN",
)  # fmt: skip
_TEMPORARY = (
    *("seeds", "part", "candidates", "needed", "told", "besides"),
    *("nodes", "parts", "hanging", "inside", "became", "moved"),
)

# Pairs that are compared at a time.
PAIRS = 5_000


def link_events(connection: duckdb.DuckDBPyConnection) -> bool:
    """Bring ``links`` and ``linked_events`` up to date for the stale events, and mark what they make stale besides.

    :returns: whether some event became part of another, or is no longer.
    """
    _seed(connection)
    if not column(connection, "SELECT 1 FROM seeds LIMIT 1"):
        return _tidied(connection, changed=False)
    by = model()
    _forget(connection)
    _block(connection)
    _compare(connection, by)
    changed = _put_together(connection, by)
    return _tidied(connection, changed=changed)


def _seed(connection: duckdb.DuckDBPyConnection) -> None:
    """The tellings that were written since, and those that are no more."""
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
    connection.execute(_NEEDED.format(_FOR_BLOCKS))
    known = Tellings(connection, bare=True)
    seeds = column(connection, "SELECT count(*) FROM seeds")[0]
    for start in range(0, seeds, AT_ONCE):
        told = known.of(start, start + AT_ONCE - 1)
        insert(connection, "blocks", _BLOCK_KINDS, ((e, *block) for e in told for block in sorted(blocks(told[e]))))


def _compare(connection: duckdb.DuckDBPyConnection, by: Model) -> None:
    """Keep the candidates that are likely one event, with the reasons."""
    connection.execute(_CANDIDATES)
    connection.execute(_NEEDED.format(_FOR_PAIRS))
    known = Tellings(connection)
    for start in count(step=PAIRS):
        pairs = connection.execute(_SOME, [start, start + PAIRS - 1]).fetchall()
        if not pairs:
            return
        told = known.of(start, start + PAIRS - 1)
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


def _put_together(connection: duckdb.DuckDBPyConnection, by: Model) -> bool:
    """Work out which of the tellings that hang together are one event."""
    _reach(connection)
    _hang(connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE became (event VARCHAR, becomes VARCHAR)")
    lines = ((event, group[0]) for group in _groups(connection, by) for event in group)
    insert(connection, "became", ("VARCHAR", "VARCHAR"), lines)
    return _keep(connection)


def _hang(connection: duckdb.DuckDBPyConnection) -> None:
    """Number the parts that hang together by links, and give each its events and its links."""
    connection.execute(_NODES)
    size = column(connection, "SELECT count(*) FROM nodes")[0]
    found = connection.execute(_EDGES)
    parts = firsts(size, chain.from_iterable(iter(lambda: found.fetchmany(AT_ONCE), [])))
    connection.execute("CREATE OR REPLACE TEMP TABLE parts (number INTEGER, part INTEGER)")
    insert(connection, "parts", ("INTEGER", "INTEGER"), enumerate(parts))
    connection.execute(_HANGING)
    connection.execute(_INSIDE)


def _groups(connection: duckdb.DuckDBPyConnection, by: Model) -> Iterator[list[str]]:
    connection.execute(_NEEDED.format("SELECT event, part AS step FROM hanging"))
    known = Tellings(connection)
    for first, last in list(_spans(connection.execute(_SIZES).fetchall())):
        told = known.of(first, last)
        events: defaultdict[int, set[str]] = defaultdict(set)
        links: defaultdict[int, dict[tuple[str, str], float]] = defaultdict(dict)
        sql = "SELECT part, one, other, likeness FROM inside WHERE part BETWEEN ? AND ?"
        for part, one, other, likely in connection.execute(sql, [first, last]).fetchall():
            events[part] |= {one, other}
            links[part][one, other] = likely
        for part in sorted(events):
            yield from together({event: told[event] for event in sorted(events[part])}, links[part], by)


def _spans(sizes: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The first and the last of the parts whose events are held together."""
    first = last = None
    held = 0
    for part, size in sizes:
        if first is not None and last is not None and held + size > AT_ONCE:
            yield first, last
            first, held = None, 0
        first, last, held = part if first is None else first, part, held + size
    if first is not None and last is not None:
        yield first, last


def _keep(connection: duckdb.DuckDBPyConnection) -> bool:
    """Write what changed, and mark the events that it changes."""
    connection.execute("DELETE FROM became WHERE event = becomes")
    connection.execute(_MOVED)
    moved = bool(column(connection, "SELECT 1 FROM moved LIMIT 1"))
    if moved:
        connection.execute(_MARK)
        connection.execute("DELETE FROM linked_events WHERE event IN (SELECT event FROM part)")
        connection.execute("INSERT INTO linked_events SELECT event, becomes FROM became")
    connection.execute("""
        UPDATE links SET holds = coalesce(o.becomes, links.one) = coalesce(t.becomes, links.other)
        FROM (SELECT p.event, l.becomes FROM part p LEFT JOIN linked_events l ON l.event = p.event) o,
             (SELECT p.event, l.becomes FROM part p LEFT JOIN linked_events l ON l.event = p.event) t
        WHERE o.event = links.one AND t.event = links.other""")
    return moved


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
