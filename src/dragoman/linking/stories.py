"""One wire text under several outlets and addresses is one story; which articles are, and in which order they came."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import combinations

from dragoman.linking.clustering import clusters, connected
from dragoman.linking.copies import STORY_ROLES, Likeness, Wording, bands, likeness, wording, words
from dragoman.model import Article
from dragoman.reading.origin import is_own

# Days between two versions of a story. What is printed again later is a story of its own, however like it is.
WINDOW = 14

# The mean share by which the versions of a story contain each other; chosen with the thresholds in copies.py.
LEAST_MEAN = 0.45

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


@dataclass(frozen=True, slots=True)
class Version:
    """An article as a version of a story: its id, the day and the outlet, whom its page credits; the key of its words
    as printed, which verbatim copies share; and the key of the story that it would be by itself."""

    article: str
    published: date | None
    outlet: str | None
    credit: str | None
    key: str
    story: str

    @property
    def order(self) -> tuple[date, bool, str]:
        """The order of publication; of one day, those that credit nobody first; undated ones last."""
        return self.published or date.max, self.credit is not None, self.article


@dataclass(frozen=True, slots=True)
class Copy:
    """Why an article is in its story: the version that it is most like, of those before it, and how alike."""

    article: str
    of: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its key, which is that of its first version, its versions in order of publication, and how each but the
    first is joined to the rest.

    Of versions of one day, the one whose outlet the others credit comes first. ``source`` is whom they credit most, by
    its full name where its own version is among them; None where nobody credits anybody.
    """

    key: str
    versions: tuple[Version, ...]
    copies: tuple[Copy, ...]
    source: str | None = None


def version_of(article: Article, printed: Sequence[str]) -> Version:
    """An article as a version of its story.

    :param printed: its words (:func:`dragoman.linking.copies.words`).
    """
    key = key_of("words", *printed) if printed else key_of("article", article.id)
    return Version(article.id, article.published, article.outlet, article.credit, key, story_key(article))


def near(one: Version, other: Version) -> bool:
    """Whether two articles lie near enough in time to be versions of one story; an unknown day is near to any."""
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= WINDOW


def stories_of(articles: Iterable[Article]) -> list[Story]:
    """The stories of these articles, each article once, by their first versions; all of them are held in memory."""
    kept = list(articles)
    texts = {article.id: words(article) for article in kept}
    versions = {article.id: version_of(article, texts[article.id]) for article in kept}
    first: dict[str, Version] = {}
    for version in sorted(versions.values(), key=lambda each: each.order):
        first.setdefault(version.key, version)
    wordings = {key: wording(texts[version.article]) for key, version in first.items()}
    pairs = _candidates({key: bands(texts[version.article]) for key, version in first.items()})
    copies = [pair for pair in pairs if likeness(wordings[pair[0]], wordings[pair[1]]).is_copy]
    found: list[Story] = []
    for part in connected(first, copies):
        found += stories((each for each in versions.values() if each.key in part), wordings)
    return sorted(found, key=lambda story: story.versions[0].order)


def _candidates(keys: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[str, str]]:
    """Pairs of texts that share a band, each once or several times."""
    sharing: defaultdict[int, list[str]] = defaultdict(list)
    for text, found in keys.items():
        for band in found:
            sharing[band].append(text)
    for several in sharing.values():
        yield from combinations(several, 2)


def stories(versions: Iterable[Version], wordings: Mapping[str, Wording]) -> list[Story]:
    """The stories of articles that may be copies of each other, by the wording of each key.

    All articles that candidates connect (:func:`dragoman.linking.copies.bands`) must be given together: every two of
    them are compared. The result hangs on the set of articles alone.
    """
    by_key: defaultdict[str, list[Version]] = defaultdict(list)
    for version in sorted(versions, key=lambda each: each.order):
        by_key[version.key].append(version)
    keys = sorted(by_key, key=lambda key: by_key[key][0].order)
    alike = {(one, other): likeness(wordings[one], wordings[other]) for one, other in combinations(keys, 2)}
    pairs = {
        pair: each.contained
        for pair, each in alike.items()
        if each.is_copy and any(near(one, other) for one in by_key[pair[0]] for other in by_key[pair[1]])
    }
    return [_story(group, by_key, alike) for group in clusters(keys, pairs, LEAST_MEAN)]


def _story(keys: list[str], by_key: Mapping[str, list[Version]], alike: Mapping[tuple[str, str], Likeness]) -> Story:
    """The story of these texts."""
    members = [each for key in keys for each in by_key[key]]
    credit = _credited(members)
    versions = tuple(sorted(members, key=lambda each: (each.order[0], not _is_source(each, credit), *each.order[1:])))
    copies: list[Copy] = []
    for place, version in enumerate(versions[1:], start=1):
        before = [(_alike(version.key, each.key, alike), each.article) for each in versions[:place]]
        best, of = max(before, key=lambda each: (each[0].contained, each[0].covered))
        copies.append(Copy(version.article, of, best))
    own = next((each.outlet for each in versions if _is_source(each, credit)), None)
    return Story(versions[0].story, versions, tuple(copies), own or credit)


def _credited(members: Iterable[Version]) -> str | None:
    """The name that most versions credit; among equals the longer, then the first in the alphabet."""
    counts = Counter(each.credit for each in members if each.credit is not None)
    return min(counts, key=lambda name: (-counts[name], -len(name), name), default=None)


def _is_source(version: Version, credit: str | None) -> bool:
    return credit is not None and is_own(credit, version.outlet)


def _alike(one: str, other: str, alike: Mapping[tuple[str, str], Likeness]) -> Likeness:
    if one == other:
        return Likeness(1.0, 1.0, 0.0)
    return alike.get((one, other)) or alike[other, one]
