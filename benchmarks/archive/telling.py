"""One outlet's own report of a happening: which sentences it takes, in whose words, with which days and names."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from archive.grammar import capital, marked, plain, render
from archive.happenings import Happening, texts
from archive.world import Outlet, State, World

# Where an outlet has another figure than the rest, as in life.
OTHER_FIGURE = 0.08
QUOTES, PAST = 0.6, 0.07

_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TITLES = {"fm": "Foreign Minister", "dm": "Defence Minister", "spokes": "foreign ministry spokesman"}


@dataclass(frozen=True, slots=True)
class Story:
    """One text: headline and paragraphs with their marks, by whom and when it was first published."""

    happening: str
    outlet: Outlet
    published: date
    title: str
    paragraphs: tuple[str, ...]


@dataclass(slots=True)
class Teller:
    """The slots of one report. Persons are named in full at first, by family name afterwards."""

    world: World
    rng: random.Random
    outlet: Outlet
    published: date
    states: Mapping[str, State]
    facts: Mapping[str, str | int]
    days: Mapping[str, date]
    named: set[str] = field(default_factory=set)

    def __call__(self, slot: str) -> str:
        """What a slot stands for: ``A.fm``, ``n.words``, ``day``, ``past.month``."""
        name, _, rest = slot.partition(".")
        if name in self.states:
            return self._state(self.states[name], rest)
        if name in ("day", "rday"):
            return capital(self._day(self.days[name])) if rest else self._day(self.days[name])
        if name == "past":
            return f"{self.days['past']:%B %Y}" if rest == "month" else str(self.days["past"].year)
        return self._fact(self.facts[name], rest)

    def _fact(self, value: str | int, form: str) -> str:
        if isinstance(value, str) or not form:
            return str(value)
        words = _NUMBERS[value] if value < len(_NUMBERS) else str(value)
        return words.capitalize() if form == "Words" else words

    def _state(self, state: State, form: str) -> str:
        office, _, style = form.partition(".")
        if office in state.people:
            return self._person(state, office, style)
        forms = {
            "": (state.name,),
            "adj": (state.adjective,),
            "capital": (state.capital,),
            "state": (state.name, state.capital, state.name),
            "mfa": (f"the {state.adjective} foreign ministry", f"{state.name}'s foreign ministry"),
            "mod": (f"the {state.adjective} defence ministry", f"{state.name}'s defence ministry"),
            "officials": (f"officials in {state.capital}", f"{state.adjective} officials"),
        }
        found = self.rng.choice(forms[office])
        return capital(found) if style else found

    def _person(self, state: State, office: str, style: str) -> str:
        person, title = state.people[office], state.title if office == "head" else _TITLES[office]
        if style == "office":
            return f"a {state.adjective} {title.casefold()}"
        if style == "short":
            return self.rng.choice((person.family, f"{state.adjective} {title.casefold()}"))
        first = person.name not in self.named
        self.named.add(person.name)
        if style == "name":
            return person.name
        if not first:
            return person.family
        return self.rng.choice((f"{state.adjective} {title} {person.name}", f"{state.name}'s {title} {person.name}"))

    def _day(self, day: date) -> str:
        ago = (self.published - day).days
        if not 0 <= ago <= 6:
            return f"on {day.day} {day:%B}" + ("" if day.year == self.published.year else f" {day.year}")
        if self.outlet.days == "date":
            return f"on {day.day} {day:%B}"
        return f"{day:%A}" if self.outlet.days == "weekday" else f"on {day:%A}"


def tell(world: World, rng: random.Random, happening: Happening, outlet: Outlet, published: date) -> Story:
    """A report that an outlet wrote itself."""
    if happening.kind.startswith("bulletin"):
        return _bulletin(world, rng, happening, outlet)
    writer = _Writer(world, rng, happening, outlet, published)
    lead = writer.say("leads")
    rest = [*writer.details(), *writer.reactions(), *writer.quotes(), *writer.past(), *writer.colour()]
    body = _paragraphs(rng, [lead, *_ordered(rng, rest)[: outlet.length]])
    if outlet.dateline:
        body[0] = f"{_dateline(writer, outlet, published)} {body[0]}"
    return Story(happening.id, outlet, published, writer.headline(), tuple(body))


def _dateline(writer: _Writer, outlet: Outlet, published: date) -> str:
    short = "".join(word[0] for word in outlet.name.removeprefix("The ").split())
    place = writer.teller.states[writer.rng.choice("AB")].capital.upper()
    sign = outlet.name if writer.rng.random() < 0.5 else short
    form = (
        f"{place}, {published:%B} {published.day} ({sign}) --" if writer.rng.random() < 0.5 else f"{place} ({sign}) -"
    )
    return form


def _ordered(rng: random.Random, sentences: Sequence[str]) -> list[str]:
    """The order of importance, with some of an editor's own mind."""
    weighed = [(place + rng.uniform(0, 3), text) for place, text in enumerate(sentences)]
    return [text for _, text in sorted(weighed)]


def _paragraphs(rng: random.Random, sentences: Sequence[str]) -> list[str]:
    blocks: list[str] = []
    for sentence in sentences:
        if len(blocks) > 1 and rng.random() < 0.35:
            blocks[-1] += f" {sentence}"
        else:
            blocks.append(sentence)
    return blocks


