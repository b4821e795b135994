"""Expressions marked in parts, on Docs built by hand."""

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dragoman.language.timex_join import joined


def whole(words: str, *spans: tuple[int, int, str], lemmas: str = "") -> list[tuple[str, str]]:
    doc = Doc(Vocab(), words=words.split(), lemmas=(lemmas or words).split())
    return [(s.text, s.label_) for s in joined(Span(doc, a, b, label=label) for a, b, label in spans)]


@pytest.mark.parametrize(
    ("words", "spans", "found"),
    [
        ("in August of that year", [(1, 2, "DATE"), (3, 5, "DATE")], ["August of that year"]),
        ("in March of this year", [(1, 3, "DATE"), (3, 5, "DATE")], ["March of this year"]),
        ("the evening of Thursday", [(0, 3, "DATE"), (3, 4, "DATE")], ["the evening of Thursday"]),
        ("on Monday the third of May", [(1, 2, "DATE"), (2, 6, "DATE")], ["Monday", "the third of May"]),
        ("on February 3 and 4", [(1, 3, "DATE"), (4, 5, "DATE")], ["February 3 and 4"]),
        ("on 3 and 4 February", [(1, 2, "DATE"), (3, 5, "DATE")], ["3 and 4 February"]),
        ("on February 3 and March 4", [(1, 3, "DATE"), (4, 6, "DATE")], ["February 3", "March 4"]),
    ],
)
def test_what_says_which_month_or_evening_belongs_to_it(
    words: str, spans: list[tuple[int, int, str]], found: list[str]
) -> None:
    assert [text for text, _ in whole(words, *spans)] == found


def test_later_makes_a_date_of_a_length() -> None:
    assert whole("they met two days later", (2, 4, "DURATION"), lemmas="they meet two day later") == [
        ("two days later", "DATE")
    ]
    assert whole("they met two hours later", (2, 4, "DURATION"), lemmas="they meet two hour later") == [
        ("two hours", "DURATION")
    ]
