"""The table of facts: one row an event, made by SQL from the other tables.

Writing an article marks its events as stale, in the article's own transaction; the rows are made when somebody asks,
for the stale events only. A process that is killed leaves its marks behind, and whoever opens the record next goes by
them. A record open for reading only keeps the rows it makes in memory, beside the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

import duckdb

from dragoman.model import Report
from dragoman.ontology.scales import scales
from dragoman.record import identity
from dragoman.record.build import Row

# Within an event the order is that of dragoman.linking.events: its first report is the one that speaks for it.
LEAD = "r.when_start NULLS LAST, r.when_end, r.where_name IS NULL, r.confidence DESC, r.article, r.sequence"

_TOUCHED = """
CREATE OR REPLACE TEMP TABLE touched AS
WITH known AS (SELECT event FROM stale
               UNION SELECT l.becomes FROM stale s JOIN linked_events l ON l.event = s.event)
SELECT event FROM known UNION SELECT m.becomes FROM known k JOIN merged_events m ON m.event = k.event
"""
_TOLD = f"""
CREATE OR REPLACE TEMP TABLE told AS
SELECT coalesce(m.becomes, g.event, l.becomes, r.event) AS fact, r.article, r.sequence, a.story, a.outlet, a.origin,
       row_number() OVER (PARTITION BY fact ORDER BY {LEAD}) AS rank
FROM reports r
JOIN articles a ON a.id = r.article
LEFT JOIN linked_events l ON l.event = r.event
LEFT JOIN regrouped g ON g.article = r.article AND g.sequence = r.sequence
LEFT JOIN merged_events m ON m.event = coalesce(g.event, l.becomes, r.event)
WHERE coalesce(m.becomes, g.event, l.becomes, r.event) IN (SELECT event FROM touched)
"""
_PARTIES = f"""
WITH who AS (
    SELECT t.fact, p.role, t.rank, p.code, {identity.entity("p")} AS entity
    FROM told t
    JOIN parties p ON p.article = t.article AND p.sequence = t.sequence
    {identity.joins("p")}
)
SELECT fact,
       list(DISTINCT code ORDER BY code) FILTER (rank = 1 AND role = 'actor' AND code IS NOT NULL) AS actors,
       list(DISTINCT code ORDER BY code) FILTER (rank = 1 AND role = 'recipient' AND code IS NOT NULL) AS recipients,
       list(DISTINCT entity ORDER BY entity) FILTER (rank = 1 AND role = 'actor') AS actor_entities,
       list(DISTINCT entity ORDER BY entity) FILTER (rank = 1 AND role = 'recipient') AS recipient_entities,
       list(DISTINCT entity ORDER BY entity) FILTER (role = 'source') AS sources
FROM who GROUP BY fact
"""
_VOICES = """
SELECT fact, list(DISTINCT voice ORDER BY voice) AS voices FROM (
    SELECT t.fact, CASE WHEN d.number IS NULL THEN 'own' WHEN d.anonymous OR q.article IS NULL THEN 'anonymous'
                   ELSE 'named' END AS voice
    FROM told t
    LEFT JOIN attributions d ON d.article = t.article AND d.sequence = t.sequence AND d.listed
    LEFT JOIN (SELECT DISTINCT article, sequence, attribution FROM parties WHERE role = 'source') q
           ON q.article = d.article AND q.sequence = d.sequence AND q.attribution = d.number
) GROUP BY fact
"""
_COUNTS = """
SELECT fact, count(*) AS reports, count(DISTINCT story) FILTER (origin = 'read') AS stories,
       list(DISTINCT outlet ORDER BY outlet) FILTER (outlet IS NOT NULL) AS outlets,
       bool_and(origin <> 'read') AS imported
FROM told GROUP BY fact
"""
# The last of a rejection and a restoration decides; an event that a merge made one of two is rejected as one.
_APPLIED = """
SELECT a.event AS fact, true AS corrected,
       coalesce(max_by(c.kind, c.id) FILTER (c.kind IN ('reject', 'restore')) = 'reject', false) AS rejected
FROM applied a JOIN corrections c ON c.id = a.correction GROUP BY a.event
"""
_LEADS = f"""
CREATE OR REPLACE TEMP TABLE leads AS
WITH party AS ({_PARTIES}), voice AS ({_VOICES}), tally AS ({_COUNTS}), judged AS ({_APPLIED})
SELECT t.fact AS event, r.category, r.modes, r.contexts, r.auxiliary,
       coalesce(p.actors, []) AS actors, coalesce(p.recipients, []) AS recipients,
       coalesce(p.actor_entities, []) AS actor_entities, coalesce(p.recipient_entities, []) AS recipient_entities,
       r.about, r.when_start, r.when_end, r.when_precision,
       r.where_name, r.where_code, r.where_latitude, r.where_longitude, r.confidence,
       n.reports::INTEGER AS reports, n.stories::INTEGER AS stories, coalesce(n.outlets, []) AS outlets, v.voices,
       coalesce(p.sources, []) AS sources, n.imported,
       coalesce(j.corrected, false) AS corrected, coalesce(j.rejected, false) AS rejected,
       r.article, r.sequence, r.cue_text, r.words
