"""Docs to windows: every word once, in order, within the encoder's limits."""

from functools import cache

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.language.network import WEIGHTS
from dragoman.language.pieces import Pieces
from dragoman.language.windows import MAX_WORDS, PIECES_LIMIT, Cut, windows
from dragoman.language.words import Words

pytestmark = pytest.mark.skipif(not (WEIGHTS / "vocab.txt").is_file(), reason="the package has no weights yet")
NLP = spacy.blank("en")


@cache
def pieces() -> Pieces:
    return Pieces(WEIGHTS / "vocab.txt")


def cut(text: str, *, max_words: int = MAX_WORDS) -> tuple[Doc, list[Cut]]:
    doc = NLP(text)
    return doc, list(windows(doc, pieces(), max_words=max_words))


def words_of(cuts: list[Cut]) -> list[int]:
    return [i for each in cuts for i in each.tokens]


@given(
    st.lists(st.sampled_from(["Talks", "began", "He", ".", "”", "!", " ", "\n", "\n\n", "...", "(", "😀", "x" * 80])),
    st.integers(1, 9),
)
def test_every_word_once_and_in_order(parts: list[str], max_words: int) -> None:
    doc, cuts = cut(" ".join(parts), max_words=max_words)
    assert words_of(cuts) == [token.i for token in doc if not token.is_space]
    assert all(0 < len(each.tokens) <= max_words for each in cuts)
    assert not cuts or not cuts[0].broken


def test_windows_keep_to_the_encoders_pieces() -> None:
    doc, cuts = cut("Zyxwvutsrqponmlkjihgfedcba " * 300)
    sizes = [sum(len(pieces().word(doc[i].text)) for i in each.tokens) for each in cuts]
    assert max(sizes) <= PIECES_LIMIT
    assert any(len(each.tokens) < MAX_WORDS for each in cuts[:-1]), "it was the pieces that cut"


def test_paragraphs_are_never_joined() -> None:
    doc, cuts = cut("The envoy left\n\nThe talks went on.\nNo date was set.\n \n\nEnd")
    assert [doc[each.tokens[0]].text for each in cuts] == ["The", "The", "End"]
    assert not any(each.broken for each in cuts)


def test_a_window_ends_where_a_sentence_may_end() -> None:
    doc, cuts = cut("He came. She said “no.” They left by car", max_words=10)
    assert [doc[each.tokens[0]].text for each in cuts] == ["He", "They"]
    assert not cuts[1].broken


def test_a_lower_case_word_begins_no_window() -> None:
    doc, cuts = cut("She met Gen. al Rashid. It was late in the day", max_words=7)
    assert doc[cuts[1].tokens[0]].text == "It"


def test_a_sentence_of_a_thousand_words_is_cut_and_marked() -> None:
    _, cuts = cut(" and ".join(["talks"] * 500) + ".")
    assert len(words_of(cuts)) == 1000
    assert [each.broken for each in cuts] == [False] + [True] * (len(cuts) - 1)
    assert max(len(each.tokens) for each in cuts) == MAX_WORDS


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", " \t \n\n \u00a0"])
def test_without_words_there_is_no_window(text: str) -> None:
    assert cut(text)[1] == []


def test_sentence_starts_set_before_are_where_windows_begin() -> None:
    words = [f"w{i}" for i in range(20)]
    starts = [i in (0, 5, 13) for i in range(20)]
    doc = Doc(Vocab(), words=words, sent_starts=starts)
    cuts = list(windows(doc, pieces(), max_words=7))
    assert [each.tokens[0] for each in cuts] == [0, 5, 12, 13]
    assert [each.broken for each in cuts] == [False, False, True, False]


def test_a_full_stop_ends_nothing_where_sentences_are_set() -> None:
    doc = Doc(Vocab(), words=["No", ".", "Not", "5", "but", "6"], sent_starts=[True, False, False, False, True, False])
    assert [each.tokens for each in windows(doc, pieces(), max_words=5)] == [(0, 1, 2, 3), (4, 5)]


def test_a_sentence_set_to_begin_at_white_space_begins_at_its_word() -> None:
    doc = Doc(NLP.vocab, words=["Yes", ".", "\n", " ", "No", "."], sent_starts=[True, False, True, False, False, False])
    begins = Words.of(doc).begins
    assert begins is not None and [i for i in (0, 1, 4, 5) if begins[i]] == [0, 4]
