"""``dossier``, ``since`` and ``events`` as a user types them, over the small record of ``views/world.py``."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from commands import Command
from dragoman.record import Record
from dragoman.views.svg import VERSION
from views import world

HOSTILE = "Foreign Minister Ana Reis visited Oslo on 1 March 2021, <script>alert(1)</script> & the first since 2006."
VISITS = ("PRT", "Norway", "--event", "consult", "--mode", "visit", "--before", "2021-03")


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "world.duckdb"
    with Record.open(path) as record:
        for reading in world.readings():
            record.add(reading)
    return path


def test_a_dossier_in_the_terminal(dragoman: Command, kept: Path) -> None:
    done = dragoman("dossier", "Portugal", "NOR", "--record", kept)
    assert (done.status, done.err) == (0, "")
    assert "Portugal – Norway" in done.out
    assert "6 events in 5 independent texts that Dragoman read and 1 event known from imported rows alone" in done.out
    for words in ("SANCTION", "90 percent", "Ministry of Journeys", "Where reports disagree", "Ana Reis", "█"):
        assert words in done.out


def test_a_dossier_in_other_forms(dragoman: Command, kept: Path) -> None:
    told = json.loads(dragoman("dossier", "PRT", "NOR", "--json", "--record", kept).out)
    assert (told["events"], told["subject"]["ids"]) == (7, ["PRT", "NOR"])
    rows = list(csv.DictReader(io.StringIO(dragoman("dossier", "PRT", "NOR", "--csv", "--record", kept).out)))
    assert len(rows) == 7
    assert {row["article"] for row in rows} == {"a1", "a3", "a4", "a5", "list-2011"}
    narrowed = dragoman("dossier", "PRT", "NOR", "--event", "CONSULT", "--from", "2011", "--csv", "--record", kept)
    assert [row["day"] for row in csv.DictReader(io.StringIO(narrowed.out))] == [
        "2011-06-01",
        "2021-03-01",
    ]


def test_since_in_the_terminal(dragoman: Command, kept: Path) -> None:
    done = dragoman("since", *VISITS, "--record", kept)
    assert (done.status, done.err) == (0, "")
    flat = " ".join(done.out.split())
    assert "The last CONSULT visit between PRT and NOR before 2021-03-01: 2011-06-01" in flat
    assert "Ministry of Journeys (imported)" in flat
    assert "contradicted: “first visit of its kind since 2006”" in flat
    assert "What the record covers, and what it does not" in flat


def test_since_in_other_forms(dragoman: Command, kept: Path) -> None:
    told = json.loads(dragoman("since", *VISITS, "--json", "--record", kept).out)
    assert (told["last"]["day"], told["times"]) == ("2011-06-01", 2)
    assert [each["verdict"] for each in told["claims"]] == ["contradicted"]
    rows = list(csv.DictReader(io.StringIO(dragoman("since", *VISITS, "--csv", "--record", kept).out)))
    assert [(row["when"], row["day"]) for row in rows] == [("before", "2011-06-01"), ("before", "2006-02")]


def test_nothing_before_is_an_answer(dragoman: Command, kept: Path) -> None:
    done = dragoman("since", "PRT", "NOR", "--mode", "visit", "--before", "1990", "--record", kept)
    assert (done.status, done.err) == (0, "")
    assert "The record holds no event visit between PRT and NOR before 1990-01-01." in done.out


def test_events_sorted_cut_and_counted(dragoman: Command, kept: Path) -> None:
    surest = json.loads(dragoman("events", "--sort", "-confidence", "--limit", "5", "--json", "--record", kept).out)
    assert [row["confidence"] for row in surest] == [1.0, 1.0, 1.0, 1.0, 0.9]
    posted = json.loads(dragoman("events", "--outlet", "The Post", "--voice", "named", "--json", "--record", kept).out)
    assert [row["text_info"]["article"] for row in posted] == ["a1"]  # which speaks for both
    counts = json.loads(dragoman("events", "--facets", "--json", "--record", kept).out)
    assert {each["value"]: each["events"] for each in counts["category"]} == {
        "CONSULT": 7, "ACCUSE": 2, "AID": 1, "COOPERATE": 1, "SANCTION": 1,
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(dragoman("events", "--facets", "--csv", "--record", kept).out)))
    assert {"facet": "voice", "value": "anonymous", "events": "1"} in rows
    assert "The Daily" in dragoman("events", "--facets", "--record", kept).out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("dossier", "Ana Rais"), 1, "did you mean Ana Reis"),
        (("dossier", "USA", "JPN"), 1, "no such event of United States – Japan"),
        (("dossier", "NOR", "Norway"), 2, "are the same"),
        (("dossier", "a", "b", "c"), 2, "one name, or about two"),
        (("dossier", "NOR", "--json", "--csv"), 2, "choose one of --json"),
        (("dossier", "NOR", "--from", "2020", "--to", "2019"), 2, "before the first"),
        (("since", "NOR", "NOR"), 2, "are the same"),
        (("since", "NOR", "nowhere"), 2, "no country, and no body"),
        (("since", "NOR", "NATO"), 2, "no body with a code of its own"),
        (("since", "NOR", "PRT", "--mode", "vist"), 2, "no mode 'vist': one of"),
        (("events", "--context", "sport"), 2, "no context 'sport': one of"),
        (("since", "NOR", "PRT", "--level", "king"), 2, "no level 'king'"),
        (("since", "NOR", "PRT", "--before", "soon"), 2, "is not a day"),
        (("events", "--sort", "colour"), 2, "no order 'colour'"),
        (("events", "--voice", "loud"), 2, "no voice 'loud'"),
        (("events", "--html", "missing/page.html"), 1, "missing/page.html: cannot be written"),
    ],
)
def test_what_cannot_be_answered_says_why(
    dragoman: Command, kept: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    done = dragoman(*arguments, "--record", kept)
    assert done.status == status
    assert words in re.sub(r"[\s│]+", " ", done.err)
    assert "Traceback" not in done.err


class Page(HTMLParser):
    """What a page holds: its elements, the addresses it leads to or fetches, and its ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "xlink:href", "src", "action")]
        self.ids += [value or "" for name, value in attrs if name == "id"]


