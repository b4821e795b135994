"""The documentation does what it says."""

from __future__ import annotations

import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import reference
from dragoman.cli.app import app
from dragoman.exchange.base import formats
from dragoman.ontology.check import check
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon
from dragoman.ontology.ontology import load
from dragoman.record import Record

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("**/*.md"))]
BLOCKS = re.findall(r"```yaml\n(# (\w+\.yaml)\n.*?)```", (ROOT / "docs" / "adding-words.md").read_text("utf-8"), re.S)


@pytest.mark.parametrize(("text", "name"), BLOCKS, ids=[name for _, name in BLOCKS])
def test_the_entries_shown_are_in_form(text: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert check(tmp_path / name) == []


def test_the_entries_shown_are_found(tmp_path: Path) -> None:
    for text, name in BLOCKS:
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [cue.event for cue in load_cues(tmp_path / "cues.yaml").find("palaver", "VERB")] == ["CONSULT"]
    assert load_lexicon(tmp_path / "lexicon.yaml").denying_verbs == load_lexicon().denying_verbs | {"disown"}
    assert load(tmp_path / "offices.yaml").titles["margrave",].sector == "GOV"
    assert load(tmp_path / "countries.yaml").names["tadzhik",][0].code == "TJK"


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_target_that_is_named_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {name for page in PAGES for name in re.findall(r"(?:`|^ {4})make ([a-z-]+)", page.read_text("utf-8"), re.M)}
    assert named <= targets
    assert {"demo", "test", "bench", "accuracy"} <= named


def test_the_page_of_formats_is_what_the_code_says() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "formats.py"))["page"]()
    assert (ROOT / "docs" / "formats.md").read_text(encoding="utf-8") == made, "run: make docs"


def test_every_loss_is_printed_in_the_docs() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    said = [line for each in formats().values() for line in (*each.losses, *each.gaps)]
    assert len(said) > 30
    assert [line for line in said if f"- {line}" not in text] == []


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_reference_is_what_the_code_says(name: str) -> None:
    shown = (reference.FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert shown == reference.PAGES[name]().rstrip("\n") + "\n", "run: make docs"


def test_the_reference_holds_everything() -> None:
    told = {name: (reference.FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in reference.PAGES}
    for verb, options in VERBS.items():
        assert f"## {verb}\n" in told["cli"] and all(f"`{option}" in told["cli"] for option in options - HELP)
    assert all(
        f"### `/{page}.json`" in told["api"] for page in ("events", "dossier/{a}/{b}", "since/{a}/{b}", "search")
    )
    assert all(f"## {name}\n" in told["python"] for name in ("read", "load", "Record", "Event", "When", "Snapshots"))
    assert all(f"## {table}\n" in told["tables"] for table in ("facts", "corrections", "claims", "failures"))


HELP = {"--help", "-h"}
VERBS: dict[str, set[str]] = {
    name: {
        *HELP,
        *(option for each in verb.params for option in (*each.opts, *each.secondary_opts) if option[0] == "-"),
    }
    for name, verb in vars(typer.main.get_command(app))["commands"].items()
}


def _commands(text: str) -> Iterator[list[str]]:
    """The words of every command of ours in a page: of its lines, and within code, where it is no pattern."""
    lines = re.findall(r"^(?: {4}|\$ )(dragoman .*(?:\\\n.*)*)$", text, re.M)
    for told in (*lines, *re.findall(r"`(dragoman [^`]*)`", text)):
        try:
            yield shlex.split(told.replace("\\\n", " ").split(" | ")[0], comments=True)
        except ValueError:
            continue  # a line that goes on in the next one of a sentence


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_command_named_is_one_with_these_options(page: Path) -> None:
    for words in _commands(page.read_text(encoding="utf-8")):
        if words[1:] in ([], ["--version"]) or words[1] in ("VERB", "…"):
            continue
        assert words[1] in VERBS, words
        named = {re.split("[=/]", word)[0].strip("[]") for word in words if word.lstrip("[").startswith("--")}
        assert named <= VERBS[words[1]], words


def test_the_data_dictionary_has_every_column_of_facts_and_corrections() -> None:
    text = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    with Record.open(":memory:") as record:
        for table, heading in (("facts", "### Facts"), ("corrections", "### Corrections")):
            section = text.split(heading)[1].split("\n##")[0]
            cells = "".join(row.split("|")[1] for row in section.splitlines() if row.startswith("| `"))
            found: list[dict[str, Any]] = record.select(
                "SELECT column_name AS name FROM duckdb_columns() WHERE table_name = ?", table
            )
            assert {row["name"] for row in found} == set(re.findall(r"`(\w+)`", cells))


@pytest.mark.parametrize(
    ("heading", "tables"),
    [
        ("### Stories", ("stories", "story_links")),
        ("### Links", ("links", "linked_events")),
        ("### Identities", ("identity_links",)),
        (
            "### What they are worked out from",
            ("vectors", "signatures", "text_pairs", "blocks", "identity_blocks", "unlinked", "unjoined"),
        ),
    ],
)
def test_the_data_dictionary_has_every_column_of_stories_and_links(heading: str, tables: tuple[str, ...]) -> None:
    text = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", text.split(heading)[1].split("\n##")[0]))
    with Record.open(":memory:") as record:
        for table in tables:
            found = record.select("SELECT column_name AS name FROM duckdb_columns() WHERE table_name = ?", table)
            assert found and table in named
            assert {row["name"] for row in found} <= named, table
