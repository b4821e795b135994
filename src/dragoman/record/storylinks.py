"""Which articles of a record are one story: worked out anew for what was written since, in the caller's transaction.

A new article is compared with those of the days around it, never with the whole record; then only the stories it may
belong to are put together anew. The same articles give the same stories in whatever order they came. Needs nothing of a
record but its tables, so that a lake of the same tables can be linked as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import duckdb

from dragoman.linking.clustering import connected
from dragoman.linking.copies import Wording, bands, likeness, wording, words
from dragoman.linking.stories import WINDOW, Story, Version, stories, version_of
from dragoman.model import Article
from dragoman.record.rowing import articles, batches, column, in_parts, insert, rows

_NEW = "SELECT a.id FROM articles a WHERE a.id IN (SELECT article FROM unlinked) AND a.origin = 'read' ORDER BY a.id"
# Pairs of texts that share a band and were published near each other, at least one of the two now.
_CANDIDATES = f"""
WITH fresh AS (SELECT DISTINCT key, published, unnest(bands) AS band FROM signatures
               WHERE article IN (SELECT article FROM unlinked)),
     reach AS (SELECT min(published) - {WINDOW} AS since, max(published) + {WINDOW} AS until,
               bool_or(published IS NULL) AS always FROM fresh),
     known AS (SELECT DISTINCT key, published, unnest(bands) AS band FROM signatures, reach
               WHERE published IS NULL OR always OR published BETWEEN since AND until)
SELECT DISTINCT least(f.key, k.key) AS one, greatest(f.key, k.key) AS other FROM fresh f JOIN known k ON k.band = f.band
WHERE f.key <> k.key AND (f.published IS NULL OR k.published IS NULL OR abs(f.published - k.published) <= {WINDOW})
EXCEPT SELECT one, other FROM text_pairs ORDER BY ALL
"""
_NEIGHBOURS = """
SELECT DISTINCT p.key
FROM (SELECT one AS near, other AS key FROM text_pairs UNION ALL SELECT other, one FROM text_pairs) p
WHERE p.near IN (SELECT key FROM part)
"""
_VERSIONS = """
SELECT s.article, a.published, a.outlet, a.credit, s.key, s.story FROM signatures s JOIN articles a ON a.id = s.article
WHERE s.key IN (SELECT key FROM part) ORDER BY s.article
"""
# Texts whose sequences of words are held at a time, some 30 kB each.
TEXTS = 400

_PAIR_KINDS = ("VARCHAR", "VARCHAR", "DOUBLE", "DOUBLE", "DOUBLE")
_LINK_KINDS = ("VARCHAR", "INTEGER", "VARCHAR", "DOUBLE", "DOUBLE", "DOUBLE", "VARCHAR")


def link_stories(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring ``articles.story`` and ``story_links`` up to date, and mark the events whose count of stories may
    change."""
    if not column(connection, "SELECT 1 FROM unlinked LIMIT 1"):
        return
    connection.execute("CREATE OR REPLACE TEMP TABLE part (key VARCHAR)")
    _forget(connection)
    _sign(connection, column(connection, _NEW))
    _compare(connection)
    _write(connection, list(_told_anew(connection)))
    connection.execute("DELETE FROM unlinked")
    connection.execute("DROP TABLE temp.part")


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Take away what was known of articles that were read again; the texts they had are looked at anew."""
    connection.execute("INSERT INTO part SELECT key FROM signatures WHERE article IN (SELECT article FROM unlinked)")
    connection.execute(f"INSERT INTO part {_NEIGHBOURS}")
    connection.execute("DELETE FROM signatures WHERE article IN (SELECT article FROM unlinked)")
    connection.execute("DELETE FROM story_links WHERE article IN (SELECT article FROM unlinked)")
    lost = "SELECT key FROM part EXCEPT SELECT key FROM signatures"
    connection.execute(f"DELETE FROM text_pairs WHERE one IN ({lost}) OR other IN ({lost})")


def _sign(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> None:
    kinds = ("VARCHAR", "VARCHAR", "VARCHAR", "DATE", "BIGINT[]")
    insert(connection, "signatures", kinds, map(_signature, articles(connection, ids)))
    connection.execute("INSERT INTO part SELECT key FROM signatures WHERE article IN (SELECT article FROM unlinked)")


def _signature(article: Article) -> tuple[object, ...]:
    printed = words(article)
    version = version_of(article, printed)
    return article.id, version.key, version.story, article.published, list(bands(printed))


def _compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep which candidates are near copies."""
    pairs = connection.execute(_CANDIDATES).fetchall()
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        by_first[one].append(other)
    for some in in_parts(list(by_first), size=TEXTS):
        needed = sorted({*some, *(other for one in some for other in by_first[one])})
        known = _wordings(connection, needed)
        alike = ((one, other, likeness(known[one], known[other])) for one in some for other in by_first[one])
        lines = [(one, other, at.contained, at.covered, at.strange) for one, other, at in alike if at.is_copy]
        insert(connection, "text_pairs", _PAIR_KINDS, lines)