FROM told t
JOIN reports r ON r.article = t.article AND r.sequence = t.sequence
JOIN tally n ON n.fact = t.fact
JOIN voice v ON v.fact = t.fact
LEFT JOIN party p ON p.fact = t.fact
LEFT JOIN judged j ON j.fact = t.fact
WHERE t.rank = 1
"""
_CHANGED = """
SELECT DISTINCT l.event FROM leads l JOIN applied a ON a.event = l.event
JOIN corrections c ON c.id = a.correction AND c.kind = 'field' ORDER BY l.event
"""
_PATCHED_LISTS = (
    *("modes", "contexts", "auxiliary", "about"),
    *("actors", "recipients", "actor_entities", "recipient_entities"),
)
_PATCHED: dict[str, object] = {
    "event": "VARCHAR",
    "category": "VARCHAR",
    **{name: ["VARCHAR"] for name in _PATCHED_LISTS},
    "when_start": "DATE",
    "when_end": "DATE",
    **dict.fromkeys(("when_precision", "where_name", "where_code"), "VARCHAR"),
    "where_latitude": "DOUBLE",
    "where_longitude": "DOUBLE",
}
_SCALES = {
    "category": "VARCHAR",
    "modes": ["VARCHAR"],
    "contexts": ["VARCHAR"],
    "quad": "VARCHAR",
    "score": "DOUBLE",
    "goldstein": "DOUBLE",
    "cameo": "VARCHAR",
}
_INSERT = """
INSERT INTO {into} BY NAME
SELECT l.*, s.quad, s.score, s.goldstein, s.cameo FROM leads l
JOIN scales s ON s.category = l.category AND s.modes = l.modes AND s.contexts = l.contexts
ORDER BY l.when_start NULLS LAST, l.article, l.sequence, l.event
"""

Corrected = Callable[[list[str]], Iterable[tuple[str, Report]]]


def is_stale(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether some events' facts, or the stories of some articles, are not up to date."""
    sql = "SELECT 1 FROM stale UNION ALL SELECT 1 FROM unlinked LIMIT 1"
    return connection.execute(sql).fetchone() is not None


def refresh(connection: duckdb.DuckDBPyConnection, corrected: Corrected) -> None:
    """Make the rows of all stale events anew, within the caller's transaction, and take the marks away.

    :param corrected: gives the report that speaks for each of these events, with its corrections.
    """
    _prepare(connection, corrected)
    connection.execute("DELETE FROM facts WHERE event IN (SELECT event FROM touched)")
    connection.execute(_INSERT.format(into="facts"))
    connection.execute("DELETE FROM stale")
    _tidy(connection)


def refresh_beside(connection: duckdb.DuckDBPyConnection, corrected: Corrected) -> str:
    """The same for a record open for reading only: a whole table of facts in memory, in a database of its own.

    Returns the search path in which that table is found before the file's own.
    """
    _prepare(connection, corrected)
    catalog = str(connection.execute("SELECT current_database()").fetchall()[0][0])
    beside = identifier(f"{catalog}, fresh")  # a database bears the name of its file, and this none that is open
    connection.execute(f"ATTACH ':memory:' AS {beside} (READ_WRITE)")
    connection.execute(f"CREATE TABLE {beside}.facts AS FROM facts WHERE event NOT IN (SELECT event FROM touched)")
    connection.execute(_INSERT.format(into=f"{beside}.facts"))
    _tidy(connection)
    return f"{beside}.main,{identifier(catalog)}.main"


def identifier(name: str) -> str:
    """A name as SQL takes it, whatever stands in it."""
    quoted = name.replace('"', '""')
    return f'"{quoted}"'


def _prepare(connection: duckdb.DuckDBPyConnection, corrected: Corrected) -> None:
    for sql in (_TOUCHED, _TOLD, _LEADS):
        connection.execute(sql)
    changed = [str(row[0]) for row in connection.execute(_CHANGED).fetchall()]
    if changed:
        _patch(connection, [patch(event, report) for event, report in corrected(changed)])
    _scale(connection)


def _patch(connection: duckdb.DuckDBPyConnection, rows: list[Row]) -> None:
    values = ", ".join(f"{name} = p.{name}" for name in _PATCHED if name != "event")
    connection.execute(
        f"UPDATE leads SET {values} FROM ({_lines(_PATCHED)}) p WHERE p.event = leads.event", [_plain(rows)]
    )


def patch(event: str, report: Report) -> Row:
    """The columns of facts that a correction can change, as this report has them."""
    when, where = report.when, report.where
    return {
        "event": event,
        **{name: getattr(report, name) for name in ("category", "modes", "contexts", "auxiliary", "about")},
        "actors": sorted({party.code for party in report.actors if party.code}),
        "recipients": sorted({party.code for party in report.recipients if party.code}),
        "actor_entities": sorted({party.entity for party in report.actors}),
        "recipient_entities": sorted({party.entity for party in report.recipients}),
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "when_precision": when.precision if when else None,
        "where_name": where.name if where else None,
        "where_code": where.code if where else None,
        "where_latitude": where.latitude if where else None,
        "where_longitude": where.longitude if where else None,
    }


def _scale(connection: duckdb.DuckDBPyConnection) -> None:
    """A table of what each category with its modes and contexts is worth: far fewer rows than events."""
    found = connection.execute("SELECT DISTINCT category, modes, contexts FROM leads").fetchall()
    rows = [_scales(category, modes, contexts) for category, modes, contexts in found]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE scales AS {_lines(_SCALES)}", [_plain(rows)])


def _scales(category: str, modes: list[str], contexts: list[str]) -> Row:
    at = scales(category, modes, contexts)
    row: Row = {"category": category, "modes": modes, "contexts": contexts}
    return {**row, "quad": at.quad_name, "score": at.score, "goldstein": at.goldstein, "cameo": at.cameo}


def _lines(shape: Mapping[str, object]) -> str:
    """Rows of this shape from one parameter, a JSON array."""
    return f"SELECT line.* FROM (SELECT unnest(from_json(?::VARCHAR, '{json.dumps([shape])}')) AS line)"


def _plain(rows: list[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False, default=str)


def _tidy(connection: duckdb.DuckDBPyConnection) -> None:
    for table in ("touched", "told", "leads", "scales"):
        connection.execute(f"DROP TABLE temp.{table}")
