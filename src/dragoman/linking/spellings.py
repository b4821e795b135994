"""What spellings of one name have in common: the key that transliterations of a name share, and how near two are.

The key is a way to find candidates, not a judgement: whoever compares names asks :func:`alike` too.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from dragoman.ontology.persons import plain

# Letters with a stroke or none in Latin's alphabet of 26, and digraphs that transliterations of one sound write
# differently (BGN/PCGN, ISO 9, Pinyin, the press): Khrushchev and Chruschtschow are not meant, Gaddafi and Kadhafi are.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "a"})
_SOUNDS = (
    (re.compile(r"x"), "ks"),
    (re.compile(r"shch|sch|sh"), "x"),
    (re.compile(r"tch|ch"), "c"),
    (re.compile(r"kh|gh|q|g"), "k"),
    (re.compile(r"c(?=[^eic]|$)"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dj|dzh"), "j"),
    (re.compile(r"(?<=[bcdfjklmnprstvxz])h"), ""),
    (re.compile(r"w"), "v"),
)
_VOWELS = str.maketrans({"e": "i", "o": "u", "y": "i"})
_TWICE = re.compile(r"(.)\1+")
_PARTS = re.compile(r"[^\W\d_]+")
_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az"})  # Arabic, before a part of a name
CONSONANTS = 3  # a part with fewer says too little without its vowels: Jean and Joan
# Of the letters of the parts of two names, digraphs of one sound for one; chosen between the farthest spellings of one
# name in the tests (Mohammed and Muhammad, 0.71) and the nearest of two names (Martin and Merton, 0.67).
NEAR = 0.7


def parts(name: str) -> tuple[str, ...]:
    """The parts of a name in lower case, without accents, apostrophes and Arabic articles."""
    found = _PARTS.findall(plain(name).replace("'", "").translate(_LETTERS))
    kept = tuple(part for at, part in enumerate(found) if not (part in _ARTICLES and at < len(found) - 1))
    return kept or tuple(found)


def key(part: str) -> str:
    """What spellings of one part of a name share: its consonants and how it ends; a short part keeps its vowels."""
    folded = _TWICE.sub(r"\1", _sounded(part).translate(_VOWELS))
    consonants = _TWICE.sub(r"\1", re.sub(r"[aiu]", "", folded))
    if len(consonants) < CONSONANTS:
        return folded
    return consonants + (folded[-1] if folded[-1] in "aiu" else "")


def _sounded(part: str) -> str:
    """A part of a name with one letter for each sound that is written with several, or in several ways."""
    for sound, letter in _SOUNDS:
        part = sound.sub(letter, part)
    return _TWICE.sub(r"\1", part.replace("y", "i"))


def whole_key(name: str) -> str:
    """The keys of all parts of a name, in order."""
    return " ".join(key(part) for part in parts(name))


def alike(one: str, other: str) -> bool:
    """Whether two names of one key are near enough letter by letter to be spellings of one name.

    Near: of each part one less the Levenshtein distance by the letters of the longer one is at least ``NEAR``; where
    one name has more parts, of all letters together.
    """
    first, second = ([_sounded(part) for part in parts(name)] for name in (one, other))
    if len(first) != len(second):
        return _likeness("".join(first), "".join(second)) >= NEAR
    return all(_likeness(a, b) >= NEAR for a, b in zip(first, second, strict=True))


def _likeness(one: str, other: str) -> float:
    return 1 - Levenshtein.distance(one, other) / max(len(one), len(other), 1)


def acronym(name: str) -> str | None:
    """The initials of the words of a name that begin with a capital: IAEA; None for fewer than three."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())
    return initials if len(initials) > 2 else None
