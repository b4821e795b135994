"""The documents of a run in units: what one process reads at a time and writes as one file."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from dragoman.intake import Item, Known, Settled, Text
from dragoman.linking.stories import key_of
from dragoman.pipeline import Given
from dragoman.reading.document import Document
from dragoman.reading.filters import EVERYTHING, Wanted

# A process reads a unit in about a quarter of a minute: short enough that what a kill costs and the wait for the last
# unit are small beside a run of minutes, long enough that its file costs nothing beside the reading.
DOCUMENTS = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every document of a run: what the user says of them, and which he wants."""

    given: Given = field(default_factory=Given)
    wanted: Wanted = EVERYTHING

    def context(self) -> tuple[object, ...]:
        """All that a reading depends on but the document, as a record keeps it too."""
        from dragoman.program import stamp

        return (self.given, stamp())


@dataclass(frozen=True, slots=True)
class Unit:
    """Some items in the order of the run. A document that can be known again has its ``mark``."""

    items: tuple[Item, ...]
    asked: Asked

    @property
    def key(self) -> str:
        """The same for the same documents, of which the same is asked."""
        return key_of(repr(self.asked), *(_told(item) for item in self.items))


@dataclass(frozen=True, slots=True)
class Task:
    """A unit that lies in ``folder`` to be read; ``run`` tells this run's notes from those of another.

    ``known`` is what the lake holds of some of its documents, by their places in it: these are not read.
    """

    key: str
    folder: str
    run: str
    known: Mapping[int, Known] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """Where the unit's readings are when they are there."""
        return Path(self.folder) / f"{self.key}.parquet"

    @property
    def items(self) -> Path:
        """Where the unit itself lies until it is read."""
        return Path(self.folder) / f"{self.key}.items"

    def lay(self, unit: Unit) -> None:
        """Put the unit where its reader finds it: on a cluster that is another machine."""
        part = self.items.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps(unit))
        part.replace(self.items)

    def unit(self) -> Unit:
        """The unit as it was laid, with documents that are known settled."""
        unit = pickle.loads(self.items.read_bytes())
        assert isinstance(unit, Unit)
        known = {at: Settled(each.name, each) for at, each in self.known.items()}
        return replace(unit, items=tuple(known.get(at, item) for at, item in enumerate(unit.items)))


def units_of(items: Iterable[Item], asked: Asked, *, size: int = DOCUMENTS) -> Iterator[Unit]:
    """Items in units of ``size``, in their order, each document with its mark.

    Where a unit begins depends on the items alone, so that a run that was cut off finds its units again.
    """
    waiting, context = iter(items), asked.context()
    while several := list(islice(waiting, size)):
        yield Unit(tuple(_marked(item, context) for item in several), asked)


def _marked(item: Item, context: tuple[object, ...]) -> Item:
    return replace(item, mark=item.digest(*context)) if isinstance(item, Document) else item


def _told(item: Item) -> str:
    """What an item is known by: a document by its content, a page of the web by its address alone."""
    match item:
        case Document():
            return f"{item.name} {item.mark}"
        case Text():
            return f"text {item.text}"
        case Settled():
            return f"{item.name} {item.answer!r}"
    return f"{item.name} {item.url}"
