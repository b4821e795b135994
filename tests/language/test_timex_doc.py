"""Tense and text order on Docs built by hand."""

from datetime import date

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dragoman.language.timex_doc import read_times, tense_of

FRIDAY = date(2020, 10, 2)


def make(words: str, tags: str, poses: str, heads: list[int], deps: str, times: list[tuple[int, int, str]]) -> Doc:
    doc = Doc(Vocab(), words=words.split(), tags=tags.split(), pos=poses.split(), heads=heads, deps=deps.split(),
              lemmas=words.lower().split())  # fmt: skip
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
