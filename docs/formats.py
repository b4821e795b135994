"""Writes docs/formats.md from the code: every format, its files and columns, its tools, and what it loses.

python docs/formats.py
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dragoman.exchange.base import Format, formats

PAGE = Path(__file__).with_name("formats.md")

INTRODUCTION = """# Formats

What the record goes out in and what comes in, with what each way loses. This page is made from the code
(`make docs`), and a test holds it to that.

    dragoman export --to FORMAT DIR|FILE [--between A B] [--event CATEGORY] [--from DAY] [--until DAY] [--status STATUS]
    dragoman import --from FORMAT PATH…

- **Out.** The same record gives the same bytes, in whatever order it was read. Corrections are applied. With
  conditions, the events that meet every one of them go out, and the articles and entities of these only. Events that an
  analyst has rejected stay behind, but for `training` and the tables of `parquet`.
- **In.** Each row becomes an article whose text is the row as published, `column: value` a line; who, when, where and
  what was done point at its cells. A row keeps its source (the data set or chronology, its number, its address where
  it has one), counts as imported, and is never an independent report: an event known from imports alone has no story.
- **Failures.** A row that cannot be read is a failure in the record that names file, line and reason
  (`dragoman failures`), and costs no other row. Importing a file again takes its old failures away; the same rows again
  change nothing. Of two different rows with one number the later is a failure. A file whose first 100 rows all fail is
  given up as one of another kind.
- **Packed** files (gzip, zip) are read as they are.
"""


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, "\n".join(_overview(formats().values())), *map(_section, formats().values())]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _overview(every: Iterable[Format]) -> Iterator[str]:
    yield "| format | what it is | out | in |"
    yield "| --- | --- | --- | --- |"
    for one in every:
        name = ", ".join(f"`{name}`" for name in (one.name, *one.also))
        yield f"| {name} | {one.description} | {'yes' if one.export else ''} | {'yes' if one.load else ''} |"


def _section(one: Format) -> str:
    return "\n".join(_lines(one))


def _lines(one: Format) -> Iterator[str]:
    yield f"## {one.name}"
    yield ""
    yield f"{one.description}."
    if one.also:
        yield f"Also called {', '.join(f'`{name}`' for name in one.also)}."
    if one.export:
        yield from _out(one)
    if one.load:
        yield from ("", f"**In:** {one.takes}.", "", "What an import leaves out or settles by rule:", "")
        yield from (f"- {gap}" for gap in one.gaps)
    if one.columns:
        yield from _columns(one.columns)


def _out(one: Format) -> Iterator[str]:
    yield from ("", "**Out:**", "")
    yield from (f"- `{name}`: {what}" for name, what in one.files.items())
    yield from ("", f"Opens in {one.opens}.", "", "What an export loses:", "")
    yield from (f"- {loss}" for loss in one.losses)


def _columns(columns: Mapping[str, str]) -> Iterator[str]:
    yield from ("", "| column | what it holds |", "| --- | --- |")
    yield from (f"| `{name}` | {meaning} |" for name, meaning in columns.items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
