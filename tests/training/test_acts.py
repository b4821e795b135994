"""Readers of events between parties and in time, on small files of our own writing; what stays out of training."""

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="training needs the train extra")

from training.acts import cameo_parties, cameo_quads, cast, mode, plv, stories, timeml, unmarked
from training.corpora import Sentence

from dragoman.evaluation.bio import read_bio
from dragoman.evaluation.marked import read_marked
from dragoman.evaluation.task import FOLDS, Options, sentence_key
from dragoman.ontology import load
from training import acts

TOWNS = ["Arlo", "Brisk", "Corvo", "Dell", "Esker", "Farrow", "Glen", "Holt", "Islay", "Jura", "Kirn", "Lorne"]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def table(root: Path, *rows: tuple[str, str]) -> Path:
    lines = ["row\tmarked_sentence\tgold_root", *(f"{n}\t{text}\t{gold}" for n, (text, gold) in enumerate(rows))]
    return write(root / "plv" / "train.tsv", "\n".join(lines) + "\n")


def only(documents: dict[str, list[Sentence]]) -> Sentence:
    ((sentence,),) = documents.values()
    return sentence


def both(root: Path, reader: Any) -> dict[str, list[Sentence]]:
    """What is trained on and what is held out, together."""
    return dict(reader(root, 0, held=False)) | dict(reader(root, 0, held=True))


def test_categories_are_those_of_the_ontology() -> None:
    assert sorted(acts.CATEGORIES) == sorted(load().categories)
    assert sorted(category for quad in acts.QUADS.values() for category in quad) == sorted(acts.CATEGORIES)
    for quad, categories in acts.QUADS.items():
        assert {load().quad(category) for category in categories} == {int(quad)}


def test_marks_are_taken_out_and_their_places_kept() -> None:
    text, spans = unmarked("The <s>Norvale envoy</s> met <t>Ida Holm</t>.")
    assert text == "The Norvale envoy met Ida Holm."
    assert {mark: text[slice(*span)] for mark, span in spans.items()} == {"s": "Norvale envoy", "t": "Ida Holm"}


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("<s>Peru</s> met <s>Chile</s> and <t>Oman</t>.", {"t"}),
        ("<s>Peru</s> met <t>Oman.", {"s"}),
        ("Peru</s> met <t>Oman</t>.", {"t"}),
        ("Peru met Oman.", set()),
        ("<s><t>Peru</t></s> met.", {"s", "t"}),
        ("<s>Peru <s>and Chile</s> met <t>Oman</t>.", {"t"}),
    ],
)
def test_marks_that_are_broken_or_doubled_leave_their_span_out(marked: str, left: set[str]) -> None:
    text, spans = unmarked(marked)
    assert set(spans) == left
    assert "<" not in text


def test_a_marked_row_is_a_sentence_with_its_pair(tmp_path: Path) -> None:
    table(tmp_path, ("The <s>army of Norvale</s> shelled <t>Estmark</t>.", "ASSAULT"), ("<s>Peru</s> slept.", "AID"))
    sentence = only(both(tmp_path, plv))
    assert sentence.words == ["The", "army", "of", "Norvale", "shelled", "Estmark", "."]
    assert sentence.pair is not None
    assert (sentence.pair.source, sentence.pair.target) == ((1, 4), (5, 6))
    assert sentence.pair.categories == ("ASSAULT",)
    assert sentence.extra["actor"] == ["O", "B-actor", "I-actor", "E-actor", "O", "O", "O"]
    assert sentence.extra["recipient"] == ["O"] * 5 + ["S-recipient", "O"]
    assert not sentence.bounded


def test_a_mark_inside_a_word_means_the_word(tmp_path: Path) -> None:
    table(tmp_path, ("<s>Norvale</s>'s fleet left <t>Estmark</t>ian waters.", "RETREAT"))
    pair = only(both(tmp_path, plv)).pair
    assert pair is not None and (pair.source, pair.target) == ((0, 1), (4, 5))


