"""The BIO form of parties, and their figures worked out by hand."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dragoman.errors import FormatError
from dragoman.evaluation import TASKS, Options
from dragoman.evaluation.bio import read_bio
from dragoman.evaluation.iob2 import Tagged
from dragoman.evaluation.parties import score
from dragoman.evaluation.task import fold_of

FILE = "The B-S\nenvoy I-S\nthanked O\nPeru B-T\n\n\nRain B-R\nfell O\n"
Spans = list[tuple[int, int]]


def put(folder: Path, text: str) -> Path:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return path


def tagged(*tags: str) -> Tagged:
    return Tagged("s", "s", 1, tuple("abcdefghij"[: len(tags)]), (True,) * len(tags), tags)


def read(gold: Tagged, actors: Spans, recipients: Spans = ()) -> Span:  # type: ignore[assignment]
    doc = Doc(Vocab(), words=list(gold.words))
    doc.spans["actors"] = [Span(doc, start, end) for start, end in actors]
    doc.spans["recipients"] = [Span(doc, start, end) for start, end in recipients]
    return doc[:]


def test_sentences_of_a_file(tmp_path: Path) -> None:
    first, second = read_bio(put(tmp_path, FILE))
    assert first.words == ("The", "envoy", "thanked", "Peru")
    assert first.tags == ("B-S", "I-S", "O", "B-T")
    assert (first.line, second.line, first.spaces[0]) == (1, 7, True)
    assert first.document != second.document


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("Peru B-T", "Peru", 4, "1 columns"),
        ("Peru B-T", "Peru T", 4, "'T' is no BIO tag"),
        ("fell O", "it fell O", 8, "3 col"),
    ],
)
def test_bad_lines_name_file_and_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    with pytest.raises(FormatError, match=rf"a\.txt: line {line}: {reason}"):
        list(read_bio(put(tmp_path, FILE.replace(old, new))))


def test_a_file_without_a_sentence_is_none(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no sentence"):
        list(read_bio(put(tmp_path, "\n\n")))


def test_figures_by_hand() -> None:
    """Sources: two gold, three found, one the same, two that touch the same gold one. One target, found in part."""
    gold = tagged("B-S", "I-S", "I-S", "O", "B-S", "O", "B-T", "I-T", "B-R")
    result = score([(gold, read(gold, [(0, 1), (1, 3), (8, 9)], [(7, 9)]))])
    assert result.figures == pytest.approx(
        {
            "source_f1": 0.0,
            "target_f1": 0.0,
            "source_overlap_f1": 2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2),
            "target_overlap_f1": 1.0,
        }
    )
    assert result.parts["source_overlap"] == pytest.approx({"precision": 2 / 3, "recall": 1 / 2, "f1": 4 / 7})
    half = score([(gold, read(gold, [(0, 3), (8, 9)], [(6, 8)]))])
    assert half.parts["source"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert half.figures["target_f1"] == 1.0
    assert half.counts == {"sentences": 1, "gold_sources": 2, "gold_targets": 1}
    assert half.rows[0]["targets"] == [{"start": 6, "end": 8, "text": "g h"}]


def test_a_source_is_no_target() -> None:
    gold = tagged("B-S", "B-T")
    assert set(score([(gold, read(gold, [(1, 2)], [(0, 1)]))]).figures.values()) == {0.0}


def test_silence_scores_nothing() -> None:
    gold = tagged("B-S", "B-T")
    blank = Doc(Vocab(), words=list(gold.words))[:]
    assert set(score([(gold, blank)]).figures.values()) == {0.0}
    assert set(score([]).figures.values()) == {0.0}


def test_spans_are_counted_from_their_own_sentence() -> None:
    gold = tagged("B-S")
    doc = Doc(Vocab(), words=["x", "a"], sent_starts=[True, True])
    doc.spans["actors"] = [doc[0:1], doc[1:2]]
    assert score([(gold, doc[1:2])]).figures["source_f1"] == 1.0


TAGS = st.lists(st.sampled_from(["O", "B-S", "I-S", "B-T", "I-T", "B-R"]), min_size=1, max_size=9)
SPANS = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 3)).map(lambda each: (each[0], sum(each))), max_size=3)


@given(st.lists(st.tuples(TAGS, SPANS, SPANS), max_size=4), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_exact_is_not_above_overlap(found, dice) -> None:  # type: ignore[no-untyped-def]
    pairs = []
    for tags, actors, recipients in found:
        gold = tagged(*tags)
        inside = [[(a, b) for a, b in spans if b <= len(tags)] for spans in (actors, recipients)]
        pairs.append((gold, read(gold, *inside)))
    figures = score(pairs).figures
    dice.shuffle(pairs)
    assert score(pairs).figures == figures
    for party in ("source", "target"):
        assert 0 <= figures[f"{party}_f1"] <= figures[f"{party}_overlap_f1"] + 1e-12 <= 1 + 1e-9


@Language.component("ends_of_the_sentence")
def ends_of_the_sentence(doc: Doc) -> Doc:
    """A rule: the first word acts on the last."""
    doc.spans["actors"], doc.spans["recipients"] = [doc[:1]], [doc[-1:]]
    return doc


def test_a_pipeline_over_a_file_and_a_fold_of_it(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ends_of_the_sentence")
    path = put(tmp_path, "Peru B-S\nthanked O\nChile B-T\n\nOslo B-S\nwon O\n")
    every = TASKS["parties"].run(path, nlp, Options())
    assert every.figures["source_f1"] == 1.0
    assert every.parts["target"] == pytest.approx({"precision": 1 / 2, "recall": 1.0, "f1": 2 / 3})
    assert fold_of("peruthankedchile") != fold_of("oslowon")
    kept = TASKS["parties"].run(path, nlp, Options(fold=fold_of("peruthankedchile")))
    assert [row["line"] for row in kept.rows] == [1]
    assert set(kept.figures.values()) == {1.0}
