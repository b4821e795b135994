"""The form of the data files: which sections a file has, what an entry must and may say, and which codes exist.

Used on a user's files when they are loaded and on the package's by ``python -m dragoman.ontology.check``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from dragoman.ontology.data import HEADER, Data


class Problem(NamedTuple):
    """One fault: the file's name, the entry (section and key, number or id) and what is wrong with it."""

    file: str
    entry: str
    reason: str


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes an entry may use."""

    countries: frozenset[str]
    nonstate: frozenset[str]
    sectors: frozenset[str]
    contexts: frozenset[str]

    @classmethod
    def of(cls, known: Mapping[str, Data]) -> Codes:
        """The codes of the data files by name; ``plover`` and ``countries`` must be among them."""
        plover = known["plover"]
        return cls(
            countries=frozenset(known["countries"]["countries"]),
            nonstate=frozenset(plover["nonstate"]),
            sectors=frozenset(plover["sectors"]),
            contexts=frozenset(plover["contexts"]),
        )


Check = Callable[[Any, Codes], str | None]
"""What is wrong with a value, or None."""


def _text(value: Any, _: Codes) -> str | None:
    return None if isinstance(value, str) and value.strip() else f"must be text, not {value!r}"


def _texts(value: Any, codes: Codes) -> str | None:
    if not isinstance(value, list):
        return f"must be a list, not {value!r}"
    return next((fault for item in value if (fault := _text(item, codes))), None) or _repeated(value)


def _repeated(values: list[Any]) -> str | None:
    twice = sorted({value for value in values if values.count(value) > 1})
    return f"given twice: {', '.join(twice)}" if twice else None


def _flag(value: Any, _: Codes) -> str | None:
    return None if isinstance(value, bool) else f"must be true or false, not {value!r}"


def _one_of(kinds: Iterable[Any]) -> Check:
    allowed = tuple(kinds)
    return lambda value, _: None if value in allowed else f"must be one of {allowed}, not {value!r}"


def _code(value: Any, codes: Codes) -> str | None:
    return None if value in codes.countries | codes.nonstate else f"unknown code {value!r}"


def _country(value: Any, codes: Codes) -> str | None:
    return None if value in codes.countries else f"unknown country {value!r}"


def _sector(value: Any, codes: Codes) -> str | None:
    return None if value is None or value in codes.sectors else f"unknown sector {value!r}"


def _each(check: Check) -> Check:
    def all_of(value: Any, codes: Codes) -> str | None:
        if not isinstance(value, list):
            return f"must be a list, not {value!r}"
        return next((fault for item in value if (fault := check(item, codes))), None)

    return all_of


def _score(value: Any, _: Codes) -> str | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and -10 <= value <= 10
    return None if good else f"must be a number from -10 to 10, not {value!r}"


def _cameo(value: Any, _: Codes) -> str | None:
    good = isinstance(value, str) and value.isdecimal() and 2 <= len(value) <= 4 and "01" <= value[:2] <= "20"
    return None if good else f"is no CAMEO code: {value!r}"


def _mapping(of_key: Check, of_value: Check) -> Check:
    def check(value: Any, codes: Codes) -> str | None:
        if not isinstance(value, dict):
            return f"must be a mapping, not {value!r}"
        faults = ((of_key(name, codes) or of_value(item, codes), name) for name, item in value.items())
        return next((f"{name}: {fault}" for fault, name in faults if fault), None)

    return check


def _context(value: Any, codes: Codes) -> str | None:
    return None if value in codes.contexts else f"unknown context {value!r}"


_CAMEO_CONTEXTS = _mapping(_context, _cameo)


def _cameo_mode(value: Any, codes: Codes) -> str | None:
    if isinstance(value, str):
        return _cameo(value, codes)
    return _Entry({"code": _cameo}, {"contexts": _CAMEO_CONTEXTS}).fault(value, codes)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an entry must and may say."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check] = field(default_factory=dict)

    def fault(self, entry: Any, codes: Codes) -> str | None:
        """The first thing wrong with an entry, or None."""
        if not isinstance(entry, dict):
            return f"must be a mapping, not {entry!r}"
        checks = {**self.required, **self.optional}
        if unknown := sorted(str(name) for name in entry.keys() - checks.keys()):
            return f"unknown: {', '.join(unknown)}"
        if missing := sorted(self.required.keys() - entry.keys()):
            return f"lacks {', '.join(missing)}"
        faults = ((name, checks[name](value, codes)) for name, value in entry.items())
        return next((f"{name}: {fault}" for name, fault in faults if fault), None)


_SECTORS: Mapping[str, Check] = {"sector": _sector, "other": _each(_sector)}
_STATE: Mapping[str, Check] = {"adjectives": _texts, "people": _texts, "capital": _texts, "also": _texts}
_BODY: Mapping[str, Check] = {**_SECTORS, "people": _texts, "members": _each(_country), "historical": _flag}
_PATTERN = _Entry({"name": _text}, {"before": _texts, "of": _texts, "spelling": _one_of(["us"])})
_PLURALS = _mapping(_text, _text)

_SECTIONS: Mapping[str, Mapping[str, _Entry | Check]] = {
    "plover": {
        "categories": _Entry(
            {"quad": _one_of([1, 2, 3, 4]), "score": _score, "description": _text},
            {"modes": _mapping(_text, _score), "requires_recipient": _flag},
        ),
        "contexts": _mapping(_text, _text),
        "sectors": _mapping(_text, _text),
        "nonstate": _mapping(_text, _text),
        "auxiliary": _texts,
    },
    "cameo": {
        "categories": _Entry({"code": _cameo}, {"contexts": _CAMEO_CONTEXTS, "modes": _mapping(_text, _cameo_mode)}),
        "goldstein": _mapping(_cameo, _score),
    },
    "countries": {
        "countries": _Entry(
            {"name": _text}, {**_STATE, "territory_of": _country, "uninhabited": _flag, "no_capital": _flag}
        ),
        "former": _Entry({"code": _country, "name": _text}, _STATE),
        "capital_letter": _texts,
        "seats": _Entry(
            {"code": _code, "id": _text, "name": _text, "words": _texts}, {**_SECTORS, "historical": _flag}
        ),
    },
    "organisations": {
        "organisations": _Entry({"id": _text, "name": _text, "code": _code}, {**_BODY, "words": _texts}),
        "capital_letter": _texts,
    },
    "regions": {
        "regions": _Entry(
            {"id": _text, "name": _text}, {"words": _texts, "adjectives": _texts, "members": _each(_country)}
        ),
        "capital_letter": _texts,
    },
    "offices": {
        "portfolios": _Entry({"words": _texts, "of": _texts}, {"us": _text, "other": _each(_sector)}),
        "portfolio_patterns": _PATTERN,
        "deputies": _texts,
        "headed": _Entry({"words": _texts, "sector": _sector}, {"other": _each(_sector)}),
        "heads": _texts,
        "head_patterns": _texts,
        "offices": _Entry(
            {"words": _texts, "sector": _sector},
            {
                "other": _each(_sector),
                "name": _text,
                "plurals": _texts,
                "plural": _flag,
                "kind": _one_of(["office", "rank", "honorific"]),
                "held_in": _each(_country),
                "not_held_in": _each(_country),
            },
        ),
        "plurals": _PLURALS,
    },
    "agents": {
        "ministry_patterns": _PATTERN,
        "agents": _Entry(
            {"words": _texts, "name": _text, "sector": _sector, "kind": _one_of(["organ", "people", "force"])},
            {"other": _each(_sector), "only": _one_of(["singular", "plural"])},
        ),
        "plurals": _PLURALS,
        "uncountable": _texts,
        "plural_only": _texts,
    },
}


def problems(files: Mapping[str, Data], *, known: Mapping[str, Data]) -> Iterator[Problem]:
    """What is wrong with the form of these files (by name); ``known`` are the files whose codes they may use."""
    shape = _known_shape(known)
    if shape is not None:
        yield shape
        return
    codes = Codes.of(known)
    for name, found in files.items():
        yield from _file_problems(f"{name}.yaml", found, _SECTIONS[name], codes)


def _known_shape(known: Mapping[str, Data]) -> Problem | None:
    wanted = (("plover", ("nonstate", "sectors", "contexts")), ("countries", ("countries",)))
    faults = (
        Problem(f"{name}.yaml", section, "must be a mapping")
        for name, sections in wanted
        for section in sections
        if not isinstance(known[name].get(section), dict)
    )
    return next(faults, None)


def _file_problems(file: str, found: Data, sections: Mapping[str, _Entry | Check], codes: Codes) -> Iterator[Problem]:
    if not isinstance(found["date"], date):
        yield Problem(file, "date", f"must be a date, not {found['date']!r}")
    for section, content in found.items():
        if section in HEADER:
            continue
        if (shape := sections.get(section)) is None:
            yield Problem(file, section, "unknown section")
        elif not isinstance(shape, _Entry):
            if fault := shape(content, codes):
                yield Problem(file, section, fault)
        else:
            yield from _entry_problems(file, section, content, shape, codes)


def _entry_problems(file: str, section: str, content: Any, shape: _Entry, codes: Codes) -> Iterator[Problem]:
    if isinstance(content, dict):
        entries = [(f"{section} {name}", entry) for name, entry in content.items()]
    elif isinstance(content, list):
        entries = [(f"{section} {_label(place, entry)}", entry) for place, entry in enumerate(content, start=1)]
    else:
        yield Problem(file, section, f"must hold entries, not {content!r}")
        return
    for entry, value in entries:
        if fault := shape.fault(value, codes):
            yield Problem(file, entry, fault)


def _label(place: int, entry: Any) -> str:
    """An entry's number in its list, from 1, with its id, name or first word where it has one."""
    if not isinstance(entry, dict):
        return str(place)
    words = entry.get("words")
    name = entry.get("id") or entry.get("name") or (words[0] if isinstance(words, list) and words else None)
    return f"{place} ({name})" if name else str(place)
