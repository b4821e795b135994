"""The project's own reports: that their ledgers are sound, and that the coder reaches the floors on them."""

import re
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from benchmarks.ledger import (
    EXAMPLES,
    Ledger,
    Score,
    example_ledgers,
    load_floors,
    load_ledger,
    plain,
    read_examples,
    report_of,
    stems,
)
from lxml import html

LEDGERS = example_ledgers()
NAMES = [path.stem for path in LEDGERS]
COPY = EXAMPLES / "copy-of-sanctions-myanmar.html"
BLOCKS = "//h1|//h2|//h3|//p|//figcaption|//div[@class='caption']"
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[\"“A-Z0-9])")
FIELDS = {"id", "optional", "quote", "cue", "event", "parties", "actor", "names", "date", "enddate", "auxiliary", "by"}
FIELDS |= {"about", "quantity", "mode", "context"}
PERSON = {"name", "also", "country", "office", "sector", "former"}
ISO_PREFIX = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@cache
def plover() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files("dragoman.ontology") / "data" / "plover.yaml").read_text("utf-8"))
    return data


@cache
def paragraphs(report: Path) -> list[str]:
    """The report's blocks of text, everything on the page included."""
    text = report.read_text(encoding="utf-8")
    if report.suffix == ".txt":
        return [line for line in text.splitlines() if line.strip()]
    return [" ".join(block.text_content().split()) for block in html.fromstring(text.encode()).xpath(BLOCKS)]


def sentences(report: Path) -> list[str]:
    return [sentence for paragraph in paragraphs(report) for sentence in SENTENCE_END.split(paragraph)]


def whole_text(report: Path) -> str:
    text = report.read_text(encoding="utf-8")
    return plain(text if report.suffix == ".txt" else html.fromstring(text.encode()).text_content())


@pytest.fixture(params=LEDGERS, ids=NAMES)
def example(request: pytest.FixtureRequest) -> tuple[Path, Ledger]:
    return report_of(request.param), load_ledger(request.param)


def test_there_are_examples_of_both_forms_and_each_has_its_ledger() -> None:
    reports = {path for path in EXAMPLES.iterdir() if path.suffix in {".html", ".txt"}} - {COPY}
    assert reports == {report_of(path) for path in LEDGERS}
    assert len(reports) >= 8
    assert Counter(path.suffix for path in reports) == {".html": len(reports) / 2, ".txt": len(reports) / 2}


def test_every_quote_is_in_one_sentence_with_its_cue(example: tuple[Path, Ledger]) -> None:
    report, ledger = example
    for row in ledger.events:
        holding = [sentence for sentence in sentences(report) if plain(row["quote"]) in plain(sentence)]
        assert holding, f"{row['id']}: no sentence holds its quote"
        if "cue" in row:
            assert any(stems(sentence) & stems(row["cue"]) for sentence in holding), f"{row['id']}: cue not in sentence"


def test_every_word_of_the_page_that_a_ledger_names_is_on_it(example: tuple[Path, Ledger]) -> None:
    report, ledger = example
    text = whole_text(report)
    article = ledger.article
    named = [
        article["title"],
        *article["boilerplate"],
        article["caption"],
        article["caption_credit"],
        *article["subheads"],
    ]
    named += [trap["quote"] for trap in ledger.traps] + [person["name"] for person in ledger.people]
    assert [word for word in named if plain(word) not in text] == []


def test_no_boilerplate_word_is_in_the_story(example: tuple[Path, Ledger]) -> None:
    report, ledger = example
    quotes = [plain(row["quote"]) for row in ledger.events]
    story = [plain(text) for text in paragraphs(report) if any(quote in plain(text) for quote in quotes)]
    crumbs = [text for text in story if plain(ledger.article["title"]) in text]
    for word in ledger.article["boilerplate"]:
        assert not [text for text in story if plain(word) in text and text not in crumbs]


def test_every_row_speaks_plover(example: tuple[Path, Ledger]) -> None:
    _, ledger = example
    categories = plover()["categories"]
    for row in (*ledger.events, *ledger.traps):
        modes = {mode for category in row["event"] for mode in categories[category].get("modes", {})}
        assert set(row.get("mode", ())) <= modes, row
        assert set(row.get("context", ())) <= set(plover()["contexts"]), row
        assert set(row.get("auxiliary", ())) <= set(plover()["auxiliary"]), row


def test_every_row_is_well_formed(example: tuple[Path, Ledger]) -> None:
    _, ledger = example
    for row in ledger.events:
        assert set(row) <= FIELDS, row
        assert all(re.fullmatch("[A-Z]{3}", code) for key in ("parties", "actor", "about") for code in row.get(key, ()))
        assert set(row.get("actor", ())) <= set(row.get("parties", ())), row
        assert all(ISO_PREFIX.fullmatch(str(row[key])) for key in ("date", "enddate") if key in row), row
        re.compile(row.get("by") or "")
    assert all(set(trap) == {"quote", "cue", "event"} for trap in ledger.traps)
    assert all(set(person) <= PERSON for person in ledger.people)


def test_a_ledger_asks_for_enough(example: tuple[Path, Ledger]) -> None:
    report, ledger = example
    counts = Counter(row["id"] for row in ledger.events)
    assert max(counts.values()) == 1
    assert sum(not row.get("optional") for row in ledger.events) >= 10
    assert len(paragraphs(report)) >= ledger.article["paragraphs"]
    assert len(ledger.traps) >= 3


def test_the_copy_is_a_copy() -> None:
    original = {plain(text) for text in paragraphs(EXAMPLES / "sanctions-myanmar.txt")}
    body = [text.replace("–", "-").replace("“", '"').replace("”", '"') for text in paragraphs(COPY) if len(text) > 80]
    assert len(body) >= 10
    assert [text for text in body if plain(text) not in original] == []


@pytest.fixture(scope="session")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Score]:
    return read_examples(LEDGERS, tmp_path_factory.mktemp("examples"))


def test_every_example_has_a_floor() -> None:
    assert set(load_floors()) == set(NAMES), "measure with: python benchmarks/ledger.py --floors"


@pytest.mark.parametrize("name", NAMES)
def test_the_coder_reaches_the_floors(scores: dict[str, Score], name: str) -> None:
    floors, result = load_floors()[name], scores[name]
    below = [share for share in ("recall", "precision", "whole") if getattr(result, share) < floors[share]]
    assert below == [], f"recall {result.recall:.3f} precision {result.precision:.3f} whole {result.whole:.3f}"
    assert len(result.traps) <= floors["traps"], result.traps
