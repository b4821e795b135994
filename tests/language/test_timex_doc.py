"""Tense and text order on Docs built by hand."""

from datetime import date

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dragoman.language.timex_doc import read_times, tense_of

FRIDAY = date(2020, 10, 2)
LEMMAS = {"says": "say", "postponed": "postpone", "scheduled": "schedule", "are": "be", "was": "be"}


def make(words: str, tags: str, poses: str, heads: list[int], deps: str, times: list[tuple[int, int, str]]) -> Doc:
    doc = Doc(Vocab(), words=words.split(), tags=tags.split(), pos=poses.split(), heads=heads, deps=deps.split(),
              lemmas=[LEMMAS.get(word, word) for word in words.lower().split()])  # fmt: skip
    doc.spans["times"] = [Span(doc, start, end, label) for start, end, label in times]
    return doc


def meeting(auxiliary: str, verb: str, tag: str) -> Doc:
    """ "They AUX VERB Thursday" with the verb as root."""
    return make(f"They {auxiliary} {verb} Thursday", f"PRP MD {tag} NNP", "PRON AUX VERB PROPN", [2, 2, 2, 2],
                "nsubj aux ROOT obl:tmod", [(3, 4, "DATE")])  # fmt: skip


def test_a_future_auxiliary_looks_ahead() -> None:
    doc = meeting("will", "meet", "VB")
    assert tense_of(doc.spans["times"][0]) == "future"
    ((_, found),) = read_times(doc, anchor=FRIDAY)
    assert found is not None and found.start == date(2020, 10, 8)


def test_a_past_verb_looks_back() -> None:
    doc = make(
        "They met Thursday", "PRP VBD NNP", "PRON VERB PROPN", [1, 1, 1], "nsubj ROOT obl:tmod", [(2, 3, "DATE")]
    )
    assert tense_of(doc.spans["times"][0]) == "past"
    ((_, found),) = read_times(doc, anchor=FRIDAY)
    assert found is not None and found.start == date(2020, 10, 1)


@pytest.mark.parametrize(("mark", "tense"), [(".", "future"), (":", "present")])
def test_a_present_meeting_of_a_whole_sentence_lies_ahead(mark: str, tense: str) -> None:
    doc = make(f"They meet Thursday {mark}", "PRP VBP NNP .", "PRON VERB PROPN PUNCT", [1, 1, 1, 1],
               "nsubj ROOT obl:tmod punct", [(2, 3, "DATE")])  # fmt: skip
    assert tense_of(doc.spans["times"][0]) == tense


@pytest.mark.parametrize(("governor", "tense"), [("plan", "future"), ("managed", None)])
def test_an_infinitive_has_the_tense_of_what_it_hangs_on(governor: str, tense: str | None) -> None:
    doc = make(f"They {governor} to meet Thursday", "PRP VBP TO VB NNP", "PRON VERB PART VERB PROPN", [1, 1, 3, 1, 3],
               "nsubj ROOT mark xcomp obl:tmod", [(4, 5, "DATE")])  # fmt: skip
    assert tense_of(doc.spans["times"][0]) == tense


def test_no_tree_no_tense() -> None:
    doc = Doc(Vocab(), words=["Thursday"])
    assert tense_of(doc[0:1]) is None


def test_later_expressions_count_from_the_day_spoken_of() -> None:
    words = "It began on 3 May 2019 and ended the next day"
    doc = Doc(Vocab(), words=words.split())
    doc.spans["times"] = [Span(doc, 8, 11, "DATE"), Span(doc, 3, 6, "DATE")]
    values = [found.value for _, found in read_times(doc, anchor=FRIDAY) if found]
    assert values == ["2019-05-03", "2019-05-04"]


def spoken(words: str, *times: tuple[int, int, str]) -> list[str]:
    """Values read from words without a tree, on Wednesday 16 June 2021."""
    doc = Doc(Vocab(), words=words.split())
    doc.spans["times"] = [Span(doc, start, end, label) for start, end, label in times]
    return [found.value for _, found in read_times(doc, anchor=date(2021, 6, 16))]


def test_years_and_months_count_from_years_and_months_spoken_of() -> None:
    words = "It began in 2003 ; the following year it spread , and that year the king fell"
    assert spoken(words, (3, 4, "DATE"), (5, 8, "DATE"), (12, 14, "DATE")) == ["2003", "2004", "2004"]
    words = "In March the king fell ill . The following month he died , and that year his son"
    assert spoken(words, (1, 2, "DATE"), (7, 10, "DATE"), (14, 16, "DATE")) == ["2021-03", "2021-04", "2021"]


def test_a_year_names_no_month_and_a_month_no_day() -> None:
    assert spoken("In 2003 and in that month", (1, 2, "DATE"), (4, 6, "DATE")) == ["2003", "XXXX-XX"]
    assert spoken("In March and on that day", (1, 2, "DATE"), (4, 6, "DATE")) == ["2021-03", "XXXX-XX-XX"]


