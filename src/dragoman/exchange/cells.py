"""A row of somebody else's table as an article: its text is the row as published, and every claim points at a cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.linking.stories import key_of
from dragoman.model import Article, Paragraph, Span

# What an office or a cue is resolved to rests on the row alone; nothing was inferred.
CERTAIN = 1.0


class RowError(ValueError):
    """A row cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as an article, and where the value of each of its cells stands in the article's text."""

    article: Article
    cells: dict[str, tuple[int, int]]

    def text(self, column: str) -> str:
        """The cell's value; empty where the row has none."""
        start, end = self.cells.get(column, (0, 0))
        return self.article.text[start:end]

    def span(self, column: str) -> Span:
        """The words of a cell.

        :raises RowError: the row has no such cell, or it is empty.
        """
        return self.across(column, column)

    def across(self, first: str, last: str) -> Span:
        """The words from the beginning of one cell to the end of another, whichever stands first."""
        for column in (first, last):
            if column not in self.cells:
                raise RowError(f"it has no {column}")
        bounds = sorted((*self.cells[first], *self.cells[last]))
        return Span(self.article.id, bounds[0], bounds[-1])

    def within(self, column: str, start: int, end: int) -> Span:
        """Some characters of a cell, counted from its beginning."""
        at = self.cells[column][0]
        return Span(self.article.id, at + start, at + end)

    @property
    def whole(self) -> Span:
        """All the words of the row."""
        return Span(self.article.id, 0, len(self.article.text))


def row(
    cells: Iterable[tuple[str, str]],
    *,
    origin: str,
    keys: tuple[str, ...],
    title: str,
    outlet: str,
    url: str | None = None,
    published: date | None = None,
    language: str | None = None,
) -> Row:
    """The row of these cells in their order, ``column: value`` a line; empty cells are left out.

    :param keys: what tells the row from every other of its format: the same keys are the same article.
    :param title: the row's own number, as published.
    :raises RowError: a cell holds half a surrogate pair, which is no text.
    """
    lines: list[str] = []
    at, places = 0, {}
    for column, value in cells:
        if value:
            lines.append(f"{column}: {value}")
            start = at + len(column) + len(": ")
            places[column] = (start, start + len(value))
            at += len(lines[-1]) + len("\n")
    text = "\n".join(lines)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RowError(f"it holds half a surrogate pair, which is no text, at character {error.start}") from None
    article = Article(
        id="r" + key_of(origin, *keys),
        paragraphs=(Paragraph(text, "body", 0),),
        title=title,
        url=url,
        outlet=outlet,
        published=published,
        published_basis="feed" if published else "unknown",
        language=language,
        origin=origin,
    )
    return Row(article, places)
