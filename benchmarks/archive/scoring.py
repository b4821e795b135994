"""How well a record of a synthetic archive says which articles are one story, and which of its events are one.

**Story pairs**: two articles of one story. Every pair of the archive counts.

**Event pairs**: two *stories* that tell of one event; copies add none, so that what is measured is the linking of
different texts. A report of the record tells of the event whose words in the article hold its cue. A pair of stories
is found where some event of the record has a report of each that tells of the event; what the coder did not read at
all is therefore missed. An event of the record that joins reports of different events, or of different happenings
where the archive does not say what they tell, is a wrong pair for every two stories it joins; two reports of one
happening of which one is not labelled count on neither side.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

Pair = tuple[str, str, str]  # what both tell of, and the two stories
KINDS = ("main", "reaction", "past")


@dataclass(frozen=True, slots=True)
class Score:
    """Right pairs among those found and among those there are."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        """Right over found; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right over what there is; 1 where there is nothing."""
        return self.right / self.there if self.there else 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """A report of the record: its article by the archive's id, its event, and the stretches of its cues."""

    article: str
    event: str
    cues: Sequence[tuple[int, int]]


class Truth:
    """What an archive says of its articles."""

    def __init__(self, held: Mapping[str, Any]) -> None:
        self.stories: dict[str, list[str]] = held["stories"]
        self.copies: dict[str, dict[str, str]] = held["copies"]
        self.happenings: dict[str, str] = held["happenings"]
        self.story = {article: name for name, articles in self.stories.items() for article in articles}
        self.tellings: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for told in held["tellings"]:
            self.tellings[told["article"]].append((told["event"], told["words"]))

    @classmethod
    def of(cls, folder: Path) -> Truth:
        """That of an archive that was written to a folder."""
        return cls(json.loads(gzip.decompress((folder / "truth.json.gz").read_bytes())))

    def event_of(self, told: Told, text: str) -> str | None:
        """The event that a report tells of; None where its cue is in no words that tell of one."""
        for event, words in self.tellings[told.article]:
            start = text.find(words)
            while start >= 0:
                if any(start <= cue and end <= start + len(words) for cue, end in told.cues):
                    return event
                start = text.find(words, start + 1)
        return None

    def story_pairs(self, story_of: Mapping[str, str]) -> Score:
        """The score of a story for each article."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for article, story in story_of.items():
            found[story].append(self.story[article])
        right = sum(_pairs(n) for several in found.values() for n in Counter(several).values())
        return Score(
            right, sum(_pairs(len(s)) for s in found.values()), sum(map(_pairs, map(len, self.stories.values())))
        )

    def event_pairs(self, told: Iterable[Told], texts: Mapping[str, str]) -> dict[str, Score]:
        """The scores over all events (``all``) and by kind of event."""
        groups: defaultdict[str, set[tuple[str | None, str, str]]] = defaultdict(set)
        for each in told:
            label = self.event_of(each, texts[each.article])
            groups[each.event].add((label, self.happenings[each.article], self.story[each.article]))
        right, wrong = self._judged(groups.values())
        there = self._there()
        scores = {"all": _score(right, wrong, there)}
        return scores | {kind: _score(*(_of_kind(kind, some) for some in (right, wrong, there))) for kind in KINDS}

    def _judged(self, groups: Iterable[set[tuple[str | None, str, str]]]) -> tuple[set[Pair], set[Pair]]:
        right: set[Pair] = set()
        wrong: set[Pair] = set()
        for group in groups:
            for one, other in combinations(sorted(group, key=str), 2):
                if one[2] == other[2]:
                    continue
                stories = min(one[2], other[2]), max(one[2], other[2])
                if one[0] is not None and one[0] == other[0]:
                    right.add((one[0], *stories))
                elif (one[0] and other[0]) or one[1] != other[1]:
                    wrong.add((f"{one[0]} {other[0]}", *stories))
        return right, wrong

    def _there(self) -> set[Pair]:
        telling: defaultdict[str, set[str]] = defaultdict(set)
        for article, told in self.tellings.items():
            for event, _ in told:
                telling[event].add(self.story[article])
        return {(event, *pair) for event, stories in telling.items() for pair in combinations(sorted(stories), 2)}


def _of_kind(kind: str, pairs: Iterable[Pair]) -> set[Pair]:
    return {pair for pair in pairs if kind_of(pair[0]) == kind}


def kind_of(event: str) -> str:
    """Whether an event is the main one of a happening, a reaction to it, or past."""
    first = event.split()[0]
    return "past" if first.startswith("past") else "reaction" if "." in first and "own." not in first else "main"


def _score(right: set[Pair], wrong: set[Pair], there: set[Pair]) -> Score:
    return Score(len(right), len(right) + len(wrong), len(there))


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    """The articles of an archive that was written to a folder."""
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
