"""PolNeAR's form and the figures on it, worked out by hand on Docs whose spans are set."""

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from dragoman.errors import FormatError
from dragoman.evaluation import TASKS, Options
from dragoman.evaluation.attribution import FIGURES, found_attributions, score
from dragoman.evaluation.polnear import Attributed, AttributedText, pieces, read_polnear

TEXT = '"The dam," the envoy said, "will hold." Ana Ruiz denied it. Rain is likely.'
BLANK = spacy.blank("en")
Marks = list[tuple[str, str, int]]  # kind, words, attribution

GOLD: Marks = [
    ("content", '"The dam,"', 1),
    ("source", "the envoy", 1),
    ("cue", "said", 1),
    ("content", '"will hold."', 1),
    ("source", "Ana Ruiz", 2),
    ("cue", "denied", 2),
    ("content", "it", 2),
    ("cue", "likely", 3),
    ("content", "Rain", 3),
]


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def gold(marks: Marks = GOLD, *, aside: tuple[str, ...] = (), text: str = TEXT) -> AttributedText:
    parts = {
        number: {kind: [place(w, text) for k, w, n in marks if (k, n) == (kind, number)] for kind in FIGURES[:3]}
        for number in dict.fromkeys(number for _, _, number in marks)
    }
    found = (Attributed(*(pieces(text, places) for places in each.values())) for each in parts.values())
    return AttributedText("a", text, tuple(found), tuple(place(words, text) for words in aside))


def read(marks: Marks, text: str = TEXT) -> Doc:
    doc = BLANK(text)
    for kind in FIGURES[:3]:
        spans = [(doc.char_span(*place(words, text)), number) for k, words, number in marks if k == kind]
        doc.spans[f"{kind}s"] = [Span(doc, s.start, s.end, span_id=n) for s, n in spans if s is not None]
    return doc


def test_the_gold_itself_scores_one_and_silence_nothing() -> None:
    assert set(score([(gold(), read(GOLD))]).figures.values()) == {1.0}
    assert set(score([(gold(), BLANK(TEXT))]).figures.values()) == {0.0}
    assert set(score([]).figures.values()) == {0.0}


def test_figures_by_hand() -> None:
    """Two of two sources and one more; two of three cues; one of four contents whole, seven tokens of nine."""
    said: Marks = [
        ("content", '"The dam,"', 1),
        ("source", "the envoy", 1),
        ("cue", "said", 1),
        ("content", '"will hold', 1),
        ("source", "Ana Ruiz", 2),
        ("cue", "denied", 2),
        ("source", "Rain", 0),
    ]
    result = score([(gold(), read(said))])
    assert result.parts["source"] == pytest.approx({"precision": 2 / 3, "recall": 1.0, "f1": 4 / 5})
    assert result.parts["cue"] == pytest.approx({"precision": 1.0, "recall": 2 / 3, "f1": 4 / 5})
    assert result.parts["content"] == pytest.approx({"precision": 1 / 2, "recall": 1 / 4, "f1": 1 / 3})
    # gold: " The dam , " | " will hold . " | it | Rain: 5 + 5 + 1 + 1 tokens; said: 5 + 3
    assert result.parts["content_token"] == pytest.approx({"precision": 1.0, "recall": 8 / 12, "f1": 16 / 20})
    # of the two gold attributions with a source and a content the first is found, with 8 of 10 tokens
    assert result.parts["linked"] == pytest.approx({"precision": 1.0, "recall": 1 / 2, "f1": 2 / 3})
    assert result.figures == {f"{name}_f1": result.parts[name]["f1"] for name in FIGURES}
    assert result.counts == {"documents": 1, "attributions": 3, "set_aside": 0}


def test_a_right_source_with_anothers_content_is_no_link() -> None:
    swapped = [(kind, words, {1: 2, 2: 1}.get(n, n) if kind == "source" else n) for kind, words, n in GOLD]
    result = score([(gold(), read(swapped))])
    assert result.figures["source_f1"] == result.figures["content_f1"] == 1.0
    assert result.figures["linked_f1"] == 0.0


@pytest.mark.parametrize(
    ("words", "right"), [("a b", 1.0), ("a", 0.0), ("a b c d e f g h", 1.0), ("a b c d e f g h i", 0.0)]
)
def test_half_is_asked_of_both_sides(words: str, right: float) -> None:
    """The gold content has four tokens: two are half of it, and four are half of eight."""
    text = "x said a b c d e f g h i"
    marks: Marks = [("source", "x", 1), ("cue", "said", 1)]
    wanted = gold([*marks, ("content", "a b c d", 1)], text=text)
    assert score([(wanted, read([*marks, ("content", words, 1)], text))]).figures["linked_f1"] == right


def test_one_found_pair_is_right_for_one_gold_pair() -> None:
    text = "x told p q"
    marks: Marks = [("source", "x", 1), ("content", "p", 1), ("source", "x", 2), ("content", "q", 2)]
    result = score([(gold(marks, text=text), read([("source", "x", 1), ("content", "p q", 1)], text))])
    assert result.parts["linked"] == pytest.approx({"precision": 1.0, "recall": 1 / 2, "f1": 2 / 3})


