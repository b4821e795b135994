"""Words to the encoder's word pieces, with the letter case the uncased vocabulary loses."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import DataError

CASE_CLASSES = 6  # none, lower, Title, UPPER, miXed, no letters
MAX_PIECES = 512  # the encoder's position embeddings
MAX_PART = 100  # characters; what is longer BERT calls unknown
MAX_WORD_PIECES = 12  # a longer "word" is a URL or noise: its head says enough
KEPT_WORDS = 50_000  # forms whose pieces and letter case are remembered: a newspaper's vocabulary

_SPECIAL = frozenset({"[MASK]", "[UNK]", "[PAD]"})
_IDEOGRAPHS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F))


@lru_cache(maxsize=KEPT_WORDS)
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
    """BERT's uncased vocabulary (a ``vocab.txt``, one piece a line), with a cache of words already cut.

    The algorithm is BERT's own (Devlin et al. 2019): lower case, no accents, punctuation apart, then the longest
    piece that fits, again and again. Written out because the library for it brings a model hub's client along,
    40 MB that an install which never downloads should not carry; its answers are the same.
    """

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").split("\n")
        self._ids = {piece: number for number, piece in enumerate(lines) if piece}
        self._source = str(path)
        self.start, self.stop, self._unknown = (self._id(t) for t in ("[CLS]", "[SEP]", "[UNK]"))
        self.word = lru_cache(maxsize=KEPT_WORDS)(self._word)

    def _id(self, piece: str) -> int:
        if piece not in self._ids:
            raise DataError(f"the vocabulary has no {piece}", source=self._source)
        return self._ids[piece]

    def _word(self, word: str) -> tuple[int, ...]:
        if word in _SPECIAL and word in self._ids:
            return (self._ids[word],)
        ids = [number for part in _parts(word) for number in self._cut(part)]
        return tuple(ids[:MAX_WORD_PIECES]) or (self._unknown,)

    def _cut(self, part: str) -> list[int]:
        """The longest pieces from the left; a part that none fits, or longer than BERT cuts, is unknown."""
        found: list[int] = []
        start = 0
        while start < len(part) <= MAX_PART:
            for end in range(len(part), start, -1):
                number = self._ids.get(("##" if start else "") + part[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._unknown]
        return found or [self._unknown]


def _parts(word: str) -> list[str]:
    """A word as BERT's basic tokenizer splits it: lower case, accents off, every punctuation mark by itself."""
    plain = unicodedata.normalize("NFC", word).replace("’", "'").replace("‘", "'")
    kept = "".join(" " if c.isspace() else c for c in plain if not _control(c))
    bare = "".join(c for c in unicodedata.normalize("NFD", kept.lower()) if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _apart(c) else c for c in bare).split()


def _control(c: str) -> bool:
    return c in "\0\ufffd" or (unicodedata.category(c) in ("Cc", "Cf", "Cn", "Co", "Cs") and c not in "\t\n\r")


def _apart(c: str) -> bool:
    """Punctuation, ASCII symbols and CJK ideographs stand alone."""
    ascii_mark = c.isascii() and not c.isalnum() and not c.isspace()
    ideograph = any(start <= ord(c) <= end for start, end in _IDEOGRAPHS)
    return ascii_mark or ideograph or unicodedata.category(c).startswith("P")


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
    rows = [list(chain.from_iterable(window))[: MAX_PIECES - 2] for window in cut]
    lengths = tuple(map(len, windows))
    inside = np.arange(max(lengths)) < np.array(lengths)[:, None]
    begins, ends = _borders([len(word) for window in cut for word in window], inside)
    letters = chain.from_iterable(cases) if cases else map(case_class, chain.from_iterable(windows))
    ids, mask = _framed(rows, pieces)
    case = np.zeros_like(ids)
    case[:, 1:-1][mask[:, 2:] > 0] = np.repeat([*letters], (ends - begins)[inside])
    first = np.where(inside, np.minimum(begins, ids.shape[1] - 2), 0)
    return Batch(ids, case, mask, first, np.where(inside, np.maximum(ends - 1, 1), 0), lengths)


def _borders(counts: Sequence[int], inside: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(B, W) place of each word's first piece, and one past its last, where its pieces number ``counts``."""
    ends = np.zeros(inside.shape, np.int64)
    ends[inside] = counts
    ends = np.minimum(1 + ends.cumsum(1), MAX_PIECES - 1)
    return np.hstack([np.ones_like(ends[:, :1]), ends[:, :-1]]), ends


def _framed(rows: Sequence[Sequence[int]], pieces: Pieces) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(B, P) rows of pieces between a start and a stop piece, padded with 0; and their mask."""
    used = np.array([len(row) for row in rows])[:, None]
    places = np.arange(used.max() + 2)
    ids = np.zeros((len(rows), len(places)), np.int64)
    ids[:, 0] = pieces.start
    ids[(places > 0) & (places <= used)] = list(chain.from_iterable(rows))
    ids[places == used + 1] = pieces.stop
    return ids, (places <= used + 1).astype(np.int64)
