"""Events coded from sentences: PLOVER records as gold, the TSV without its marks, and the figures by hand."""

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.errors import FormatError
from dragoman.evaluation import TASKS, Options
from dragoman.evaluation.events import Side, Told, Wanted, score
from dragoman.evaluation.places import moved
from dragoman.evaluation.plover_gold import read_plover
from dragoman.evaluation.task import fold_of
from dragoman.model import Party, Report, Span
from make_docs import parsed

TEXT = "Norway thanked Chile, and Peru accused Chile of fraud."
THANKS = "Norway/NNP/2/nsubj/LOC thanked/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct"
CHARGE = "Peru/NNP/2/nsubj/LOC accused/VBD/0/root Chile/NNP/2/obj/LOC of/IN/5/case fraud/NN/2/obl ././2/punct"
CODES = {"Norway": "NOR", "Chile": "CHL", "Peru": "PER"}


def party(name: str, *, sector: str | None = None, nth: int = 0) -> Party:
    start = TEXT.index(name) if not nth else TEXT.rindex(name)
    return Party(name, name, name, Span("a", start, start + len(name)), CODES.get(name), sector)


def report(category: str, actors: list[Party], recipients: list[Party]) -> Report:
    whole = Span("a", 0, len(TEXT))
    return Report("a-0", "a", 0, category, whole, (whole,), "cue", tuple(actors), tuple(recipients))


def marked(root: str, source: str, target: str) -> Wanted:
    sides = (Side((TEXT.index(words), TEXT.index(words) + len(words))) for words in (source, target))
    return Wanted(root, *sides)


THANKED = report("SUPPORT", [party("Norway")], [party("Chile")])
ACCUSED = report("ACCUSE", [party("Peru")], [party("Chile", nth=1)])
WANTED = marked("SUPPORT", "Norway", "Chile")


def figures(rows: list[Wanted], reports: list[Report]) -> dict[str, float]:
    return score([(Told(2, TEXT, tuple(rows)), reports)]).figures


def recalls(event: float, parties: float, triple: float, extra: float) -> dict[str, float]:
    return {"event_recall": event, "parties_recall": parties, "triple_recall": triple, "extra_per_sentence": extra}


def test_the_row_itself_is_all_right_and_silence_nothing() -> None:
    assert figures([WANTED], [THANKED]) == recalls(1, 1, 1, 0)
    assert figures([WANTED], []) == recalls(0, 0, 0, 0)
    assert score([]).figures == recalls(0, 0, 0, 0)


def test_category_and_parties_of_two_events_are_no_triple() -> None:
    wrong = report("AID", [party("Norway")], [party("Chile")])
    other = report("SUPPORT", [party("Peru")], [party("Chile", nth=1)])
    assert figures([WANTED], [wrong, other]) == recalls(1, 1, 0, 1)


def test_actor_and_recipient_are_not_to_be_swapped() -> None:
    assert figures([WANTED], [report("SUPPORT", [party("Chile")], [party("Norway")])]) == recalls(1, 0, 0, 0)
    assert figures([WANTED], [report("SUPPORT", [party("Norway")], [])]) == recalls(1, 0, 0, 0)


def test_parties_that_all_stand_as_actors_answer_both_sides() -> None:
    joint = report("SUPPORT", [party("Norway"), party("Chile")], [])
    assert figures([WANTED], [joint]) == recalls(1, 1, 1, 0)


def test_touching_the_marked_words_is_enough_and_another_mention_is_not() -> None:
    assert figures([marked("SUPPORT", "Norway thanked", "Chile, and")], [THANKED])["parties_recall"] == 1
    assert figures([WANTED], [report("SUPPORT", [party("Norway")], [party("Chile", nth=1)])])["parties_recall"] == 0


def test_a_row_claims_one_event_of_its_root() -> None:
    again = marked("SUPPORT", "Peru", "Chile")
    assert figures([WANTED], [THANKED, THANKED, ACCUSED])["extra_per_sentence"] == 2
    assert figures([WANTED, again], [THANKED, THANKED])["extra_per_sentence"] == 0
    assert figures([WANTED, again], [THANKED])["extra_per_sentence"] == 0


