"""What an event rests on, as plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import spacy
from spacy.tokens import Doc

from dragoman.model import Article, Attribution, Paragraph, Party, Quantity, Reason, Report, Span, When, Where
from dragoman.views.why import WhyLine, trees, why

TEXT = "Peru's minister would visit Quito on Monday, the embassy said."
ARTICLE = Article("a1", (Paragraph(TEXT, "body", 0),))


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span("a1", start, start + len(words))


def party(words: str, name: str, code: str) -> Party:
    return Party(entity=name, name=name, text=words, span=span(words), code=code)


REPORT = Report(
    id="a1-000",
    article="a1",
    sequence=0,
    category="CONSULT",
    modes=("visit",),
    sentence=Span("a1", 0, len(TEXT)),
    cues=(span("visit"),),
    cue_text="visit",
    actors=(party("Peru's minister", "Peru", "PER"),),
    recipients=(party("Quito", "Ecuador", "ECU"),),
    when=When(date(2024, 5, 6), date(2024, 5, 6), "day", "words", span("Monday")),
    where=Where("Quito", span("Quito"), "ECU", precision="city"),
    auxiliary=("future",),
    attribution=(
        Attribution(span(TEXT[:43]), "indirect", (party("the embassy", "embassy", "PER"),), cue=span("said")),
    ),
    confidence=0.8,
    reasons=(
        Reason("event", "cues entry 7 (visit)", 0.9, span("visit")),
        Reason("actor", "subject (country)"),
        Reason("auxiliary_mode", "future", None, span("would")),
    ),
)


def test_every_field_has_its_words_and_what_set_it() -> None:
    assert why(ARTICLE, REPORT) == (
        WhyLine("event", "CONSULT · visit", "visit", TEXT.index("visit"), "cues entry 7 (visit)", 0.9),
        WhyLine("actor", "Peru (PER)", "Peru's minister", 0, "subject (country)"),
        WhyLine("recipient", "Ecuador (ECU)", "Quito", TEXT.index("Quito")),
        WhyLine("status", "future", "would", TEXT.index("would")),
        WhyLine("date", "2024-05-06", "Monday", TEXT.index("Monday"), "words, exact to the day"),
        WhyLine("place", "Quito (ECU)", "Quito", TEXT.index("Quito"), "city"),
        WhyLine("on whose word", "embassy", "said", TEXT.index("said"), "indirect speech"),
        WhyLine("confidence", "0.80"),
    )


def test_what_a_report_lacks_has_no_line() -> None:
    bare = replace(
        REPORT, when=None, where=None, auxiliary=(), attribution=(), reasons=(), quantities=(), recipients=(), modes=()
    )
    assert [line.field for line in why(ARTICLE, bare)] == ["event", "actor", "confidence"]
    counted = replace(bare, quantities=(Quantity(2.0, "two", span("Quito"), of="soldiers"),), about=("CHL",))
    assert [(line.field, line.value) for line in why(ARTICLE, counted)][2:4] == [
        ("quantity", "2 soldiers"),
        ("about", "CHL"),
    ]


def test_the_tree_holds_the_sentence_and_nothing_else() -> None:
    words = ["Ministers", "met", ".", "Peru", "left", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[True, False, True, True, False, False],
        heads=[1, 1, 1, 4, 4, 4],
        deps=["nsubj", "ROOT", "punct", "nsubj", "ROOT", "punct"],
        pos=["NOUN", "VERB", "PUNCT", "PROPN", "VERB", "PUNCT"],
    )
    report = replace(REPORT, sentence=Span("a1", 15, 25), cues=(Span("a1", 20, 24),))
    assert doc.text[15:25] == "Peru left."
    (root,) = trees(doc, report)
    assert (root.text, root.relation, root.tag, root.cue) == ("left", "ROOT", "VERB", True)
    assert [(each.text, each.relation, each.cue) for each in root.below] == [
        ("Peru", "nsubj", False),
        (".", "punct", False),
    ]
