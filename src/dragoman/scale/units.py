"""The sources of a run in units: what one process reads at a time and writes as one file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from dragoman.linking.stories import key_of
from dragoman.pipeline import AnySource, Given, Held, Text, portable

# A process reads a unit in about a quarter of a minute: short enough that what a kill costs and the wait for the last
# unit are small beside a run of minutes, long enough that its file costs nothing beside the reading.
SOURCES = 64


@dataclass(frozen=True, slots=True)
class Unit:
    """Some sources in the order of the run, with what tells whether each was read before (:func:`stamp_of`)."""

    sources: tuple[AnySource, ...]
    stamps: tuple[str, ...]
    given: Given = Given()

    @property
    def key(self) -> str:
        """The same for the same sources with the same content, read in the same way."""
        return key_of(*_manner(self.given), *(part for source, stamp in self.pairs() for part in (source.name, stamp)))

    def pairs(self) -> Iterator[tuple[AnySource, str]]:
        """Each source with its stamp."""
        return zip(self.sources, self.stamps, strict=True)

    def without(self, finished: Collection[tuple[str, str]]) -> Unit | None:
        """What is left when sources that were read as they are now (name and stamp) are taken out; None: nothing."""
        left = [(source, stamp) for source, stamp in self.pairs() if (source.name, stamp) not in finished]
        if not left:
            return None
        sources, stamps = zip(*left, strict=True)
        return Unit(sources, stamps, self.given)


def units_of(sources: Iterable[AnySource], *, given: Given, size: int = SOURCES) -> Iterator[Unit]:
    """Sources in units of ``size``, in their order; a unit can go to another process.

    Where a unit begins depends on the sources alone, so that a run that was cut off finds its units again.
    """
    waiting = iter(sources)
    while several := list(islice(waiting, size)):
        held = [portable(source) for source in several]
        yield Unit(tuple(held), tuple(stamp_of(source, given) for source in held), given)


def stamp_of(source: AnySource, given: Given) -> str:
    """A hash of what decides a source's reading: its content, what the user says of it, the coder's version.

    Empty for an address, and for what cannot be read: these are never known to be as they were.
    """
    content = _content(source)
    return "" if content is None else key_of(*_manner(given), str(getattr(source, "url", None)), content)


def sources_named(units: Sequence[Unit]) -> list[str]:
    """The names of all sources of some units."""
    return [source.name for unit in units for source in unit.sources]


def _content(source: AnySource) -> str | None:
    if isinstance(source, Text):
        return _hash(source.text.encode("utf-8", "surrogatepass"))
    if source.url is not None and not isinstance(source, Held):
        return None
    try:
        return _hash(source.read())
    except Exception:  # whatever it is, the process that reads the source meets it again and tells of it
        return None


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _manner(given: Given) -> tuple[str, ...]:
    from dragoman.coding.coder import VERSION

    return VERSION, str(given.published), str(given.outlet), given.format
