"""What happens in the world of an archive: main events with their reactions."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml

from archive.world import TEXTS, State, World, pick, words

# Tit for tat, and the same again: what a careless reader takes for one event.
REPLY, AGAIN, ANNIVERSARY, BULLETIN = 0.12, 0.12, 0.04, 0.02
BULLETIN_DAYS = (4, 9)

Texts = dict[str, Any]


@cache
def texts() -> Texts:
    """The texts by file: ``kinds`` of what happens, and what is ``shared`` by all."""
    read = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(TEXTS.glob("*.yaml"))}
    return {"kinds": read["conflict"] | read["cooperation"], "shared": read["shared"]}


@dataclass(frozen=True, slots=True)
class Reaction:
    """Another event that came of the first: its name, its day, and the third state if one made it."""

    name: str
    day: date
    third: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened between two states. ``facts`` fill the slots of the texts."""

    id: str
    kind: str
    day: date
    actor: str
    recipient: str
    third: str
    facts: Mapping[str, str | int]
    reactions: tuple[Reaction, ...] = ()
    recalls: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """The states, in the order of their names."""
        return (self.actor, self.recipient)


def happenings(world: World, rng: random.Random, *, number: int, first: date, days: int) -> list[Happening]:
    """So many happenings within these days, in no order; among them replies, repetitions and daily bulletins."""
    found: list[Happening] = []
    while len(found) < number:
        day = first + timedelta(days=rng.randrange(days))
        if rng.random() < BULLETIN:
            found += _bulletins(world, rng, day, len(found))
            continue
        found.append(one := _happening(world, rng, f"h{len(found):05}", day, _directed(world, rng)))
        if rng.random() < REPLY:
            found.append(_after(world, rng, one, f"h{len(found):05}", days=(1, 5), reverse=True))
        if rng.random() < AGAIN:
            found.append(_after(world, rng, one, f"h{len(found):05}", days=(2, 21), reverse=False))
        if rng.random() < ANNIVERSARY:
            found.append(replace(one, id=f"h{len(found):05}", day=one.day + timedelta(days=365), recalls=one.id))
    return found[:number]


def _directed(world: World, rng: random.Random) -> tuple[str, str]:
    # the first pairs are in the news more often
    at = min(int(rng.expovariate(3.0) * len(world.pairs)), len(world.pairs) - 1)
    one, other = world.pairs[at]
    return (one, other) if rng.random() < 0.5 else (other, one)


def _happening(
    world: World, rng: random.Random, id: str, day: date, pair: tuple[str, str], kind: str = ""
) -> Happening:
    kind = kind or rng.choice(sorted(texts()["kinds"]))
    entry = texts()["kinds"][kind]
    third = pick(rng, words()["states"], but=pair)
    facts = {name: _fact(rng, choices) for name, choices in entry["facts"].items()}
    states = {"A": world.states[pair[0]], "B": world.states[pair[1]], "C": world.states[third]}
    facts |= {"sum": rng.randrange(2, 90) * 5, "town": _town(rng, entry.get("town", "A"), states)}
    return Happening(id, kind, day, *pair, third, facts, _reactions(rng, entry["satellites"], day, pair))


def _fact(rng: random.Random, choices: list[Any]) -> str | int:
    if isinstance(choices[0], int):
        return rng.randint(choices[0], choices[1])
    return str(rng.choice(choices))


def _town(rng: random.Random, where: str, states: Mapping[str, State]) -> str:
    return states["B"].capital if where == "capital" else rng.choice(states[where].towns)


def _reactions(rng: random.Random, names: list[str], day: date, pair: tuple[str, str]) -> tuple[Reaction, ...]:
    chosen = rng.sample(names, min(len(names), rng.choice((1, 1, 2, 2, 3))))
    shared = texts()["shared"]["satellites"]
    return tuple(
        Reaction(
            name,
            day + timedelta(days=rng.choice((0, 0, 1))),
            pick(rng, words()["states"], but=pair) if shared[name]["who"] == "C" else None,
        )
        for name in chosen
    )


def _after(
    world: World, rng: random.Random, one: Happening, id: str, *, days: tuple[int, int], reverse: bool
) -> Happening:
    """The same kind of thing again some days later, by the same state or by the other."""
    pair = (one.recipient, one.actor) if reverse else one.pair
    return _happening(world, rng, id, one.day + timedelta(days=rng.randint(*days)), pair, one.kind)


def _bulletins(world: World, rng: random.Random, day: date, number: int) -> list[Happening]:
    """One office's bulletins of several days: the same words, other figures."""
    pair, form = _directed(world, rng), rng.randrange(len(texts()["shared"]["bulletins"]))
    town, third = rng.choice(world.states[pair[0]].towns), pick(rng, words()["states"], but=pair)
    return [
        Happening(
            f"h{number + step:05}", f"bulletin{form}", day + timedelta(days=step), *pair, third, _figures(rng, town)
        )
        for step in range(rng.randint(*BULLETIN_DAYS))
    ]


def _figures(rng: random.Random, town: str) -> dict[str, str | int]:
    return {"town": town, "sum": 0, **{name: rng.randint(14, 400) for name in "nmkjpq"}}
