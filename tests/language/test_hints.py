"""What the cue lexicon says of single words."""

import pytest

from dragoman.language.hints import hints

CATEGORIES = ("AGREE", "CONSULT", "ACCUSE", "ASSAULT", "SANCTION")


@pytest.mark.parametrize(
    ("word", "category"),
    [("condemned", "ACCUSE"), ("Condemning", "ACCUSE"), ("airstrikes", "ASSAULT"), ("visited", "CONSULT")],
)
def test_inflected_cues_point_at_their_category(word: str, category: str) -> None:
    assert hints([word], CATEGORIES) == [1 + CATEGORIES.index(category)]


def test_other_words_and_marks_say_nothing() -> None:
    assert hints(["the", ",", "Nairobi", "2019", ""], CATEGORIES) == [0] * 5


def test_a_category_that_is_not_asked_for_is_no_hint() -> None:
    assert hints(["condemned"], ("AGREE",)) == [0]
