"""Whom or what a user asks about: codes, countries' names, persons, organisations and outlets by their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dragoman.errors import NotFoundError
from dragoman.record import Record, identity
from dragoman.views.scope import Scope

SubjectKind = Literal["dyad", "country", "person", "organisation", "outlet"]

_SUGGESTED = 5  # names to offer where none fits: as many as a reader takes in at a glance
_NEAR = 0.8  # Jaro-Winkler similarity: one or two wrong letters in a short name stay above it


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a dossier is about. ``ids``: two codes, a code, an entity's id or an outlet; ``names`` to show."""

    kind: SubjectKind
    ids: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def scope(self) -> Scope:
        """The events it stands in."""
        if self.kind in ("dyad", "country"):
            return Scope(codes=self.ids)
        return Scope(outlet=self.ids[0]) if self.kind == "outlet" else Scope(entity=self.ids[0])

    @property
    def title(self) -> str:
        """Its names, as a heading."""
        return " – ".join(self.names)


def subject(record: Record, *names: str) -> Subject:
    """The subject of one name, or the dyad of two countries or bodies.

    One name is, in this order: a code or a country's name, demonym or capital; an entity's id; an entity of the
    record by its name or an alias; an outlet. Case and accents do not matter.

    :raises ValueError: no name or more than two, or the same country twice.
    :raises NotFoundError: nothing is known by a name, or several are; what comes near is named.
    """
    if len(names) == 2:
        codes = tuple(party(record, name) for name in names)
        if codes[0] == codes[1]:
            raise ValueError(f"{names[0]!r} and {names[1]!r} are the same: {codes[0]}")
        return Subject("dyad", codes, tuple(map(code_name, codes)))
    if len(names) != 1:
        raise ValueError("a dossier is about one name, or about two countries")
    return _single(record, names[0].strip())


def party(record: Record, name: str) -> str:
    """The code of a country or body given by its code or by any of its names, its people's or its capital's.

    :raises NotFoundError: none is known so; what comes near is named.
    """
    found = code_of(name)
    if found is None:
        near = _near(name, _country_names())
        raise NotFoundError(f"no country or body is known as {name!r}{near}", source=record.path)
    return found


def known_code(name: str) -> str:
    """The code as :func:`code_of` finds it.

    :raises ValueError: there is none.
    """
    found = code_of(name)
    if found is None:
        known = f"no country, and no body with a code of its own, is known as {name!r}"
        raise ValueError(f"{known}; an ISO 3166-1 alpha-3 code will do")
    return found


def code_of(name: str) -> str | None:
    """The code that a code, a name, a demonym or a capital stands for; None where nothing is known so.

    Of bodies only those that are all that their code stands for: NATO is one of many under IGO, and who asks for it is
    not answered with all of them.
    """
    from dragoman.ontology import key, load

    ontology, name = load(), name.strip()
    if name.upper() in ontology.countries or name.upper() in ontology.nonstate:
        return name.upper()
    kinds = ("country", "adjective", "people", "capital")
    return next(
        (
            each.code
            for each in ontology.names.get(key(name), ())
            if each.code and (each.kind in kinds or each.name == ontology.nonstate.get(each.code))
        ),
        None,
    )


def code_name(code: str) -> str:
    """The name of a country's code, or what PLOVER says of a non-state one; the code where neither knows it."""
    from dragoman.ontology import load

    ontology = load()
    if code in ontology.countries:
        return ontology.countries[code].name
    return ontology.nonstate.get(code, code)


def _single(record: Record, name: str) -> Subject:
    code = code_of(name)
    if code is not None:
        return Subject("country", (code,), (code_name(code),))
    for found in (_entities(record, name), _outlets(record, name)):
        if len(found) > 1:
            raise NotFoundError(f"{name!r} is the name of several: {_listed(found)}", source=record.path)
        if found:
            return found[0]
    near = _near(name, _known_names(record, name))
    raise NotFoundError(f"it holds no country, person, organisation or outlet {name!r}{near}", source=record.path)


