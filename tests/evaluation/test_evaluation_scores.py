"""The measures on Docs built by hand, against figures worked out by hand."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dragoman.evaluation import TASKS, Options, entities, parse, times
from dragoman.evaluation.conllu import Sentence, Word
from dragoman.evaluation.iob2 import Tagged
from dragoman.evaluation.sentences import batches, make_doc, slices
from dragoman.evaluation.timeml import TimeDocument, TimeSpan

GOLD = Sentence("s1", "d", 1, (
    Word("She", "she", "PRON", "PRP", "Case=Nom|Number=Sing", 2, "nsubj", True),
    Word("left", "leave", "VERB", "VBD", "Tense=Past", 0, "root", True),
    Word("Oslo", "_", "PROPN", "NNP", "Number=Sing|Style=Odd", 2, "obj", True),
    Word("Monday", "Monday", "PROPN", "NNP", "_", 2, "obl:tmod", False),
))  # fmt: skip


def parsed() -> Doc:
    """Wrong in turn: the lemma of "left", the tag and the relation of "Oslo", the head of "Monday"."""
    return Doc(
        Vocab(),
        words=GOLD.words,
        spaces=GOLD.spaces,
        pos=["PRON", "VERB", "NOUN", "PROPN"],
        tags=["PRP", "VBD", "NNP", "NN"],
        lemmas=["she", "left", "Oslow", "Monday"],
        heads=[1, 1, 1, 2],
        deps=["nsubj:pass", "ROOT", "iobj", "obl"],
        morphs=["Number=Sing|Case=Nom", "Tense=Past", "Number=Sing", ""],
    )


def test_parse_figures_follow_conll_2018() -> None:
    result = parse.score([(GOLD, parsed()[:])])
    assert result.figures == {"uas": 0.75, "las": 0.5, "upos": 0.75, "xpos": 0.75, "ufeats": 1.0, "lemma": 0.75}
    assert result.counts == {"sentences": 1, "words": 4}
    (row,) = result.rows
    assert row["heads"] == [2, 0, 2, 3]
    assert row["deprels"] == ["nsubj:pass", "root", "iobj", "obl"]
    json.dumps(row)


def test_a_head_in_another_sentence_is_never_right() -> None:
    doc = Doc(Vocab(), words=["Yes", "No"], heads=[0, 0], deps=["ROOT", "conj"])
    gold = Sentence("s", "d", 1, (Word("No", "no", "INTJ", "UH", "_", 0, "root", False),))
    assert parse.score([(gold, doc[1:2])]).figures["uas"] == 0.0


def test_nothing_to_parse_is_nothing_right() -> None:
    assert parse.score([]).figures["las"] == 0.0


TAGGED = Tagged("s", "d", 1, ("Ana", "Ruiz", "of", "the", "UN", "left", "Oslo"), (True,) * 7,
                ("B-PER", "I-PER", "O", "O", "B-ORG", "O", "B-LOC"))  # fmt: skip


def with_entities(*spans: tuple[int, int, str]) -> Doc:
    doc = Doc(Vocab(), words=list(TAGGED.words))
    doc.ents = [Span(doc, start, end, label) for start, end, label in spans]  # type: ignore[assignment]
    return doc


def test_entity_figures_count_exact_typed_spans() -> None:
    doc = with_entities((0, 2, "PER"), (3, 5, "ORG"), (6, 7, "ORG"), (2, 3, "MISC"))
    result = entities.score([(TAGGED, doc[:])])
    assert result.figures == pytest.approx({"precision": 1 / 3, "recall": 1 / 3, "f1": 1 / 3})
    assert result.parts["PER"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert result.parts["ORG"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert result.counts == {"sentences": 1, "gold": 3, "found": 3}
    assert result.rows[0]["entities"][0] == {"start": 0, "end": 2, "label": "PER", "text": "Ana Ruiz"}


def test_entities_are_counted_from_their_own_sentence() -> None:
    doc = Doc(Vocab(), words=["Hello", "Oslo"], sent_starts=[True, True])
    doc.ents = [Span(doc, 1, 2, "LOC")]  # type: ignore[assignment]
    gold = Tagged("s", "d", 1, ("Oslo",), (False,), ("B-LOC",))
    assert entities.score([(gold, doc[1:2])]).figures["f1"] == 1.0


TEXT = "He left Thursday, after two years in June, and came back last week."
TIMES = TimeDocument("d", date(2020, 10, 2), TEXT, (
    TimeSpan(8, 16, "DATE", "2020-10-01"),
    TimeSpan(24, 33, "DURATION", "P2Y"),
    TimeSpan(57, 66, "DATE", "2020-W40"),
))  # fmt: skip


def with_times(*phrases: tuple[str, str]) -> Doc:
    doc = spacy.blank("en")(TEXT)
    spans = [doc.char_span(TEXT.index(text), TEXT.index(text) + len(text), label) for text, label in phrases]
    doc.spans["times"] = [span for span in spans if span is not None]
    return doc


def test_time_figures_follow_tempeval_3() -> None:
    """Two of three gold spans overlap one of three found: strict 1 hit, types 1 of 2, values 2 of 2 by overlap."""
    doc = with_times(("Thursday", "DATE"), ("after two years", "DATE"), ("June", "DATE"))
    result = times.score([(TIMES, doc)])
    relaxed = 2 / 3
    assert result.figures == pytest.approx(
        {"strict_f1": 1 / 3, "relaxed_f1": relaxed, "type_f1": relaxed / 2, "value_f1": relaxed}
    )
    assert result.counts["documents"] == 1
    assert [each["value"] for each in result.rows[0]["timexes"]][:2] == ["2020-10-01", "P2Y"]


def test_two_found_spans_on_one_gold_span_are_one_for_recall() -> None:
    counts = times.compare([TimeSpan(0, 10, "DATE", "a")], [TimeSpan(0, 2, "DATE", "b"), TimeSpan(3, 10, "SET", "a")])
    assert counts == {
        "gold": 1,
        "found": 2,
        "strict_gold": 0,
        "strict_found": 0,
        "relaxed_gold": 1,
        "relaxed_found": 2,
        "type": 0,
        "value": 1,
    }


def test_spans_that_touch_do_not_overlap() -> None:
    assert times.compare([TimeSpan(0, 3, "DATE", "a")], [TimeSpan(3, 5, "DATE", "a")])["relaxed_gold"] == 0


def test_nothing_said_of_nothing_is_all_right() -> None:
    empty = TimeDocument("d", None, "Oslo", ())
    assert set(times.score([(empty, spacy.blank("en")("Oslo"))]).figures.values()) == {1.0}


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda each: TimeSpan(each[0], sum(each), "DATE", "x")),
    max_size=6,
)


@given(SPANS, SPANS)
def test_figures_are_fractions_and_strict_is_not_above_relaxed(gold: list[TimeSpan], said: list[TimeSpan]) -> None:
    figures = times.figures_of(times.compare(gold, list(dict.fromkeys(said))))
    assert all(0 <= figure <= 1 for figure in figures.values())
    assert figures["value_f1"] <= figures["relaxed_f1"]


@given(SPANS)
def test_the_gold_itself_scores_one(gold: list[TimeSpan]) -> None:
    assert set(times.figures_of(times.compare(gold, gold)).values()) == {1.0}


def test_docs_keep_gold_tokens_spaces_and_sentences() -> None:
    other = Sentence("s2", "d", 9, (Word("Yes", "yes", "INTJ", "UH", "_", 0, "root", False),))
    doc = make_doc(Vocab(), [GOLD, other])
    assert doc.text == "She left Oslo MondayYes"
    assert [span.text for span in slices(doc, [GOLD, other])] == ["She left Oslo Monday", "Yes"]
    assert [token.is_sent_start for token in doc] == [True, False, False, False, True]


def test_batches_stay_within_a_document_and_in_order() -> None:
    sentences = [Sentence(str(number), "a" if number < 70 else "b", 1, GOLD.rows) for number in range(80)]
    groups = list(batches(sentences))
    assert [len(group) for group in groups] == [64, 6, 10]
    assert [sentence.id for group in groups for sentence in group] == [str(number) for number in range(80)]


@Language.component("capital_places")
def capital_places(doc: Doc) -> Doc:
    """A rule that marks capitalised words as places, weekdays as times, and hangs every word on the first."""
    doc.ents = [Span(doc, token.i, token.i + 1, "LOC") for token in doc if token.is_title]  # type: ignore[assignment]
    doc.spans["times"] = [Span(doc, token.i, token.i + 1, "DATE") for token in doc if token.text.endswith("day")]
    return doc


@pytest.fixture
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("capital_places")
    return pipeline


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "gold"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_every_task_runs_a_pipeline_over_a_file(nlp: Language, put: Callable[[str], Path]) -> None:
    assert list(TASKS) == ["parse", "entities", "times", "attribution", "category", "parties", "events", "same-event"]
    tree = put("1\tOslo\tOslo\tPROPN\tNNP\t_\t0\troot\t_\t_\n\n")
    assert TASKS["parse"].run(tree, nlp, Options()).counts == {"sentences": 1, "words": 1}
    tagged = put("1\tOslo\tB-LOC\n2\twins\tO\n\n1\tAna\tB-PER\n")
    assert TASKS["entities"].run(tagged, nlp, Options()).figures == {"precision": 0.5, "recall": 0.5, "f1": 0.5}


def test_times_can_be_kept_to_a_fold(nlp: Language, put: Callable[[str], Path]) -> None:
    span = '{"start": 3, "end": 11, "type": "DATE", "value": "%s"}'
    gold = '{"id": "%s", "dct": "2020-10-02", "text": "on Thursday", "timexes": [' + span + "]}\n"
    path = put(gold % ("APW0001", "2020-10-01") + gold % ("visit", "1999"))
    every = TASKS["times"].run(path, nlp, Options())
    assert (every.figures["strict_f1"], every.figures["value_f1"]) == (1.0, 0.5)
    kept = TASKS["times"].run(path, nlp, Options(fold=0))
    assert ([row["id"] for row in kept.rows], kept.figures["value_f1"]) == (["APW0001"], 1.0)
