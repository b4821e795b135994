"""Words to the encoder's word pieces, with the letter case the uncased vocabulary loses."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from dragoman.errors import DataError

CASE_CLASSES = 6  # none, lower, Title, UPPER, miXed, no letters
MAX_PIECES = 512  # the encoder's position embeddings
MAX_WORD_PIECES = 12  # a longer "word" is a URL or noise: its head says enough


def case_class(word: str) -> int:
    """The letter case of a word: 1 lower, 2 title, 3 upper (two letters or more), 4 mixed, 5 no letters."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5
    if all(c.islower() for c in letters):
        return 1
    if all(c.isupper() for c in letters):
        return 3 if len(letters) > 1 else 2
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 2
    return 4


class Pieces:
    """The vocabulary, with a cache of words already cut."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.start, self.stop, self._unknown = (self._id(t) for t in ("[CLS]", "[SEP]", "[UNK]"))
        self.word = lru_cache(maxsize=50_000)(self._word)

    def _id(self, piece: str) -> int:
        found = self._tokenizer.token_to_id(piece)
        if found is None:
            raise DataError(f"the vocabulary has no {piece}", source="tokenizer.json")
        return found

    def _word(self, word: str) -> tuple[int, ...]:
        plain = unicodedata.normalize("NFC", word).replace("’", "'").replace("‘", "'")
        ids = self._tokenizer.encode(plain, add_special_tokens=False).ids
        return tuple(ids[:MAX_WORD_PIECES]) or (self._unknown,)


@dataclass(frozen=True)
class Batch:
    """Windows as arrays: (B, P) pieces, case and mask; (B, W) places of each word's first and last piece.

    Padding of ``first`` and ``last`` is 0, the place of the start piece; ``lengths`` counts each window's words.
    """

    pieces: NDArray[np.int64]
    case: NDArray[np.int64]
    mask: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    lengths: tuple[int, ...]


def batch(windows: Sequence[Sequence[str]], pieces: Pieces, cases: Sequence[Sequence[int]] | None = None) -> Batch:
    """Pad windows of words into one batch. ``cases`` overrides the words' own letter case.

    Words whose pieces would pass the encoder's limit share its last place; the caller cuts windows before that.
    """
    cut = [[pieces.word(word) for word in window] for window in windows]
    size = min(MAX_PIECES, 2 + max(sum(map(len, window)) for window in cut))
    width = max(map(len, windows))
    ids, case, mask = (np.zeros((len(windows), size), np.int64) for _ in range(3))
    first, last = (np.zeros((len(windows), width), np.int64) for _ in range(2))
    for row, window in enumerate(cut):
        at = 1
        ids[row, 0] = pieces.start
        for i, word in enumerate(window):
            word = word[: max(0, size - 1 - at)]
            end = at + len(word)
            ids[row, at:end] = word
            case[row, at:end] = cases[row][i] if cases else case_class(windows[row][i])
            first[row, i], last[row, i] = min(at, size - 2), max(min(end - 1, size - 2), 1)
            at = end
        ids[row, min(at, size - 1)] = pieces.stop
        mask[row, : min(at, size - 1) + 1] = 1
    return Batch(ids, case, mask, first, last, tuple(map(len, windows)))