def test_the_old_yield_may_be_either_of_two(tmp_path: Path) -> None:
    table(tmp_path, ("<s>Norvale</s> gave way to <t>Estmark</t>.", "YIELD"))
    pair = only(both(tmp_path, plv)).pair
    assert pair is not None and pair.categories == ("CONCEDE", "RETREAT")


def test_the_parties_of_a_sentence_in_either_bio() -> None:
    found = cast(["Peru", "and", "Chile", "met", "Oman", "Togo"], ["B-S", "I-S", "I-S", "O", "I-T", "B-T"])
    assert found.extra["actor"] == ["B-actor", "I-actor", "E-actor", "O", "O", "O"]
    assert found.extra["recipient"] == ["O", "O", "O", "O", "S-recipient", "S-recipient"]
    assert cast(["Peru", "met"], ["B-R", "O"]).extra == {"actor": ["O", "O"], "recipient": ["O", "O"]}


def test_party_files_have_an_empty_line_between_sentences(tmp_path: Path) -> None:
    write(tmp_path / "cameo" / "ner_train.txt", "Peru I-S\nmet O\nOman I-T\n\n \nTogo I-S\nslept O\n")
    found = sorted((sentence.words, sentence.extra["actor"]) for (sentence,) in both(tmp_path, cameo_parties).values())
    assert found == [(["Peru", "met", "Oman"], ["S-actor", "O", "O"]), (["Togo", "slept"], ["S-actor", "O"])]


def test_of_a_quad_class_every_category_is_allowed_and_neutral_teaches_nothing(tmp_path: Path) -> None:
    write(tmp_path / "cameo" / "class_train.tsv", "Norvale shelled Estmark .\t4\nIt rained .\t0\n")
    sentence = only(both(tmp_path, cameo_quads))
    assert sentence.pair is not None and sentence.pair.categories == acts.QUADS["4"]
    assert sentence.pair.source is None and sentence.pair.target is None
    assert sentence.extra == {}, "where the parties stand is not known, so their heads learn nothing"


def test_of_stories_one_in_so_many_gives_its_first_sentence(tmp_path: Path) -> None:
    out = io.StringIO()
    rows = csv.DictWriter(out, ["text", "label"])
    rows.writeheader()
    rows.writerows({"text": f"Norvale sent aid {n}. It came late.", "label": "AID"} for n in range(4))
    rows.writerow({"text": "Nothing of the kind.", "label": "WEATHER"})
    rows.writerow({"text": "\n", "label": "AID"})
    (tmp_path / "ngec-synthetic").mkdir()
    with zipfile.ZipFile(tmp_path / "ngec-synthetic" / "stories.zip", "w") as archive:
        archive.writestr("stories.csv", out.getvalue())
    found = stories(tmp_path, share=2)
    assert list(found) == ["stories/0", "stories/2"]
    assert found["stories/2"][0].words == ["Norvale", "sent", "aid", "2", "."]
    assert all(pair and pair.categories == ("AID",) for (sentence,) in found.values() for pair in [sentence.pair])


def news(name: str, **more: Any) -> str:
    text = "\nThey met on 4 May 2019 and may\nmeet again.\n\nTwo days later it rained."
    times = [("4 May 2019", "DATE"), ("Two days", "DURATION")]
    spans = [{"start": text.index(t), "end": text.index(t) + len(t), "type": kind} for t, kind in times]
    return json.dumps({"id": name, "text": text, "timexes": spans} | more)


def event(start: int, end: int, **instance: str) -> dict[str, Any]:
    return {"start": start, "end": end, "class": "OCCURRENCE", "instances": [{"eiid": f"ei{start}", **instance}]}


