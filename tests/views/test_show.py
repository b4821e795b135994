"""The terminal's view of an article, as plain data: segments that lose no character, and events in a few words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Article, Attribution, Paragraph, Party, Report, Span, When, Where
from dragoman.views.show import day, event_line, marked_paragraphs, voice

HEADLINE = "Minister visits Quito"
BODY = "Peru's minister visited Quito on Monday, the embassy said."
BODY_START = len(HEADLINE) + 2
ARTICLE = Article("a1", (Paragraph(HEADLINE, "headline", 0), Paragraph(BODY, "body", BODY_START)), title=HEADLINE)


def span(words: str) -> Span:
    start = ARTICLE.text.index(words, BODY_START)
    return Span("a1", start, start + len(words))


def party(words: str, name: str, code: str | None) -> Party:
    return Party(entity=name.lower(), name=name, text=words, span=span(words), code=code)


EMBASSY = Attribution(span(BODY[:39]), "indirect", (party("the embassy", "embassy of Peru", "PER"),), cue=span("said"))
REPORT = Report(
    id="r1",
    article="a1",
    sequence=0,
    category="CONSULT",
    modes=("visit",),
    sentence=Span("a1", BODY_START, BODY_START + len(BODY)),
    cues=(span("visited"),),
    cue_text="visited",
    actors=(party("Peru's minister", "Peru", "PER"),),
    recipients=(party("Quito", "Ecuador", "ECU"),),
    when=When(date(2024, 5, 6), date(2024, 5, 6), "day", "words", span("Monday")),
    where=Where("Quito", span("Quito"), "ECU"),
    attribution=(EMBASSY,),
)


def test_every_marked_word_has_its_colour_and_every_cue_its_number() -> None:
    body = marked_paragraphs(ARTICLE, [REPORT])[1]
    assert [(each.text, each.kind, each.ends) for each in body.segments] == [
        ("Peru's minister", "actor", ()),
        (" ", None, ()),
        ("visited", "cue", (0,)),
        (" ", None, ()),
        ("Quito", "place", ()),
        (" on ", None, ()),
        ("Monday", "date", ()),
        (", ", None, ()),
        ("the embassy", "speaker", ()),
        (" said.", None, ()),
    ]


def test_a_paragraph_without_a_mark_is_one_segment() -> None:
    headline = marked_paragraphs(ARTICLE, [REPORT])[0]
    assert [each.text for each in headline.segments] == [HEADLINE]


@given(st.lists(st.tuples(st.integers(0, len(ARTICLE.text) - 1), st.integers(1, 40)), max_size=6))
def test_segments_put_together_are_the_paragraph(places: list[tuple[int, int]]) -> None:
    cues = tuple(Span("a1", start, min(start + length, len(ARTICLE.text))) for start, length in places)
    for marked in marked_paragraphs(ARTICLE, [replace(REPORT, cues=cues)]):
        assert "".join(segment.text for segment in marked.segments) == marked.paragraph.text


def test_an_event_in_words() -> None:
    line = event_line(REPORT)
    assert (line.day, line.event, line.actors, line.recipients) == (
        "2024-05-06",
        "CONSULT · visit",
        "Peru (PER)",
        "Ecuador (ECU)",
    )
    assert (line.by, line.status, line.place) == ("embassy of Peru", "", "Quito")


def test_the_source_that_passes_a_word_on_is_named_after_it() -> None:
    agency = Attribution(EMBASSY.content, "indirect", (party("minister", "the agency", None),))
    assert voice([replace(EMBASSY, parent=agency)]) == "embassy of Peru, via the agency"
    assert voice([replace(EMBASSY, source=())]) == "a source not named"


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        ((2006, 2, 1), (2006, 2, 28), "month", "2006-02"),
        ((1795, 1, 1), (1795, 12, 31), "year", "1795"),
        ((1954, 1, 1), (1962, 12, 31), "year", "1954–1962"),
        ((1990, 1, 1), (1999, 12, 31), "decade", "1990s"),
        ((2024, 5, 6), (2024, 5, 12), "week", "2024-05-06–2024-05-12"),
        ((2024, 5, 6), (2024, 5, 6), "unknown", ""),
    ],
)
def test_a_day_is_given_as_exactly_as_it_is_known(
    first: tuple[int, int, int], last: tuple[int, int, int], precision: str, words: str
) -> None:
    assert day(When(date(*first), date(*last), precision, "publication")) == words  # type: ignore[arg-type]
    assert day(None) == ""
