"""What becomes of a text when others print it: copies, small edits, cuts, updates, and a second translation."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from archive.grammar import capital, outside_marks, plain
from archive.telling import Story
from archive.world import Outlet, words

_SAID = re.compile(r"^(?P<what>.{20,}), (?P<who>[^,\"]{4,60}) said\.$")
_NUMBER = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,3})\b(?! (?:hours|minutes|years))")
_COUNTED = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_UP = dict(pairwise(_COUNTED))

LIGHT, HEAVY = 0.12, 0.75


@cache
def _known() -> re.Pattern[str]:
    """The words that there are others for, the longest first."""
    known = sorted(words()["other_words"], key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, known))})\b")


def printed(rng: random.Random, story: Story, outlet: Outlet, *, titles: Sequence[str]) -> Story:
    """The text word for word, under the other outlet's own headline or the same one."""
    title = rng.choice(titles) if titles and rng.random() < 0.6 else story.title
    return replace(story, outlet=outlet, published=_later(rng, story.published), title=title)


def _later(rng: random.Random, day: date) -> date:
    return day + timedelta(days=rng.choices((0, 1, 2, 5), (70, 20, 8, 2))[0])


def edited(rng: random.Random, story: Story) -> Story:
    """Some words changed, now and then a sentence dropped or paragraphs joined."""
    paragraphs = [outside_marks(text, lambda part: _reworded(rng, part, LIGHT)) for text in story.paragraphs]
    if len(paragraphs) > 3 and rng.random() < 0.3:
        del paragraphs[rng.randrange(2, len(paragraphs))]
    if len(paragraphs) > 3 and rng.random() < 0.3:
        at = rng.randrange(1, len(paragraphs) - 1)
        paragraphs[at : at + 2] = [" ".join(paragraphs[at : at + 2])]
    return replace(story, paragraphs=tuple(paragraphs))


def cut(rng: random.Random, story: Story) -> Story:
    """The beginning of the text, at least two paragraphs of it."""
    least = min(2, len(story.paragraphs))
    keep = max(least, round(len(story.paragraphs) * rng.uniform(0.35, 0.8)))
    return replace(story, paragraphs=story.paragraphs[:keep])


def updated(rng: random.Random, story: Story, added: Sequence[str]) -> Story:
    """A later version by the same outlet: more sentences, sometimes a figure that went up."""
    paragraphs = list(story.paragraphs)
    for text in added:
        paragraphs.insert(rng.randrange(1, len(paragraphs) + 1), text)
    if rng.random() < 0.4:
        paragraphs[0] = outside_marks(paragraphs[0], _raised)
    title = story.title if rng.random() < 0.5 else f"UPDATE: {story.title}"
    day = story.published + timedelta(days=rng.choice((0, 0, 0, 1)))
    return replace(story, paragraphs=tuple(paragraphs), title=title, published=day)


def _raised(text: str) -> str:
    return _NUMBER.sub(lambda found: _UP.get(found[0]) or str(int(found[0]) + 2), text, count=1)


def retranslated(rng: random.Random, story: Story) -> Story:
    """The same report from its first language once more: names, figures and order stay, most words are others."""
    paragraphs = [_turned(outside_marks(text, lambda part: _reworded(rng, part, HEAVY))) for text in story.paragraphs]
    return replace(story, paragraphs=tuple(paragraphs))


def _turned(text: str) -> str:
    found = _SAID.match(text)
    if not found or '"' in found["what"] or ". " in plain(found["what"]):
        return text
    return capital(f"{found['who']} said that {found['what'][:1].lower() + found['what'][1:]}.")


def _reworded(rng: random.Random, text: str, share: float) -> str:
    return _known().sub(
        lambda found: rng.choice(words()["other_words"][found[0]]) if rng.random() < share else found[0], text
    )