@pytest.mark.parametrize("arguments", [("dossier", "PRT", "NOR"), ("since", *VISITS), ("events",)])
def test_a_page_needs_nothing_but_itself(
    dragoman: Command, kept: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    pytest.importorskip("jinja2")
    pytest.importorskip("vl_convert")
    done = dragoman(*arguments, "--html", "page.html", "--record", kept)
    assert (done.status, done.out, done.err) == (0, "", "page.html written\n")
    page = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert {"main", "h1", "svg", "table", "title"} - {"table"} <= set(page.elements)
    assert not {"script", "iframe", "link", "form"} & set(page.elements)
    assert all(address.startswith("#") for address in page.addresses)
    assert {address.removeprefix("#") for address in page.addresses} <= set(page.ids)
    assert len(set(page.ids)) == len(page.ids)


def test_what_a_report_says_is_text_on_a_page(dragoman: Command, tmp_path: Path) -> None:
    pytest.importorskip("jinja2")
    pytest.importorskip("vl_convert")
    with Record.open(tmp_path / "h.duckdb") as record:
        for reading in world.readings(first=HOSTILE):
            record.add(reading)
    for arguments in (("dossier", "PRT", "NOR"), ("since", *VISITS), ("events",)):
        assert dragoman(*arguments, "--html", "page.html", "--record", "h.duckdb").status == 0
        text = (tmp_path / "page.html").read_text(encoding="utf-8")
        assert "<script" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; the first" in text


@pytest.mark.parametrize("missing", ["jinja2", "markupsafe", "vl_convert"])
def test_without_the_extra_a_page_says_what_is_missing(
    dragoman: Command, kept: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    done = dragoman("dossier", "PRT", "NOR", "--html", "page.html", "--record", kept)
    assert done.status == 1
    assert "the extra `web` brings it" in " ".join(done.err.split())


def test_the_version_of_vega_lite_is_one_that_is_known() -> None:
    vl_convert = pytest.importorskip("vl_convert")
    assert VERSION in vl_convert.get_vegalite_versions()
