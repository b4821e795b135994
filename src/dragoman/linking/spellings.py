"""What spellings of one name have in common: the key that transliterations of a name share, and how near two are.

The key is a way to find candidates, not a judgement: whoever compares names asks :func:`alike` too.
"""

from __future__ import annotations

import re

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
# Of the letters of two names; chosen for Muammar Gaddafi and Moammar Kadhafi (0.79), the farthest spellings of one
# person in the tests.
NEAR = 0.75


def parts(name: str) -> tuple[str, ...]:
    """The parts of a name in lower case, without accents, apostrophes and Arabic articles."""
    found = _PARTS.findall(plain(name).replace("'", "").translate(_LETTERS))
    kept = tuple(part for at, part in enumerate(found) if not (part in _ARTICLES and at < len(found) - 1))
    return kept or tuple(found)


def key(part: str) -> str:
    """What spellings of one part of a name share: its consonants and how it ends; a short part keeps its vowels."""
    said = part
    for sound, letter in _SOUNDS:
        said = sound.sub(letter, said)
    folded = _TWICE.sub(r"\1", said.translate(_VOWELS))
    consonants = _TWICE.sub(r"\1", re.sub(r"[aiu]", "", folded))
    if len(consonants) < CONSONANTS:
        return folded
    return consonants + (folded[-1] if folded[-1] in "aiu" else "")


def whole_key(name: str) -> str:
    """The keys of all parts of a name, in order."""
    return " ".join(key(part) for part in parts(name))


def alike(one: str, other: str) -> bool:
    """Whether two names of one key are near enough letter by letter to be spellings of one name.

    Near: one less the Levenshtein distance by the letters of the longer one is at least ``NEAR``.
    """
    from spacy.matcher import levenshtein  # heavy, and needed only where a record is linked

    first, second = "".join(parts(one)), "".join(parts(other))
    return bool(1 - levenshtein(first, second) / max(len(first), len(second), 1) >= NEAR)


def acronym(name: str) -> str | None:
    """The initials of the words of a name that begin with a capital: IAEA; None for fewer than three."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())
    return initials if len(initials) > 2 else None
