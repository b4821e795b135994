"""Plain data of the views as Rich tables and texts. Everything from a report goes through :func:`printable`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from dragoman.cli.output import printable
from dragoman.model import Article, Correction, Paragraph, Report
from dragoman.views.corrections import CorrectionLine, correction_lines
from dragoman.views.entities import Joined
from dragoman.views.linked import Link, Links, StoryOf, StoryVersion
from dragoman.views.show import MARK_KINDS, EventLine, MarkedParagraph, MarkKind, event_lines, marked_paragraphs
from dragoman.views.why import Node, WhyLine

MARK_STYLE: dict[MarkKind, str] = {
    "cue": "bold red",
    "actor": "green",
    "recipient": "cyan",
    "speaker": "magenta",
    "date": "yellow",
    "place": "blue",
}
ROLE_STYLE = {"headline": "bold", "standfirst": "italic", "subhead": "bold", "caption": "dim", "quote": "italic"}
INDENT = {"quote": 4, "caption": 4}

# Of an article's or event's id: enough to tell them apart, and `dragoman show` and `dragoman correct` take it.
ID_LENGTH = 8
EVENT_ID = re.compile(r"\b[0-9a-f]{20}\b")

CORRECTION_HEADS = ("#", "made", "who", "of", "what", "was", "now", "why", "state")


def print_article(console: Console, article: Article, reports: Sequence[Report]) -> None:
    """The article with its records marked, then its events."""
    console.print(_heading(article))
    console.print(_legend())
    for marked in marked_paragraphs(article, reports):
        console.print()
        console.print(_paragraph(marked))
    console.print()
    print_events(console, event_lines(reports))


def print_events(
    console: Console, lines: Iterable[EventLine], *, articles: Sequence[str] = (), ids: Sequence[str] = ()
) -> None:
    """A table of events, a row each; ``articles`` and ``ids`` name each row's article and event where there are
    several articles, and ``ids`` then stand in the place of the numbers."""
    rows = list(lines)
    if not rows:
        console.print("No events.")
        return
    heads = ("when, where", "event", "who → whom", "on whose word", "words", *(["article"] * bool(articles)))
    table = _table("id" if ids else "#", *heads)
    names = ids or [str(row.sequence + 1) for row in rows]
    for name, row, article in zip(names, rows, articles or [""] * len(rows), strict=True):
        table.add_row(_cell(name), *_event_cells(row), *([_cell(article)] if articles else []))
    console.print(table)


def print_why(console: Console, sentence: str, lines: Iterable[WhyLine], roots: Iterable[Node]) -> None:
    """A sentence, what each field of its event rests on, and the sentence's tree."""
    console.print(_cell(sentence))
    console.print()
    table = _table("field", "value", "words", "at", "set by", "score")
    for line in lines:
        at = "" if line.start is None else str(line.start)
        score = "" if line.score is None else f"{line.score:.2f}"
        table.add_row(*map(_cell, (line.field, line.value, line.words, at, line.rule, score)))
    console.print(table)
    for root in roots:
        console.print(_tree(root))


def print_corrections(console: Console, corrections: Iterable[Correction]) -> None:
    """What analysts said, oldest first; nothing where there is nothing."""
    lines = correction_lines(sorted(corrections, key=lambda each: each.id))
    if lines:
        print_rows(console, CORRECTION_HEADS, map(_correction_cells, lines))


def print_links(console: Console, links: Links) -> None:
    """Why reports of other texts are the same event, and what was kept apart; nothing where nothing is linked."""
    for title, found in (("the same event, because", links.together), ("kept apart", links.apart)):
        if found:
            heads = ("report", "and", "event", "likely", title)
            print_rows(console, heads, map(_link_cells, found))


def _link_cells(link: Link) -> tuple[str, ...]:
    one = " ".join(filter(None, (link.article[:ID_LENGTH], link.outlet, str(link.published or ""))))
    other = " ".join(filter(None, (link.other[:ID_LENGTH], link.other_outlet, str(link.other_published or ""))))
    return one, other, link.other_event[:ID_LENGTH], f"{link.likeness:.2f}", link.why


