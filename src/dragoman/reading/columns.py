"""Which column of a table, or key of a JSON object, holds what of a document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Self

# What a column can hold, and the names it commonly has, the likeliest first: those of public collections of news
# (CC-News, the Common Crawl extractions of news-please, GDELT's articles) and of Dragoman's own articles.jsonl.
USUAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": ("text", "body", "content", "article", "maintext", "plain_text", "article_text", "html", "paragraphs"),
        "title": ("title", "headline"),
        "published": (
            "published", "date", "published_at", "publish_date", "published_date", "date_publish", "pub_date",
            "pubdate", "publication_date", "datetime",
        ),
        "url": ("url", "link", "uri", "source_url", "web_url"),
        "outlet": ("outlet", "publication", "publisher", "site", "site_name", "source", "source_domain", "domain"),
        "byline": ("byline", "author", "authors"),
        "language": ("language", "lang"),
        "id": ("id", "_id", "doc_id", "article_id", "uuid", "guid"),
    }
)  # fmt: skip
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping of what is wanted (the keys of :data:`USUAL`) to columns; what is not mapped is looked for.

    A dot goes into a nested object: ``text=article.body``.
    """

    named: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Self:
        """``text=body,title=headline`` as a mapping. Raises ValueError with the reason and what there is."""
        named: dict[str, str] = {}
        for part in text.split(","):
            wanted, equals, column = (piece.strip() for piece in part.partition("="))
            if not equals or not wanted or not column:
                raise ValueError(f"{part.strip()!r} is not of the form WHAT=COLUMN, such as text=body")
            if wanted not in USUAL:
                raise ValueError(f"{wanted!r} is nothing a column can hold; there are: {', '.join(USUAL)}")
            if wanted in named:
                raise ValueError(f"{wanted!r} is given twice")
            named[wanted] = column
        return cls(named)

    def __str__(self) -> str:
        return ",".join(f"{wanted}={column}" for wanted, column in self.named.items())

    def found(self, names: Collection[str]) -> dict[str, str]:
        """The column of each thing that columns of these names hold; letter-case counts for mapped ones only."""
        lower = {name.casefold(): name for name in reversed(list(names))}
        usual = {
            wanted: lower[name]
            for wanted, candidates in USUAL.items()
            if wanted not in self.named
            for name in [next((each for each in candidates if each in lower), None)]
            if name is not None
        }
        return usual | dict(self.named)

    def values(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """What a row holds under each thing that is wanted; what it lacks is left out."""
        held = ((wanted, _reached(row, column)) for wanted, column in self.found(row.keys()).items())
        return {wanted: value for wanted, value in held if value is not None}

    def missing(self, names: Collection[str]) -> Iterator[tuple[str, str]]:
        """Mapped columns that are not among these names: what they were to hold, and the column."""
        for wanted, column in self.named.items():
            if column not in names and column.partition(".")[0] not in names:
                yield wanted, column


def _reached(row: Mapping[str, Any], column: str) -> Any:
    """The value of a column, whose name may hold dots itself; None where the row does not have it."""
    if column in row:
        return row[column]
    first, dot, rest = column.partition(".")
    below = row.get(first)
    return _reached(below, rest) if dot and isinstance(below, Mapping) else None


def listed(names: Collection[str]) -> str:
    """Names of columns for a message: the first of many."""
    shown = ", ".join(list(names)[:_SHOWN])
    return f"{shown}, …" if len(names) > _SHOWN else shown or "none"