def _bulletin(world: World, rng: random.Random, happening: Happening, outlet: Outlet) -> Story:
    form = texts()["shared"]["bulletins"][int(happening.kind.removeprefix("bulletin"))]
    # the words are the office's own, the same every day
    writer = _Writer(world, random.Random(happening.kind), happening, outlet, happening.day)
    paragraphs = [writer.rendered(text, {"main": happening.id}) for text in form["text"]]
    title = writer.rendered(form["title"], {})
    return Story(
        happening.id, outlet, happening.day, f"{title}, {happening.day.day} {happening.day:%B}", tuple(paragraphs)
    )


class _Writer:
    """The sentences of one report, as they are asked for."""

    def __init__(self, world: World, rng: random.Random, happening: Happening, outlet: Outlet, published: date) -> None:
        self.world, self.rng, self.happening, self.published = world, rng, happening, published
        names = zip("ABC", (happening.actor, happening.recipient, happening.third), strict=True)
        states = {name: world.states[code] for name, code in names}
        facts = {name: self._figure(value) for name, value in happening.facts.items()}
        days = {"day": happening.day, "rday": happening.day, "past": happening.day}
        self.teller = Teller(world, rng, outlet, published, states, facts, days)

    def _figure(self, value: str | int) -> str | int:
        return value + 1 if isinstance(value, int) and self.rng.random() < OTHER_FIGURE else value

    @property
    def entry(self) -> Mapping[str, list[str]]:
        found: Mapping[str, list[str]] = texts()["kinds"][self.happening.kind]
        return found

    def rendered(self, text: str, events: Mapping[str, str]) -> str:
        return render(text, self.rng, self.teller, lambda word: events[word])

    def say(self, part: str) -> str:
        return self._own(self.rng.choice(self.entry[part]))

    def _own(self, text: str) -> str:
        id = self._about
        return self.rendered(text, {"main": id, "talks": f"{id}.talks"})

    @property
    def _about(self) -> str:
        return self.happening.recalls or self.happening.id

    def headline(self) -> str:
        """A headline tells the main event with every word it has."""
        return marked(self._about, plain(self.say("headlines")))

    def details(self) -> Iterator[str]:
        for text in self.rng.sample(self.entry["details"], self.rng.randint(1, 3)):
            yield self._own(text)

    def quotes(self) -> Iterator[str]:
        if self.rng.random() < QUOTES:
            yield self.say("quotes")

    def reactions(self) -> Iterator[str]:
        """Those of the happening's reactions that were made by now, but for some that the outlet leaves out."""
        for reaction in self.happening.reactions:
            if reaction.day > self.published or self.rng.random() < 0.15:
                continue
            form = texts()["shared"]["satellites"][reaction.name]
            self.teller.days = {**self.teller.days, "rday": reaction.day}
            if reaction.third:
                self.teller.states = {**self.teller.states, "C": self.world.states[reaction.third]}
            yield self.rendered(self.rng.choice(form["texts"]), {reaction.name: f"{self._about}.{reaction.name}"})

    def past(self) -> Iterator[str]:
        """What went before between the two states, as every report of them may recall it."""
        pair = self.happening.pair if self.happening.pair in self.world.past else self.happening.pair[::-1]
        for number, past in enumerate(self.world.past[pair]):
            if self.rng.random() < PAST:
                states = (pair[1], pair[0]) if past.reverse else pair
                mine = {**self.teller.states, "A": self.world.states[states[0]], "B": self.world.states[states[1]]}
                kept, self.teller.states = self.teller.states, mine
                self.teller.days = {**self.teller.days, "past": past.day}
                form = texts()["shared"]["history"][past.kind]
                id = f"past.{'-'.join(pair)}.{number}"
                yield self.rendered(self.rng.choice(form["texts"]), {"past": id})
                self.teller.states = kept

    def colour(self) -> Iterator[str]:
        for text in self.rng.sample(texts()["shared"]["colour"], self.rng.randint(2, 6)):
            yield self.rendered(text, {})

    def more(self, number: int) -> list[str]:
        """Sentences that an update adds."""
        chosen = self.rng.sample(texts()["shared"]["updates"], number)
        return [self.rendered(text, {}) for text in chosen]


def recall(world: World, rng: random.Random, happening: Happening, outlet: Outlet) -> Story:
    """A piece that looks back at what happened a year before."""
    form = texts()["shared"]["anniversary"]
    writer = _Writer(world, rng, happening, outlet, happening.day)
    then = happening.day - timedelta(days=365)
    writer.teller.days = {"day": then, "rday": then, "past": then}
    body = [writer.say("leads"), *writer.details(), *writer.quotes(), *writer.past(), *writer.colour()]
    lead = rng.choice(form["leads"]).replace("<recall>", "\x00")
    body[0] = writer.rendered(lead, {}).replace("\x00", body[0])
    writer.teller.days = {**writer.teller.days, "day": happening.day}
    body.append(writer.rendered(rng.choice(form["closings"]), {}))
    title = writer.rendered(rng.choice(form["headlines"]), {})
    return Story(happening.id, outlet, happening.day, title, tuple(_paragraphs(rng, body)))


def more(world: World, rng: random.Random, happening: Happening, story: Story, number: int) -> list[str]:
    """Sentences that an update of a story adds."""
    return _Writer(world, rng, happening, story.outlet, story.published).more(number)
