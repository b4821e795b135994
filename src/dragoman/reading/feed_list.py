"""Lists of feeds: a text with an address on each line, or OPML as feed readers write it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.errors import FormatError, SourceError
from dragoman.reading.decode import decode
from dragoman.reading.feeds import is_feed
from dragoman.reading.kinds import is_web
from dragoman.reading.sources import Source


def addresses(arguments: Sequence[str]) -> tuple[str, ...]:
    """The addresses of feeds that the arguments are or list, each once, in their order.

    Raises :class:`~dragoman.errors.DragomanError` where one is neither an address nor a list of them.
    """
    return tuple(dict.fromkeys(url for argument in arguments for url in _of(argument)))


def _of(argument: str) -> Iterator[str]:
    if is_web(argument):
        yield argument
        return
    if not Path(argument).is_file():
        raise SourceError("neither a web address of a feed nor a file that lists some", source=argument)
    data = Source(argument).read()
    if is_feed(data):
        raise FormatError("a feed in a file does not change by itself: dragoman read reads it", source=argument)
    text = decode(data, name=argument)
    found = list(_opml(data, argument) if "<opml" in text[:2000].casefold() else _lines(text, argument))
    if not found:
        raise FormatError("lists no feed", source=argument)
    yield from found


def _lines(text: str, name: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            if not is_web(bare) or len(bare.split()) != 1:
                raise FormatError(f"line {number} is no web address: {bare[:80]!r}", source=name)
            yield bare


def _opml(data: bytes, name: str) -> Iterator[str]:
    from lxml import etree

    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise FormatError(f"not good OPML: {error}", source=name) from error
    found = (outline.get("xmlUrl", "") for outline in tree.iter("outline"))
    yield from (url for url in found if is_web(url))