def _wordings(connection: duckdb.DuckDBPyConnection, keys: list[str]) -> dict[str, Wording]:
    """The wordings of texts, each by one of the articles that have it."""
    sql = "SELECT min(article), key FROM signatures WHERE key IN (SELECT unnest(?::VARCHAR[])) GROUP BY key"
    key_of = dict(connection.execute(sql, [keys]).fetchall())
    return {key_of[article.id]: wording(words(article)) for article in articles(connection, list(key_of))}


def _told_anew(connection: duckdb.DuckDBPyConnection) -> Iterator[Story]:
    """The stories of all texts that the changed ones are connected with."""
    _reach(connection)
    by_key: defaultdict[str, list[Version]] = defaultdict(list)
    for row in rows(connection, _VERSIONS):
        by_key[row["key"]].append(Version(**row))
    pairs = connection.execute("SELECT one, other FROM text_pairs WHERE one IN (SELECT key FROM part)").fetchall()
    parts = connected(sorted(by_key), pairs)
    for several in batches(parts, size=TEXTS):
        known = _wordings(connection, sorted(key for part in several if len(part) > 1 for key in part))
        for part in several:
            yield from _stories(part, by_key, known)


def _stories(part: frozenset[str], by_key: Mapping[str, list[Version]], known: Mapping[str, Wording]) -> list[Story]:
    members = [version for key in part for version in by_key[key]]
    return stories(members, known)


def _reach(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to the changed texts all that pairs connect with them."""
    while True:
        before = column(connection, "SELECT count(DISTINCT key) FROM part")[0]
        connection.execute(f"INSERT INTO part {_NEIGHBOURS}")
        connection.execute("CREATE OR REPLACE TEMP TABLE part AS SELECT DISTINCT key FROM part")
        if column(connection, "SELECT count(*) FROM part")[0] == before:
            return


def _write(connection: duckdb.DuckDBPyConnection, found: list[Story]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE told (article VARCHAR, story VARCHAR)")
    insert(connection, "told", ("VARCHAR", "VARCHAR"), ((each.article, s.key) for s in found for each in s.versions))
    connection.execute("DELETE FROM story_links WHERE article IN (SELECT article FROM told)")
    insert(connection, "story_links", _LINK_KINDS, (line for story in found for line in _lines(story)))
    moved = "SELECT t.article, t.story FROM told t JOIN articles a ON a.id = t.article WHERE a.story <> t.story"
    articles = f"SELECT m.article FROM ({moved}) m"
    connection.execute(f"INSERT INTO stale SELECT DISTINCT r.event FROM reports r WHERE r.article IN ({articles})")
    connection.execute(f"UPDATE articles SET story = m.story FROM ({moved}) m WHERE articles.id = m.article")
    connection.execute("DROP TABLE temp.told")


def _lines(story: Story) -> Iterator[tuple[object, ...]]:
    """The rows of a story of several versions."""
    copies = {copy.article: copy for copy in story.copies}
    if not copies:
        return
    for number, version in enumerate(story.versions, start=1):
        copy = copies.get(version.article)
        at = (copy.of, copy.likeness.contained, copy.likeness.covered, copy.likeness.strange) if copy else (None,) * 4
        yield version.article, number, *at, story.source
