"""Holders of offices from a Wikidata JSON dump: one entity a line inside an array, plain, ``.gz`` or ``.bz2``.

The form is Wikibase's (Wikibase/DataModel/JSON): ``labels`` and ``aliases`` by language, ``claims`` by property, each
with rank, main value and qualifiers. Used are P31 (instance of; Q5 is a human), P27 (citizenship), P39 (position held)
with P580 and P582 (start and end), and of countries P298 and P297 (alpha-3 and alpha-2 code). Names are those in
English, and those that are the same in many languages (``mul``). Wikidata is in the public domain (CC0).

A dump is read twice: an office and a country are told by number, and what the number means may stand anywhere. In
memory are the numbers of the persons, and those of offices and countries with what they mean; the persons wait in a
file.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dragoman.exchange.base import Passed
from dragoman.exchange.lines import Line, lines
from dragoman.exchange.registers import Cells, Found, country
from dragoman.model import Failure
from dragoman.ontology.ontology import packaged
from dragoman.ontology.words import key

# The largest entities have some 4 MB, the limit of a page of Wikidata; what is far longer is no entity.
LONGEST = 1 << 24

# What holders of a position are in where the position's words do not tell: P39 is for public office.
SECTOR = "GOV"

_ID = re.compile(rb'"id":\s*"(Q\d+)"')
_HEAD = 200  # bytes of a line in which its number stands, as Wikidata writes its dumps
_HUMAN = b'"Q5"'
_TIME = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T")
_YEAR, _MONTH, _DAY = 9, 10, 11  # Wikibase's precisions of a time

Json = dict[str, Any]


@dataclass(slots=True)
class _Meant:
    """What numbers mean, as far as they are wanted: the labels of offices, the codes of countries."""

    offices: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)


def persons(paths: Sequence[Path], *, everybody: bool = False) -> Iterator[Found]:
    """Rows of :data:`dragoman.ontology.roster.COLUMNS`: one for each office of a person, in the order of the dump.

    :param everybody: humans who never held an office too.
    :raises SourceError: a file cannot be opened.
    :raises FormatError: it is packed and damaged.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        meant = _Meant()
        yield from _collected(paths, waiting, meant, everybody)
        _look_up(paths, meant)
        waiting.seek(0)
        for line in waiting:
            yield from _rows(json.loads(line), meant)


def _collected(paths: Iterable[Path], waiting: IO[str], meant: _Meant, everybody: bool) -> Iterator[Found]:
    """Puts the persons into a file and the numbers they use into ``meant``; what failed and who is passed over."""
    seen: set[str] = set()
    for line in _entities(paths):
        if line.data is not None and _HUMAN not in line.data:
            continue
        try:
            person = _person(entity := _parsed(line), everybody=everybody)
            if person is not None and entity["id"] in seen:
                raise ValueError(f"{entity['id']} stands twice")
        except ValueError as error:
            yield Failure(line.source, "format", str(error))
            continue
        if person is None:
            continue
        seen.add(entity["id"])
        if isinstance(person, Passed):
            yield person
        else:
            meant.countries |= dict.fromkeys(person["countries"], "")
            meant.offices |= {office: "" for office, _, _ in person["offices"]}
            waiting.write(json.dumps(person) + "\n")


def _entities(paths: Iterable[Path]) -> Iterator[Line]:
    """The lines that hold an entity, without the comma between two."""
    for path in paths:
        for line in lines(path, longest=LONGEST):
            data = None if line.data is None else line.data.strip().rstrip(b",")
            if data not in (b"", b"[", b"]"):
                yield Line(line.number, line.source, data)


def _parsed(line: Line) -> Json:
    if line.data is None:
        raise ValueError("the line is too long to be an entity")
    try:
        found = json.loads(line.data)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not JSON: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise ValueError("it is no entity of Wikidata")
    return found


def _person(entity: Json, *, everybody: bool) -> Json | Passed | None:
    """What is kept of a human until it is known what the numbers mean; None for anything else."""
    try:
        if "Q5" not in _values(entity, "P31"):
            return None
        name, *others = _names(entity) or [""]
        offices = [_office(each) for each in _statements(entity, "P39") if _value(each)]
        countries = _citizenships(entity)
    except (AttributeError, KeyError, TypeError, IndexError) as error:
        raise ValueError(f"it is not of Wikidata's form: {error!r}") from error
    if not name:
        return Passed(entity["id"], "no English name")
    if not offices and not everybody:
        return Passed(entity["id"], "never held an office")
    return {"id": entity["id"], "names": [name, *others], "countries": countries, "offices": offices}


