"""What the labels of a tree's arcs owe to one another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dragoman.language.laws import ACTIVE, BARE, JOINED, lawful

LABELS = ("root", "nsubj", "obl", "nmod", "conj", "nmod:desc", "case", "cc", "nsubj:pass", "aux", "aux:pass", "acl")


def said(*best: str, second: dict[int, tuple[str, float]] | None = None) -> NDArray[np.float32]:
    """Scores of 10 for the best label of each word, and of a little less for the second best of some."""
    out = np.zeros((len(best), len(LABELS)), np.float32)
    for word, label in enumerate(best):
        out[word, LABELS.index(label)] = 10
    for word, (label, less) in (second or {}).items():
        out[word, LABELS.index(label)] = 10 - less
    return out


def read(scores: NDArray[np.float32], heads: list[int]) -> list[str]:
    return [LABELS[i] for i in lawful(scores, np.array(heads), LABELS).argmax(1)]


def test_an_oblique_without_preposition_gives_way_to_what_is_nearly_as_likely() -> None:
    scores = said("obl", "root", second={0: ("nsubj", BARE / 2)})  # ministers spoke
    assert read(scores, [1, -1]) == ["nsubj", "root"]


def test_an_oblique_with_preposition_stays() -> None:
    scores = said("root", "case", "obl", second={2: ("nsubj", BARE / 2)})  # spoke by telephone
    assert read(scores, [-1, 2, 0]) == ["root", "case", "obl"]


def test_a_word_after_its_conjunction_is_a_conjunct() -> None:
    scores = said("nsubj", "cc", "nmod:desc", "root", second={2: ("conj", JOINED - 1)})  # Ramon and Minister met
    assert read(scores, [3, 2, 0, -1]) == ["nsubj", "cc", "conj", "root"]


def test_a_conjunction_that_opens_a_sentence_joins_nothing_in_it() -> None:
    scores = said("cc", "nsubj", "root", second={2: ("conj", 1)})  # And ministers met
    assert read(scores, [2, 2, -1]) == ["cc", "nsubj", "root"]
    scores = said("cc", "nsubj", "root", second={1: ("conj", 1)})
    assert read(scores, [1, 2, -1]) == ["cc", "nsubj", "root"]


def test_a_verb_whose_auxiliaries_are_active_has_no_passive_subject() -> None:
    scores = said("nsubj:pass", "aux", "root", second={0: ("nsubj", ACTIVE - 1)})  # it had detained
    assert read(scores, [2, 2, -1]) == ["nsubj", "aux", "root"]


def test_a_passive_auxiliary_and_a_bare_participle_keep_their_passive_subject() -> None:
    scores = said("nsubj:pass", "aux", "aux:pass", "root", second={0: ("nsubj", 1)})  # it had been detained
    assert read(scores, [3, 3, 3, -1]) == ["nsubj:pass", "aux", "aux:pass", "root"]
    scores = said("nsubj:pass", "acl", "root", second={0: ("nsubj", 1)})  # its sailors detained, it yielded
    assert read(scores, [1, 2, -1]) == ["nsubj:pass", "acl", "root"]


def test_label_lists_without_these_relations_are_left_alone() -> None:
    scores = np.ones((2, 2), np.float32)
    assert lawful(scores, np.array([1, -1]), ("root", "dep")) is scores
