"""All reports that the project wrote, examples and development set: that their ledgers are sound; and the floors that
the coder reaches on the two halves of the development set."""

import re
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from development import HALVES, REPORTS, Half, ledgers_of, measure
from ledger import Ledger, load_ledger, plain, stems
from readings import example_ledgers, report_of
from report_text import paragraphs, sentences, whole_text

LEDGERS = [*example_ledgers(), *(path for half in HALVES for path in ledgers_of(half))]
FIELDS = {"id", "optional", "quote", "cue", "event", "parties", "actor", "names", "date", "enddate", "auxiliary", "by"}
FIELDS |= {"about", "quantity", "mode", "context"}
PERSON = {"name", "also", "country", "office", "sector", "former"}
ISO_PREFIX = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@cache
def plover() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files("dragoman.ontology") / "data" / "plover.yaml").read_text("utf-8"))
    return data


@pytest.fixture(params=LEDGERS, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> tuple[Path, Ledger]:
    return report_of(request.param), load_ledger(request.param)


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
    named = [article["title"], *article["boilerplate"], *article.get("subheads", ())]
    named += [article[key] for key in ("caption", "caption_credit") if key in article]
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


def test_the_development_set_is_large_and_even() -> None:
    assert len(LEDGERS) - len(example_ledgers()) >= 60
    assert len(ledgers_of("tune")) == len(ledgers_of("test"))


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_every_category_mode_and_form(half: str) -> None:
    rows = [row for path in ledgers_of(half) for row in load_ledger(path).events if not row.get("optional")]
    assert {category for row in rows for category in row["event"]} == set(plover()["categories"])
    assert {mode for row in rows for mode in row.get("auxiliary", ())} == set(plover()["auxiliary"])
    forms = Counter(report_of(path).suffix for path in ledgers_of(half))
    assert min(forms[".html"], forms[".txt"]) >= len(ledgers_of(half)) // 3


def test_no_report_is_in_both_halves() -> None:
    first, second = ({plain(load_ledger(path).article["title"]) for path in ledgers_of(half)} for half in HALVES)
    assert not first & second


@pytest.fixture(scope="module", params=HALVES)
def half(request: pytest.FixtureRequest) -> tuple[str, Half]:
    return request.param, measure(ledgers_of(request.param))


def test_the_coder_reaches_the_floors_of_the_half(half: tuple[str, Half]) -> None:
    name, measured = half
    floors = yaml.safe_load((REPORTS / "floors.yaml").read_text(encoding="utf-8"))[name]
    figures = measured.figures()
    assert figures["traps"] <= floors.pop("traps")
    assert {figure: figures[figure] for figure, floor in floors.items() if figures[figure] < floor} == {}


def test_confidence_means_something(half: tuple[str, Half]) -> None:
    """Of events in a bin of fifty or more, the share that is right is near what their confidence says."""
    _, measured = half
    assert [bin_ for bin_ in measured.bins() if bin_[2] >= 50 and abs(bin_[3] - bin_[4]) > 0.1] == []
