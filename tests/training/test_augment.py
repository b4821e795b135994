"""Names swapped for others of their kind: as many words, the same tags."""

import random

import pytest

pytest.importorskip("torch", reason="training needs the train extra")

from training.augment import MASK, swapped
from training.corpora import Sentence

SENTENCE = Sentence(
    ["Ada", "Byron", "left", "Oslo"], entities=["B-PER", "I-PER", "O", "B-LOC"], times=["O", "O", "O", "O"]
)
KNOWN = {("PER", 2): [["Ida", "Holm"]], ("LOC", 1): [["Lima"]], ("LOC", 2): [["Cape", "Town"]]}


def test_every_name_may_become_one_of_its_kind_and_length() -> None:
    assert swapped(SENTENCE, KNOWN, random.Random(1), swap=1, mask=0) == ["Ida", "Holm", "left", "Lima"]
    assert SENTENCE.words == ["Ada", "Byron", "left", "Oslo"], "the sentence itself stays"


def test_without_chance_nothing_changes() -> None:
    assert swapped(SENTENCE, KNOWN, random.Random(1), swap=0, mask=0) == SENTENCE.words


def test_a_name_of_an_unknown_length_stays() -> None:
    assert swapped(SENTENCE, {}, random.Random(1), swap=1, mask=0) == SENTENCE.words


def test_hidden_names_are_hidden_whole() -> None:
    seen = [swapped(SENTENCE, {}, random.Random(seed), swap=0, mask=1) for seed in range(40)]
    assert all(words[:2] == [MASK] * 2 and words[3] == MASK for words in seen)
    assert any(words[2] == "left" for words in seen) and any(words[2] == MASK for words in seen)


def test_a_sentence_without_annotated_names_keeps_its_words() -> None:
    plain = Sentence(["Ada", "left"])
    assert swapped(plain, KNOWN, random.Random(1), swap=1, mask=0) == plain.words
