"""The plain lists say what spaCy's tokens say."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.language.words import Words

NLP = spacy.blank("en")
TEXTS = st.lists(st.sampled_from(["Talks", "began.", "é", "😀", " ", "\n\n", "don't", "(", "U.S."])).map(" ".join)


@given(TEXTS)
def test_lists_agree_with_the_tokens(text: str) -> None:
    doc = NLP(text)
    words = Words.of(doc)
    assert words.text == doc.text == text
    assert words.texts == [token.text for token in doc]
    assert words.starts == [token.idx for token in doc]
    assert words.space == [token.is_space for token in doc]


@given(TEXTS.filter(bool), st.data())
def test_the_text_between_two_tokens_is_the_spans(text: str, data: st.DataObject) -> None:
    doc = NLP(text)
    words = Words.of(doc)
    start = data.draw(st.integers(0, len(doc) - 1))
    end = data.draw(st.integers(start + 1, len(doc)))
    assert words.between(start, end) == doc[start:end].text


def test_white_space_before_a_token() -> None:
    words = Words.of(NLP("(Oslo) met\n\nagain"))
    assert words.texts == ["(", "Oslo", ")", "met", "\n\n", "again"]
    assert [i for i in range(6) if words.apart(i)] == [3, 5]


def test_without_sentences_set_nothing_is_said_of_them() -> None:
    assert Words.of(NLP("No one came. They left.")).begins is None


@pytest.mark.parametrize(
    ("texts", "starts", "begins"),
    [
        (["Yes", ".", "No", "."], [True, False, True, False], [0, 2]),
        (["Yes", ".", "\n", " ", "No", "."], [True, False, True, False, False, False], [0, 2, 3, 4]),
        (["\n", "Yes", ".", "No"], [True, False, False, True], [0, 1, 3]),
    ],
)
def test_a_sentence_that_begins_at_white_space_begins_at_the_word_too(
    texts: list[str], starts: list[bool], begins: list[int]
) -> None:
    found = Words.of(Doc(NLP.vocab, words=texts, sent_starts=starts)).begins
    assert found is not None and [i for i, begin in enumerate(found) if begin] == begins