def test_yield_is_conceding_or_retreating() -> None:
    row = marked("YIELD", "Norway", "Chile")
    for category in ("CONCEDE", "RETREAT"):
        found = report(category, [party("Norway")], [party("Chile")])
        assert figures([row], [found]) == recalls(1, 1, 1, 0)


def test_recalls_are_over_rows_and_extra_over_sentences() -> None:
    silent = Told(3, TEXT, (WANTED, marked("ACCUSE", "Peru", "Chile")))
    result = score([(Told(2, TEXT, (WANTED,)), [THANKED, ACCUSED]), (silent, None)], skipped=4)
    assert result.figures == pytest.approx(recalls(1 / 3, 1 / 3, 1 / 3, 1 / 2))
    assert result.parts["SUPPORT"]["event_recall"] == 0.5
    assert result.parts["ACCUSE"]["triple_recall"] == 0.0
    assert result.counts == {"sentences": 2, "rows": 3, "events": 2, "extra": 1, "unread": 1, "skipped": 4}
    assert result.rows[0]["events"][0]["actor"][0] == {
        "code": "NOR", "sector": None, "entity_text": "Norway", "start": 0, "end": 6,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "right"),
    [
        ((("NOR",),), True),
        ((("NOR", "GOV"),), True),
        ((("IGO", "NOR"),), True),
        ((("SWE",),), False),
        ((("NOR",), ("SWE",)), False),
        ((("MIL",),), True),
        ((("SWE", "MIL"),), False),
        ((), True),
    ],
)
def test_codes_are_met_by_codes_and_sectors(codes: tuple[tuple[str, ...], ...], right: bool) -> None:
    assert Side(codes=codes).met([party("Chile"), party("Norway", sector="MIL")]) is right


REPORTS = st.lists(st.sampled_from([THANKED, ACCUSED, report("AID", [party("Peru")], [])]), max_size=4)
ROWS = st.lists(
    st.sampled_from([WANTED, marked("ACCUSE", "Peru", "Chile"), marked("AID", "Peru", "fraud")]), max_size=3
)


@given(st.lists(st.tuples(ROWS, REPORTS), max_size=4), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_a_triple_is_an_event_with_its_parties(found, dice) -> None:  # type: ignore[no-untyped-def]
    pairs = [(Told(2, TEXT, tuple(rows)), reports) for rows, reports in found]
    result = score(pairs).figures
    dice.shuffle(pairs)
    shuffled = [(Told(2, TEXT, told.rows[::-1]), reports[::-1]) for told, reports in pairs]
    assert score(shuffled).figures == result
    assert result["triple_recall"] <= min(result["event_recall"], result["parties_recall"]) <= 1
    assert result["extra_per_sentence"] >= 0


RECORD = {
    "id": "1",
    "text": "Norway thanked Chile.",
    "actor": [{"code": "NOR", "sector": "GOV"}],
    "recipient": {"code": "CHLGOV"},
    "event": ["SUPPORT"],
}


def put(folder: Path, text: str) -> Path:
    path = folder / "a.json"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([RECORD, RECORD]),
        json.dumps([RECORD, RECORD], indent=1),
        f"{json.dumps(RECORD)}\n\n{json.dumps(RECORD)}\n",
        f"{json.dumps(RECORD, indent=2)}\n{json.dumps(RECORD, indent=2)}",
    ],
)
def test_records_as_a_list_or_one_after_the_other(tmp_path: Path, text: str) -> None:
    first, second = read_plover(put(tmp_path, text))
    assert (first.roots, first.actors, first.recipients) == (("SUPPORT",), (("NOR",),), (("CHL", "GOV"),))
    assert (second.text, second.roots) == (first.text, first.roots)


