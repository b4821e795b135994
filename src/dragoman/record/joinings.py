"""Which entities of a record are one identity: worked out when articles came in, in the caller's transaction.

Anew only for whom the new articles name, or named before they were read again, and for whom a shared name connects with
these; for all where the registers of names changed. The same articles give the same joinings in whatever order they
came. What was imported is not joined by itself. Needs nothing of a record but its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path

import duckdb

from dragoman.linking.joining import Joining, blocks, identities, organisations, persons, rank
from dragoman.linking.someone import Holding, Someone, is_named, is_persons
from dragoman.linking.spellings import acronym, key, parts
from dragoman.ontology import load
from dragoman.ontology.data import user_folder
from dragoman.ontology.persons import Asked, load_persons, plain, told_of_persons
from dragoman.record.rowing import Row, column, insert, rows

_JOIN = {"person": persons, "organisation": organisations}
_KINDS = ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR")
_BLOCK_KINDS = ("VARCHAR", "VARCHAR", "VARCHAR")
_ENTITIES = """
WITH told AS (
    SELECT e.id, e.article, e.name, e.aliases, e.code, e.sector, e.wikidata_id, a.published
    FROM entities e JOIN articles a ON a.id = e.article
    WHERE e.id IN (SELECT entity FROM {asked}) AND e.kind = ? AND a.origin = 'read'
), held AS (
    SELECT o.entity, o.office, min(coalesce(o.since, a.published)) AS first, max(coalesce(o.until, a.published)) AS last
    FROM offices o JOIN articles a ON a.id = o.article
    WHERE o.entity IN (SELECT entity FROM {asked}) AND NOT o.former AND a.origin = 'read' GROUP BY ALL
), holding AS (
    SELECT entity, list({{'office': office, 'first': first, 'last': last}} ORDER BY office) AS offices
    FROM held GROUP BY entity
), called AS (
    SELECT id, list(DISTINCT name ORDER BY name) AS names
    FROM (SELECT id, name FROM told UNION SELECT id, unnest(aliases) FROM told) GROUP BY id
)
SELECT e.id, mode(e.name ORDER BY e.name) AS name, first(c.names) AS names, max(e.code) AS code,
       mode(e.sector ORDER BY e.sector) AS sector, first(h.offices) AS offices, min(e.published) AS first_day,
       max(e.published) AS last_day, count(DISTINCT e.article) AS articles, max(e.wikidata_id) AS item
FROM told e JOIN called c ON c.id = e.id LEFT JOIN holding h ON h.entity = e.id GROUP BY e.id ORDER BY e.id
"""
# The groups of which one article names two.
_BESIDE = """
SELECT DISTINCT head FROM (
    SELECT p.head FROM (SELECT unnest(?::VARCHAR[]) AS id, unnest(?::VARCHAR[]) AS head) p
    JOIN entities e ON e.id = p.id JOIN articles a ON a.id = e.article
    WHERE a.origin = 'read' GROUP BY e.article, p.head HAVING count(DISTINCT p.id) > 1
)
"""
_KINDS_JOINED = "kind IN ('person', 'organisation')"
_TOUCHED = f"""
CREATE OR REPLACE TEMP TABLE touched AS
SELECT entity FROM unjoined
UNION SELECT id FROM entities WHERE {_KINDS_JOINED} AND article IN (SELECT article FROM unlinked)
"""
_ALL = f"CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT id AS entity FROM entities WHERE {_KINDS_JOINED}"
_NEIGHBOURS = """
INSERT INTO part SELECT DISTINCT o.entity FROM identity_blocks n JOIN identity_blocks o ON o.block = n.block
    AND (n.code IS NULL OR o.code IS NULL OR n.code = o.code)
WHERE n.entity IN (SELECT entity FROM {reached}) AND o.entity NOT IN (SELECT entity FROM part)
RETURNING entity
"""
_LINKED = "entity IN (SELECT entity FROM part) OR other IN (SELECT entity FROM part)"
# The key in meta of what the registers were when names were joined last.
REGISTERS = "joined_with"


def joined(connection: duckdb.DuckDBPyConnection, where: str = "true") -> dict[str, str]:
    """Whom each joined entity is, before corrections."""
    sql = f"""SELECT entity, becomes FROM identity_links WHERE {where}
              UNION SELECT other, becomes FROM identity_links WHERE {where} ORDER BY ALL"""
    return {row["entity"]: row["becomes"] for row in rows(connection, sql) if row["entity"] != row["becomes"]}


def prepare() -> None:
    """Load what names are joined by."""
    _Names.load()


def join_identities(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Bring ``identity_links`` up to date; who is somebody else than before, and whom they were and are."""
    names = _Names.load()
    _touch(connection, names.digest)
    _block(connection, names)
    before = joined(connection, _LINKED)
    becomes = _put_together(connection, names)
    connection.execute("DELETE FROM unjoined")
    for table in ("touched", "part"):
        connection.execute(f"DROP TABLE temp.{table}")
    changed = {each for each in before.keys() | becomes.keys() if before.get(each) != becomes.get(each)}
    return changed | {into[each] for into in (before, becomes) for each in changed if each in into}


