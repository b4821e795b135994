"""One wire text under several outlets and addresses is one story."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from dragoman.model import Article

# What an agency sends; headlines, captions and subheads are each outlet's own.
STORY_ROLES = frozenset({"body", "quote"})

# 80 bits: among a billion keys the chance that any two agree by accident is below one in a million.
KEY_BYTES = 10

_WORD = re.compile(r"\w+")


def plain_words(text: str) -> str:
    """The words of a text with case, punctuation and white space taken out of the comparison.

    Compatibility forms are unified (NFKC) and letters case-folded; what is left between words is one space.
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def key_of(*parts: str) -> str:
    """A short hexadecimal key of some strings: the same strings in the same order give the same key."""
    digest = blake2b(digest_size=KEY_BYTES)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()


def story_key(article: Article) -> str:
    """The key of the story an article carries: that of the words of its body, whoever printed them.

    An article without a body is compared by all its words, and one without any word is a story of its own.
    """
    body = " ".join(paragraph.text for paragraph in article.paragraphs if paragraph.role in STORY_ROLES)
    words = plain_words(body)
    if words:
        return key_of("body", words)
    words = plain_words(article.text)
    return key_of("page", words) if words else key_of("article", article.id)