def test_white_space_is_no_token() -> None:
    text = "x told p  q"
    assert len(BLANK(text)) == 5
    wanted = gold([("content", "p  q", 1)], text=text)
    assert score([(wanted, read([("content", "p", 1)], text))]).parts["content_token"]["recall"] == 1 / 2


def test_what_was_set_aside_counts_on_neither_side() -> None:
    kept = [mark for mark in GOLD if mark[2] != 2]
    for marks in (GOLD, kept):
        for wanted in (GOLD, kept):
            result = score([(gold(wanted, aside=("Ruiz denied it",)), read(marks))])
            assert set(result.figures.values()) == {1.0}
    assert score([(gold(kept), read(GOLD))]).figures["cue_f1"] == pytest.approx(4 / 5)


def test_a_source_of_two_attributions_is_one_span() -> None:
    marks: Marks = [("source", "Ana Ruiz", 1), ("cue", "denied", 1), ("source", "Ana Ruiz", 2), ("cue", "said", 2)]
    result = score([(gold(marks), read([("source", "Ana Ruiz", 0)]))])
    assert result.figures["source_f1"] == 1.0


def test_white_space_decides_nothing() -> None:
    text = "She said:  it rains. \n\nIt pours."
    whole = (Attributed((), ((4, 8),), pieces(text, [(10, 23), (23, 32)])),)
    doc = BLANK(text)
    doc.spans["cues"] = [doc.char_span(4, 8)]
    doc.spans["contents"] = [doc.char_span(11, 32)]
    assert whole[0].content == ((11, 32),)
    assert score([(AttributedText("a", text, whole), doc)]).figures["content_f1"] == 1.0


def test_spans_of_no_attribution_stand_alone() -> None:
    found = found_attributions(read([("cue", "said", 7), ("source", "the envoy", 7), ("cue", "denied", 0)]))
    assert found == [
        Attributed((place("the envoy"),), (place("said"),), ()),
        Attributed((), (place("denied"),), ()),
    ]


MARKS = st.lists(
    st.tuples(st.sampled_from(FIGURES[:3]), st.sampled_from(TEXT.split()), st.integers(0, 3)), max_size=6, unique=True
)


@given(st.permutations(range(3)), st.lists(MARKS, min_size=3, max_size=3))
def test_order_does_not_matter_and_figures_are_fractions(order: list[int], found: list[Marks]) -> None:
    texts = [(gold(), read(marks)) for marks in found]
    figures = score(texts).figures
    assert score([texts[at] for at in order]).figures == figures
    assert all(0 <= figure <= 1 for figure in figures.values())
    backwards = AttributedText("a", TEXT, gold().attributions[::-1])
    assert score([(backwards, doc) for _, doc in texts]).figures == figures


LINE = {
    "id": "a",
    "text": TEXT,
    "attributions": [{"source": [[11, 20]], "cue": [[21, 25]], "content": [[27, 40], [0, 11]], "id": "E1"}],
    "discard": [[60, 75]],
    "discuss": [],
}


def put(folder: Path, *lines: object) -> Path:
    path = folder / "a.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_articles_of_a_file(tmp_path: Path) -> None:
    first, second = read_polnear(put(tmp_path, LINE, {"id": 7, "text": "x", "attributions": []}))
    (found,) = first.attributions
    assert found.source == (place("the envoy"),)
    assert [TEXT[slice(*piece)] for piece in found.content] == ['"The dam,"', '"will hold."']
    assert (first.aside, second.id, second.aside) == (((60, 75),), "7", ())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"attributions": [{"source": [], "cue": [[2, 1]], "content": []}]}, "2:1 lies outside"),
        ({"discuss": [[70, 90]]}, "70:90 lies outside"),
        ({"attributions": [{"source": [], "content": []}]}, "'cue' is missing"),
        ({"attributions": [{"source": [1], "cue": [], "content": []}]}, "not an article"),
    ],
)
def test_bad_articles_name_file_and_line(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    with pytest.raises(FormatError, match=rf"a\.jsonl: line 2: .*{reason}"):
        list(read_polnear(put(tmp_path, LINE, LINE | change)))


@Language.component("says_who")
def says_who(doc: Doc) -> Doc:
    """A rule: "X said Y" to the end of the text."""
    cue = next(token for token in doc if token.text == "said")
    doc.spans["sources"] = [Span(doc, 0, cue.i, span_id=1)]
    doc.spans["cues"] = [Span(doc, cue.i, cue.i + 1, span_id=1)]
    doc.spans["contents"] = [Span(doc, cue.i + 1, len(doc), span_id=1)]
    return doc


def test_a_pipeline_over_a_file_and_a_fold_of_it(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("says_who")
    said = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 17]]}
    lines = [{"id": name, "text": "Ana said it rains", "attributions": [said]} for name in ("visit", "APW0001")]
    path = put(tmp_path, *lines)
    assert TASKS["attribution"].run(path, nlp, Options()).counts["documents"] == 2
    kept = TASKS["attribution"].run(path, nlp, Options(fold=0))
    assert kept.rows == ({"id": "APW0001", "attributions": [said]},)
    assert set(kept.figures.values()) == {1.0}
