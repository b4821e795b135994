"""Marks: the text stays the text, and no mark crosses another, whatever the claims are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from dragoman.web.marks import PARTS, Mark, WordClaim, claims, marked, marked_words
from make import visit

WORDS = "Portugal met Norway."


@st.composite
def claim(draw: st.DrawFn) -> WordClaim:
    start = draw(st.integers(0, len(WORDS) - 1))
    end = draw(st.integers(start + 1, len(WORDS)))
    return WordClaim(draw(st.integers(0, 3)), draw(st.sampled_from(PARTS)), start, end, WORDS[start:end], "x")


def leaves(marks: Sequence[Mark]) -> Iterator[Mark]:
    for mark in marks:
        yield from leaves(mark.inner) if mark.inner else [mark]


def everything(marks: Sequence[Mark]) -> Iterator[Mark]:
    for mark in marks:
        yield mark
        yield from everything(mark.inner)


@given(st.lists(claim(), max_size=8))
def test_marks_nest_and_lose_no_letter(found):
    marks = marked_words(WORDS, 0, found)
    assert "".join(leaf.text for leaf in leaves(marks)) == WORDS
    for mark in everything(marks):
        assert mark.text == WORDS[mark.start : mark.end]
        assert all(mark.start <= inner.start < inner.end <= mark.end for inner in mark.inner)
        assert all(one.start <= mark.start and mark.end <= one.end for one in mark.claims)


@given(st.lists(claim(), max_size=8))
def test_every_letter_has_all_its_claims_and_no_others(found):
    seen: dict[int, set[WordClaim]] = {at: set() for at in range(len(WORDS))}
    for mark in everything(marked_words(WORDS, 0, found)):
        for at in range(mark.start, mark.end):
            seen[at] |= set(mark.claims)
    for at, told in seen.items():
        assert told == {each for each in found if each.start <= at < each.end}


@given(st.lists(claim(), max_size=8))
def test_an_anchor_is_given_once(found):
    anchors = [mark.anchor for mark in everything(marked_words(WORDS, 0, found)) if mark.claims and mark.first]
    assert sorted(anchors) == sorted({f"s{each.start}-{each.end}" for each in found})


def test_claims_of_a_reading_say_what_set_them():
    reading = visit()
    found = claims(reading.article, reading.reports)
    cue = next(each for each in found if each.part == "cue" and each.sequence == 0)
    assert (cue.words, cue.value) == ("visited", "CONSULT · visit")
    paragraphs = marked(reading.article, found)
    assert ["".join(leaf.text for leaf in leaves(each.marks)) for each in paragraphs] == [
        paragraph.text for paragraph in reading.article.paragraphs
    ]
