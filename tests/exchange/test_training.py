import json
from dataclasses import replace
from datetime import date

import pytest

from dragoman.evaluation.bio import read_bio
from dragoman.evaluation.marked import read_marked
from dragoman.exchange.training import CATEGORIES, JUDGED, PARTIES, export
from dragoman.record import EventFilter, Record
from make import GRANT, VISIT, visit

BY = {"who": "A. Analyst", "why": "read it again"}


@pytest.fixture
def record():
    with Record.open(":memory:") as record:
        record.add(visit())
        record.add(visit("b", outlet="The Evening"))
        yield record


def judged(folder) -> list[dict]:
    return [json.loads(line) for line in (folder / JUDGED).read_text("utf-8").splitlines()]


def test_a_corrected_category_is_a_marked_sentence(record, tmp_path):
    event = next(record.events()).id
    record.correct(event, "category", "ACCUSE", **BY)
    assert export(record, tmp_path) == {"judged": 1, "categories": 1, "parties": 0}
    (row,) = read_marked(tmp_path / CATEGORIES)
    assert (row.text, row.root) == (VISIT, "ACCUSE")
    assert [row.text[start:end] for start, end in row.pair] == ["Ana Reis", "Oslo"]
    (line,) = judged(tmp_path)
    assert (line["text"], line["read"]["event"], line["right"]["event"]) == (VISIT, "CONSULT", "ACCUSE")
    assert [VISIT[start:end] for start, end in line["cue"]] == ["visited"]
    told = line["right"]["actor"][0]
    assert VISIT[told["start"] : told["end"]] == "Ana Reis"
    assert record.article("a1").text[line["start"] :].startswith(VISIT)
    assert (line["judgements"][0]["who"], line["judgements"][0]["field"]) == ("A. Analyst", "category")


def test_corrected_parties_are_tagged_words(record, tmp_path):
    event = next(record.events()).id
    record.correct_fields(event, {"actors": "NOR", "recipients": "person:ana-reis"}, **BY)
    assert export(record, tmp_path)["parties"] == 1
    (sentence,) = read_bio(tmp_path / PARTIES)
    tagged = [(word, tag) for word, tag in zip(sentence.words, sentence.tags, strict=True) if tag != "O"]
    assert tagged == [("Ana", "B-T"), ("Reis", "I-T"), ("Oslo", "B-S")]
    (row,) = read_marked(tmp_path / CATEGORIES)
    assert [row.text[start:end] for start, end in row.pair] == ["Oslo", "Ana Reis"]


def test_whom_the_sentence_does_not_name_nobody_learns_from(record, tmp_path):
    first, second = record.events()
    record.correct(first.id, "recipients", "DZA", **BY)
    record.correct(second.id, "category", "AGREE", **BY)
    assert export(record, tmp_path) == {"judged": 2, "categories": 0, "parties": 0}
    line = judged(tmp_path)[0]
    assert line["right"]["recipient"] == [
        {"id": "state:DZA", "name": "Algeria", "code": "DZA", "start": None, "end": None}
    ]


def test_a_rejected_event_is_a_judgement_without_what_is_right(record, tmp_path):
    second = list(record.events())[1].id
    record.reject(second, **BY)
    assert export(record, tmp_path) == {"judged": 1, "categories": 0, "parties": 0}
    (line,) = judged(tmp_path)
    assert (line["rejected"], line["right"], line["text"]) == (True, None, GRANT)
    record.restore(second, **BY)
    export(record, tmp_path)
    (line,) = judged(tmp_path)
    assert (line["rejected"], line["right"]) == (False, line["read"])


def test_what_is_undone_or_only_regrouped_is_left_out(record, tmp_path):
    event = next(record.events()).id
    record.undo(record.correct(event, "category", "ACCUSE", **BY).id, **BY)
    record.split_event(event, ["b#0"], **BY)
    assert export(record, tmp_path) == {"judged": 0, "categories": 0, "parties": 0}
    assert (tmp_path / PARTIES).read_text("utf-8") == ""


def test_a_filter_chooses(record, tmp_path):
    for event in list(record.events()):
        record.correct(event.id, "contexts", ["legal"], **BY)
    assert export(record, tmp_path, filter=EventFilter(event="AID"))["judged"] == 1


def test_sentences_of_any_letters_come_back(record, tmp_path):
    reading = visit("q", monday=date(2022, 3, 7), published=date(2022, 3, 8))
    odd = replace(reading.article.paragraphs[1], text='"' + reading.article.paragraphs[1].text[1:-1] + "\t")
    article = replace(reading.article, paragraphs=(reading.article.paragraphs[0], odd, reading.article.paragraphs[2]))
    record.add(replace(reading, article=article))
    (event,) = record.events(EventFilter(article="q", event="CONSULT"))
    record.correct(event.id, "category", "ACCUSE", **BY)
    export(record, tmp_path)
    (row,) = read_marked(tmp_path / CATEGORIES)
    assert row.text == odd.text.replace("\t", " ").strip() or row.text == odd.text.replace("\t", " ")
    assert [row.text[start:end] for start, end in row.pair] == ["Ana Reis", "Oslo"]
