"""Words to pieces and batches: sizes, bounds, letter case. Needs the vocabulary of the package's weights."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.network import WEIGHTS
from dragoman.language.pieces import CASE_CLASSES, MAX_PIECES, MAX_WORD_PIECES, Batch, Pieces, batch, case_class

pytestmark = pytest.mark.skipif(not (WEIGHTS / "vocab.txt").is_file(), reason="the package has no weights yet")
WORDS = st.text(min_size=1, max_size=20)


@pytest.fixture
def pieces() -> Pieces:
    return vocabulary()


@cache
def vocabulary() -> Pieces:
    return Pieces(WEIGHTS / "vocab.txt")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("talks", 1), ("é", 1), ("e-mail", 1), ("Oslo", 2), ("Saint-denis", 2), ("A", 2), ("O'", 2), ("U.S.", 3),
        ("NATO", 3), ("G7", 2), ("WHO's", 4), ("McArthur", 4), ("iPhone", 4), ("2020", 5), ("—", 5), ("😀", 5), ("", 5),
        ("中国", 4),
    ],
)  # fmt: skip
def test_letter_case(word: str, expected: int) -> None:
    assert case_class(word) == expected


@given(st.text(max_size=12))
def test_letter_case_is_a_row_of_its_embedding(word: str) -> None:
    assert 0 < case_class(word) < CASE_CLASSES


def check(made: Batch, windows: list[list[str]]) -> None:
    """What must hold of every batch."""
    rows, size = made.pieces.shape
    assert rows == len(windows) and size <= MAX_PIECES
    assert made.case.shape == made.mask.shape == made.pieces.shape
    assert made.first.shape == made.last.shape == (rows, max(map(len, windows)))
    assert made.lengths == tuple(map(len, windows))
    used = made.mask.sum(1)
    assert all((made.mask[row, :n] == 1).all() for row, n in enumerate(used)), "the mask is one run from the start"
    for row, window in enumerate(windows):
        first, last = made.first[row, : len(window)], made.last[row, : len(window)]
        assert (first >= 1).all() and (first <= last).all() and (last < used[row]).all()
        assert (np.diff(first) >= 0).all()
        assert not made.first[row, len(window) :].any() and not made.last[row, len(window) :].any()


@given(st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=4))
def test_every_batch_keeps_its_bounds(windows: list[list[str]]) -> None:
    check(batch(windows, vocabulary()), windows)


def slowly(windows: list[list[str]], pieces: Pieces) -> list[tuple[list[int], list[int], list[int], list[int]]]:
    """Pieces, case, first and last of each window, put down word by word, as far as the encoder's limit goes."""
    out = []
    for window in windows:
        ids, case, first, last = [pieces.start], [0], [], []
        for word in window:
            own = pieces.word(word)[: MAX_PIECES - 1 - len(ids)]
            first.append(min(len(ids), MAX_PIECES - 2))
            ids += own
            case += [case_class(word)] * len(own)
            last.append(len(ids) - 1)
        out.append(([*ids, pieces.stop], [*case, 0], first, last))
    return out


@given(st.lists(st.lists(WORDS, min_size=1, max_size=80), min_size=1, max_size=3))
def test_a_batch_is_what_word_by_word_makes(windows: list[list[str]]) -> None:
    made = batch(windows, vocabulary())
    for row, (ids, case, first, last) in enumerate(slowly(windows, vocabulary())):
        assert made.pieces[row, : len(ids)].tolist() == ids and not made.pieces[row, len(ids) :].any()
        assert made.case[row, : len(ids)].tolist() == case and not made.case[row, len(ids) :].any()
        assert made.first[row, : len(first)].tolist() == first
        assert made.last[row, : len(last)].tolist() == last
        assert made.mask[row].sum() == len(ids)


def test_words_stand_where_first_and_last_say(pieces: Pieces) -> None:
    windows = [["Reykjavik", "hosted", "talks", "."], ["Talks", "failed"]]
    made = batch(windows, pieces)
    check(made, windows)
    for row, window in enumerate(windows):
        assert made.pieces[row, 0] == pieces.start
        for i, word in enumerate(window):
            own = made.pieces[row, made.first[row, i] : made.last[row, i] + 1]
            assert tuple(own) == pieces.word(word)
            case = made.case[row, made.first[row, i] : made.last[row, i] + 1]
            assert set(case) == {case_class(word)}
        assert made.pieces[row, made.mask[row].sum() - 1] == pieces.stop
    assert not made.pieces[1, made.mask[1].sum() :].any()


def test_case_given_takes_the_place_of_the_words_own(pieces: Pieces) -> None:
    made = batch([["talks", "failed"]], pieces, [[3, 2]])
    assert made.case[0, made.first[0]].tolist() == [3, 2]


def test_a_very_long_word_is_cut(pieces: Pieces) -> None:
    word = "https://example.org/" + "q7x/" * 4000
    assert len(pieces.word(word)) == MAX_WORD_PIECES
    check(batch([[word, "end"]], pieces), [[word, "end"]])
    assert len(pieces.word("a" * 5000)) == 1


def test_a_window_past_the_limit_keeps_its_bounds(pieces: Pieces) -> None:
    windows = [["supercalifragilistic"] * 200]
    made = batch(windows, pieces)
    check(made, windows)
    assert made.pieces.shape == (1, MAX_PIECES)


@pytest.mark.parametrize("word", ["😀", "\u200b", "\x07", "\ufffd", "\ue000", "𓀀", "\u0301", "\ud7ff", "中文字"])
def test_unknown_characters_still_have_a_piece(pieces: Pieces, word: str) -> None:
    assert pieces.word(word)
    check(batch([[word]], pieces), [[word]])


def test_curly_quotes_are_straight_ones(pieces: Pieces) -> None:
    assert pieces.word("don’t") == pieces.word("don't")
    assert pieces.word("‘") == pieces.word("'") == pieces.word("’")


def test_composed_and_decomposed_letters_are_one(pieces: Pieces) -> None:
    assert pieces.word("Malmo\u0308") == pieces.word("Malmö")


def test_letter_case_does_not_change_the_pieces(pieces: Pieces) -> None:
    assert pieces.word("NATO") == pieces.word("nato")