def time_files(root: Path, *lines: str) -> None:
    (root / "timeml").mkdir()
    for name, text in (("timebank", "\n".join(lines)), ("aquaint", "")):
        with gzip.open(root / "timeml" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(text)


def test_times_and_events_stand_on_their_words(tmp_path: Path) -> None:
    events = [event(6, 9, tense="PAST"), event(32, 36, modality="may")]
    time_files(tmp_path, news("a", events=events, links=[]))
    first, second = both(tmp_path, timeml)["timeml/a"]
    assert first.words == ["They", "met", "on", "4", "May", "2019", "and", "may", "meet", "again", "."]
    assert first.times == ["O"] * 3 + ["B-DATE", "I-DATE", "I-DATE"] + ["O"] * 5
    assert first.extra["event"] == ["O", "OCCURRENCE", *["O"] * 6, "OCCURRENCE", "O", "O"]
    assert first.extra["mode"] == [None, "none", *[None] * 6, "hypothetical", None, None]
    assert second.words == ["Two", "days", "later", "it", "rained", "."]
    assert second.times == ["B-DURATION", "I-DURATION", "O", "O", "O", "O"]
    assert set(second.extra["event"]) == {"O"} and not second.bounded


def test_where_no_events_are_annotated_none_are_learned(tmp_path: Path) -> None:
    time_files(tmp_path, news("a"))
    assert [part.extra for part in both(tmp_path, timeml)["timeml/a"]] == [{}, {}]


@pytest.mark.parametrize(
    ("instances", "relation", "expected"),
    [
        ([{"polarity": "POS", "tense": "PAST"}], None, "none"),
        ([{"polarity": "NEG", "tense": "PAST"}], None, "negation"),
        ([{"polarity": "NEG", "tense": "FUTURE"}], None, "negation"),
        ([{"tense": "FUTURE"}], None, "future"),
        ([{"tense": "PAST", "modality": "might"}], None, "hypothetical"),
        ([{"tense": "FUTURE"}], "CONDITIONAL", "hypothetical"),
        ([{"tense": "PAST"}], "COUNTER_FACTIVE", "negation"),
        ([{"tense": "PAST"}], "NEG_EVIDENTIAL", "negation"),
        ([{"tense": "PAST"}], "EVIDENTIAL", "none"),
        ([{"tense": "PAST"}, {"tense": "FUTURE"}], None, "future"),
        ([], None, "none"),
    ],
)
def test_whether_an_event_happened(instances: list[dict[str, Any]], relation: str | None, expected: str) -> None:
    named = [{"eiid": f"ei{n}"} | each for n, each in enumerate(instances)]
    assert mode(named, {"ei0": relation} if relation else {}) == expected


@pytest.mark.parametrize(
    "text", ["Peru met Oman.", " «Peru»  MET—Oman! ", "Año 2019", "İzmir’s ẞ", "!?", "", "½ of II"]
)
def test_sentences_have_the_key_of_the_evaluation(text: str) -> None:
    assert acts.key(text) == sentence_key(text)


def test_what_evaluate_measures_in_a_fold_stays_out_of_training(tmp_path: Path) -> None:
    path = table(tmp_path, *((f"<s>{town}</s> thanked <t>Oman</t>.", "SUPPORT") for town in TOWNS))
    bio = "\n\n".join(f"{town} I-S\nthanked O\nOman I-T\n. O" for town in TOWNS)
    other = write(tmp_path / "cameo" / "ner_train.txt", bio)
    for fold in range(FOLDS):
        takes = Options(fold=fold).takes
        measured = {row.text.split()[0] for row in read_marked(path) if takes(sentence_key(row.text))}
        parties = {s.words[0] for s in read_bio(other) if takes(sentence_key("".join(s.words)))}
        assert parties == measured, "the same sentence lies in the same fold of every file"
        for reader in (plv, cameo_parties):
            held, trained = (
                {sentence.words[0] for (sentence,) in reader(tmp_path, fold, held=held).values()}
                for held in (True, False)
            )
            assert held == measured and trained == set(TOWNS) - measured


def test_documents_of_a_fold_stay_out_of_training(tmp_path: Path) -> None:
    names = [f"doc-{n}" for n in range(20)]
    time_files(tmp_path, *map(news, names))
    held = [set(timeml(tmp_path, fold, held=True)) for fold in range(FOLDS)]
    assert sorted(name for part in held for name in part) == sorted(f"timeml/{name}" for name in names)
    for fold, part in enumerate(held):
        assert part == {f"timeml/{name}" for name in names if Options(fold=fold).takes(name)}
        assert not part & set(timeml(tmp_path, fold, held=False))
