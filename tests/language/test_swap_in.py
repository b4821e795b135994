"""A pipeline of one's own in the reader's place: from text to events, and what is said where something is missing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import dragoman
from dragoman.errors import DataError
from dragoman.language.pairs import categories
from make_docs import brief, parsed

ROOT = Path(__file__).resolve().parent.parent.parent
TINY = ROOT / "tests" / "fixtures" / "tiny"
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "own-pipeline.md").read_text("utf-8"), re.S)

TEXT = (
    "The foreign minister of Peru met his Chilean counterpart in Lima on 3 May 2024. "
    "Chile accused Bolivia of spying, a spokesman said."
)
BY_HAND = parsed(
    "The/DT/3/det foreign/JJ/3/amod minister/NN/6/nsubj of/IN/5/case Peru/NNP/3/nmod/LOC met/VBD/0/root "
    "his/PRP$/9/nmod:poss Chilean/JJ/9/amod counterpart/NN/6/obj in/IN/11/case Lima/NNP/6/obl/LOC on/IN/14/case "
    "3/CD/14/nummod May/NNP/6/obl 2024/CD/14/nummod ././6/punct",
    "Chile/NNP/2/nsubj/LOC accused/VBD/9/ccomp Bolivia/NNP/2/obj/LOC of/IN/5/mark spying/VBG/2/advcl ,/,/9/punct "
    "a/DT/8/det spokesman/NN/9/nsubj said/VBD/0/root ././9/punct",
)


def annotate(doc: Doc, *, without: str = "") -> Doc:
    """Write what was parsed by hand on the tokens, but for one attribute."""
    assert [token.text for token in doc] == [token.text for token in BY_HAND]
    for token, known in zip(doc, BY_HAND, strict=True):
        if without != "dep":
            token.head, token.dep_ = doc[known.head.i], known.dep_.replace("ROOT", "root")
        for name in {"pos_", "tag_", "lemma_"} - {without}:
            setattr(token, name, getattr(known, name))
    doc.set_ents([doc.char_span(ent.start_char, ent.end_char, label=ent.label_) for ent in BY_HAND.ents])
    return doc


@Language.component("by_hand")
def by_hand(doc: Doc) -> Doc:
    return annotate(doc)


@Language.component("by_hand_without_times")
def by_hand_without_times(doc: Doc) -> Doc:
    doc.spans["times"] = []
    return annotate(doc)


@Language.component("by_hand_without_trees")
def by_hand_without_trees(doc: Doc) -> Doc:
    return annotate(doc, without="dep")


@Language.component("by_hand_without_tags")
def by_hand_without_tags(doc: Doc) -> Doc:
    return annotate(doc, without="tag_")


def pipeline(*components: str) -> Language:
    nlp = spacy.blank("en")
    for component in components:
        nlp.add_pipe(component)
    return nlp


def test_its_trees_and_names_become_events() -> None:
    result = dragoman.read(TEXT, nlp=pipeline("by_hand"))
    met, accused = result.events
    assert brief(met) == ("CONSULT", ["CHL", "PER"], []), "in a meeting all parties are actors"
    assert brief(accused) == ("ACCUSE", ["CHL"], ["BOL"])
    assert met.where is not None and met.where.name == "Lima"
    for event in result.events:
        for party in (*event.actors, *event.recipients):
            assert result.article.text[party.span.start : party.span.end] == party.text
    assert result.doc.text == result.article.text == TEXT


def test_times_are_found_by_rule_where_it_writes_none() -> None:
    met, _ = dragoman.read(TEXT, nlp=pipeline("by_hand")).events
    assert met.when is not None and (met.when.start, met.when.precision) == (date(2024, 5, 3), "day")
    without, _ = dragoman.read(TEXT, nlp=pipeline("by_hand_without_times")).events
    assert without.when is None, "an empty list is an answer: the pipeline found no times"


def test_who_says_so_comes_from_the_rules() -> None:
    _, accused = dragoman.read(TEXT, nlp=pipeline("by_hand")).events
    (attribution,) = accused.attribution
    assert attribution.cue is not None
    assert TEXT[attribution.cue.start : attribution.cue.end] == "said"


def test_what_was_read_can_be_kept(tmp_path: Path) -> None:
    result = dragoman.read(TEXT, nlp=pipeline("by_hand"))
    with dragoman.Record.open(tmp_path / "own.duckdb") as record:
        assert record.add(result.reading, source="own text") == "new"
        assert record.add(result.reading, source="own text") == "unchanged"


@pytest.mark.parametrize(
    ("component", "missing"),
    [("by_hand_without_trees", r"trees \(head, dep_\)"), ("by_hand_without_tags", "tag_"), ("sentencizer", "trees")],
)
def test_what_it_does_not_write_is_named(component: str, missing: str) -> None:
    with pytest.raises(DataError, match=rf"{component}: the pipeline writes no {missing}"):
        dragoman.read(TEXT, nlp=pipeline(component))


def test_only_the_package_s_reader_tells_categories() -> None:
    nlp = pipeline("by_hand")
    doc = nlp(TEXT)
    with pytest.raises(DataError, match="by_hand: only Dragoman's own reader tells the category of a pair"):
        categories(nlp, doc, [(doc[16:17], doc[18:19])])
    reader = pipeline("dragoman")
    with pytest.raises(DataError, match="read by another pipeline"):
        categories(reader, doc, [(doc[16:17], doc[18:19])])


def test_the_mapping_shown_takes_names_of_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    english = spacy.blank("en")
    ruler = english.add_pipe("entity_ruler")
    patterns = {"Peru": "GPE", "Chilean": "NORP", "Bolivia": "GPE", "3 May 2024": "DATE", "foreign minister": "PERSON"}
    ruler.add_patterns([{"label": label, "pattern": words} for words, label in patterns.items()])  # type: ignore[attr-defined]
    monkeypatch.setattr(spacy, "load", lambda name: english)
    monkeypatch.setenv("DRAGOMAN_WEIGHTS", str(TINY))
    (block,) = (block for block in BLOCKS if "KINDS" in block)
    shown: dict[str, object] = {}
    exec(compile(block, "docs/own-pipeline.md", "exec"), shown)
    nlp = shown["nlp"]
    assert isinstance(nlp, Language)
    found = {(ent.text, ent.label_) for ent in nlp(TEXT).ents}
    assert found == {("Peru", "LOC"), ("Bolivia", "LOC"), ("foreign minister", "PER")}


def test_every_other_block_shown_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    others = [block for block in BLOCKS if "KINDS" not in block]
    assert others
    for block in others:
        exec(compile(block, "docs/own-pipeline.md", "exec"), {"nlp": pipeline("by_hand"), "text": TEXT})
