"""Which language a text is in: English by its function words, others by a trained identifier when it matters."""

from __future__ import annotations

import re
import unicodedata

from dragoman.errors import LanguageError

# A quarter to a half of the words of running English are among these; under 12 % of any other language's are.
_FUNCTION_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "a",
        "in",
        "that",
        "is",
        "was",
        "for",
        "it",
        "with",
        "as",
        "his",
        "on",
        "be",
        "at",
        "by",
        "i",
        "this",
        "had",
        "not",
        "are",
        "but",
        "from",
        "or",
        "have",
        "an",
        "they",
        "which",
        "were",
        "her",
        "she",
        "he",
        "you",
        "their",
        "has",
        "been",
        "would",
        "will",
        "who",
        "its",
        "said",
        "after",
        "when",
        "also",
        "than",
        "more",
        "into",
        "about",
        "between",
        "over",
        "we",
        "our",
        "what",
        "there",
        "if",
        "out",
        "up",
        "all",
        "no",
        "some",
        "could",
        "other",
        "them",
        "these",
        "may",
        "then",
        "two",
        "first",
        "under",
        "while",
        "during",
        "against",
    ]
)
_ENGLISH_SHARE = 0.22
_DOUBTFUL_SHARE = 0.13
# Below this many words nothing is refused: headlines and names carry too few function words to tell.
_JUDGED_WORDS = 25
_SAMPLE_CHARACTERS = 20_000
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, *, name: str, declared: str | None = None) -> str | None:
    """``en`` for English, None for a text too short to tell. Raises :class:`LanguageError` for any other language.

    ``declared`` is what the page says of itself (BCP 47); it names the language where the words leave doubt.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    words = _WORD.findall(sample.casefold())
    share = _share(words)
    if share >= _ENGLISH_SHARE:
        return "en"
    if _latin_share(sample) < 0.5 and len("".join(words)) >= 12:
        raise _refusal(_identified(sample), name)
    if len(words) < _JUDGED_WORDS:
        return None
    if share >= _DOUBTFUL_SHARE and (declared or "en").casefold().startswith("en"):
        return "en"
    code = _identified(sample)
    if code == "en":
        return "en"
    raise _refusal(code, name)


def english_share(text: str) -> float:
    """How many of the words of a text are function words of English, 0 to 1."""
    return _share(_WORD.findall(text.casefold()))


def _share(words: list[str]) -> float:
    return sum(word in _FUNCTION_WORDS for word in words) / len(words) if words else 0.0


def _latin_share(text: str) -> float:
    letters = [character for character in text[:2000] if character.isalpha()]
    latin = sum(1 for character in letters if unicodedata.name(character, "").startswith("LATIN"))
    return latin / len(letters) if letters else 1.0


def _identified(sample: str) -> str:
    import py3langid  # its model takes 70 MB: loaded where the words alone cannot tell

    return str(py3langid.classify(sample[:5000])[0])


def _refusal(code: str, name: str) -> LanguageError:
    from babel import Locale  # in every install: trafilatura needs it

    known = Locale("en").languages.get(code)
    named = f"{known} ({code})" if known else f"language {code!r}"
    if code == "en":
        named = "no language the identifier knows"
    return LanguageError(f"the text is not English but, it seems, {named}", source=name, language=code)
