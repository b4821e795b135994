"""Well-known holders of public office: which country a name speaks for when the report does not say it.

The register is the project's own writing (``data/persons.yaml``). It answers with one person or with nobody: a name
that two entries claim ("George Bush", "King Abdullah") is left out, so that the coder never guesses between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dragoman.errors import DataError
from dragoman.ontology.cues import read_data
from dragoman.ontology.data import user_folder


@dataclass(frozen=True, slots=True)
class PersonOffice:
    """An office with the first and last year it was held; None where open or not known."""

    office: str
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person known by name. ``code`` is ISO 3166-1 alpha-3 or one of PLOVER's; ``sector`` is PLOVER's.

    ``entity_id`` is ``person:`` with the name in plain ASCII letters and the code: ``person:charles-de-gaulle:fra``.
    """

    name: str
    code: str
    sector: str
    entity_id: str
    aliases: tuple[str, ...] = ()
    offices: tuple[PersonOffice, ...] = ()
    wikidata_id: str | None = None


def plain(text: str) -> str:
    """The form in which names are compared: casefolded, without accents, straight apostrophes, single spaces.

    Accents are the combining marks of Unicode's compatibility decomposition (NFKD); letters with a stroke or
    without a dot (ø, ł, đ, ı) are letters of their own and stay.
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    # Apostrophes before NFKD, which takes the acute accent U+00B4 apart into a space and a mark, and after it, which
    # makes new ones. Case folding makes new accents.
    folded = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).translate(_APOSTROPHES).casefold()
    letters = (letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())


def slug(text: str) -> str:
    """A name as the part of an id: letters and digits of any script, joined by hyphens."""
    return re.sub(r"[\W_]+", "-", plain(text)).strip("-")


def load_persons(extra: Path | None = None) -> Mapping[str, Person]:
    """Persons by :func:`plain` name and alias; a name that two of them claim is not in it. Read once.

    ``extra`` is a user's own file of the same form; its entry takes the place of the package's for the same name
    and code. Raises :class:`DataError`, naming file and entry, for an entry that breaks the form.
    """
    folder = user_folder()
    own = folder / "persons.yaml" if folder else None
    return _load(extra or (own if own and own.exists() else None))


def country_of_holder(surname: str, office: str, year: int | None = None) -> str | None:
    """The country whose ``office`` ("president", in any letter case) a person of this surname holds in ``year``.

    Without a year, at any time. None where nobody does, or holders of more than one country do ("President Kim").
    """
    terms = _holders().get((plain(surname), plain(office)), ())
    found = {code for code, since, until in terms if year is None or since <= year <= until}
    return next(iter(found)) if len(found) == 1 else None


@cache
def _holders() -> Mapping[tuple[str, str], tuple[tuple[str, int, int], ...]]:
    """(surname, office) -> (code, first year, last year) of everyone who held it."""
    found: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for person in {each.entity_id: each for each in load_persons().values()}.values():
        for held in person.offices:
            term = (person.code, held.since or 0, held.until or MAXYEAR)
            found.setdefault((plain(person.name).split()[-1], plain(held.office)), []).append(term)
    return MappingProxyType({key: tuple(terms) for key, terms in found.items()})


@cache
def _load(extra: Path | None) -> Mapping[str, Person]:
    persons = _read(files("dragoman.ontology") / "data" / "persons.yaml")
    if extra is not None:
        persons |= _read(extra)
    return MappingProxyType(_by_name(persons.values()))


_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‛ʻʼʽʾʿ´\u1ffd′", "'"))
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "'": ""})
_KEYS = {"name", "code", "sector", "aliases", "offices", "wikidata"}
_CAPITALS = re.compile(r"[A-Z]{3}")
_ITEM = re.compile(r"Q[1-9][0-9]*")


def _by_name(persons: Iterable[Person]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    ambiguous: set[str] = set()
    for person in persons:
        for key in {plain(name) for name in (person.name, *person.aliases)}:
            if found.setdefault(key, person) is not person:
                ambiguous.add(key)
    return {key: person for key, person in found.items() if key not in ambiguous}


def _read(path: Traversable) -> dict[str, Person]:
    """The persons of one file by entity id."""
    entries = read_data(path, keys=["version", "persons"]).get("persons") or []
    if not isinstance(entries, list):
        raise DataError("persons is a list", source=path.name)
    found: dict[str, Person] = {}
    for number, entry in enumerate(entries, start=1):
        person = _person(entry, where=f"{path.name} entry {number}")
        if found.setdefault(person.entity_id, person) is not person:
            raise DataError(f"{person.name} {person.code} stands twice", source=f"{path.name} entry {number}")
    return found


def _person(raw: Any, *, where: str) -> Person:
    if not isinstance(raw, dict) or not _text(raw.get("name")):
        raise DataError("an entry is a mapping with a name", source=where)
    name: str = raw["name"]
    where = f"{where} ({name})"
    if unknown := raw.keys() - _KEYS:
        raise DataError(f"unknown keys {sorted(map(str, unknown))}", source=where)
    code = _capitals("code", raw.get("code"), where=where)
    return Person(
        name=name,
        code=code,
        sector=_capitals("sector", raw.get("sector", "GOV"), where=where),
        entity_id=f"person:{_slug(name, where=where)}:{code.lower()}",
        aliases=_aliases(raw.get("aliases") or (), where=where),
        offices=_offices(raw.get("offices") or (), where=where),
        wikidata_id=_wikidata(raw.get("wikidata"), where=where),
    )


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _capitals(key: str, value: Any, *, where: str) -> str:
    if not isinstance(value, str) or not _CAPITALS.fullmatch(value):
        raise DataError(f"{key} is three capital letters, not {value!r}", source=where)
    return value


def _slug(name: str, *, where: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", plain(name).translate(_STROKES)).strip("-")
    if not slug:
        raise DataError("a name needs Latin letters, for its id; other scripts are aliases", source=where)
    return slug


def _aliases(raw: Any, *, where: str) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not all(map(_text, raw)):
        raise DataError("aliases is a list of names", source=where)
    return tuple(raw)


def _offices(raw: Any, *, where: str) -> tuple[PersonOffice, ...]:
    if not isinstance(raw, list | tuple):
        raise DataError("offices is a list", source=where)
    return tuple(_office(entry, where=where) for entry in raw)


def _office(raw: Any, *, where: str) -> PersonOffice:
    if not isinstance(raw, dict) or not raw.keys() <= {"office", "from", "until"} or not _text(raw.get("office")):
        raise DataError(f"an office has office, from and until, not {raw!r}", source=where)
    since, until = raw.get("from"), raw.get("until")
    # type() and not isinstance(): YAML's true is an int too.
    if any(year is not None and type(year) is not int for year in (since, until)):
        raise DataError(f"from and until are years, not {since!r} and {until!r}", source=where)
    if since is not None and until is not None and since > until:
        raise DataError(f"from {since} is after until {until}", source=where)
    return PersonOffice(raw["office"], since, until)


def _wikidata(raw: Any, *, where: str) -> str | None:
    if raw is not None and not (isinstance(raw, str) and _ITEM.fullmatch(raw)):
        raise DataError(f"wikidata is a Q number, not {raw!r}", source=where)
    return raw
