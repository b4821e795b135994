"""A user's own data folder, named by the environment, is read with the package's."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.ontology import load
from dragoman.ontology.cues import load_cues
from dragoman.ontology.persons import load_persons

OFFICES = "source: a test\ndate: 2026-11-23\nversion: 1\noffices:\n- {words: [margrave], sector: GOV}\n"
CUES = (
    "source: a test\ndate: 2026-11-23\ncues:\n- {lemma: palaver, pos: VERB, event: CONSULT, recipient: ['prep:with']}\n"
)


def test_the_folder_of_the_environment_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "offices.yaml").write_text(OFFICES, encoding="utf-8")
    (tmp_path / "cues.yaml").write_text(CUES, encoding="utf-8")
    assert ("margrave",) not in load().titles
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path))
    assert load().titles[("margrave",)].sector == "GOV"
    assert load_cues().find("palaver", "VERB")[0].event == "CONSULT"
    assert load_persons()["angela merkel"].code == "DEU"
    monkeypatch.delenv("DRAGOMAN_DATA")
    assert not load_cues().find("palaver", "VERB")
