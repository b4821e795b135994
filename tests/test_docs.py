"""The documentation does what it says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from dragoman.exchange.base import formats
from dragoman.ontology.check import check
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon
from dragoman.ontology.ontology import load

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
    assert (ROOT / "docs" / "formats.md").read_text(encoding="utf-8") == made, "run: python docs/formats.py"


def test_every_loss_is_printed_in_the_docs() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    said = [line for each in formats().values() for line in (*each.losses, *each.gaps)]
    assert len(said) > 30
    assert [line for line in said if f"- {line}" not in text] == []
