"""How official chronologies of state visits name states, offices and people (``data/chronologies.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from dragoman.ontology import Name, key, load
from dragoman.ontology.data import merged, read, user_folder

_FILE = "chronologies.yaml"
_TURNED = re.compile(r"(?P<last>[^,()]+), (?P<first>[^,()]+)")
_BRACKETED = re.compile(r"(?P<outside>[^()]+?)\s*\((?P<inside>[^()]+)\)")
# Of the readings of a name, those that stand for a country: itself, a part of it, a body of its government.
_KINDS = ("country", "region", "seat", "organisation")


@dataclass(frozen=True, slots=True)
class State:
    """A state as a chronology names it: ``name`` in its own time, ``today`` and ``code`` of it or its successor."""

    name: str
    entity_id: str
    today: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Chronologies:
    """The data file: see the comments there. Names are keyed by :func:`dragoman.ontology.words.key`."""

    names: Mapping[tuple[str, ...], str]
    dated: Mapping[tuple[str, ...], tuple[date, str]]
    without_code: Mapping[tuple[str, ...], str]
    outlets: Mapping[str, str]
    titles: Mapping[str, tuple[str, ...]]
    many: frozenset[str]
    aside: tuple[str, ...]


def load_chronologies() -> Chronologies:
    """The data, read once; a user's own ``chronologies.yaml`` in the folder of ``DRAGOMAN_DATA`` extends it.

    :raises DataError: a file breaks its form.
    """
    return _load(user_folder())


@cache
def _load(folder: Path | None) -> Chronologies:
    data = read(files("dragoman.ontology") / "data" / _FILE)
    if folder is not None and (folder / _FILE).exists():
        data = merged(data, read(folder / _FILE))
    return Chronologies(
        names={key(name): code for name, code in data["names"].items()},
        dated={key(entry["name"]): (entry["until"], entry["code"]) for entry in data["dated"]},
        without_code={key(name): name for name in data["without_code"]},
        outlets=data["outlets"],
        titles={title: tuple(offices) for title, offices in data["titles"].items()},
        many=frozenset(data["many"]),
        aside=tuple(data["aside"]),
    )


def state(name: str, *, on: date) -> State | None:
    """The state that a chronology names so on a day; None where no rule tells it.

    The first that answers: the name as it stands; turned round at its comma ("Korea, Republic of"); what stands
    before the brackets ("Yugoslavia (Kosovo)"); what stands in them ("Dahomey (Benin)").
    """
    return next((found for form in _forms(name) if (found := _named(form, on))), None)


def _forms(name: str) -> Iterator[str]:
    yield name
    if turned := _TURNED.fullmatch(name):
        yield f"{turned['first']} {turned['last']}"
    if parts := _BRACKETED.fullmatch(name):
        yield from _forms(parts["outside"])
        yield from _forms(parts["inside"])


def _named(form: str, on: date) -> State | None:
    known, words = load_chronologies(), key(form.replace("&", "and"))
    if words in known.without_code:
        return State(form, f"state:{'-'.join(words)}", form, None)
    if words in known.dated and on <= known.dated[words][0]:
        return _state(form, known.dated[words][1])
    if words in known.names:
        return _state(form, known.names[words])
    readings = [one for one in load().names.get(words, ()) if one.kind in _KINDS and one.code in load().countries]
    best = min(readings, key=_likeliest, default=None)
    return _state(best.name if best.kind == "country" else form, best.code) if best and best.code else None


def _likeliest(name: Name) -> int:
    return _KINDS.index(name.kind)


def _state(name: str, code: str) -> State:
    return State(name, f"state:{code}", load().countries[code].name, code)
