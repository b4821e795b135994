"""Well-known holders of public office: which country a name speaks for when the report does not say it.

The register is the project's own writing (``data/persons.yaml``). It answers with one person or with nobody: a name
that two entries claim ("George Bush", "King Abdullah") is left out, so that the coder never guesses between them.
A user's own names (:mod:`dragoman.ontology.roster`) stand over it, and :class:`Asked` tells their namesakes apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from dragoman.errors import DataError
from dragoman.ontology.cues import read_data
from dragoman.ontology.data import user_folder

if TYPE_CHECKING:
    from dragoman.ontology import roster


@dataclass(frozen=True, slots=True)
class PersonOffice:
    """An office with the first and last year it was held; None where open or not known.

    Of a user's register also the days. The sector the office is of, where that is not the person's, or a user gives it.
    """

    office: str
    since: int | None = None
    until: int | None = None
    first: date | None = None
    last: date | None = None
    sector: str | None = None

    def held(self, on: date) -> bool:
        """Whether it was held on a day; no office without a first or last day is known to be."""
        if self.first is None and self.last is None:
            return False
        return (self.first or date.min) <= on <= (self.last or date.max)


@dataclass(frozen=True, slots=True)
class Person:
    """A person known by name. ``code`` is ISO 3166-1 alpha-3 or one of PLOVER's; ``sector`` is PLOVER's.

    ``entity_id`` is ``person:`` with the name in plain ASCII letters and the code: ``person:charles-de-gaulle:fra``;
    of a person of a user's register (``own``) with the id given there.
    """

    name: str
    code: str
    sector: str | None
    entity_id: str
    aliases: tuple[str, ...] = ()
    offices: tuple[PersonOffice, ...] = ()
    wikidata_id: str | None = None
    own: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The :func:`plain` forms of name and aliases."""
        return frozenset(map(plain, (self.name, *self.aliases)))

    def sector_on(self, day: date | None) -> str | None:
        """The sector of the offices held in the year of a day where each has one of its own, else the person's."""
        year = 0 if day is None else day.year
        held = [o.sector for o in self.offices if o.since is not None and o.since <= year <= (o.until or year)]
        return held[0] if held and all(held) else self.sector

    def offices_on(self, day: date | None) -> tuple[PersonOffice, ...]:
        """The offices held on a day; none where the day is not known."""
        return tuple(office for office in self.offices if day is not None and office.held(day))


class Known(Protocol):
    """What answers for a :func:`plain` name with one person or with nobody."""

    def get(self, name: str, /) -> Person | None:
        """The person of the name, if it is one."""


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
    and code. Without it, the files of the user's data folder are read. Raises :class:`DataError`, naming file and
    entry, for an entry that breaks the form.
    """
    return _load(extra, None if extra else user_folder()).by_name


def told_of_persons() -> str:
    """All that :func:`load_persons` and :class:`Asked` answer from, as a text that differs where it differs."""
    known = _load(None, user_folder())
    return repr([sorted(told.items(), key=itemgetter(0)) for told in (known.by_name, known.namesakes)])


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is meant by a name of a user's register, asked with what the words around the name and its report tell.

    A person of another country than those told is not meant. Of several, those are who hold an office that is told
    (its words are in that of the register, or the other way round), then those who hold any office on the day of
    publication. If that leaves one, it is him, else nobody. A name that nobody of the register bears is known as by
    :func:`load_persons`.
    """

    on: date | None = None
    codes: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()

    def get(self, name: str, /) -> Person | None:
        """The person of a :func:`plain` name, if it is one."""
        known = _load(None, user_folder())
        one = known.by_name.get(name)
        if one is not None and not one.own:
            return one
        found = (one,) if one else known.namesakes.get(name, ())
        left = [each for each in found if not self.codes or each.code in self.codes]
        for fits in (self._in_office, lambda each: bool(each.offices_on(self.on))):
            if len(left) > 1:
                left = [each for each in left if fits(each)] or left
        return left[0] if len(left) == 1 else None

    def _in_office(self, person: Person) -> bool:
        held = {plain(office.office) for office in person.offices if self.on is None or not _over(office, self.on)}
        return any(told in office or office in told for told in self.offices for office in held)


def _over(office: PersonOffice, on: date) -> bool:
    """Whether an office with known days was not held on a day."""
    return (office.first is not None or office.last is not None) and not office.held(on)


def country_of_holder(surname: str, office: str, year: int | None = None) -> str | None:
    """The country whose ``office`` ("president", in any letter case) a person of this surname holds in ``year``.

    Without a year, at any time. None where nobody does, or holders of more than one country do ("President Kim").
    """
    terms = _holders(user_folder()).get((plain(surname), plain(office)), ())
    found = {code for code, since, until in terms if year is None or since <= year <= until}
    return next(iter(found)) if len(found) == 1 else None


def holder(surname: str, office: str) -> Person | None:
    """The only person of a surname whom the register knows to have held an office ("president"), at any time."""
    found = _persons_of(user_folder()).get(plain(surname), ())
    held = [each for each in found if any(plain(o.office) == plain(office) for o in each.offices)]
    return held[0] if len(held) == 1 else None


