"""How much of what an expert reads in a report an export of it holds.

A ledger (``examples/*.yaml``) lists, for one report, its page (title, caption, subheads, what is not text),
its people, the events an expert coder takes from it, and traps: words by which no event may come out. The
export is the folder of JSON Lines that ``dragoman export --to plover`` writes.

An exported event *covers* a row when its sentence (``text``) holds the row's ``quote`` and its cue words
(``event_text``) share a word with the row's ``cue``, where the row has one. Of the events that cover a row, the
one with the right category, and then with most right fields, is the row's match; the row is *found* when the
match has the right category. Fields of a row, each checked only where the row lists it:

==========  ====================================================================================================
event       the category is one of these
parties     these codes are all among actor and recipient
actor       these codes are all among actor
names       these names are among the parties' resolved names
date        ISO 8601 prefix of ``date``; ``enddate`` likewise
auxiliary   one of these is in ``auxiliary_mode``; ``[]``: the list is empty. AGREE and THREATEN imply ``future``
by          regular expression over the attribution's sources (name, words, office); null: there is no source
about       these codes are all in ``about``
quantity    this number is the value of one of ``quantities``
mode        one of these is in ``mode``; ``context`` likewise
==========  ====================================================================================================

Needs PyYAML only; reading the examples anew needs Dragoman (benchmarks/readings.py).
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FLOORS = EXAMPLES / "floors.yaml"
LEAST_PARAGRAPHS = 15
"""Paragraphs a report must keep where its ledger names no number: a wire story of some 500 words has more."""
WHOLE_PARAGRAPH = 25
"""Characters from which a sentence that lies inside the row's quote counts as the quote's own."""
STEM = 5
"""Two cue words are the same if they share these first letters: a row need not name every form ("meeting", "meets")."""
IMPLIES_FUTURE = frozenset({"AGREE", "THREATEN"})
SHARES = ("recall", "precision", "whole")
ROW_KINDS = ("page", "people", "trap", "unlisted")

Item = Mapping[str, Any]


class LedgerError(ValueError):
    """A ledger or an export cannot be read; the message names the file and why."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What one report should yield; the mappings are as the YAML file has them."""

    published: str | None
    article: Item
    people: tuple[Item, ...]
    events: tuple[Item, ...]
    traps: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """``right`` things of ``of``, and the names of the wrong ones with what is wrong."""

    right: int
    of: int
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowScore:
    """One row of the ledger: whether it was found, how many fields were checked, and which were wrong."""

    id: str
    optional: bool
    found: bool
    checked: int
    wrong: tuple[str, ...]

    @property
    def state(self) -> str:
        """``ok``, ``found`` (with a wrong field) or ``missing``."""
        return "missing" if not self.found else "found" if self.wrong else "ok"


@dataclass(frozen=True, slots=True)
class Score:
    """``recall``, ``whole``, ``fields`` and ``precision`` are fractions of one.

    ``recall``: needed rows found. ``whole``: needed rows found with every field right. ``fields``: right fields of
    all checked fields of the rows found. ``precision``: exported events that some row calls for (category and
    parties right). ``traps``: quotes of the traps sprung. ``unlisted``: the events that no row calls for.
    """

    page: Tally
    people: Tally
    recall: float
    whole: float
    fields: float
    precision: float
    exported: int
    traps: tuple[str, ...]
    rows: tuple[RowScore, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The exported event (its place in the file) that best meets a row, and its fields, right or wrong."""

    at: int
    checks: Mapping[str, bool]

    @property
    def found(self) -> bool:
        return self.checks.get("event", True)


def load_ledger(path: Path) -> Ledger:
    """Read a ledger file. Raises :class:`LedgerError` where it is missing, not YAML or lacks a section."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Ledger(
            published=str(data["published"]) if data.get("published") else None,
            article=data["article"],
            people=tuple(data["people"]),
            events=tuple(data["events"]),
            traps=tuple(data["traps"]),
        )
    except KeyError as error:
        raise LedgerError(f"{path}: no section {error}") from error
    except (OSError, AttributeError, TypeError, yaml.YAMLError) as error:
        raise LedgerError(f"{path}: {error}") from error


