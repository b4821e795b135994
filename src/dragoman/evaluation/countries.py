"""The same sentence with other countries in it: one word for another, so that every tag and span stays true.

Used to measure whether a figure depends on which countries a sentence names, and in training so that it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from dragoman.ontology import load

Forms = dict[str, str]  # kind of form (name, adjective, people, capital) -> word


@cache
def forms() -> dict[str, Forms]:
    """Country code -> its one-word forms; only countries that have all four kinds of them."""
    found = {}
    for code, country in load().countries.items():
        plural = next((word for word in country.people if word.endswith("s")), ("", *country.people)[-1])
        parts = (country.name, (*country.adjectives, "")[0], plural, (*country.capitals, "")[0])
        if all(part and " " not in part and "." not in part for part in parts):
            found[code] = dict(zip(("name", "adjective", "people", "capital"), parts, strict=True))
    return found


@cache
def _readings() -> dict[str, tuple[str, str]]:
    """Word -> (country code, kind of form); a word of two countries, or of two kinds, is left alone."""
    seen: dict[str, set[tuple[str, str]]] = {}
    for code, country in load().countries.items():
        for word in (country.name, *country.also):
            seen.setdefault(word, set()).add((code, "name"))
        for kind, words in (("adjective", country.adjectives), ("capital", country.capitals)):
            for word in words:
                seen.setdefault(word, set()).add((code, kind))
        for word in country.people:
            if word not in country.adjectives:
                seen.setdefault(word, set()).add((code, "people"))
    return {word: next(iter(found)) for word, found in seen.items() if len(found) == 1 and " " not in word}


def swapped(words: Iterable[str], choose: Callable[[str], str | None]) -> list[str]:
    """The words with their countries replaced; ``choose(code)`` names the country to put there, None leaves it.

    One country becomes one other country throughout. As many words as before.
    """
    readings, table = _readings(), forms()
    chosen: dict[str, str | None] = {}
    out = []
    for word in words:
        code, kind = readings.get(word, ("", ""))
        if code and code not in chosen:
            chosen[code] = choose(code)
        other = table.get(chosen.get(code) or "")
        out.append(other[kind] if other else word)
    return out
