"""The reader on Docs, with the package's own weights: what it sets, keeps and never mixes up."""

import json
import random
import subprocess
import sys
from functools import cache
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.language import load
from dragoman.language.component import Reader
from dragoman.language.network import WEIGHTS

pytestmark = pytest.mark.skipif(not (WEIGHTS / "reader.onnx").is_file(), reason="the package has no weights yet")
MEBIBYTE = 1024**2
TEXTS = (
    "On Monday the Norwegian prime minister met her Chilean counterpart in Oslo. They discussed fisheries.",
    "A short note.\n\nThe embassy in Lima closed for three days. It will open again on 4 May 2019.",
    "“We shall not sign,” said Maria Lindqvist, who speaks for the ministry.",
    "TALKS FAIL IN GENEVA",
    "",
    " \n ",
)


@cache
def nlp() -> Language:
    return load()


def annotations(doc: Doc) -> dict[str, object]:
    """All that the reader writes."""
    spans = {"ents": doc.ents, **doc.spans} if len(doc) else {}
    return {
        "tokens": [(t.tag_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.is_sent_start) for t in doc],
        "vectors": doc.tensor.tolist(),
        **{name: [(s.start, s.end, s.label_, s.id) for s in found] for name, found in spans.items()},
    }


def check(doc: Doc) -> None:
    """What must hold of every Doc with a word in it."""
    assert doc.has_annotation("DEP", require_complete=True)
    assert [t.i for s in doc.sents for t in s] == list(range(len(doc)))
    for sentence in doc.sents:
        roots = [t for t in sentence if t.head is t or t.head.i == t.i]
        assert len(roots) == 1 and roots[0].dep_ == "ROOT"
        assert all(t.head in sentence for t in sentence)
    assert all(t.lemma_ and t.pos_ and t.tag_ and t.dep_ for t in doc)
    assert all((t.dep_ == "ROOT") == (t.head.i == t.i) for t in doc)
    assert {s.label_ for s in doc.ents} <= {"PER", "LOC", "ORG"}
    assert {s.label_ for s in doc.spans["times"]} <= {"DATE", "TIME", "DURATION", "SET"}


def test_a_plain_report_is_read() -> None:
    doc = nlp()(TEXTS[0])
    check(doc)
    assert [s.text for s in doc.sents] == [TEXTS[0][:75], TEXTS[0][76:]]
    by_word = {t.text: t for t in doc}
    met = by_word["met"]
    assert (met.lemma_, met.pos_, met.tag_, met.dep_) == ("meet", "VERB", "VBD", "ROOT")
    assert met.morph.get("Tense") == ["Past"]
    assert by_word["minister"].dep_ == "nsubj" and by_word["minister"].head == met
    assert by_word["counterpart"].dep_ == "obj" and by_word["counterpart"].head == met
    assert by_word["discussed"].lemma_ == "discuss" and by_word["They"].tag_ == "PRP"
    assert ("Oslo", "LOC") in [(s.text, s.label_) for s in doc.ents]
    assert ("Monday", "DATE") in [(s.text, s.label_) for s in doc.spans["times"]]


def test_names_and_times_have_their_types() -> None:
    doc = nlp()("Maria Lindqvist of the World Bank spent two weeks in Peru last year.")
    assert {s.text.removeprefix("the "): s.label_ for s in doc.ents} == {
        "Maria Lindqvist": "PER", "World Bank": "ORG", "Peru": "LOC"
    }  # fmt: skip
    assert [(s.text, s.label_) for s in doc.spans["times"]] == [("two weeks", "DURATION"), ("last year", "DATE")]


@pytest.mark.parametrize(
    "text", ["...", "?!", "—", "“ ”", "😀", "😀 🇳🇴 👩‍👩‍👧", "7", ".\n\n.", "\x07", "\u200b", "a\n", "\n\na"]
)
def test_odd_texts_are_read(text: str) -> None:
    check(nlp()(text))


def test_nothing_is_read_of_nothing() -> None:
    doc = nlp()("")
    assert len(doc) == 0 and list(doc.ents) == []


@pytest.mark.parametrize("text", [" ", "\n\n\n", " \t\n \u00a0 \n\n"])
def test_white_space_is_no_sentence_of_words(text: str) -> None:
    doc = nlp()(text)
    assert list(doc.ents) == [] and list(doc.spans["times"]) == []
    assert all(t.pos_ == "SPACE" and t.lemma_ == t.text for t in doc)


def test_white_space_inside_belongs_to_the_word_before() -> None:
    doc = nlp()("  The talks ended.\n\n  No one  spoke.\n")
    check(doc)
    for token in doc[1:]:
        if token.is_space:
            assert token.pos_ == "SPACE" and token.head.i < token.i
    assert doc[0].head.text == "The"
    assert len(list(doc.sents)) == 2


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Oslo", "met", "He", ".", "”", "“", "?", " ", "\n\n", "7", "(", "the", "GATT", "😀", ","])
    )
)
def test_whatever_the_text_every_sentence_has_one_root(parts: list[str]) -> None:
    doc = nlp()(" ".join(parts))
    if any(not t.is_space for t in doc):
        check(doc)


