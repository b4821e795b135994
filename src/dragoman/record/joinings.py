"""Which entities of a record are one identity: worked out when articles came in, in the caller's transaction.

A pass over the entities, and one over those that share a key. The same articles give the same joinings in whatever
order they came. Needs nothing of a record but its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import duckdb

from dragoman.linking.joining import Joining, Pair, Someone, identities, organisations, persons, rank
from dragoman.ontology import load
from dragoman.ontology.persons import Asked, load_persons, plain
from dragoman.record.rowing import Row, insert, rows

_KINDS = ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR")
_ENTITIES = """
WITH held AS (
    SELECT entity, list(DISTINCT office ORDER BY office) AS offices FROM offices WHERE NOT former GROUP BY entity
), named AS (
    SELECT e.id, unnest(list_prepend(e.name, e.aliases)) AS name FROM entities e WHERE e.kind = ?
), called AS (
    SELECT id, list(DISTINCT name ORDER BY name) AS names FROM named GROUP BY id
)
SELECT e.id, mode(e.name ORDER BY e.name) AS name, first(c.names) AS names, max(e.code) AS code,
       mode(e.sector ORDER BY e.sector) AS sector, first(h.offices) AS offices, min(a.published) AS first_day,
       max(a.published) AS last_day, count(DISTINCT e.article) AS articles, max(e.wikidata_id) AS item
FROM entities e JOIN articles a ON a.id = e.article JOIN called c ON c.id = e.id LEFT JOIN held h ON h.entity = e.id
WHERE e.kind = ? GROUP BY e.id ORDER BY e.id
"""
_BESIDE = """
SELECT DISTINCT p.one, p.other FROM (SELECT unnest(?::VARCHAR[]) AS one, unnest(?::VARCHAR[]) AS other) p
JOIN entities e ON e.id = p.one JOIN entities o ON o.id = p.other AND o.article = e.article
"""


def joined(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Whom each joined entity is, before corrections."""
    sql = """SELECT entity, becomes FROM identity_links UNION SELECT other, becomes FROM identity_links"""
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
    def beside(pairs: Sequence[Pair]) -> set[Pair]:
        listed = [one for one, _ in pairs], [other for _, other in pairs]
        return {(row["one"], row["other"]) for row in rows(connection, _BESIDE, *listed)} if pairs else set()

    for kind, join, known in (("person", persons, _persons()), ("organisation", organisations, _bodies())):
        read = [_someone(row, known) for row in rows(connection, _ENTITIES, kind, kind)]
        ranks.update({each.id: rank(each) for each in read})
        yield from join(read, beside)
        if kind == "person":
            yield from _registered(read)


def _persons() -> set[str]:
    return {person.entity_id for person in load_persons().values()}


def _bodies() -> set[str]:
    return {name.entity_id for several in load().names.values() for name in several}


def _someone(row: Row, known: set[str]) -> Someone:
    names = tuple(dict.fromkeys((row["name"], *row["names"])))
    offices = frozenset(plain(office) for office in row["offices"] or ())
    return Someone(
        row["id"], names, row["code"], row["sector"], offices, row["first_day"], row["last_day"], row["articles"],
        row["id"] in known or row["item"] is not None,
    )  # fmt: skip


def _registered(people: Iterable[Someone]) -> Iterator[Joining]:
    """Who bears the full name of one person of the register, of the same country, and was read before he was in it."""
    for each in people:
        if each.known or each.code is None or " " not in each.names[0]:
            continue
        person = Asked(each.last, frozenset({each.code}), each.offices).get(plain(each.names[0]))
        if person is not None and person.code == each.code and person.entity_id != each.id:
            yield Joining(each.id, person.entity_id, "register", f"{each.names[0]}: {person.name} of the register")