def test_older_names_single_values_and_uncoded_parties(tmp_path: Path) -> None:
    older = {"text": "x y", "event": "yield", "source": "---REB", "target": [{"code": None}, {"code": "---"}]}
    silent = {"text": "x y", "event": None}
    unset = {"text": "x y", "has_event": False}
    first, second, third = read_plover(put(tmp_path, "\n".join(map(json.dumps, (older, silent, unset)))))
    assert (first.line, first.roots, first.actors, first.recipients) == (1, ("YIELD",), (("REB",),), ())
    assert (second.line, second.roots, third.roots) == (2, (), ())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": None}, "the text is empty"),
        ({"text": " "}, "the text is empty"),
        ({"actor": [{"sector": "GOV"}]}, "'code' is missing"),
        ({"event": [5]}, "not a PLOVER record"),
    ],
)
def test_bad_records_name_file_and_line(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    path = put(tmp_path, f"{json.dumps(RECORD)}\n{json.dumps(RECORD | change)}\n")
    with pytest.raises(FormatError, match=rf"a\.json: line 2: .*{reason}"):
        list(read_plover(path))


@pytest.mark.parametrize("field", ["text", "event", "actor"])
def test_a_missing_field_is_named(tmp_path: Path, field: str) -> None:
    short = {name: value for name, value in RECORD.items() if name != field}
    with pytest.raises(FormatError, match=rf"line 3: .*the field '{field}' is missing"):
        list(read_plover(put(tmp_path, "[\n" + json.dumps(RECORD) + ",\n" + json.dumps(short) + "]")))


@pytest.mark.parametrize("text", ['{"text": "x"', '{"text" "x"}', "[5]", '["x"]', '[{"text": "x"}'])
def test_what_is_no_record(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError, match=r"a\.json: line 1: not "):
        list(read_plover(put(tmp_path, text)))
    with pytest.raises(FormatError, match="no record"):
        list(read_plover(put(tmp_path, "[]\n")))


def test_places_follow_their_words_into_a_cleaned_text() -> None:
    before, after = "\u202aAna \u202athanked  Ola.", "Ana thanked Ola."
    for words in ("Ana", "thanked", "Ola"):
        start = before.index(words)
        assert after[slice(*moved((start, start + len(words)), before, after))] == words
    assert moved((0, 1), before, after) == (0, 0)
    assert moved((1, 3), before, before) == (1, 3)


@Language.component("read_by_hand")
def read_by_hand(doc: Doc) -> Doc:
    """Two sentences parsed by hand; of any other text, nothing."""
    return {made.text: made for made in (parsed(THANKS), parsed(CHARGE))}[doc.text]


@pytest.fixture
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("read_by_hand")
    return pipeline


TSV = (
    "marked_sentence\tgold_root\n"
    "<s>\u202aNorway</s> thanked <t>Chile</t>.\tSUPPORT\n"
    "<s>Peru</s> accused <t>Chile</t> of fraud.\tACCUSE\n"
    "<s>Peru</s> accused Chile of <t>fraud</t>.\tREJECT\n"
    "Peru accused <t>Chile</t> of fraud.\tACCUSE\n"
)


def test_the_whole_way_from_a_sentence_without_its_marks(tmp_path: Path, nlp: Language) -> None:
    result = TASKS["events"].run(put(tmp_path, TSV), nlp, Options())
    assert result.figures == pytest.approx(recalls(2 / 3, 2 / 3, 2 / 3, 0))
    assert result.counts == {"sentences": 2, "rows": 3, "events": 2, "extra": 0, "unread": 0, "skipped": 1}
    assert [row["line"] for row in result.rows] == [2, 3]


def test_the_whole_way_against_plover_records(tmp_path: Path, nlp: Language) -> None:
    charge = {"text": "Peru accused Chile of fraud.", "event": "ACCUSE", "actor": "PERGOV", "recipient": "ARG"}
    silent = {"text": "Peru accused Chile of fraud.", "event": []}
    unreadable = {"text": "…", "event": "AID", "actor": "USA"}
    path = put(tmp_path, json.dumps([RECORD, charge, silent, unreadable]))
    result = TASKS["events"].run(path, nlp, Options())
    assert result.figures == pytest.approx(recalls(2 / 3, 1 / 3, 1 / 3, 0))
    assert result.counts == {"sentences": 3, "rows": 3, "events": 2, "extra": 0, "unread": 1, "skipped": 0}


def test_events_can_be_kept_to_a_fold(tmp_path: Path, nlp: Language) -> None:
    thanks, charge = fold_of("norwaythankedchile"), fold_of("peruaccusedchileoffraud")
    assert thanks != charge
    result = TASKS["events"].run(put(tmp_path, TSV), nlp, Options(fold=charge))
    assert result.counts["sentences"] == 1 and result.counts["skipped"] == 1
    kept = TASKS["events"].run(put(tmp_path, json.dumps([RECORD])), nlp, Options(fold=thanks))
    assert kept.figures == recalls(1, 1, 1, 0)