def score(export_dir: Path, ledger: Ledger) -> Score:
    """Score the export in ``export_dir``. Raises :class:`LedgerError` where one of its files cannot be read."""
    events = exported(export_dir)
    matches = [_best_match(events, row) for row in ledger.events]
    rows = tuple(_row_score(row, match) for row, match in zip(ledger.events, matches, strict=True))
    called_for = {match.at for match in matches if match and match.found}
    called_for |= {at for at, event in enumerate(events) if any(_calls_for(row, event) for row in ledger.events)}
    needed = [row for row in rows if not row.optional]
    found = [row for row in rows if row.found]
    return Score(
        page=_page(_lines(export_dir / "articles.jsonl"), ledger),
        people=_people(_lines(export_dir / "entities.jsonl"), ledger),
        recall=_share(sum(row.found for row in needed), len(needed)),
        whole=_share(sum(row.state == "ok" for row in needed), len(needed)),
        fields=_share(sum(row.checked - len(row.wrong) for row in found), sum(row.checked for row in found)),
        precision=_share(len(called_for), len(events)),
        exported=len(events),
        traps=tuple(trap["quote"] for trap in ledger.traps if any(_springs(trap, event) for event in events)),
        rows=rows,
        unlisted=tuple(_summary(event) for at, event in enumerate(events) if at not in called_for),
    )


def covers(event: Item, row: Item) -> bool:
    """Whether the event's sentence holds the row's quote and its cue shares a word with the row's cue."""
    text, quote = plain(event.get("text")), plain(row["quote"])
    if quote not in text and not (len(text) > WHOLE_PARAGRAPH and text in quote):
        return False
    return "cue" not in row or bool(stems(" ".join(_strings(event.get("event_text")))) & stems(row["cue"]))


def checks(event: Item, row: Item) -> dict[str, bool]:
    """The row's fields, each with whether the event has it right."""
    right: dict[str, Callable[[Any], bool]] = {
        "event": lambda want: _meets(event.get("event"), want),
        "parties": lambda want: set(want) <= _codes(event, "actor", "recipient"),
        "actor": lambda want: set(want) <= _codes(event, "actor"),
        "names": lambda want: all(plain(name) in _party_names(event) for name in want),
        "date": lambda want: str(event.get("date") or "").startswith(str(want)),
        "enddate": lambda want: str(event.get("enddate") or "").startswith(str(want)),
        "auxiliary": lambda want: _auxiliary_right(event, want),
        "by": lambda want: _voice_right(event, want),
        "about": lambda want: set(want) <= set(_list(event.get("about"))),
        "quantity": lambda want: any(amount.get("value") == want for amount in _list(event.get("quantities"))),
        "mode": lambda want: _meets(event.get("mode"), want),
        "context": lambda want: _meets(event.get("context"), want),
    }
    return {name: check(row[name]) for name, check in right.items() if name in row}


def plain(text: object) -> str:
    """The text in NFKC, lower case, with plain apostrophes and single spaces, so that typography does not count."""
    folded = unicodedata.normalize("NFKC", "" if text is None else str(text)).replace("’", "'").replace("‘", "'")
    return " ".join(folded.split()).lower()


def stems(text: str) -> set[str]:
    """The first letters of every word, see :data:`STEM`."""
    return {word[:STEM] for word in re.findall("[a-z]+", plain(text))}


def _best_match(events: Sequence[Item], row: Item) -> Match | None:
    matches = [Match(at, checks(event, row)) for at, event in enumerate(events) if covers(event, row)]
    return max(matches, key=lambda match: (match.found, sum(match.checks.values())), default=None)


def _row_score(row: Item, match: Match | None) -> RowScore:
    fields = match.checks if match else {}
    wrong = tuple(name for name, right in fields.items() if not right)
    return RowScore(row["id"], bool(row.get("optional")), bool(match and match.found), len(fields), wrong)


def _calls_for(row: Item, event: Item) -> bool:
    """Whether the row says what the event says, though another event may match it better."""
    if not covers(event, row):
        return False
    right = checks(event, row)
    return right.get("event", True) and right.get("parties", True)


def agrees(ledger: Ledger, event: Item) -> bool:
    """Whether some row has the event's category and parties, and its voice where the row tells one."""
    fitting = (checks(event, row) for row in ledger.events if _calls_for(row, event))
    return any(right.get("by", True) for right in fitting)


def exported(folder: Path) -> list[Item]:
    """The events of an export. Raises :class:`LedgerError` where they cannot be read."""
    return _lines(folder / "events.jsonl")


def _springs(trap: Item, event: Item) -> bool:
    return covers(event, trap) and _meets(event.get("event"), trap["event"])


def _auxiliary_right(event: Item, want: Sequence[str]) -> bool:
    have = event.get("auxiliary_mode")
    implied = "future" in want and _meets(event.get("event"), IMPLIES_FUTURE)
    return implied or _meets(have, want) if want else not have


def _voice_right(event: Item, want: str | None) -> bool:
    voice = plain(" | ".join(_voices(event)))
    return not voice if want is None else bool(re.search(want.lower(), voice))


def _voices(event: Item) -> Iterable[str]:
    for attribution in _list(event.get("attribution")):
        for source in _list(attribution.get("source")):
            yield from (str(source[key]) for key in ("identifier_text", "entity_text", "office") if source.get(key))