def _names(entity: Json) -> list[str]:
    """The label and the aliases, those of one word left out beside a longer label: "Bush" is not one man."""
    labels, aliases = entity.get("labels") or {}, entity.get("aliases") or {}
    label = next((labels[tongue]["value"] for tongue in ("en", "mul") if tongue in labels), None)
    if not label:
        return []
    more = [each["value"] for tongue in ("en", "mul") for each in aliases.get(tongue, ())]
    names = [" ".join(name.split()) for name in (label, *more) if ";" not in name]
    return [name for name in dict.fromkeys(names) if name == names[0] or " " in name or " " not in names[0]]


def _statements(entity: Json, property: str) -> list[Json]:
    """The statements of a property but those that were withdrawn, the preferred first."""
    found = [each for each in (entity.get("claims") or {}).get(property, ()) if each.get("rank") != "deprecated"]
    return sorted(found, key=lambda each: each.get("rank") != "preferred")


def _value(statement: Json) -> str | None:
    """The number that a statement names, if it names one."""
    found = statement["mainsnak"].get("datavalue", {}).get("value")
    return found.get("id") if isinstance(found, dict) else None


def _values(entity: Json, property: str) -> list[str]:
    return [value for each in _statements(entity, property) if (value := _value(each))]


def _citizenships(entity: Json) -> list[str]:
    """The countries of a person, those he is still a citizen of first."""
    found = sorted(_statements(entity, "P27"), key=lambda each: "P582" in each.get("qualifiers", {}))
    return [value for each in found if (value := _value(each))]


def _office(statement: Json) -> tuple[str | None, str, str]:
    return _value(statement), _time(statement, "P580"), _time(statement, "P582")


def _time(statement: Json, property: str) -> str:
    """The day, month or year of a qualifier, as exactly as it is known; empty where it is not, or before our era."""
    for qualifier in statement.get("qualifiers", {}).get(property, ()):
        value = qualifier.get("datavalue", {}).get("value", {})
        found = _TIME.match(value.get("time", ""))
        if found and value.get("precision", 0) >= _YEAR and found[1] != "0000":
            return "-".join(found.groups()[: min(value["precision"], _DAY) - _YEAR + 1])
    return ""


def _look_up(paths: Iterable[Path], meant: _Meant) -> None:
    """Fills in what the wanted numbers mean. Lines that cannot be read were told of before."""
    for line in _entities(paths):
        head = _ID.search(line.data or b"", 0, _HEAD)
        number = head[1].decode() if head else None
        if number is not None and number not in meant.offices and number not in meant.countries:
            continue
        try:
            _learn(_parsed(line), meant)
        except (ValueError, AttributeError, KeyError, TypeError, IndexError):
            continue


def _learn(entity: Json, meant: _Meant) -> None:
    number, names = entity["id"], _names(entity)
    if number in meant.offices and names:
        meant.offices[number] = names[0]
    if number in meant.countries:
        told = (_text(entity, "P298"), _text(entity, "P297"), *names[:1])
        meant.countries[number] = next((code for each in told if each and (code := country(each))), "")


def _text(entity: Json, property: str) -> str | None:
    values = (each["mainsnak"].get("datavalue", {}).get("value") for each in _statements(entity, property))
    return next((value for value in values if isinstance(value, str)), None)


def _rows(person: Json, meant: _Meant) -> Iterator[Found]:
    code = next((found for number in person["countries"] if (found := meant.countries[number])), None)
    if code is None:
        yield Passed(person["id"], "of no country that is known")
        return
    name, *others = person["names"]
    start = (person["id"], name, ";".join(others), "person", code)
    offices = [(meant.offices[number], *days) for number, *days in person["offices"] if meant.offices[number]]
    if not offices:
        yield (*start, "", "", "", "")
    for office in offices:
        yield _cells(start, *office)


def _cells(start: Cells, office: str, since: str, until: str) -> Cells:
    days = (since, until) if not (since and until) or since[: len(until)] <= until[: len(since)] else ("", "")
    return (*start, _sector(office), office, *days)


def _sector(office: str) -> str:
    """The sector of an office by the longest of its first words that is a title: "ambassador of Peru to Chile"."""
    words, titles = key(office), packaged().titles
    found = (titles[words[:end]] for end in range(len(words), 0, -1) if words[:end] in titles)
    return next((title.sector for title in found if title.sector), SECTOR)
