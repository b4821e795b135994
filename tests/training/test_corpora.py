"""Corpus readers on small hand-made files in the public formats."""

import gzip
import json
from pathlib import Path

import pytest
import spacy

pytest.importorskip("torch", reason="training needs the train extra")

from training.acts import CATEGORIES
from training.corpora import Sentence, bioes, conllu, folded, iob2, names, paragraphs, treebank, windows
from training.labels import Labels, annotations

from dragoman.evaluation.task import FOLDS, fold_of
from dragoman.language.lemmas import apply
from dragoman.language.spans import spans
from dragoman.language.windows import MAX_WORDS


def row(number: str, word: str, upos: str, head: str, deprel: str, misc: str = "_") -> str:
    return "\t".join([number, word, word.lower(), upos, "XX", "_", head, deprel, "_", misc])


TREES = "\n".join(
    [
        "# newdoc id = first",
        "# sent_id = first-1",
        "# text = Ada didn't go",
        row("1", "Ada", "PROPN", "4", "nsubj"),
        row("2-3", "didn't", "_", "_", "_"),
        row("2", "did", "AUX", "4", "aux"),
        row("3", "n't", "PART", "4", "advmod"),
        row("3.1", "really", "ADV", "_", "_"),
        row("4", "go", "VERB", "0", "root"),
        "",
        "# sent_id = first-2",
        row("1", "Yes", "INTJ", "0", "root"),
        "",
        "# newdoc id = second",
        "# sent_id = second-1",
        row("1", "No", "INTJ", "0", "root"),
        "",
        "",
    ]
)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


def test_conllu_words_heads_and_documents(tmp_path: Path) -> None:
    found = list(conllu(write(tmp_path / "a.conllu.gz", TREES)))
    assert [(document, name) for document, name, _ in found] == [
        ("first", "first-1"), ("first", "first-2"), ("second", "second-1")
    ]  # fmt: skip
    sentence = found[0][2]
    assert sentence.words == ["Ada", "did", "n't", "go"], "neither ranges nor empty nodes are words"
    assert sentence.heads == [3, 3, 3, -1]
    assert sentence.deprels == ["nsubj", "aux", "advmod", "root"]
    assert sentence.entities is None


def test_a_last_sentence_without_a_blank_line_counts(tmp_path: Path) -> None:
    found = list(conllu(write(tmp_path / "a.conllu.gz", TREES.rstrip("\n"))))
    assert [name for _, name, _ in found] == ["first-1", "first-2", "second-1"]


def mention_rows(*rows: tuple[str, str, str, str]) -> list[list[str]]:
    return [row(str(i), word, upos, "0", deprel, misc).split("\t") for i, (word, upos, deprel, misc) in enumerate(rows)]


def test_names_are_mentions_all_of_proper_nouns() -> None:
    rows = mention_rows(
        ("President", "PROPN", "nmod:desc", "Entity=(1-person-new-cf1-1-sgl"),
        ("Ada", "PROPN", "root", "_"),
        ("Byron", "PROPN", "flat", "Entity=1)"),
        ("visited", "VERB", "x", "_"),
        ("the", "DET", "det", "Entity=(2-place-new-cf2-1-sgl"),
        ("city", "NOUN", "obj", "_"),
        ("of", "ADP", "case", "_"),
        ("Bath", "PROPN", "nmod", "Entity=(3-place-new-cf3-1-sgl)2)"),
        ("Brexit", "PROPN", "nmod", "Entity=(4-event-new-cf3-1-sgl)"),
    )
    assert names(rows) == [None, "B-PER", "I-PER", "O", "O", "O", "O", "B-LOC", None]


def test_nested_names_give_the_longest() -> None:
    rows = mention_rows(
        ("Bath", "PROPN", "compound", "Entity=(1-organization-new-1-sgl(2-place-new-1-sgl)"),
        ("University", "PROPN", "root", "Entity=1)"),
    )
    assert names(rows) == ["B-ORG", "I-ORG"]


def test_mentions_that_end_in_another_sentence_are_left_out() -> None:
    rows = mention_rows(("Bath", "PROPN", "root", "Entity=(1-place-new-1-sgl"), ("fell", "VERB", "x", "Entity=9)"))
    assert names(rows) == [None, "O"]


def test_entities_join_the_sentence_of_the_same_words(tmp_path: Path) -> None:
    write(tmp_path / "ud-ewt" / "dev.conllu.gz", TREES)
    write(tmp_path / "ud-gum" / "dev.conllu.gz", TREES)
    tagged = "# sent_id = first-1\n1\tAda\tB-PER\t-\tx\n2\tdid\tO\t-\tx\n3\tn't\tO\t-\tx\n4\tgo\tO\t-\tx\n\n"
    other = "# sent_id = second-1\n1\tElse\tO\t-\tx\n\n"
    path = write(tmp_path / "uner-ewt" / "dev.iob2.gz", tagged + other)
    assert iob2(path)["first-1"] == (["Ada", "did", "n't", "go"], ["B-PER", "O", "O", "O"])
    found = treebank(tmp_path, "dev")
    assert list(found) == ["ud-ewt/first", "ud-ewt/second", "ud-gum/first", "ud-gum/second"]
    assert found["ud-ewt/first"][0].entities == ["B-PER", "O", "O", "O"]
    assert found["ud-ewt/second"][0].entities is None, "other words: another sentence"


