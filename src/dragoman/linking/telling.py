"""Two tellings of an event, side by side: what they agree in, what speaks against their being one, how likely they are.

A telling is an event as one text was read, by the report that speaks for it; verbatim copies share a telling.
Everything here is a function of two tellings, the same both ways.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from math import exp, sqrt
from operator import mul
from typing import Literal

MODEL = "event_links.json"

# Acts in which it matters who does it to whom; a meeting, a deal or a quarrel of equals is told from either side.
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
# What these say is another thing than what happened; "historical" only says that it is no news.
STATUS = frozenset({"negation", "future", "hypothetical", "desired", "standing"})
# Days by which two exact days may differ where nothing else speaks against it: other time zones, "late on Monday".
NEAR = timedelta(days=1)
# An event without a day is taken for one of the days before its report, if it is news.
NEWS = timedelta(days=2)
EXACT = 7  # days: a longer stretch fixes no day
SAME_SENTENCE = 0.5  # the share of their words from which two sentences are one in two copies

Days = Literal["same", "near", "unknown", "apart"]
Place = Literal["same", "unknown", "differs"]

_CONTENT = re.compile(r"\w{4,}|\b\d+\b")


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as a text tells it.

    ``articles`` are the ids of all that tell it in these words, ``stories`` their stories; ``actors`` and
    ``recipients`` codes of states and bodies, ``persons`` entity ids of persons; ``split`` pairs of ids, of whom an
    analyst says that he is another here: whom it was read as and who he is; ``first`` and ``last`` the days it can have
    been, ``fixed`` whether words of the text say so; ``published`` the day of the first article; ``words`` those of the
    sentence, ``context`` those of all the article's reports, ``company`` the codes of all their parties, ``lead`` the
    day of the first of them that is news with a day.

    Worked out of these: ``parties``, the codes on either side; ``status``, what it says beyond that it happened;
    ``stretch``, the days it can have been: those that are told, or of news without a day those before its publication;
    ``numbers`` among the words; ``lengths``, the squares of those of the two vectors.
    """

    event: str
    articles: frozenset[str]
    stories: frozenset[str]
    category: str
    auxiliary: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    persons: frozenset[str]
    split: frozenset[tuple[str, str]]
    first: date | None
    last: date | None
    fixed: bool
    published: date | None
    place: str | None
    country: str | None
    cue: tuple[int, ...]
    sentence: tuple[int, ...]
    cue_text: str
    words: frozenset[str]
    context: frozenset[str]
    company: frozenset[str]
    lead: date | None
    # worked out once: a telling is compared with many others
    parties: frozenset[str] = field(init=False)
    status: frozenset[str] = field(init=False)
    stretch: tuple[date, date] | None = field(init=False)
    numbers: frozenset[str] = field(init=False)
    lengths: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        for name, value in (
            ("parties", self.actors | self.recipients),
            ("status", self.auxiliary & STATUS),
            ("stretch", self._stretch()),
            ("numbers", frozenset(word for word in self.words if word.isdigit())),
            ("lengths", (_square(self.cue), _square(self.sentence))),
        ):
            object.__setattr__(self, name, value)

    def _stretch(self) -> tuple[date, date] | None:
        if self.first is not None and self.last is not None:
            return self.first, self.last
        if self.published is None or self.auxiliary:
            return None
        return date.fromordinal(max(1, self.published.toordinal() - NEWS.days)), self.published


def content_words(text: str) -> frozenset[str]:
    """The words of a text that are long enough to mean something, and its numbers, in lower case."""
    return frozenset(_CONTENT.findall(text.casefold()))


def days_of(one: Telling, other: Telling) -> Days:
    """How the days of two tellings lie to each other."""
    if one.stretch is None or other.stretch is None:
        return "unknown"
    if one.stretch == other.stretch:
        return "same"
    gap = max(one.stretch[0], other.stretch[0]) - min(one.stretch[1], other.stretch[1])
    return "near" if gap <= NEAR else "apart"


def places_of(one: Telling, other: Telling) -> Place:
    """Whether both name one place, or one country where one of them names no more than that."""
    if one.place is None or other.place is None:
        return "unknown"
    if one.place == other.place:
        return "same"
    return "unknown" if one.country is not None and one.country == other.country else "differs"


def against(one: Telling, other: Telling) -> str | None:
    """What speaks against their being one event, whatever else is alike; None where nothing does."""
    never = _never(one, other)
    if never is not None or _same_sentence(one, other):
        return never
    if one.status != other.status:
        return "the one is told as " + " and ".join(sorted(one.status ^ other.status)) + ", the other is not"
    if "standing" in one.status:
        return "a habit has no day"
    if days_of(one, other) == "apart":
        return "their days contradict each other"
    mine, yours = one.parties, other.parties
    if mine - yours and yours - mine:
        return "each has a party that the other has not"
    if _turned(one, other):
        return "what the one does is done to it in the other"
    return None


def _never(one: Telling, other: Telling) -> str | None:
    """What keeps two tellings apart even where versions of a story have the same words."""
    if one.category != other.category:
        return f"the one is {one.category}, the other {other.category}"
    if one.articles & other.articles:
        return "one article tells of both"
    if (one.split or other.split) and (_split(one, other) or _split(other, one)):
        return "an analyst says that their persons are two"
    return None


