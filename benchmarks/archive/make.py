"""A synthetic archive: articles with known copies, versions and same-event groups.

usage: python benchmarks/make_archive.py DIR [--articles 20000] [--seed 1]

Writes ``articles.jsonl.gz``, a line an article ``{id, url, outlet, title, byline, published, text}`` (``published``
with its hour, the text's paragraphs apart by a blank line), and ``truth.json.gz``:

``stories``     story -> ids of its articles, in order of publication
``copies``      id -> {of, how}: which article it was made from, and how (printed, edited, cut, updated, retranslated)
``credits``     id -> the agency or outlet that the page says the text is from
``happenings``  id -> the happening that the article is about; what it tells outside ``tellings`` belongs to it
``tellings``    [{article, event, words}]: words of the article that tell of the event
``events``      event -> {category, day}

Everything is invented but states, towns and the past of the project's own example reports, which are among the
articles. The same seed makes the same archive.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from archive import copies
from archive.grammar import plain, tellings
from archive.happenings import Happening, happenings, texts
from archive.own import own_stories
from archive.telling import Story, more, recall, tell
from archive.world import World, world

FIRST = date(2026, 1, 5)
_T = TypeVar("_T")

# So many articles come of a happening on the average, counted on archives of 2,000 to 20,000.
ARTICLES_A_HAPPENING = 5.4
# Reports that outlets write of one happening themselves, and how often.
TELLERS = {1: 40, 2: 26, 3: 15, 4: 9, 6: 7, 9: 3}
COPIES = {0: 52, 1: 16, 2: 10, 3: 7, 5: 6, 8: 5, 12: 4}
HOW = {"printed": 46, "edited": 24, "cut": 16, "updated": 10, "retranslated": 4}
CREDITED = 0.5


@dataclass(slots=True)
class Archive:
    """Articles as rows, and the truth about them."""

    articles: list[dict[str, Any]] = field(default_factory=list)
    stories: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    copies: dict[str, dict[str, str]] = field(default_factory=dict)
    credits: dict[str, str] = field(default_factory=dict)
    happenings: dict[str, str] = field(default_factory=dict)
    tellings: list[dict[str, str]] = field(default_factory=list)
    events: dict[str, dict[str, str]] = field(default_factory=dict)

    def truth(self) -> dict[str, Any]:
        """All but the articles, each list in a settled order."""
        when = {row["id"]: (row["published"], row["id"]) for row in self.articles}
        stories = {name: sorted(ids, key=when.__getitem__) for name, ids in sorted(self.stories.items())}
        rest = ("copies", "credits", "happenings", "tellings", "events")
        return {"stories": stories, **{name: getattr(self, name) for name in rest}}


def make(*, articles: int, seed: int) -> Archive:
    """An archive of so many articles, in order of publication."""
    rng = random.Random(seed)
    needed = max(4, round(articles / ARTICLES_A_HAPPENING))
    made = world(rng, pairs=max(6, needed // 16), kinds_of_past=len(texts()["shared"]["history"]))
    days = max(10, round(180 * min(1.0, needed / 5000)))
    maker = _Maker(made, rng, articles)
    for happening in happenings(made, rng, number=round(needed * 1.3), first=FIRST, days=days):
        maker.add(happening)
    maker.archive.articles.sort(key=lambda row: (row["published"], row["id"]))
    return maker.archive


class _Maker:
    def __init__(self, made: World, rng: random.Random, most: int) -> None:
        self.world, self.rng, self.most = made, rng, most
        self.archive = Archive()
        self.times: dict[str, datetime] = {}
        self.own = iter(own_stories())

    @property
    def full(self) -> bool:
        return len(self.archive.articles) >= self.most

    def add(self, happening: Happening) -> None:
        """A happening's reports, with what became of them; now and then one of the project's own reports beside."""
        if self.full:
            return
        self._note(happening)
        for story in self._reports(happening):
            if not self.full:
                self._family(story, happening)
        if not self.full and self.rng.random() < 0.05 and (own := next(self.own, None)) is not None:
            self._family(own, happening)

    def _note(self, happening: Happening) -> None:
        if happening.recalls:
            return
        kinds, shared = texts()["kinds"], texts()["shared"]
        number = happening.kind.removeprefix("bulletin")
        entry = kinds.get(happening.kind) or shared["bulletins"][int(number)]
        note = {"category": entry["category"], "day": str(happening.day)}
        self.archive.events[happening.id] = self.archive.events[f"{happening.id}.talks"] = note
        for each in happening.reactions:
            category = shared["satellites"][each.name]["category"]
            self.archive.events[f"{happening.id}.{each.name}"] = {"category": category, "day": str(each.day)}

    def _reports(self, happening: Happening) -> Iterator[Story]:
        if happening.recalls:
            yield recall(self.world, self.rng, happening, self.rng.choice(self.world.outlets))
            return
        number = 1 if happening.kind.startswith("bulletin") else _drawn(self.rng, TELLERS)
        for outlet in self.rng.sample(self.world.outlets, number):
            published = happening.day + timedelta(days=self.rng.choices((0, 1, 2), (60, 32, 8))[0])
            yield tell(self.world, self.rng, happening, outlet, published)

    def _family(self, story: Story, happening: Happening) -> None:
        name = f"s{len(self.archive.stories):05}"
        family = [(self._write(name, story), story)]
        for _ in range(min(_drawn(self.rng, COPIES), self.most - len(self.archive.articles))):
            of, parent = self.rng.choice(family[-3:]) if self.rng.random() < 0.4 else family[0]
            how = _drawn(self.rng, HOW)
            child = self._copy(how, parent, happening)
            credit = self._credit(story, how)
            id = self._write(name, child, credit=credit, after=self.times[of])
            self.archive.copies[id] = {"of": of, "how": how}
            family.append((id, child))

    def _copy(self, how: str, parent: Story, happening: Happening) -> Story:
        if how == "updated":
            added = more(self.world, self.rng, happening, parent, self.rng.randint(1, 2))
            return copies.updated(self.rng, parent, added)
        outlet = self.rng.choice([each for each in self.world.outlets if not each.agency])
        child = copies.printed(self.rng, parent, outlet, titles=self._titles(parent, happening))
        change = {"edited": copies.edited, "cut": copies.cut, "retranslated": copies.retranslated}.get(how)
        return change(self.rng, child) if change else child

    def _titles(self, parent: Story, happening: Happening) -> list[str]:
        known = parent.happening == happening.id and happening.kind in texts()["kinds"] and not happening.recalls
        return [tell(self.world, self.rng, happening, parent.outlet, parent.published).title] if known else []

    def _credit(self, story: Story, how: str) -> str | None:
        given = how != "updated" and (story.outlet.agency or self.rng.random() < 0.3) and self.rng.random() < CREDITED
        return story.outlet.name if given else None

    def _write(self, name: str, story: Story, *, credit: str | None = None, after: datetime | None = None) -> str:
        id = f"n{len(self.archive.articles):06}"
        at = self.times[id] = self._hour(story.published, after)
        byline, body = self._dressed(story, credit)
        row = {
            "id": id,
            "url": f"https://{story.outlet.slug}.example/{story.published:%Y/%m/%d}/{id}",
            "outlet": story.outlet.name,
            "title": plain(story.title),
            "byline": byline,
            "published": f"{at:%Y-%m-%dT%H:%M:00Z}",
            "text": "\n\n".join(map(plain, body)),
        }
        self.archive.articles.append(row)
        self.archive.stories[name].append(id)
        self.archive.happenings[id] = story.happening
        told = [each for text in (story.title, *body) for each in tellings(text)]
        self.archive.tellings += [{"article": id, "event": event, "words": words} for event, words in told]
        if credit:
            self.archive.credits[id] = credit
        return id

    def _hour(self, day: date, after: datetime | None) -> datetime:
        """A time of the day, later than another time if that is of the same day."""
        if after is None or after.date() < day:
            return datetime.combine(day, time(self.rng.randrange(5, 20), self.rng.randrange(60)))
        left = (datetime.combine(day, time(23, 59)) - after).seconds // 60
        return after + timedelta(minutes=self.rng.randint(1, max(1, left // 4)))

    def _dressed(self, story: Story, credit: str | None) -> tuple[str | None, list[str]]:
        """The text with its outlet's furniture, and where a credit stands."""
        body, byline, form = list(story.paragraphs), None, texts()["shared"]["furniture"]
        if credit and self.rng.random() < 0.3:
            byline = f"By {credit}"
        elif credit:
            line = self.rng.choice(form["credits"])
            body.append(line.replace("<agency>", credit).replace("<origin>", credit))
        for text in self.rng.sample(form["tails"], self.rng.choice((0, 0, 1, 1, 2, 3))):
            body.append(self._tail(text, story, form["teasers"]))
        return byline, body

    def _tail(self, text: str, story: Story, teasers: list[str]) -> str:
        slots = {
            "<teaser>": self.rng.choice(teasers),
            "<outlet>": story.outlet.name.removeprefix("The "),
            "<A>": "politics",
            "<B>": "region",
        }
        for slot, value in slots.items():
            text = text.replace(slot, value)
        return text


def _drawn(rng: random.Random, weighed: dict[_T, int]) -> _T:
    return rng.choices(list(weighed), list(weighed.values()))[0]


def write(archive: Archive, folder: Path) -> None:
    """Write the two files, byte for byte the same for the same archive."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in archive.articles)
    _compressed(folder / "articles.jsonl.gz", "".join(lines))
    _compressed(folder / "truth.json.gz", json.dumps(archive.truth(), ensure_ascii=False, indent=1) + "\n")


def _compressed(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