def _codes(event: Item, *roles: str) -> set[str]:
    return {party["code"] for role in roles for party in _list(event.get(role)) if party.get("code")}


def _party_names(event: Item) -> str:
    parties = [party for role in ("actor", "recipient") for party in _list(event.get(role))]
    return " | ".join(plain(party.get("identifier_text") or party.get("entity_text")) for party in parties)


def _people(entities: Sequence[Item], ledger: Ledger) -> Tally:
    faults = {want["name"]: _person_faults(entities, want) for want in ledger.people}
    wrong = tuple(f"{name}: {', '.join(found)}" for name, found in faults.items() if found)
    return Tally(len(faults) - len(wrong), len(faults), wrong)


def _person_faults(entities: Sequence[Item], want: Item) -> list[str]:
    name = plain(want["name"])
    hits = [entity for entity in entities if any(name in plain(known) for known in _known_names(entity))]
    if len(hits) != 1:
        return [f"{len(hits)} entities" if hits else "missing"]
    return [*_office_faults(hits[0], want), *_alias_faults(hits[0], want, entities)]


def _office_faults(entity: Item, want: Item) -> Iterable[str]:
    offices = _list(entity.get("offices"))
    sectors = " ".join([str(entity.get("sector") or ""), *_strings(entity.get("other_sectors"))])
    if "country" in want and entity.get("code") != want["country"]:
        yield "country"
    held_offices = " | ".join(str(held.get("office") or "") for held in offices)
    if not re.search(want.get("office") or "", held_offices, re.IGNORECASE):
        yield "office"
    if "sector" in want and not re.search(want["sector"], sectors):
        yield "sector"
    if want.get("former") and not any(held.get("former") for held in offices):
        yield "former"


def _alias_faults(entity: Item, want: Item, entities: Sequence[Item]) -> Iterable[str]:
    aliases = " | ".join(plain(alias) for alias in _list(entity.get("aliases")))
    for other in want.get("also", ()):
        if plain(other) not in aliases:
            yield f"alias {other}"
        if any(rival is not entity and plain(rival.get("name")) == plain(other) for rival in entities):
            yield f"{other} is a second entity"


def _known_names(entity: Item) -> list[str]:
    return [str(entity.get("name") or ""), *_strings(entity.get("aliases"))]


def _page(articles: Sequence[Item], ledger: Ledger) -> Tally:
    """The page's aspects; a ledger that does not name a caption, its credit, subheads or the outlet does not ask."""
    asked = ["title", "boilerplate", *(key for key in _PAGE_CHECKS if key in ledger.article)]
    if len(articles) != 1:
        return Tally(0, len(asked), (f"{len(articles)} articles",))
    article = articles[0]
    paragraphs = _list(article.get("paragraphs"))
    right = {
        "title": plain(article.get("title")) == plain(ledger.article["title"]),
        "boilerplate": _clean([plain(paragraph.get("text")) for paragraph in paragraphs], ledger.article),
        **{key: check(article, ledger) for key, check in _PAGE_CHECKS.items() if key in asked},
    }
    wrong = tuple(key for key in asked if not right[key])
    return Tally(len(asked) - len(wrong), len(asked), wrong)


def _clean(texts: Sequence[str], want: Item) -> bool:
    """Enough paragraphs kept, the headline kept at most once, and none of the page's other words."""
    enough = len(texts) >= want.get("paragraphs", LEAST_PARAGRAPHS)
    once = texts.count(plain(want["title"])) <= 1
    return enough and once and not any(plain(word) in text for word in want["boilerplate"] for text in texts)


def _in_role(article: Item, role: str) -> list[Item]:
    return [paragraph for paragraph in _list(article.get("paragraphs")) if paragraph.get("role") == role]


def _captions(article: Item, ledger: Ledger) -> list[Item]:
    quote = plain(ledger.article["caption"])
    return [caption for caption in _in_role(article, "caption") if quote in plain(caption.get("text"))]


def _credit_right(article: Item, ledger: Ledger) -> bool:
    credit = plain(ledger.article["caption_credit"])
    return any(credit in plain(caption.get("credit")) for caption in _captions(article, ledger))


def _subheads_right(article: Item, ledger: Ledger) -> bool:
    heads = {plain(subhead.get("text")) for subhead in _in_role(article, "subhead")}
    return {plain(head) for head in ledger.article["subheads"]} <= heads


def _published_right(article: Item, ledger: Ledger) -> bool:
    basis = article.get("published_basis") == ledger.article["published_basis"]
    return basis and article.get("published") == ledger.published


_PAGE_CHECKS: dict[str, Callable[[Item, Ledger], bool]] = {
    "caption": lambda article, ledger: bool(_captions(article, ledger)),
    "caption_credit": _credit_right,
    "subheads": _subheads_right,
    "publication": lambda article, ledger: plain(article.get("publication")) == plain(ledger.article["publication"]),
    "published_basis": _published_right,
}


