"""Whether two texts are copies: syndicated ones, cut ones, later versions, now and then another translation.

Candidates are found by MinHash (rensa: Rust, no dependencies, a tenth of datasketch's time for a signature, and 1 MB
where that brings SciPy's 140): a text has :data:`BANDS` keys, and two texts that share one are compared. Some keys are
of the whole text, some of its opening alone, since what is cut is cut from the end.

What decides is the share of the shorter text's word sequences that the longer has too, and that their names and numbers
agree: what an office issues every day in the same words with other figures is no copy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files

import yaml
from rensa import RMinHash

from dragoman.model import Article

# What an agency sends; headlines, captions and subheads are each outlet's own.
STORY_ROLES = frozenset({"body", "quote"})

# Words in a sequence. Of 3 and 5, 5 told copies from reports of the same thing better.
SEQUENCE = 5
# Words of a text that are its opening: two or three paragraphs.
OPENING = 44
# Bands and rows: on 5,000 made-up articles 99.0 % of the true pairs are connected through pairs that share a band, with
# one candidate in a thousand pairs; 16 × 4 for the whole and none for the opening connect 91.8 %.
WHOLE_BANDS, WHOLE_ROWS = 24, 4
OPENING_BANDS, OPENING_ROWS = 10, 3
BANDS = WHOLE_BANDS + OPENING_BANDS
SEED = 1

# Chosen together with the mean in stories.py on 5,000 articles of the synthetic archive with seed 77: precision 0.995
# at recall 0.980 over all pairs. A strangeness of at most 0.35, whatever is contained, gives 0.994 and 0.975; one of
# 0.7 of what is contained 0.988 and 0.984.
LEAST_CONTAINED = 0.5
MOST_STRANGE = 0.55

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wording:
    """What of a text its copies share: its sequences of words, and its names and numbers."""

    sequences: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are. ``contained``: the share of the shorter one's sequences that the other has;
    ``covered``: the same of the longer one's; ``strange``: of the text with fewer names that the other does not have,
    the share of them."""

    contained: float
    covered: float
    strange: float

    @property
    def is_copy(self) -> bool:
        """Whether the one is a copy of the other: the more they share, the more names may differ."""
        return self.contained >= LEAST_CONTAINED and self.strange <= MOST_STRANGE * self.contained


@cache
def _words_of(kind: str) -> frozenset[str]:
    held = yaml.safe_load(files("dragoman.linking").joinpath("data", "copies.yaml").read_text(encoding="utf-8"))
    return frozenset(held[kind])


def words(article: Article) -> list[str]:
    """The words of an article's text as printed; headline, captions and subheads only where there is nothing else."""
    body = " ".join(part.text for part in article.paragraphs if part.role in STORY_ROLES)
    return _split(body) or _split(article.text)


def _split(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def wording(words: Sequence[str]) -> Wording:
    """The wording of a text by its words in order."""
    return Wording(frozenset(_sequences(words)), frozenset(_names(words)))


def bands(words: Sequence[str]) -> tuple[int, ...]:
    """The keys of a text, from 0 to 2⁶³: texts that share one are candidates. A text without words has none."""
    if not words:
        return ()
    parts = (("whole", words, WHOLE_BANDS, WHOLE_ROWS), ("opening", words[:OPENING], OPENING_BANDS, OPENING_ROWS))
    return tuple(key for kind, some, number, rows in parts for key in _keys(kind, some, number, rows))


def _keys(kind: str, words: Sequence[str], number: int, rows: int) -> Iterator[int]:
    signature = RMinHash(number * rows, SEED)
    signature.update(list(_sequences(words)))
    digest = signature.digest()
    for band in range(number):
        yield _hash(f"{kind} {band} {digest[band * rows : (band + 1) * rows]}")


def likeness(one: Wording, other: Wording) -> Likeness:
    """How alike two texts are; the same both ways."""
    common = len(one.sequences & other.sequences)
    sizes = sorted((len(one.sequences), len(other.sequences)))
    contained, covered = (common / size if size else 0.0 for size in sizes)
    fewest = min(len(one.names), len(other.names))
    strange = min(len(one.names - other.names), len(other.names - one.names))
    return Likeness(contained, covered, strange / fewest if fewest else 0.0)


def _sequences(words: Sequence[str]) -> Iterator[str]:
    plain = [word.casefold() for word in words]
    if len(plain) < SEQUENCE:
        return iter([" ".join(plain)])
    return map(" ".join, zip(*(plain[start:] for start in range(SEQUENCE)), strict=False))


def _names(words: Iterable[str]) -> Iterator[str]:
    openers, numbers = _words_of("openers"), _words_of("numbers")
    for word in words:
        plain = word.casefold()
        capital = word[:1].isupper() and plain not in openers
        if capital or word[:1].isdigit() or plain in numbers:
            yield plain


def _hash(text: str) -> int:
    # 63 bits: what the record's columns and a Python set of small numbers both hold
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
