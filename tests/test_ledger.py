"""The scorer of ledgers, on exports made by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ledger import (
    Ledger,
    LedgerError,
    Score,
    checks,
    covers,
    floor,
    load_ledger,
    main,
    plain,
    row_table,
    score,
    table,
)

SENTENCE = "Ruritania’s king visited Strelsau on Monday, the palace said."
EVENT: dict[str, Any] = {
    "text": SENTENCE,
    "event": "CONSULT",
    "event_text": "visited",
    "mode": ["visit"],
    "context": [],
    "actor": [{"code": "AAA", "identifier_text": "Rudolf"}],
    "recipient": [{"code": "BBB", "entity_text": "Strelsau"}],
    "date": "2020-03-02",
    "auxiliary_mode": [],
    "attribution": [{"source": [{"entity_text": "the palace", "office": None}]}],
    "quantities": [{"value": 3.0}],
    "about": ["CCC"],
}
ROW: dict[str, Any] = {"id": "visit", "quote": "king visited Strelsau", "cue": "visit", "event": ["CONSULT"]}
TITLE = "King in Strelsau"
ARTICLE = {
    "title": TITLE,
    "published": "2020-03-03",
    "published_basis": "page",
    "publication": "Strelsau Post",
    "paragraphs": [
        {"text": TITLE, "role": "headline"},
        {"text": SENTENCE, "role": "body"},
        {"text": "A day of flags", "role": "subhead"},
        {"text": "The king at the station", "role": "caption", "credit": "Photo: F. von Tarlenheim"},
    ],
}
PAGE = {
    "title": TITLE,
    "paragraphs": 4,
    "boilerplate": ["Share this"],
    "caption": "The king at",
    "caption_credit": "Tarlenheim",
    "subheads": ["A day of flags"],
    "publication": "Strelsau Post",
    "published_basis": "page",
}
KING = {
    "name": "Rudolf Elphberg",
    "code": "AAA",
    "sector": "GOV",
    "aliases": ["Rudolf"],
    "offices": [{"office": "King of Ruritania", "former": False}],
}
WANTED_KING = {"name": "Rudolf Elphberg", "also": ["Rudolf"], "country": "AAA", "office": "king", "sector": "GOV|MIL"}


def export(folder: Path, *, events: Any = (), entities: Any = (), articles: Any = (ARTICLE,)) -> Path:
    for name, items in (("events", events), ("entities", entities), ("articles", articles)):
        lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def ledger(*, events: Any = (ROW,), people: Any = (), traps: Any = (), page: Any = PAGE) -> Ledger:
    return Ledger("2020-03-03", page, tuple(people), tuple(events), tuple(traps))


def scored(folder: Path, want: Ledger, **files: Any) -> Score:
    return score(export(folder, **files), want)


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("event", ["AID", "CONSULT"], ["AID"]),
        ("parties", ["AAA", "BBB"], ["AAA", "CCC"]),
        ("actor", ["AAA"], ["BBB"]),
        ("names", ["rudolf", "Strelsau"], ["Michael"]),
        ("date", "2020-03", "2020-04"),
        ("date", 2020, 2021),
        ("auxiliary", [], ["future"]),
        ("by", "PALACE|court", "ministry"),
        ("by", "^$|palace", None),
        ("about", ["CCC"], ["AAA"]),
        ("quantity", 3, 4),
        ("mode", ["visit", "phone"], ["phone"]),
    ],
)
def test_each_field_is_right_or_wrong(field: str, right: object, wrong: object) -> None:
    assert checks(EVENT, {field: right}) == {field: True}
    assert checks(EVENT, {field: wrong}) == {field: False}


def test_fields_that_the_row_does_not_list_are_not_checked() -> None:
    assert set(checks(EVENT, ROW)) == {"event"}


def test_an_event_without_a_source_is_in_the_reports_own_voice() -> None:
    silent = EVENT | {"attribution": [{"source": []}]}
    assert checks(silent, {"by": None}) == {"by": True}
    assert checks(silent, {"by": "palace"}) == {"by": False}
    assert checks(silent, {"by": "^$|palace"}) == {"by": True}


@pytest.mark.parametrize("category", ["AGREE", "THREATEN"])
def test_agreement_and_threat_imply_the_future(category: str) -> None:
    event = EVENT | {"event": category}
    assert checks(event, {"auxiliary": ["future"]}) == {"auxiliary": True}
    assert checks(event, {"auxiliary": ["historical"]}) == {"auxiliary": False}


def test_a_row_is_covered_by_its_sentence_and_its_cue() -> None:
    assert covers(EVENT, ROW)
    assert covers(EVENT, ROW | {"quote": "ruritania's  king"})
    assert covers(EVENT, ROW | {"cue": "visiting"})
    assert not covers(EVENT, ROW | {"cue": "left"})
    assert not covers(EVENT, ROW | {"quote": "left Strelsau"})
    assert covers(EVENT, {"quote": "left. " + SENTENCE})


def test_recall_counts_needed_rows_and_whole_those_without_a_fault(tmp_path: Path) -> None:
    rows = [
        ROW | {"actor": ["AAA"]},
        ROW | {"id": "wrong", "actor": ["BBB"]},
        ROW | {"id": "missing", "cue": "left"},
        ROW | {"id": "other", "quote": "elsewhere", "optional": True},
    ]
    result = scored(tmp_path, ledger(events=rows), events=[EVENT])
    assert (result.recall, result.whole, result.fields) == (pytest.approx(2 / 3), pytest.approx(1 / 3), 0.75)
    assert [row.state for row in result.rows] == ["ok", "found", "missing", "missing"]
    assert [row.wrong for row in result.rows] == [(), ("actor",), (), ()]


def test_the_right_category_matches_before_more_right_fields(tmp_path: Path) -> None:
    row = ROW | {"actor": ["BBB"], "date": "2020"}
    closer = EVENT | {"event": "AID", "actor": [{"code": "BBB"}]}
    result = scored(tmp_path, ledger(events=[row]), events=[closer, EVENT])
    assert result.rows[0].state == "found"
    assert result.rows[0].wrong == ("actor",)


def test_precision_counts_events_that_a_row_calls_for(tmp_path: Path) -> None:
    row = ROW | {"parties": ["AAA", "BBB"]}
    again = EVENT | {"date": None}
    strange = EVENT | {"event": "ASSAULT"}
    result = scored(tmp_path, ledger(events=[row]), events=[EVENT, again, strange])
    assert (result.precision, result.exported) == (pytest.approx(2 / 3), 3)
    assert len(result.unlisted) == 1
    assert result.unlisted[0].startswith("ASSAULT | visited | ")


def test_a_trap_is_sprung_by_its_words_and_category(tmp_path: Path) -> None:
    trap = {"quote": "visited Strelsau", "cue": "visited", "event": ["CONSULT"]}
    other = {"quote": "the palace said", "cue": "palace", "event": ["CONSULT"]}
    assert scored(tmp_path, ledger(traps=[trap, other]), events=[EVENT]).traps == ("visited Strelsau",)


def test_an_empty_export_scores_nothing(tmp_path: Path) -> None:
    result = scored(tmp_path, ledger(people=[WANTED_KING]), articles=[])
    assert (result.recall, result.whole, result.fields, result.precision) == (0, 0, 0, 0)
    assert result.page.wrong == ("0 articles",)
    assert result.people.wrong == ("Rudolf Elphberg: missing",)


def test_a_page_is_right_aspect_by_aspect(tmp_path: Path) -> None:
    page = scored(tmp_path, ledger()).page
    assert (page.right, page.of, page.wrong) == (7, 7, ())


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title": "Another"}, "title"),
        ({"paragraphs": [*ARTICLE["paragraphs"][:3], {"text": "Share this"}]}, "boilerplate"),
        ({"paragraphs": [*ARTICLE["paragraphs"], {"text": TITLE}]}, "boilerplate"),
        ({"publication": "Strelsau Times"}, "publication"),
        ({"published": "2020-03-02"}, "published_basis"),
        ({"published_basis": "given"}, "published_basis"),
    ],
)
def test_a_faulty_page_names_its_fault(tmp_path: Path, change: dict[str, Any], wrong: str) -> None:
    assert wrong in scored(tmp_path, ledger(), articles=[ARTICLE | change]).page.wrong


def test_paragraphs_in_the_wrong_role_are_faults(tmp_path: Path) -> None:
    flat = [{"text": paragraph["text"], "role": "body"} for paragraph in ARTICLE["paragraphs"]]
    page = scored(tmp_path, ledger(), articles=[ARTICLE | {"paragraphs": flat}]).page
    assert page.wrong == ("caption", "caption_credit", "subheads")


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"code": "BBB"}, "country"),
        ({"offices": []}, "office"),
        ({"sector": "CVL"}, "sector"),
        ({"aliases": []}, "alias Rudolf"),
    ],
)
def test_a_person_is_wrong_by_what_is_wrong_with_him(tmp_path: Path, change: dict[str, Any], wrong: str) -> None:
    people = scored(tmp_path, ledger(people=[WANTED_KING]), entities=[KING | change]).people
    assert people.wrong == (f"Rudolf Elphberg: {wrong}",)


def test_a_person_must_be_one_entity(tmp_path: Path) -> None:
    want = ledger(people=[WANTED_KING])
    assert scored(tmp_path, want, entities=[KING]).people.right == 1
    assert scored(tmp_path, want, entities=[KING, KING]).people.wrong == ("Rudolf Elphberg: 2 entities",)
    double = {"name": "Rudolf", "code": None}
    wrong = scored(tmp_path, want, entities=[KING, double]).people.wrong
    assert wrong == ("Rudolf Elphberg: Rudolf is a second entity",)


def test_a_former_office_must_be_marked(tmp_path: Path) -> None:
    want = ledger(people=[WANTED_KING | {"former": True}])
    past = KING | {"offices": [{"office": "king", "former": True}]}
    assert scored(tmp_path, want, entities=[KING]).people.wrong == ("Rudolf Elphberg: former",)
    assert scored(tmp_path, want, entities=[past]).people.right == 1


def test_a_line_separator_in_a_sentence_ends_no_line(tmp_path: Path) -> None:
    assert scored(tmp_path, ledger(), events=[EVENT | {"text": SENTENCE + "\u2028Then he left."}]).recall == 1


def test_a_ledger_that_lacks_a_section_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.yaml"
    path.write_text("published: 2020-03-03\narticle: {}\npeople: []\nevents: []\n", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"half\.yaml.*traps"):
        load_ledger(path)
    with pytest.raises(LedgerError, match=r"none\.yaml"):
        load_ledger(tmp_path / "none.yaml")


@pytest.mark.parametrize("content", [None, "{", "\xff"])
def test_an_export_that_cannot_be_read_is_refused(tmp_path: Path, content: str | None) -> None:
    export(tmp_path)
    file = tmp_path / "entities.jsonl"
    file.unlink() if content is None else file.write_bytes(content.encode("latin-1"))
    with pytest.raises(LedgerError, match="entities"):
        score(tmp_path, ledger())


def write_ledger(path: Path) -> Path:
    data = {"published": "2020-03-03", "article": PAGE, "people": [], "events": [ROW], "traps": []}
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


def test_main_scores_pairs_and_prints_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = write_ledger(tmp_path / "first.yaml"), write_ledger(tmp_path / "second.yaml")
    folder = export(tmp_path, events=[EVENT])
    assert main([str(folder), str(first), str(folder), str(second), "--rows"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[-3:]] == ["report", "first", "second"]
    assert lines[-1].split()[1:] == ["7/7", "0/0", "1.000", "1.000", "1.000", "1.000", "1", "0"]
    assert lines[1].split() == ["ok", "visit"]


def test_main_prints_floors_as_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_ledger(tmp_path / "first.yaml")
    assert main([str(export(tmp_path, events=[EVENT])), str(path), "--floors"]) == 0
    printed = yaml.safe_load(capsys.readouterr().out)
    assert printed == {"first": {"recall": 1.0, "precision": 1.0, "whole": 1.0, "traps": 0}}


def test_main_names_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), str(write_ledger(tmp_path / "first.yaml"))]) == 2
    assert "events.jsonl" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([str(tmp_path)])


def test_the_tables_name_every_fault(tmp_path: Path) -> None:
    rows = [ROW | {"actor": ["BBB"]}, ROW | {"id": "left", "quote": "left", "optional": True}]
    result = scored(tmp_path, ledger(events=rows, people=[WANTED_KING]), events=[EVENT, EVENT | {"event": "AID"}])
    lines = row_table(result).splitlines()
    assert lines[0].split() == ["found", "visit", "wrong:", "actor"]
    assert lines[1].split() == ["missing", "left", "optional"]
    assert lines[2:] == ["people    Rudolf Elphberg: missing", f"unlisted  AID | visited | {SENTENCE}"]
    assert len(table({"a": result, "b": result}).splitlines()) == 3


@given(part=st.integers(0, 100), of=st.integers(1, 100))
def test_a_floor_is_never_above_what_was_measured(part: int, of: int) -> None:
    share = min(part, of) / of
    result = Score(*[None] * 2, share, share, share, share, 0, (), (), ())  # type: ignore[arg-type]
    reached = floor(result)["recall"]
    assert reached <= share + 1e-9
    assert share - reached < 0.01


@given(st.text())
def test_plain_text_is_plain(text: str) -> None:
    once = plain(text)
    assert "  " not in once
    assert "’" not in once
    assert once == once.strip()
