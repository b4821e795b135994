"""Which entities of a record are one identity: worked out when articles came in, in the caller's transaction.

A pass over the entities, and one over those that share a key. The same articles give the same joinings in whatever
order they came. Needs nothing of a record but its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import duckdb

from dragoman.linking.joining import Joining, identities, organisations, persons, rank
from dragoman.linking.someone import Holding, Someone, is_named, is_persons
from dragoman.linking.spellings import acronym, key, parts
from dragoman.ontology import load
from dragoman.ontology.persons import Asked, load_persons, plain
from dragoman.record.rowing import Row, insert, rows

_KINDS = ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR")
_ENTITIES = """
WITH told AS (
    SELECT e.*, a.published FROM entities e JOIN articles a ON a.id = e.article WHERE e.kind = ? AND a.origin = 'read'
), held AS (
    SELECT o.entity, o.office, min(coalesce(o.since, a.published)) AS first, max(coalesce(o.until, a.published)) AS last
    FROM offices o JOIN articles a ON a.id = o.article WHERE NOT o.former AND a.origin = 'read' GROUP BY ALL
), holding AS (
    SELECT entity, list({'office': office, 'first': first, 'last': last} ORDER BY office) AS offices
    FROM held GROUP BY entity
), called AS (
    SELECT id, list(DISTINCT name ORDER BY name) AS names
    FROM (SELECT id, unnest(list_prepend(name, aliases)) AS name FROM told) GROUP BY id
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
    JOIN entities e ON e.id = p.id GROUP BY e.article, p.head HAVING count(DISTINCT p.id) > 1
)
"""


def joined(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Whom each joined entity is, before corrections."""
    sql = """SELECT entity, becomes FROM identity_links
             UNION SELECT other, becomes FROM identity_links ORDER BY ALL"""
    return {row["entity"]: row["becomes"] for row in rows(connection, sql) if row["entity"] != row["becomes"]}


def join_identities(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Bring ``identity_links`` up to date; who is somebody else than before, and whom they were and are."""
    before = joined(connection)
    ranks: dict[str, tuple[object, ...]] = {}
    found = list(_found(connection, ranks))
    becomes = identities(found, lambda entity: ranks.get(entity, (False, False, 0, entity)))
    lines = sorted((e.entity, e.other, becomes.get(e.entity, e.entity), e.basis, e.why) for e in found)
    connection.execute("DELETE FROM identity_links")
    insert(connection, "identity_links", _KINDS, lines)
    changed = {each for each in before.keys() | becomes.keys() if before.get(each) != becomes.get(each)}
    return changed | {into[each] for into in (before, becomes) for each in changed if each in into}


def _found(connection: duckdb.DuckDBPyConnection, ranks: dict[str, tuple[object, ...]]) -> Iterator[Joining]:
    def beside(heads: Mapping[str, str]) -> set[str]:
        found = rows(connection, _BESIDE, list(heads), list(heads.values())) if heads else []
        return {row["head"] for row in found}

    titles = frozenset(word for words in load().titles for word in words)
    for kind, known in (("person", _persons()), ("organisation", _bodies())):
        told = (_someone(row, known, titles) for row in rows(connection, _ENTITIES, kind))
        read = [each for each in told if each is not None]
        ranks.update({each.id: rank(each) for each in read})
        yield from persons(read, beside, list(_registered(read))) if kind == "person" else organisations(read, beside)


def _persons() -> set[str]:
    return {person.entity_id for person in load_persons().values()}


def _bodies() -> set[str]:
    return {name.entity_id for several in load().names.values() for name in several}


def _someone(row: Row, known: set[str], titles: frozenset[str]) -> Someone | None:
    """Who has an id, by name; nobody where no article gives a name, but an office ("foreign minister of Kenya")."""
    names = tuple(_names(row, titles))
    if not names:
        return None
    offices = tuple(Holding(plain(each["office"]), each["first"], each["last"]) for each in row["offices"] or ())
    return Someone(
        row["id"], names, row["code"], row["sector"], offices, row["first_day"], row["last_day"], row["articles"],
        row["id"] in known or row["item"] is not None, row["item"],
    )  # fmt: skip


def _names(row: Row, titles: frozenset[str]) -> Iterator[str]:
    """The chief name, and of the others those that can be nobody else's: of a person what shares a part with it, of an
    organisation what has initials."""
    chief, person = row["name"], row["id"].startswith("person:")
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