@cache
def _persons_of(folder: Path | None) -> Mapping[str, tuple[Person, ...]]:
    """Surname -> the persons of that surname."""
    found: dict[str, list[Person]] = {}
    for person in {each.entity_id: each for each in _load(None, folder).by_name.values()}.values():
        found.setdefault(plain(person.name).split()[-1], []).append(person)
    return MappingProxyType({surname: tuple(persons) for surname, persons in found.items()})


@cache
def _holders(folder: Path | None) -> Mapping[tuple[str, str], tuple[tuple[str, int, int], ...]]:
    """(surname, office) -> (code, first year, last year) of everyone who held it."""
    found: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for person in {each.entity_id: each for each in _load(None, folder).by_name.values()}.values():
        for held in person.offices:
            term = (person.code, held.since or 0, held.until or MAXYEAR)
            found.setdefault((plain(person.name).split()[-1], plain(held.office)), []).append(term)
    return MappingProxyType({key: tuple(terms) for key, terms in found.items()})


@dataclass(frozen=True, slots=True)
class _Names:
    """Who bears each name: one person; or several, of whom somebody is of a user's register."""

    by_name: Mapping[str, Person]
    namesakes: Mapping[str, tuple[Person, ...]]


@cache
def _load(extra: Path | None, folder: Path | None) -> _Names:
    from dragoman.ontology import roster

    persons = _read(files("dragoman.ontology") / "data" / "persons.yaml")
    own = folder / "persons.yaml" if folder else None
    if extra is not None:
        persons |= _read(extra)
    elif own and own.exists():
        persons |= _read(own)
    found = list(persons.values())
    for path in roster.files_of(folder):
        found = _laid_over(found, [_registered(each) for each in roster.read(path) if each.kind == "person"])
    return _indexed(found)


def _registered(named: roster.Named) -> Person:
    offices = tuple(
        PersonOffice(
            held.office, held.since.year if held.since else None, held.until.year if held.until else None,
            held.since, held.until, held.sector,
        )
        for held in named.offices
    )  # fmt: skip
    item = named.id if _ITEM.fullmatch(named.id) else None
    return Person(named.name, named.country, named.sector, named.entity_id, named.variants, offices, item, own=True)


def _laid_over(below: list[Person], above: list[Person]) -> list[Person]:
    """Persons over others: one takes the place of whoever of his country has the full name of either among his names.

    He keeps the other's aliases and offices where he alone takes the place, so that a register need not repeat them.
    """
    bearers: dict[tuple[str, str], list[int]] = {}
    for number, person in enumerate(above):
        for name in person.names:
            bearers.setdefault((name, person.code), []).append(number)
    kept, found = [], list(above)
    for person in below:
        taken = {n for name in person.names for n in bearers.get((name, person.code), ()) if _same(above[n], person)}
        if not taken:
            kept.append(person)
        elif len(taken) == 1:
            number = taken.pop()
            found[number] = _with(found[number], person)
    return [*found, *kept]


def _same(one: Person, other: Person) -> bool:
    return plain(other.name) in one.names or plain(one.name) in other.names


def _with(person: Person, other: Person) -> Person:
    known = {plain(office.office) for office in person.offices}
    more = tuple(office for office in other.offices if plain(office.office) not in known)
    aliases = tuple(dict.fromkeys((*person.aliases, other.name, *other.aliases)))
    return replace(
        person, aliases=aliases, offices=person.offices + more, sector=person.sector or other.sector,
        wikidata_id=person.wikidata_id or other.wikidata_id,
    )  # fmt: skip


_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‛ʻʼʽʾʿ´\u1ffd′", "'"))
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "'": ""})
_KEYS = {"name", "code", "sector", "aliases", "offices", "wikidata"}
_CAPITALS = re.compile(r"[A-Z]{3}")
_ITEM = re.compile(r"Q[1-9][0-9]*")


def _indexed(persons: Iterable[Person]) -> _Names:
    found: dict[str, Person] = {}
    several: dict[str, list[Person]] = {}
    for person in persons:
        for name in person.names:
            if (first := found.setdefault(name, person)) is not person:
                several.setdefault(name, [first]).append(person)
    for name in several:
        del found[name]
    own = {name: tuple(each) for name, each in several.items() if any(person.own for person in each)}
    return _Names(MappingProxyType(found), MappingProxyType(own))


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
    known = {"office", "from", "until", "sector"}
    if not isinstance(raw, dict) or not raw.keys() <= known or not _text(raw.get("office")):
        raise DataError(f"an office has office, from, until and perhaps sector, not {raw!r}", source=where)
    since, until = raw.get("from"), raw.get("until")
    # type() and not isinstance(): YAML's true is an int too.
    if any(year is not None and type(year) is not int for year in (since, until)):
        raise DataError(f"from and until are years, not {since!r} and {until!r}", source=where)
    if since is not None and until is not None and since > until:
        raise DataError(f"from {since} is after until {until}", source=where)
    sector = _capitals("sector", raw["sector"], where=where) if "sector" in raw else None
    return PersonOffice(raw["office"], since, until, sector=sector)


def _wikidata(raw: Any, *, where: str) -> str | None:
    if raw is not None and not (isinstance(raw, str) and _ITEM.fullmatch(raw)):
        raise DataError(f"wikidata is a Q number, not {raw!r}", source=where)
    return raw
