"""Who travelled and whom he met, as a chronology writes it: titles, names, and whom the register knows by them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from dragoman.exchange.cells import Row
from dragoman.ontology import key, load
from dragoman.ontology.chronologies import load_chronologies
from dragoman.ontology.persons import Person, load_persons, plain, slug

# Those who travel in an official chronology hold public office.
SECTOR = "GOV"

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WORD = rf"(?!(?:{_MONTHS})\b)[A-Z\u00c0-\u00de](?:\.|[\w’'-]+)"
_NAME = rf"{_WORD}(?:[ -](?:(?:al|el|bin|ibn|ben|de|da|dos|e|van|von|der|ul|ur|y)[ -]){{0,2}}{_WORD})*"
_LONGEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a cell: characters ``start`` to ``end`` of it are the name, without title."""

    id: str
    name: str
    code: str | None
    sector: str | None
    office: str | None
    start: int
    end: int


def traveller(cells: Row, code: str | None, on: date) -> Holder:
    """The traveller of a row: known by the register where it knows the name for this country, else as written."""
    written, office = cells.text("traveller"), cells.text("office") or None
    start = _name_start(written, office)
    name = written[start:]
    person = _registered(name, code) or _registered(written, code) or _by_office(name, office, code, on)
    return _holder(person, name, code, office, start, len(written))


def met(cells: Row, code: str, on: date) -> list[Holder]:
    """Whom the remarks plainly say that the traveller met, of the country he came to.

    That is who stands with a title in a list after "met with", "talks with" or "audience with" and whom the register
    knows for that country, by the name or by the office on that day; somebody unknown to it counts where the title
    has a full name and the remarks tell of no gathering of several states.
    """
    remarks = cells.text("remarks")
    many = not load_chronologies().many.isdisjoint(re.findall(r"[\w.-]*\w", remarks.lower()))
    found: dict[str, Holder] = {}
    for title, start, end in _named(remarks):
        name = remarks[start:end]
        person = _registered(name, code) or _by_office(name, title, code, on)
        if person or (not many and " " in name and not _elsewhere(name, code)):
            holder = _holder(person, name, code, title, start, end)
            found.setdefault(holder.id, holder)
    return list(found.values())


def _holder(person: Person | None, name: str, code: str | None, office: str | None, start: int, end: int) -> Holder:
    if person:
        return Holder(person.entity_id, person.name, code, person.sector, office, start, end)
    identity = ":".join(part for part in ("person", slug(name), (code or "").lower()) if part)
    return Holder(identity, name, code, SECTOR, office, start, end)


def _name_start(written: str, office: str | None) -> int:
    """Where the name begins: after the office, or after the longest title that is known; 0 where nothing is left."""
    if office and written.startswith(f"{office} "):
        return len(office) + 1
    words = written.split(" ")
    for count in range(min(_LONGEST_TITLE, len(words) - 1), 0, -1):
        if key(" ".join(words[:count])) in load().titles:
            return len(" ".join(words[:count])) + 1
    return 0


def _registered(name: str, code: str | None) -> Person | None:
    """Whom the register knows by this name for this country: in full, without initials, or by first and last name."""
    words = [word for word in re.sub(r"\([^)]*\)|,? Jr\.$", " ", plain(name)).split() if word]
    forms = [" ".join(words), " ".join(word for word in words if len(word.strip(".")) > 1)]
    forms += [f"{words[0]} {words[-1]}"] if len(words) > 1 else []
    persons = load_persons()
    found = (persons[form] for form in forms if form in persons)
    return next((person for person in found if person.code == code), None)


def _elsewhere(name: str, code: str) -> bool:
    known = load_persons().get(plain(name))
    return known is not None and known.code != code


def _by_office(name: str, office: str | None, code: str | None, on: date) -> Person | None:
    """The only one of this surname whom the register knows to have held the office for the country in that year."""
    wanted = load_chronologies().titles.get(office or "", (office or " ",))
    held = [
        person
        for person in _surnamed().get((code or "", plain(name).split()[-1] if name.split() else ""), ())
        if any(one.office.startswith(wanted) and _held(one.since, one.until, on) for one in person.offices)
    ]
    return held[0] if len(held) == 1 and _agrees(name, held[0]) else None


def _held(since: int | None, until: int | None, on: date) -> bool:
    return since is not None and since <= on.year and (until is None or on.year <= until)


def _agrees(name: str, person: Person) -> bool:
    """Whether a name can be that person's: a surname alone, or the same first letter."""
    words = plain(name).split()
    return len(words) == 1 or words[0][0] == plain(person.name)[0]


@cache
def _surnamed() -> Mapping[tuple[str, str], tuple[Person, ...]]:
    found: defaultdict[tuple[str, str], dict[str, Person]] = defaultdict(dict)
    for person in load_persons().values():
        surname = re.sub(r",? jr\.$", "", plain(person.name)).split()[-1]
        found[person.code, surname][person.entity_id] = person
    return {names: tuple(persons.values()) for names, persons in found.items()}


def _named(remarks: str) -> Iterator[tuple[str, int, int]]:
    """Title, and first and one past the last character of the name, of each in the lists of whom he met."""
    one, listed, said = _patterns()
    for found in said.finditer(remarks):
        people = listed.match(remarks, found.end())
        for person in one.finditer(remarks, found.end(), people.end()) if people else ():
            yield person["title"], person.start("name"), person.end("name")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    titles = sorted(load_chronologies().titles, key=lambda title: (-len(title), title))
    named = rf"(?:{'|'.join(map(re.escape, titles))}) {_NAME}"
    one = re.compile(rf"(?P<title>{'|'.join(map(re.escape, titles))}) (?P<name>{_NAME})")
    said = re.compile(r"\b(?:met|meeting|talks|conferred|audience|consulted)(?: privately| informally)? with ", re.I)
    return one, re.compile(rf"{named}(?:(?:,| and|, and) {named})*"), said