def test_every_document_is_held_out_of_one_fold() -> None:
    for i in range(50):
        assert [fold for fold in range(FOLDS) if folded(f"document {i}", fold)] == [fold_of(f"document {i}")]


def test_tags_mark_where_spans_begin_and_end() -> None:
    assert bioes(8, [(0, 1, "x"), (2, 4, "x"), (5, 8, "y")]) == ["S-x", "O", "B-x", "E-x", "O", "B-y", "I-y", "E-y"]
    assert bioes(3, []) == ["O", "O", "O"]


def test_of_overlapping_spans_the_first_stays() -> None:
    assert bioes(4, [(1, 3, "x"), (2, 4, "x"), (0, 1, "x")]) == ["S-x", "B-x", "E-x", "O"]


def test_tags_are_read_back_as_the_same_spans() -> None:
    places = [(0, 1, "x"), (1, 2, "x"), (3, 5, "x"), (5, 9, "x")]
    assert spans([str(tag) for tag in bioes(9, places)]) == places


def test_paragraphs_are_cut_as_the_reader_cuts_them() -> None:
    doc = spacy.blank("en").tokenizer("Peru met\nOman.\n\n" + "They talked on. " * 50)
    found = list(paragraphs(doc))
    assert [doc[i].text for i in found[0]] == ["Peru", "met", "Oman", "."]
    assert [i for part in found for i in part] == [t.i for t in doc if not t.is_space]
    assert len(found) > 2 and all(len(part) <= MAX_WORDS and doc[part[-1]].text == "." for part in found)


def test_windows_hold_whole_sentences_of_one_document_in_order() -> None:
    documents = [[Sentence([f"{d}.{s}"] * size) for s, size in enumerate((3, 4, 9, 2, 2))] for d in range(2)]
    cut = list(windows(documents, lambda: 8))
    assert [[len(s.words) for s in window.sentences] for window in cut] == [[3, 4], [9], [2, 2]] * 2
    assert [len(window) for window in cut] == [7, 9, 4] * 2
    assert [s for window in cut for s in window.sentences] == [s for document in documents for s in document]


def sentences(times: int) -> list[Sentence]:
    return [
        Sentence(
            ["Talks", "failed"], upos=["NOUN", "VERB"], xpos=["NNS", "VBD"], feats=["Number=Plur", "Tense=Past"],
            lemmas=["talk", "_"], heads=[1, -1], deprels=["nsubj", "root"], entities=["O", None],
        )
    ] * times  # fmt: skip


def test_labels_are_those_seen_often_enough() -> None:
    rare = Sentence(["Oh"], upos=["INTJ"], xpos=["UH"], feats=["_"], lemmas=["oh"], heads=[-1], deprels=["root"])
    time = Sentence(["Monday"], times=["B-DATE"], bounded=False)
    labels = Labels.collect([*sentences(3), rare, time])
    assert labels.lists["upos"] == ["NOUN", "VERB"]
    assert labels.lists["entity"] == ["O"] and labels.lists["time"] == ["B-DATE"]
    assert labels.ids("upos", ["VERB", "INTJ", None]) == [1, -100, -100]
    assert labels.sizes.relations == len(labels.lists["deprel"]) == 2
    assert [apply(rule, "Talks") for rule in labels.lists["lemma"]] == ["talk"]


def test_labels_of_spans_are_sorted_and_outside_comes_first() -> None:
    claim = Sentence(
        ["He", "says", "so"], bounded=False, extra={"cue": bioes(3, [(1, 2, "cue")]), "event": ["O", "X", "O"]}
    )
    labels = Labels.collect([claim])
    assert labels.lists["cue"] == ["O", "S-cue"] and labels.lists["event"] == ["O", "X"]
    assert labels.lists["category"] == list(CATEGORIES)
    assert set(labels.sizes.claims) == {"source", "cue", "content", "actor", "recipient", "event", "mode"}
    assert (labels.sizes.claims["cue"], labels.sizes.categories) == (2, 16)


def test_labels_come_back_from_their_file(tmp_path: Path) -> None:
    labels = Labels.collect(sentences(3))
    labels.save(tmp_path / "labels.json")
    assert json.loads((tmp_path / "labels.json").read_text(encoding="utf-8")) == labels.lists


def test_only_what_is_annotated_is_learned_from() -> None:
    found = annotations(sentences(1)[0])
    assert found["start"] == ["B", "I"] and found["lemma"][1] is None and found["entity"] == ["O", None]
    assert set(annotations(Sentence(["Monday"], times=["B-DATE"], bounded=False))) == {"time"}
    assert all(len(labels) == 2 for labels in found.values())