def test_figures_are_held_against_those_of_the_same_quarter() -> None:
    words = "In the first quarter it rose from a year earlier ; in the quarter costs beat the year-ago period"
    times = [(1, 4, "DATE"), (7, 10, "DATE"), (12, 14, "DATE"), (16, 19, "DATE")]
    assert spoken(words, *times) == ["2021-Q1", "2020-Q1", "2021-Q1", "2020-Q1"]


def test_figures_of_more_than_a_quarter_are_held_against_a_year() -> None:
    words = "It rose in the first quarter ; in the nine months it fell from a year earlier"
    times = [(3, 6, "DATE"), (8, 11, "DURATION"), (14, 17, "DATE")]
    assert spoken(words, *times) == ["2021-Q1", "P9M", "2020"]


def test_a_quarter_under_way_has_no_figures_yet() -> None:
    words = "In the second quarter it may rise from a year earlier"
    assert spoken(words, (1, 4, "DATE"), (8, 11, "DATE")) == ["2021-Q2", "2020"]


def test_a_later_quarter_takes_the_place_of_an_earlier_one() -> None:
    words = "After a flat fourth quarter of 2020 , the first quarter beat a year earlier"
    times = [(3, 7, "DATE"), (8, 11, "DATE"), (12, 15, "DATE")]
    assert spoken(words, *times) == ["2020-Q4", "2021-Q1", "2020-Q1"]


def test_words_that_no_rule_reads_are_left_out() -> None:
    assert spoken("The embassy opened on 3 May 2019", (0, 2, "DATE"), (4, 7, "DATE")) == ["2019-05-03"]


def on_monday(words: str, tags: str, poses: str, heads: list[int], deps: str) -> date | None:
    """The day of the last word of a sentence read on Wednesday 16 June 2021."""
    last = len(words.split())
    doc = make(words, tags, poses, heads, deps, [(last - 1, last, "DATE")])
    ((_, found),) = read_times(doc, anchor=date(2021, 6, 16))
    return found.start


@pytest.mark.parametrize(
    ("words", "tags", "poses", "heads", "deps", "day"),
    [
        ("It was postponed until Monday", "PRP VBD VBN IN NNP", "PRON AUX VERB ADP PROPN",
         [2, 2, 2, 4, 2], "nsubj aux:pass ROOT case obl", 21),
        ("It was postponed on Monday", "PRP VBD VBN IN NNP", "PRON AUX VERB ADP PROPN",
         [2, 2, 2, 4, 2], "nsubj aux:pass ROOT case obl", 14),
        ("It was scheduled for Monday", "PRP VBD VBN IN NNP", "PRON AUX VERB ADP PROPN",
         [2, 2, 2, 4, 2], "nsubj aux:pass ROOT case obl", 21),
        ("They struck as scheduled Monday", "PRP VBD IN VBN NNP", "PRON VERB SCONJ VERB PROPN",
         [1, 1, 3, 1, 3], "nsubj ROOT mark advcl obl:tmod", 14),
        ("They are to meet Monday", "PRP VBP TO VB NNP", "PRON AUX PART VERB PROPN",
         [3, 3, 3, 3, 3], "nsubj aux mark ROOT obl:tmod", 21),
        ("He said they would meet Monday", "PRP VBD PRP MD VB NNP", "PRON VERB PRON AUX VERB PROPN",
         [1, 1, 4, 4, 1, 4], "nsubj ROOT nsubj aux ccomp obl:tmod", 21),
        ("They would have met Monday", "PRP MD VB VBN NNP", "PRON AUX AUX VERB PROPN",
         [3, 3, 3, 3, 3], "nsubj aux aux ROOT obl:tmod", 14),
        ("He could not be reached Monday", "PRP MD RB VB VBN NNP", "PRON AUX PART AUX VERB PROPN",
         [4, 4, 4, 4, 4, 4], "nsubj:pass aux advmod aux:pass ROOT obl:tmod", 14),
        ("The talks resume Monday", "DT NNS VBP NNP", "DET NOUN VERB PROPN",
         [1, 2, 2, 2], "det nsubj ROOT obl:tmod", 21),
        ("The minister says Monday", "DT NN VBZ NNP", "DET NOUN VERB PROPN",
         [1, 2, 2, 2], "det nsubj ROOT obl:tmod", 14),
        ("They came as early as Monday", "PRP VBD RB RB IN NNP", "PRON VERB ADV ADV ADP PROPN",
         [1, 1, 3, 1, 5, 3], "nsubj ROOT advmod advmod case obl", 21),
    ],
)  # fmt: skip
def test_a_weekday_lies_where_its_sentence_puts_it(
    words: str, tags: str, poses: str, heads: list[int], deps: str, day: int
) -> None:
    assert on_monday(words, tags, poses, heads, deps) == date(2021, 6, day)
