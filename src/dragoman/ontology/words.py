"""How names are written: keys, spellings and plurals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from dragoman.ontology.terms import Key

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_DOTTED = re.compile(r"\b(?:[A-Z]\.)+[A-Z]?\.?(?!\w)")
_LINKS = frozenset({"of", "for", "to", "at", "in", "without", "with"})


def key(text: str) -> Key:
    """The words of a name for looking it up: casefolded, split on spaces, apostrophes straight, no leading "the"."""
    straight = text if text.isascii() else text.translate(_APOSTROPHES)
    words = straight.casefold().split()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def spellings(name: str) -> Iterator[str]:
    """A name as listed, without its dots where it is dotted ("U.S."), and both without accents."""
    for form in dict.fromkeys((name, undotted(name))):
        yield form
        if (plain := unaccented(form)) != form:
            yield plain


def undotted(name: str) -> str:
    """``U.S. Navy`` as ``US Navy``; other dots ("St.") stay."""
    return _DOTTED.sub(lambda found: found.group().replace(".", ""), name)


def unaccented(text: str) -> str:
    """The text without diacritics (``Élysée`` as ``Elysee``)."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


def is_abbreviation(written: str) -> bool:
    """Whether a name is up to three letters of which two are capitals ("US", "WHO", "LeT")."""
    return len(written) <= 3 and written.isalpha() and sum(letter.isupper() for letter in written) >= 2


def needs_capitals(written: str, listed: frozenset[Key]) -> bool:
    """Whether a name counts only when capitalised: a short abbreviation, or listed as such."""
    return is_abbreviation(written) or key(written) in listed


_BEFORE_HYPHEN = re.compile(r"^(vice|under|deputy) (?=\w+$)")
_AFTER_HYPHEN = re.compile(r" (general|generals)$")


def hyphenated(phrase: str) -> str:
    """``vice president`` as ``vice-president``, ``secretary general`` as ``secretary-general``; others unchanged."""
    phrase = _BEFORE_HYPHEN.sub(r"\1-", phrase.replace(" in chief", "-in-chief"))
    return _AFTER_HYPHEN.sub(r"-\1", phrase)


def plural(phrase: str, irregular: Mapping[str, str]) -> str:
    """The plural of a noun phrase: the noun before the first "of", "for" ... takes it, else the last word."""
    words = phrase.split(" ")
    at = next((place for place, word in enumerate(words) if word in _LINKS and place), len(words)) - 1
    words[at] = _plural_word(words[at], irregular)
    return " ".join(words)


def _plural_word(word: str, irregular: Mapping[str, str]) -> str:
    for ending, form in irregular.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + form
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|ch|sh)$", word) else "s")


def is_plural(phrase: str) -> bool:
    """Whether a listed noun phrase is already plural ("naval forces", not "congress" or "council of ministers")."""
    words = phrase.split(" ")
    head = words[next((place for place, word in enumerate(words) if word in _LINKS and place), len(words)) - 1]
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))