def test_sentence_starts_set_before_are_kept() -> None:
    words = ["Talks", "began", ".", "The", "envoy", "from", "Chile", "left", "on", "Monday", "no", "one", "knew", "why"]
    starts = [i in (0, 4, 10) for i in range(len(words))]
    doc = Doc(nlp().vocab, words=words, sent_starts=starts)
    doc = nlp().get_pipe("dragoman")(doc)
    assert [bool(t.is_sent_start) for t in doc] == starts
    check(doc)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 260), st.randoms(use_true_random=False))
def test_any_sentence_starts_are_kept(length: int, dice: random.Random) -> None:
    words = dice.choices(["talks", "The", ".", "envoy", "met", "and", "Monday", "?", "of"], k=length)
    starts = [i == 0 or dice.random() < 0.04 for i in range(length)]
    doc = nlp().get_pipe("dragoman")(Doc(nlp().vocab, words=words, sent_starts=starts))
    assert [bool(t.is_sent_start) for t in doc] == starts
    check(doc)


def test_a_start_at_white_space_is_a_start_at_its_word() -> None:
    sentenced = spacy.blank("en")
    sentenced.add_pipe("sentencizer")
    sentenced.add_pipe("dragoman")
    doc = sentenced("The talks ended.\nno one spoke. \n they left.")
    check(doc)
    assert [t.text for t in doc if t.is_sent_start] == ["The", "no", "they"]


def test_a_sentence_of_a_thousand_words_stays_one() -> None:
    clauses = " and ".join(f"minister number {i} met envoy number {i} in town" for i in range(100))
    words = f"On Monday {clauses} .".split()
    doc = Doc(nlp().vocab, words=words, sent_starts=[i == 0 for i in range(len(words))])
    nlp().get_pipe("dragoman")(doc)
    assert len(doc) > 1000 and len(list(doc.sents)) == 1
    check(doc)
    assert sum(t.text == "met" and t.pos_ == "VERB" for t in doc) == 100, "read in full, not cut off"


def test_reading_twice_says_the_same() -> None:
    for text in TEXTS:
        assert annotations(nlp()(text)) == annotations(nlp()(text))


def test_predict_changes_nothing() -> None:
    doc = nlp().make_doc(TEXTS[0])
    before = doc.to_bytes()
    nlp().get_pipe("dragoman").predict(doc)
    assert doc.to_bytes() == before


def test_many_at_once_are_read_as_one_by_one_in_any_order() -> None:
    texts = [*TEXTS, " ".join(TEXTS[:4]) * 6]
    alone = {text: annotations(nlp()(text)) for text in texts}
    bytes_alone = {text: nlp()(text).to_bytes() for text in texts}
    for seed in range(3):
        random.Random(seed).shuffle(texts)
        for size in (1, 4, 64):
            for text, doc in zip(texts, nlp().pipe(texts, batch_size=size), strict=True):
                assert annotations(doc) == alone[text]
                assert doc.to_bytes() == bytes_alone[text]


def test_entities_and_times_are_in_order_and_apart() -> None:
    doc = nlp()("\n\n".join(TEXTS * 5))
    for found in (list(doc.ents), list(doc.spans["times"])):
        assert len(found) > 4
        assert all(a.end <= b.start for a, b in pairwise(found))


def test_any_english_pipeline_can_take_the_component() -> None:
    other = spacy.blank("en")
    reader = other.add_pipe("dragoman")
    assert isinstance(reader, Reader)
    assert annotations(other(TEXTS[0])) == annotations(nlp()(TEXTS[0]))


def test_a_pipeline_survives_its_disk(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("pipeline")
    other = spacy.blank("en")
    other.add_pipe("dragoman")
    other.to_disk(folder)
    assert annotations(spacy.load(folder)(TEXTS[2])) == annotations(nlp()(TEXTS[2]))


READS_A_LONG_TEXT = """
import json, sys
from dragoman.language import load

def resident(field):
    return next(int(x.split()[1]) * 1024 for x in open("/proc/self/status") if x.startswith(field))

nlp = load()
nlp("Talks began in Oslo on Monday.")
before = resident("VmRSS")
doc = nlp(sys.stdin.read())
words = sum(not t.is_space for t in doc)
print(json.dumps({"words": words, "verbs": sum(t.lemma_ == "meet" for t in doc), "grown": resident("VmHWM") - before}))
"""


def long_texts() -> dict[str, tuple[str, int, int]]:
    """Long texts, with the words in each and how often it tells of a meeting."""
    sentence = "The foreign minister of Chile met her colleague from Norway in Oslo on Monday ."
    return {
        "an article": ("\n\n".join(" ".join([sentence] * 7) for _ in range(96)), 10_080, 672),
        "one paragraph": (" ".join([sentence] * 140), 2_100, 140),
        "words of many pieces": (" ".join(["z9x8w7v6u5t4s3"] * 600), 600, 0),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("kind", ["an article", "one paragraph", "words of many pieces"])
def test_memory_does_not_grow_with_the_text(kind: str) -> None:
    text, words, meetings = long_texts()[kind]
    answer = subprocess.run(
        [sys.executable, "-c", READS_A_LONG_TEXT], input=text, capture_output=True, text=True, check=True
    )
    figures = json.loads(answer.stdout)
    assert (figures["words"], figures["verbs"]) == (words, meetings), "read in full"
    assert figures["grown"] < 300 * MEBIBYTE
