"""What the cue lexicon says of a word by itself: the category it most often tells of.

The network that judges pairs gets it as one feature a word beside the word's vector: thousands of cues that no
annotated sentence has shown it. It is a hint, no more; most cues mean their event only in certain company.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dragoman.language.lemmas import noun_lemmas, verb_lemmas
from dragoman.ontology.cues import load_cues


def hints(words: Sequence[str], categories: Sequence[str]) -> list[int]:
    """For each word 1 + the number of its category in the list, 0 for a word that is no cue."""
    known = _known()
    numbers = {name: number for number, name in enumerate(categories, start=1)}
    found = (next((known[lemma] for lemma in _lemmas(word.lower()) if lemma in known), "") for word in words)
    return [numbers.get(category, 0) for category in found]


def _lemmas(form: str) -> tuple[str, ...]:
    return (form, *verb_lemmas(form), *noun_lemmas(form)) if form.isalpha() else ()


@cache
def _known() -> dict[str, str]:
    """Lemma -> the category its senses weigh most for; a sense that asks for much company weighs less."""
    weights: dict[str, dict[str, float]] = {}
    for (lemma, _), senses in load_cues().senses.items():
        for sense in senses:
            if sense.event:
                found = weights.setdefault(lemma, {})
                found[sense.event] = found.get(sense.event, 0.0) + sense.weight / (1 + sense.conditions)
    return {lemma: max(sorted(each), key=each.__getitem__) for lemma, each in weights.items()}