def print_joined(console: Console, found: Sequence[tuple[str, Joined]]) -> None:
    """Who is one, by name, with whom another article names, and why; nothing where nobody is."""
    if found:
        cells = ((name, each.entity, each.why, ", ".join(a[:ID_LENGTH] for a in each.articles)) for name, each in found)
        print_rows(console, ("who", "is also", "because", "articles"), cells)


def print_story(console: Console, story: StoryOf | None) -> None:
    """The versions of a story in order of publication; nothing where there is one alone."""
    if story is None:
        return
    credit = f", credited to {printable(story.source)}" if story.source else ""
    console.print(f"\n{len(story.versions)} versions of one story{credit}", highlight=False)
    number = {version.article: version.number for version in story.versions}
    print_rows(
        console, ("#", "published", "outlet", "article", "most like", "shared"),
        (_version_cells(version, number) for version in story.versions),
    )  # fmt: skip


def _version_cells(version: StoryVersion, number: Mapping[str, int]) -> tuple[str, ...]:
    shared = "" if version.contained is None else f"{version.contained:.0%}"
    like = str(number.get(version.copy_of or "", ""))
    day = str(version.published or "")
    return str(version.number), day, version.outlet or "", version.article[:ID_LENGTH], like, shared


def _correction_cells(line: CorrectionLine) -> tuple[str, ...]:
    """To the minute, and with as much of an event's id as the lists of events show, so that most fit on one line."""
    of, was, now = (
        EVENT_ID.sub(lambda whole: whole[0][:ID_LENGTH], text) for text in (line.target, line.was, line.now)
    )
    made = line.made[: len("2026-11-26T10:48")].replace("T", " ")
    return (str(line.id), made, line.who, of, line.what, was, now, line.why, line.state)


def _tree(node: Node, tree: Tree | None = None) -> Tree:
    label = Text(printable(node.text), style=MARK_STYLE["cue"] if node.cue else "")
    label.append(f" {node.relation} {node.tag}", style="dim")
    branch = Tree(label) if tree is None else tree.add(label)
    for each in node.below:
        _tree(each, branch)
    return branch


def _event_cells(row: EventLine) -> list[Text]:
    """What did not simply happen says so right under its category."""
    event = Text(row.event)
    if row.status:
        event.append(f"\n{row.status}", style="italic")
    whom = f"{row.actors or '?'} → {row.recipients}" if row.recipients else row.actors
    when_where = "\n".join(part for part in (row.day, row.place) if part)
    return [_cell(when_where), event, *map(_cell, (whom, row.by, row.text))]


def print_rows(console: Console, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Any small table."""
    table = _table(*heads)
    for row in rows:
        table.add_row(*map(_cell, row))
    console.print(table)


def _table(*heads: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head in ("#", "id", "made"))
    return table


def _cell(text: str) -> Text:
    return Text(printable(text))


def _heading(article: Article) -> Text:
    published = f"{article.published.isoformat()} ({article.published_basis})" if article.published else "day unknown"
    facts = [article.id, article.outlet, published, article.byline, article.url]
    return Text(printable(" · ".join(fact for fact in facts if fact)), style="dim")


def _legend() -> Text:
    return Text("  ").join(Text(kind, style=MARK_STYLE[kind]) for kind in MARK_KINDS)


def _paragraph(marked: MarkedParagraph) -> Text:
    paragraph = marked.paragraph
    text = Text(" " * INDENT.get(paragraph.role, 0), style=ROLE_STYLE.get(paragraph.role, ""))
    for segment in marked.segments:
        text.append(printable(segment.text), style=MARK_STYLE[segment.kind] if segment.kind else None)
        for sequence in segment.ends:
            text.append(f"[{sequence + 1}]", style="bold")
    return text.append(_credit(paragraph), style="dim")


def _credit(paragraph: Paragraph) -> str:
    return f" ({printable(paragraph.credit)})" if paragraph.credit else ""