_PLAIN = "strip_accents(lower({}))"
_NOW, _NAME = identity.entity("t", column="id"), identity.name("t")
_ENTITIES = f"""
SELECT {_NOW} AS id FROM entities t {identity.joins("t", column="id")}
WHERE t.kind <> 'state' AND {{test}} GROUP BY 1 ORDER BY 1
"""
# Whether an id is made from a name: :func:`dragoman.ontology.persons.slug` of nearly all names.
_MADE_FROM = r"split_part(id, ':', 2) = trim(regexp_replace(strip_accents(lower(name)), '[^\pL\pN]+', '-', 'g'), '-')"
# What most articles call each and take it for, by the rules of :mod:`dragoman.linking.identities`: of somebody whom all
# articles name, counting in the database is a hundred times as fast as putting the articles' entities together.
_CALLED = f"""
WITH told AS MATERIALIZED (SELECT {_NOW} AS id, t.kind, {_NAME} AS name
    FROM entities t {identity.joins("t", column="id")}
    WHERE t.kind <> 'state' AND {{test}}),
kinds AS (SELECT id, kind FROM told GROUP BY id, kind
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY count(*) DESC, kind) = 1),
names AS (SELECT id, name FROM told GROUP BY id, name
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY count(*) DESC, {_MADE_FROM} DESC, length(name) DESC, name) = 1)
SELECT id, kind, name FROM kinds JOIN names USING (id) ORDER BY id
"""
# By its id, else by the one it was read under, by name, by another name: the first that finds anybody answers.
_BY_ID, _BY_IDS = f"{_NOW} = $1", f"list_contains($1::VARCHAR[], {_NOW})"
_TESTS = (
    "t.id = $1",
    f"{_PLAIN.format(_NAME)} = {_PLAIN.format('$1')}",
    f"list_contains(list_transform(t.aliases, lambda other: {_PLAIN.format('other')}), {_PLAIN.format('$1')})",
)


def _entities(record: Record, name: str) -> list[Subject]:
    if called := record.select(_CALLED.format(test=_BY_ID), name):
        return [_who(row) for row in called]
    asked = [*((test, name) for test in _TESTS), *((_BY_ID, id) for id in _bodies(name))]
    found = (record.select(_ENTITIES.format(test=test), value) for test, value in asked)
    ids = [row["id"] for row in next(filter(None, found), [])]
    if not ids and (code := name.removeprefix("state:")) != name:
        return [Subject("country", (code,), (code_name(code),))]
    return [_who(row) for row in (record.select(_CALLED.format(test=_BY_IDS), ids) if ids else ())]


def _who(row: dict[str, Any]) -> Subject:
    kind: SubjectKind = "person" if row["kind"] == "person" else "organisation"
    return Subject(kind, (row["id"],), (row["name"],))


def _bodies(name: str) -> list[str]:
    """The ids of the organisations that the ontology knows by this name: the record may have them under another."""
    from dragoman.ontology import key, load

    return sorted({each.entity_id for each in load().names.get(key(name), ()) if each.kind == "organisation"})


def _outlets(record: Record, name: str) -> list[Subject]:
    sql = f"SELECT DISTINCT outlet FROM articles WHERE {_PLAIN.format('outlet')} = {_PLAIN.format('?')} ORDER BY outlet"
    return [Subject("outlet", (row["outlet"],), (row["outlet"],)) for row in record.select(sql, name)]


def _listed(found: Iterable[Subject]) -> str:
    return ", ".join(f"{each.names[0]} ({each.ids[0]})" for each in found)


def _known_names(record: Record, name: str) -> list[str]:
    """The names of the record and of countries that hold a name or look like it, the likest first."""
    sql = f"""
    SELECT name FROM (SELECT DISTINCT {_NAME} AS name FROM entities t {identity.joins("t", column="id")}
        UNION SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL UNION SELECT unnest(?::VARCHAR[]))
    WHERE jaro_winkler_similarity({_PLAIN.format("name")}, {_PLAIN.format("?")}) >= {_NEAR}
        OR contains({_PLAIN.format("name")}, {_PLAIN.format("?")})
    ORDER BY contains({_PLAIN.format("name")}, {_PLAIN.format("?")}) DESC,
        jaro_winkler_similarity({_PLAIN.format("name")}, {_PLAIN.format("?")}) DESC, name LIMIT {_SUGGESTED}"""
    return [row["name"] for row in record.select(sql, list(_country_names()), *[name] * 4)]


@cache
def _country_names() -> tuple[str, ...]:
    from dragoman.ontology import load

    return tuple(country.name for country in load().countries.values())


def _near(name: str, known: Iterable[str]) -> str:
    """ "; did you mean Algeria?", or nothing."""
    from difflib import get_close_matches

    found = list(known)
    if len(found) > _SUGGESTED:
        plain = {each.casefold(): each for each in found}
        found = [plain[each] for each in get_close_matches(name.casefold(), plain, _SUGGESTED)]
    return f"; did you mean {', '.join(found)}?" if found else ""
