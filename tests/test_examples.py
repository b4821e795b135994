"""The reports in examples/: that they ask for enough, and that the coder reaches the floors on them."""

from collections import Counter
from pathlib import Path

import pytest

from ledger import EXAMPLES, Ledger, Score, load_floors, load_ledger, plain
from readings import example_ledgers, read_reports, report_of
from report_text import paragraphs

LEDGERS = example_ledgers()
NAMES = [path.stem for path in LEDGERS]
COPY = EXAMPLES / "copy-of-sanctions-myanmar.html"


@pytest.fixture(params=LEDGERS, ids=NAMES)
def example(request: pytest.FixtureRequest) -> tuple[Path, Ledger]:
    return report_of(request.param), load_ledger(request.param)


def test_there_are_examples_of_both_forms_and_each_has_its_ledger() -> None:
    reports = {path for path in EXAMPLES.iterdir() if path.suffix in {".html", ".txt"}} - {COPY}
    assert reports == {report_of(path) for path in LEDGERS}
    assert len(reports) >= 8
    assert Counter(path.suffix for path in reports) == {".html": len(reports) / 2, ".txt": len(reports) / 2}


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
    return read_reports(LEDGERS, tmp_path_factory.mktemp("examples"))


def test_every_example_has_a_floor() -> None:
    assert set(load_floors()) == set(NAMES), "measure with: python benchmarks/ledger.py --floors"


@pytest.mark.parametrize("name", NAMES)
def test_the_coder_reaches_the_floors(scores: dict[str, Score], name: str) -> None:
    floors, result = load_floors()[name], scores[name]
    below = [share for share in ("recall", "precision", "whole") if getattr(result, share) < floors[share]]
    assert below == [], f"recall {result.recall:.3f} precision {result.precision:.3f} whole {result.whole:.3f}"
    assert len(result.traps) <= floors["traps"], result.traps
