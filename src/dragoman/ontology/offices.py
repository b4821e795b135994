"""Builds titles and agents from their data files: families of offices are written once and filled in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from dragoman.ontology.data import Data
from dragoman.ontology.terms import Agent, Key, Title
from dragoman.ontology.words import hyphenated, is_plural, key, plural, unaccented


class _Form(NamedTuple):
    """One way to say an office or agent, in the singular unless its words are a plural already."""

    words: str
    name: str
    entry: Mapping[str, Any]


def titles(data: Data) -> dict[Key, Title]:
    """Every title of ``offices.yaml`` by its words, singular and plural. What is listed wins over what is filled in."""
    found: dict[Key, Title] = {}
    for form in (*_offices(data), *_portfolio_offices(data), *_headed_offices(data)):
        for words, many in _numbers(form, data["plurals"]):
            for spelling in {words, hyphenated(words), unaccented(words)}:
                title = _title(key(spelling), form, many=many)
                found.setdefault(title.words, title)
    return found


def _title(words: Key, form: _Form, *, many: bool) -> Title:
    return Title(
        words=words,
        name=form.name,
        sector=form.entry.get("sector"),
        other_sectors=tuple(form.entry.get("other", ())),
        kind=form.entry.get("kind", "office"),
        plural=many,
        held_in=frozenset(form.entry.get("held_in", ())),
        not_held_in=frozenset(form.entry.get("not_held_in", ())),
    )


def _numbers(form: _Form, irregular: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    if form.entry.get("plural"):
        yield form.words, True
        return
    yield form.words, False
    if form.entry.get("kind") != "honorific" and not form.words.endswith("."):
        yield plural(form.words, irregular), True
    for words in form.entry.get("plurals", ()):
        yield words, True


def _offices(data: Data) -> Iterator[_Form]:
    for entry in data["offices"]:
        for words in entry["words"]:
            yield _Form(words, entry.get("name", entry["words"][0]), entry)


def _portfolio_offices(data: Data) -> Iterator[_Form]:
    for portfolio, pattern in product(data["portfolios"], data["portfolio_patterns"]):
        entry = {"sector": "GOV", "other": portfolio.get("other", ())}
        name = _portfolio_name(portfolio, pattern)
        for words in _filled(portfolio, pattern):
            yield _Form(words, name, entry)
            for deputy in data["deputies"]:
                yield _Form(f"{deputy} {words}", f"{deputy} {name}", entry)


def _portfolio_name(portfolio: Mapping[str, Any], pattern: Mapping[str, Any]) -> str:
    name: str = pattern["name"]
    spelling = portfolio.get(pattern.get("spelling", ""), portfolio["words" if "before" in pattern else "of"][0])
    return name.format(spelling)


def _filled(portfolio: Mapping[str, Any], pattern: Mapping[str, Any]) -> Iterator[str]:
    for shape, word in product(pattern.get("before", ()), portfolio["words"]):
        yield shape.format(word)
    for shape, word in product(pattern.get("of", ()), portfolio["of"]):
        yield shape.format(word)


def _headed_offices(data: Data) -> Iterator[_Form]:
    for entry, head, shape in product(data["headed"], data["heads"], data["head_patterns"]):
        for body in entry["words"]:
            words = shape.format(body=body, head=head)
            name = words.replace(" of the ", " of ")
            yield _Form(words, name, entry)
            yield _Form(f"deputy {words}", f"deputy {name}", entry)


def agents(data: Data, offices: Data) -> dict[Key, Agent]:
    """Every agent of ``agents.yaml`` by its words, singular and plural, with the ministries of all portfolios."""
    found: dict[Key, Agent] = {}
    for form in (*_listed_agents(data), *_ministries(data, offices)):
        for words, many in _agent_numbers(form, data):
            for spelling in {words, unaccented(words)}:
                agent = _agent(key(spelling), form, many=many)
                found.setdefault(agent.words, agent)
    return found


def _agent(words: Key, form: _Form, *, many: bool) -> Agent:
    return Agent(
        words=words,
        name=form.name,
        sector=form.entry["sector"],
        other_sectors=tuple(form.entry.get("other", ())),
        kind=form.entry["kind"],
        plural=many,
    )


def _listed_agents(data: Data) -> Iterator[_Form]:
    for entry in data["agents"]:
        for words in entry["words"]:
            yield _Form(words, entry["name"], entry)


def _ministries(data: Data, offices: Data) -> Iterator[_Form]:
    for portfolio, pattern in product(offices["portfolios"], data["ministry_patterns"]):
        entry = {"sector": "GOV", "other": portfolio.get("other", ()), "kind": "organ"}
        name = pattern["name"].format(portfolio["words"][0])
        for words in _filled(portfolio, pattern):
            yield _Form(words, name, entry)


def _agent_numbers(form: _Form, data: Data) -> Iterator[tuple[str, bool]]:
    only = form.entry.get("only")
    last = form.words.split(" ")[-1]
    if only == "plural" or last in data["plural_only"] or is_plural(form.words):
        yield form.words, True
        return
    yield form.words, False
    if only is None and last not in data["uncountable"]:
        yield plural(form.words, data["plurals"]), True
