"""Actors and recipients as an analyst names them: by a code, an entity's id, a known name, or in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from dragoman.errors import CorrectionError
from dragoman.linking.stories import plain_words
from dragoman.model import Entity, EntityKind, Json
from dragoman.ontology import key, load

PARTY = ("entity", "kind", "name", "code", "sector", "office")


def parties_said(value: Json, find: Callable[[str], Entity | None], standing: list[Json]) -> Json:
    """Parties with the keys of :data:`PARTY`, each entity once.

    :param value: a list, or a text with commas; each of it a code (``DZA``), an entity's id, the name of one that
        stands in the event already, of a country or of a body; or a mapping with ``entity`` or ``name``.
    :param find: the entity of the record of this id, or None.
    :param standing: the event's parties as they are, in the same form.
    :raises CorrectionError: nobody is known so.
    """
    said = value.split(",") if isinstance(value, str) else [] if value is None else value
    if not isinstance(said, list):
        raise CorrectionError(f"{value!r} is no list of parties")
    found = [_party(one, find, standing) for one in said if not isinstance(one, str) or one.strip()]
    return list({str(party["entity"]): party for party in found}.values())


def _party(said: Json, find: Callable[[str], Entity | None], standing: list[Json]) -> dict[str, Json]:
    if isinstance(said, str):
        return _named(said.strip(), find, standing)
    if not isinstance(said, dict):
        raise CorrectionError(f"{said!r} is no party")
    if unknown := sorted(said.keys() - set(PARTY)):
        raise CorrectionError(f"a party has no {unknown[0]!r}: only {', '.join(PARTY)}")
    known = _named(str(said["entity"]), find, standing) if said.get("entity") else _new(said)
    return _checked({**known, **{name: said[name] for name in ("code", "sector", "office") if name in said}})


def _named(said: str, find: Callable[[str], Entity | None], standing: list[Json]) -> dict[str, Json]:
    """Whom a text names: somebody of the event first, then by code, by id, by a name the ontology knows."""
    for party in standing:
        if isinstance(party, dict) and (party["entity"] in (said, f"state:{said.upper()}") or party["name"] == said):
            kept = find(str(party["entity"]))
            return {**dict.fromkeys(PARTY), "kind": kept.kind if kept else "group", **party}
    return _of_code(said) or _of_entity(find(said)) or _of_name(said) or _nobody(said)


def _of_code(said: str) -> dict[str, Json] | None:
    ontology, code = load(), said.upper()
    if code in ontology.countries:
        return _whole(f"state:{code}", "state", ontology.countries[code].name, code)
    if code in ontology.nonstate:
        name = ontology.nonstate[code]
        return _of_name(name) or _whole(f"group:{code.lower()}", "group", name, code)
    return None


def _of_entity(entity: Entity | None) -> dict[str, Json] | None:
    if entity is None:
        return None
    return _whole(entity.id, entity.kind, entity.name, entity.code, entity.sector)


def _of_name(said: str) -> dict[str, Json] | None:
    for name in load().names.get(key(said), ()):
        if name.entity_id.startswith("state:") and name.code:
            return _of_code(name.code)
        if name.entity_id.startswith("org:"):
            return _whole(name.entity_id, "organisation", name.name, name.code, name.sector)
    return None


def _nobody(said: str) -> dict[str, Json]:
    raise CorrectionError(f"no country, body or entity of the record is known as {said!r}")


def _new(said: dict[str, Json]) -> dict[str, Json]:
    """Somebody the record does not name yet, under an id made from his name."""
    name, kind = said.get("name"), said.get("kind") or "person"
    if not isinstance(name, str) or not plain_words(name):
        raise CorrectionError(f"{said!r} is no party: it needs an entity or a name")
    if kind not in get_args(EntityKind):
        raise CorrectionError(f"no kind of entity {kind!r}: one of {', '.join(get_args(EntityKind))}")
    return _whole(f"{kind}:{plain_words(name).replace(' ', '-')}", str(kind), name.strip(), None)


def _whole(entity: str, kind: str, name: str, code: str | None, sector: str | None = None) -> dict[str, Json]:
    return {"entity": entity, "kind": kind, "name": name, "code": code, "sector": sector, "office": None}


def _checked(party: dict[str, Json]) -> dict[str, Json]:
    ontology = load()
    if party["code"] is not None and party["code"] not in {*ontology.countries, *ontology.nonstate}:
        raise CorrectionError(f"no country or body has the code {party['code']!r}")
    if party["sector"] is not None and party["sector"] not in ontology.sectors:
        raise CorrectionError(f"no sector {party['sector']!r}: one of {', '.join(ontology.sectors)}")
    if party["office"] is not None and not isinstance(party["office"], str):
        raise CorrectionError(f"{party['office']!r} is no office")
    return party