def _split(one: Telling, other: Telling) -> bool:
    """Whether somebody in the first was split from whom the second names."""
    read, now = (frozenset(pair[place] for pair in one.split) for place in (0, 1))
    return bool(read & other.persons) and not now & other.persons


def _turned(one: Telling, other: Telling) -> bool:
    if one.category in MUTUAL and other.category in MUTUAL:
        return False
    across = (one.actors & other.recipients) | (one.recipients & other.actors)
    along = (one.actors & other.actors) | (one.recipients & other.recipients)
    return bool(across) and not along


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tellings compared: what they have in common, and what speaks against their being one event.

    ``features`` say how alike they are, each from -1 to 1; there are none where something speaks against it.
    """

    days: Days
    place: Place
    parties: tuple[str, ...]
    cue: float | None
    sentence: float | None
    against: str | None
    features: Mapping[str, float]


def compare(one: Telling, other: Telling) -> Comparison:
    """Put two tellings side by side."""
    days, place = days_of(one, other), places_of(one, other)
    shared = tuple(sorted(one.parties & other.parties))
    stop = against(one, other)
    if stop is not None:
        return Comparison(days, place, shared, None, None, stop, {})
    cue = cosine(one.cue, other.cue, one.lengths[0] * other.lengths[0])
    sentence = cosine(one.sentence, other.sentence, one.lengths[1] * other.lengths[1])
    features = {
        "cue": cue or 0.0,
        "sentence": sentence or 0.0,
        "words": jaccard(one.words, other.words),
        "numbers differ": float(bool(one.numbers and other.numbers and not one.numbers & other.numbers)),
        **_who(one, other),
        **_when_and_where(one, other, days, place),
        "context": jaccard(one.context, other.context),
    }
    return Comparison(days, place, shared, cue, sentence, None, features)


def _who(one: Telling, other: Telling) -> dict[str, float]:
    both = bool(one.persons and other.persons)
    return {
        "same roles": float(one.actors == other.actors and one.recipients == other.recipients),
        "persons": jaccard(one.persons, other.persons) if both else 0.0,
        "persons differ": float(both and not one.persons & other.persons),
        "company": jaccard(one.company, other.company),
    }


def _when_and_where(one: Telling, other: Telling, days: Days, place: Place) -> dict[str, float]:
    return {
        "exact": float(days == "same" and one.fixed and other.fixed),
        "days unknown": float(days == "unknown"),
        "leads same": float(one.lead is not None and one.lead == other.lead),
        "places differ": float(place == "differs"),
    }


def _same_sentence(one: Telling, other: Telling) -> bool:
    """Whether two versions of a story say it in one sentence with the same cue: a copy that is printed days later reads
    "on Monday" as a later Monday, and an edit may cost a party."""
    same = one.cue_text == other.cue_text and bool(one.stories & other.stories)
    return same and jaccard(one.words, other.words) >= SAME_SENTENCE


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of what both have in what either has; 0 where neither has anything."""
    both = len(one & other)
    either = len(one) + len(other) - both
    return both / either if either else 0.0


def cosine(one: tuple[int, ...], other: tuple[int, ...], squares: int | None = None) -> float | None:
    """The cosine of two vectors, ``squares`` the product of the squares of their lengths, where that is known; None
    where one of them is missing, or where other weights made it."""
    if not one or len(one) != len(other):
        return None
    squares = _square(one) * _square(other) if squares is None else squares
    return sum(map(mul, one, other)) / sqrt(squares) if squares else 0.0


def _square(vector: tuple[int, ...]) -> int:
    return sum(map(mul, vector, vector))


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature and the bias; ``pair``: the least likelihood of a link, ``mean``: of a cluster's mean."""

    weights: Mapping[str, float]
    bias: float
    pair: float
    mean: float

    def likely(self, compared: Comparison) -> float:
        """How likely two tellings are of one event, 0 to 1; 0 where something speaks against it."""
        if compared.against is not None:
            return 0.0
        score = self.bias + sum(weight * compared.features[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-score)) if score > -700 else 0.0


@cache
def model() -> Model:
    """The model that the package ships."""
    held = json.loads(files("dragoman.linking").joinpath("data", MODEL).read_text(encoding="utf-8"))
    return Model(held["weights"], held["bias"], held["pair"], held["mean"])


def reason(one: Telling, other: Telling, compared: Comparison) -> str:
    """Why two tellings are taken for one event, in words."""
    return "; ".join(_reasons(one, other, compared))


def _reasons(one: Telling, other: Telling, compared: Comparison) -> Iterator[str]:
    if one.stories & other.stories:
        yield "versions of one story"
    names = ", ".join(compared.parties)
    yield f"both name {names}" if names else "neither names a state"
    yield {"same": "on the same day", "near": "on days that fit", "unknown": "at times that are not told",
           "apart": "on other days, but in the same words"}[compared.days]  # fmt: skip
    yield one.category
    if compared.place != "unknown":
        yield "at the same place" if compared.place == "same" else "at other places"
    if compared.cue is not None and compared.sentence is not None:
        yield f"cues alike {compared.cue:.2f}, sentences {compared.sentence:.2f}"
