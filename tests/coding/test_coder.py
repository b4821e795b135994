"""Doc to Reading as a whole: laws that hold of every reading, on hand-parsed texts and on the project's examples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.tokens import Doc

import dragoman
from dragoman.coding import code
from dragoman.model import Article, Paragraph, Reading
from laws import laws_of_a_reading
from make_docs import VOCAB, article, brief, parsed, reading

WEIGHTS = Path(dragoman.__file__).parent / "language" / "weights" / "reader.onnx"
EXAMPLES = sorted(
    path for path in (Path(__file__).parents[2] / "examples").glob("*-*") if path.suffix in (".txt", ".html")
)
needs_weights = pytest.mark.skipif(not WEIGHTS.exists(), reason="the weights of the reader (reader.onnx) are not here")

MET = "Peru/NNP/2/nsubj/LOC met/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct"
ATTACKED = "Oman/NNP/2/nsubj/LOC attacked/VBD/0/root Qatar/NNP/2/obj/LOC ././2/punct"
HEADLINE = "Peru/NNP/2/nsubj/LOC meets/VBZ/0/root Chile/NNP/2/obj/LOC"


def test_nothing_to_read() -> None:
    empty = Article("a", ())
    assert code(Doc(VOCAB), empty) == Reading(empty, (), (), code(Doc(VOCAB), empty).version)


@pytest.mark.parametrize(
    "sentence", ["Peru/NNP/0/root/LOC", "met/VBD/0/root", "././0/root", "Snow/NN/2/nsubj fell/VBD/0/root"]
)
def test_a_text_without_an_event(sentence: str) -> None:
    assert reading(sentence).reports == ()


def test_a_headline_is_read_where_there_is_nothing_else() -> None:
    assert [brief(r)[0] for r in reading(HEADLINE, roles=["headline"]).reports] == ["CONSULT"]


def test_a_headline_over_a_body_is_not_read() -> None:
    reports = reading(HEADLINE, "", ATTACKED, roles=["headline"]).reports
    assert [brief(r) for r in reports] == [("ASSAULT", ["OMN"], ["QAT"])]


@pytest.mark.parametrize("role", ["caption", "subhead"])
def test_captions_and_subheads_report_nothing(role: str) -> None:
    assert len(reading(MET, "", ATTACKED, roles=[role]).reports) == 1  # type: ignore[list-item]


def test_reports_are_numbered_in_text_order() -> None:
    reports = reading(MET, ATTACKED, "", MET).reports
    assert [report.sequence for report in reports] == [0, 1, 2]
    assert [report.id for report in reports] == ["a-000", "a-001", "a-002"]
    assert [report.sentence.start for report in reports] == sorted(report.sentence.start for report in reports)


def test_the_sentence_is_the_whole_sentence_without_the_space_around_it() -> None:
    found = reading(MET, "", ATTACKED)
    text = found.article.text
    assert [text[r.sentence.start : r.sentence.end] for r in found.reports] == [
        "Peru met Chile.", "Oman attacked Qatar.",
    ]  # fmt: skip


def test_coding_changes_nothing_and_is_the_same_twice() -> None:
    doc = parsed(MET, "", ATTACKED)
    before = doc.to_bytes()
    first = code(doc, article(doc))
    assert doc.to_bytes() == before
    assert code(doc, article(doc)) == first == code(parsed(MET, "", ATTACKED), article(doc))


def test_one_article_tells_nothing_of_another() -> None:
    docs = [parsed(MET, ATTACKED), parsed(ATTACKED), parsed(MET)]
    forward = [code(doc, article(doc)) for doc in docs]
    assert [code(doc, article(doc)) for doc in reversed(docs)] == forward[::-1]


def test_only_entities_of_the_reports_and_persons_are_kept() -> None:
    snow = "Snow/NN/2/nsubj fell/VBD/0/root in/IN/4/case Kenya/NNP/2/obl/LOC ././2/punct"
    lee = "Ann/NNP/3/nsubj/PER Lee/NNP/1/flat/+ slept/VBD/0/root ././3/punct"
    assert [entity.id for entity in reading(MET, snow, lee).entities] == ["person:ann-lee", "state:CHL", "state:PER"]


def test_hand_parsed_readings_obey_the_laws() -> None:
    laws_of_a_reading(reading(MET, "", ATTACKED))


@pytest.fixture(scope="module", name="examples")
def read_examples() -> Iterator[dict[str, Reading]]:
    """The project's examples, read with its own weights."""
    from dragoman.pipeline import read

    yield {path.stem: read(path).reading for path in EXAMPLES}


@needs_weights
def test_examples_obey_the_laws(examples: dict[str, Reading]) -> None:
    assert len(examples) >= 8
    for found in examples.values():
        laws_of_a_reading(found)


@needs_weights
def test_every_example_tells_of_something(examples: dict[str, Reading]) -> None:
    assert [name for name, found in examples.items() if not found.reports] == []


@needs_weights
def test_reading_again_backwards_gives_the_same(examples: dict[str, Reading]) -> None:
    from dragoman.pipeline import read

    for path in reversed(EXAMPLES):
        assert read(path).reading == examples[path.stem]


@needs_weights
@pytest.mark.parametrize("text", ["Peru.", "Rain", "x y", "“", "It rained on them all day long .", "said said said"])
def test_texts_of_hardly_a_word(text: str) -> None:
    from dragoman.language import load

    found = code(load()(text), Article("a", (Paragraph(text, "body", 0),)))
    assert found.reports == ()
