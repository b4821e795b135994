"""Who and what the record names, after splits and merges: a list to look through."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.record import Record, identity

LIMIT = 25  # names that a reader still looks through


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity of the list; ``articles`` counts those that name it."""

    id: str
    kind: str
    name: str
    code: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class EntityRows:
    """Some of the entities, those that most articles name first, and how many there are."""

    total: int
    rows: tuple[EntityRow, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """An id, as read, that is the entity too, and why: ``basis`` is variant, office, surname, initials or register.

    ``articles`` give it and stand under the entity, sorted: those to split off where it is somebody else.
    """

    entity: str
    basis: str
    why: str
    articles: tuple[str, ...]


_NOW, _NAME, _JOINS = identity.entity("t", column="id"), identity.name("t"), identity.joins("t", column="id")
_NAMED = f"""
WITH named AS (
    SELECT {_NOW} AS id, first(t.kind ORDER BY t.kind) AS kind, mode({_NAME}) AS name, max(t.code) AS code,
        count(DISTINCT t.article) AS articles
    FROM entities t {_JOINS} GROUP BY 1 HAVING {{test}})
"""


def entity_rows(
    record: Record, *, q: str = "", kind: str | None = None, limit: int = LIMIT, offset: int = 0
) -> EntityRows:
    """The entities with a name that holds ``q``, without regard to case and accents; of one kind where it is named.

    :raises RecordError: the record cannot be read.
    """
    holds = f"bool_or(contains(strip_accents(lower({_NAME})), strip_accents(lower(?))))"
    tests = {holds: q, "bool_or(t.kind = ?)": kind}
    chosen = {test: value for test, value in tests.items() if value}
    named, values = _NAMED.format(test=" AND ".join(chosen) or "true"), list(chosen.values())
    order = f"ORDER BY articles DESC, name, id LIMIT {int(limit)} OFFSET {int(offset)}"
    found = record.select(f"{named} SELECT *, count(*) OVER () AS total FROM named {order}", *values)
    if not found:  # nobody at all, or nobody so far on
        return EntityRows(record.select(f"{named} SELECT count(*) AS n FROM named", *values)[0]["n"], ())
    total = found[0]["total"]
    return EntityRows(total, tuple(EntityRow(**{key: row[key] for key in row if key != "total"}) for row in found))


def articles_naming(record: Record, id: str) -> int:
    """How many articles name an entity.

    :raises RecordError: the record cannot be read.
    """
    sql = f"SELECT count(DISTINCT t.article) AS n FROM entities t {_JOINS} WHERE {_NOW} = ?"
    return int(record.select(sql, id)[0]["n"])


_JOINED = f"""
SELECT l.entity, l.basis, l.why, list(DISTINCT t.article ORDER BY t.article) AS articles
FROM identity_links l JOIN entities t ON t.id = l.entity {_JOINS}
WHERE {_NOW} = ? AND (l.basis = 'register' OR l.other IN (SELECT t.id FROM entities t {_JOINS} WHERE {_NOW} = ?))
GROUP BY ALL ORDER BY l.entity, l.why
"""


def joined_to(record: Record, id: str) -> tuple[Joined, ...]:
    """The ids that are one with an entity without a correction, and why; none that an analyst split off.

    :raises RecordError: the record cannot be read.
    """
    found = record.select(_JOINED, id, id)
    return tuple(Joined(row["entity"], row["basis"], row["why"], tuple(row["articles"])) for row in found)