@dataclass(frozen=True, slots=True)
class _Names:
    """The ids of the registers, by kind of entity; the words of offices; and a digest of all that the names tell."""

    known: Mapping[str, frozenset[str]]
    titles: frozenset[str]
    digest: str

    @staticmethod
    @cache
    def _of(folder: Path | None) -> _Names:
        people = frozenset(person.entity_id for person in load_persons().values())
        bodies = frozenset(name.entity_id for several in load().names.values() for name in several)
        titles = frozenset(word for words in load().titles for word in words)
        told = repr((sorted(bodies), sorted(titles), told_of_persons()))
        digest = blake2b(told.encode(), digest_size=10).hexdigest()
        return _Names({"person": people, "organisation": bodies}, titles, digest)

    @classmethod
    def load(cls) -> _Names:
        """Those of the program and of the user's data folder."""
        return cls._of(user_folder())


def _touch(connection: duckdb.DuckDBPyConnection, digest: str) -> None:
    """Whom new articles name or named; everybody where the registers are others than the last time."""
    was = column(connection, "SELECT value FROM meta WHERE key = ?", REGISTERS)
    connection.execute(_TOUCHED if was == [digest] else _ALL)
    connection.execute("CREATE OR REPLACE TEMP TABLE part AS FROM touched")
    if was == [digest]:
        _reach(connection)
        return
    connection.execute("DELETE FROM identity_blocks")
    connection.execute("INSERT INTO part SELECT entity FROM identity_links UNION SELECT other FROM identity_links")
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [REGISTERS, digest])


def _reach(connection: duckdb.DuckDBPyConnection) -> None:
    """Add all that shared names connect with whom is part of it."""
    reached = "part"
    while found := column(connection, _NEIGHBOURS.format(reached=reached)):
        connection.execute("CREATE OR REPLACE TEMP TABLE fresh AS SELECT unnest(?::VARCHAR[]) AS entity", [found])
        reached = "fresh"
    connection.execute("DROP TABLE IF EXISTS temp.fresh")


def _block(connection: duckdb.DuckDBPyConnection, names: _Names) -> None:
    """Write anew what names the touched share with others, and add those."""
    connection.execute("DELETE FROM identity_blocks WHERE entity IN (SELECT entity FROM touched)")
    for kind in _JOIN:
        told = _told(connection, "touched", kind, names)
        lines = ((each.id, block, each.code) for each in told for block in sorted(blocks(each, kind)))
        insert(connection, "identity_blocks", _BLOCK_KINDS, lines)
        registered = ((e.entity, e.other, None) for e in (_registered(told) if kind == "person" else ()))
        insert(connection, "identity_blocks", _BLOCK_KINDS, registered)
    _reach(connection)


def _put_together(connection: duckdb.DuckDBPyConnection, names: _Names) -> dict[str, str]:
    """Work out the joinings of who is part of it, and write them; who is whom by these."""
    found: list[Joining] = []
    ranks: dict[str, tuple[object, ...]] = {}
    for kind, join in _JOIN.items():
        read = _told(connection, "part", kind, names)
        ranks.update({each.id: rank(each) for each in read})
        found += join(read, partial(_beside, connection), list(_registered(read)) if kind == "person" else ())
    becomes = identities(found, lambda entity: ranks.get(entity, (False, False, 0, entity)))
    connection.execute(f"DELETE FROM identity_links WHERE {_LINKED}")
    lines = sorted((e.entity, e.other, becomes.get(e.entity, e.entity), e.basis, e.why) for e in found)
    insert(connection, "identity_links", _KINDS, lines)
    return becomes


def _beside(connection: duckdb.DuckDBPyConnection, heads: Mapping[str, str]) -> set[str]:
    return set(column(connection, _BESIDE, list(heads), list(heads.values()))) if heads else set()


def _told(connection: duckdb.DuckDBPyConnection, asked: str, kind: str, names: _Names) -> list[Someone]:
    """Whom of these articles tell of by name, sorted by id."""
    told = (_someone(row, names, kind) for row in rows(connection, _ENTITIES.format(asked=asked), kind))
    return [each for each in told if each is not None]


def _someone(row: Row, names: _Names, kind: str) -> Someone | None:
    """Who has an id, by name; nobody where no article gives a name, but an office ("foreign minister of Kenya")."""
    called = tuple(_names(row, names.titles, kind))
    if not called:
        return None
    offices = tuple(Holding(plain(each["office"]), each["first"], each["last"]) for each in row["offices"] or ())
    return Someone(
        row["id"], called, row["code"], row["sector"], offices, row["first_day"], row["last_day"], row["articles"],
        row["id"] in names.known[kind] or row["item"] is not None, row["item"],
    )  # fmt: skip


def _names(row: Row, titles: frozenset[str], kind: str) -> Iterator[str]:
    """The chief name, and of the others those that can be nobody else's: of a person what shares a part with it, of an
    organisation what has initials."""
    chief, person = row["name"], kind == "person"
    is_name = partial(is_persons if person else is_named, titles=titles)
    if not is_name(chief):
        return
    yield chief
    shared = set(map(key, parts(chief)))
    for name in row["names"]:
        its_own = shared & set(map(key, parts(name))) if person else acronym(name)
        if name != chief and its_own and is_name(name):
            yield name


def _registered(people: Iterable[Someone]) -> Iterator[Joining]:
    """Who bears the full name of one person of the register, of the same country, and was read before he was in it."""
    for each in people:
        if each.known or each.code is None or len(parts(each.names[0])) == 1:
            continue
        offices = frozenset(held.office for held in each.offices)
        person = Asked(each.last, frozenset({each.code}), offices).get(plain(each.names[0]))
        if person is not None and person.code == each.code and person.entity_id != each.id:
            yield Joining(each.id, person.entity_id, "register", f"{each.names[0]}: {person.name} of the register")