def _meets(have: object, want: Iterable[str]) -> bool:
    return bool(set(_strings(have)) & set(want))


def _summary(event: Item) -> str:
    return " | ".join(" ".join(_strings(event.get(key))) for key in ("event", "event_text", "text"))[:120]


def _list(value: Any) -> list[Any]:
    """PLOVER writes one value bare and several as a list."""
    return [] if value is None or value == "" else value if isinstance(value, list) else [value]


def _strings(value: object) -> list[str]:
    return [str(item) for item in _list(value)]


def _share(part: int, of: int) -> float:
    return part / of if of else 0.0


def _lines(path: Path) -> list[Item]:
    try:
        # not splitlines(): a line separator inside a quoted sentence (U+2028) is no end of a JSON line
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise LedgerError(f"{path}: {error}") from error


def table(scores: Mapping[str, Score]) -> str:
    """One line a report: page, people, the four fractions, events exported, traps sprung."""
    columns = ("page", "people", "recall", "whole", "fields", "precision", "events", "traps")
    head = f"{'report':32}" + "".join(f"{column:>10}" for column in columns)
    return "\n".join([head, *(_table_line(name, result) for name, result in scores.items())]) + "\n"


def _table_line(name: str, result: Score) -> str:
    page, people = (f"{tally.right}/{tally.of}" for tally in (result.page, result.people))
    shares = f"{result.recall:10.3f}{result.whole:10.3f}{result.fields:10.3f}{result.precision:10.3f}"
    return f"{name:32}{page:>10}{people:>10}{shares}{result.exported:10}{len(result.traps):10}"


def row_table(result: Score) -> str:
    """Every row with its state and wrong fields, then what is wrong on the page and with people, traps, unlisted."""
    lists = (result.page.wrong, result.people.wrong, result.traps, result.unlisted)
    lines = [f"{kind:10}{line}" for kind, found in zip(ROW_KINDS, lists, strict=True) for line in found]
    return "\n".join([*map(_row_line, result.rows), *lines]) + "\n"


def _row_line(row: RowScore) -> str:
    wrong = f"wrong: {', '.join(row.wrong)}" if row.found and row.wrong else ""
    return f"{row.state:10}{row.id:28}{'optional ' if row.optional else ''}{wrong}".rstrip()


def floor(result: Score) -> dict[str, float | int]:
    """The figures of the score that ``floors.yaml`` holds, fractions rounded down to whole hundredths."""
    # the small term keeps 0.29 * 100, which is 28.999..., from losing a hundredth
    shares = {name: math.floor(getattr(result, name) * 100 + 1e-9) / 100 for name in SHARES}
    return {**shares, "traps": len(result.traps)}


def load_floors() -> dict[str, dict[str, float | int]]:
    """Report name -> least recall, precision and whole, and most traps (``examples/floors.yaml``)."""
    return dict(yaml.safe_load(FLOORS.read_text(encoding="utf-8")) or {})


def main(arguments: Sequence[str] | None = None) -> int:
    """Score exports against ledgers, or the project's own examples where none is given."""
    parser = argparse.ArgumentParser(description="Score exports against ledgers, or else read and score the examples.")
    parser.add_argument("pairs", nargs="*", type=Path, metavar="EXPORT LEDGER", help="folder of an export, its ledger")
    parser.add_argument("--rows", action="store_true", help="also every row, and what no row calls for")
    parser.add_argument("--floors", action="store_true", help="print the measured figures in the form of floors.yaml")
    options = parser.parse_args(arguments)
    if len(options.pairs) % 2:
        parser.error("each export needs its ledger")
    try:
        scores = _measure(options.pairs)
    except LedgerError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    _show(scores, rows=options.rows, as_floors=options.floors)
    return 0


def _measure(pairs: Sequence[Path]) -> dict[str, Score]:
    if pairs:
        exports, ledgers = pairs[::2], pairs[1::2]
        return {path.stem: score(export, load_ledger(path)) for export, path in zip(exports, ledgers, strict=True)}
    from readings import example_ledgers, read_reports  # scoring an export alone must not need the package

    with tempfile.TemporaryDirectory() as folder:
        return read_reports(example_ledgers(), Path(folder))


def _show(scores: Mapping[str, Score], *, rows: bool, as_floors: bool) -> None:
    if as_floors:
        sys.stdout.write(yaml.safe_dump({name: floor(result) for name, result in scores.items()}))
        return
    if rows:
        sys.stdout.writelines(f"{name}\n{row_table(result)}\n" for name, result in scores.items())
    sys.stdout.write(table(scores))


if __name__ == "__main__":
    sys.exit(main())
