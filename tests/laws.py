"""What holds of every reading, whatever was read: the tests of several rooms ask it of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Attribution, Party, Reading, Report, Span
from dragoman.ontology import load

AUXILIARY = {"historical", "future", "hypothetical", "negation", "desired", "standing"}


def laws_of_a_reading(reading: Reading) -> None:
    """Every claim has its words, every party its entity, every report its own number."""
    ids = [entity.id for entity in reading.entities]
    assert ids == sorted(set(ids))
    assert [report.sequence for report in reading.reports] == list(range(len(reading.reports)))
    assert len({report.id for report in reading.reports}) == len(reading.reports)
    for report in reading.reports:
        _report(reading, report)
        for party in _parties(report):
            assert party.entity in ids
            assert _words(reading, party.span) == party.text
    for entity in reading.entities:
        for office in entity.offices:
            assert office.evidence is not None
            evidence = _words(reading, office.evidence).casefold()
            assert evidence == "counterpart" or office.office.casefold().startswith(evidence)


def _report(reading: Reading, report: Report) -> None:
    assert report.category in load().categories
    assert set(report.modes) <= set(load().categories[report.category].modes)
    assert set(report.auxiliary) <= AUXILIARY and list(report.auxiliary) == sorted(report.auxiliary)
    assert set(report.contexts) <= set(load().contexts)
    assert " ".join(_words(reading, cue) for cue in report.cues) == report.cue_text
    assert all(report.sentence.start <= cue.start and cue.end <= report.sentence.end for cue in report.cues)
    assert report.actors or report.recipients
    for role in (report.actors, report.recipients):
        assert len({party.entity for party in role}) == len(role)
    assert not {party.entity for party in report.actors} & {party.entity for party in report.recipients}
    assert 0 < report.confidence <= 1
    _smaller_fields(reading, report)


def _smaller_fields(reading: Reading, report: Report) -> None:
    for quantity in report.quantities:
        assert _words(reading, quantity.span) == quantity.text
    if report.where is not None:
        assert _words(reading, report.where.span) == report.where.name
    if report.when is not None:
        assert report.when.start <= report.when.end
        assert report.when.span is None or _words(reading, report.when.span)
    for reason in report.reasons:
        assert reason.span is None or _words(reading, reason.span)
    for attribution in _attributions(report):
        assert _words(reading, attribution.content).strip()
        assert attribution.cue is None or _words(reading, attribution.cue)


def _attributions(report: Report) -> Iterator[Attribution]:
    """Every attribution with those it is nested in, no deeper than the sentence could be."""
    for attribution in report.attribution:
        depth, at = 0, attribution
        while True:
            yield at
            if at.parent is None:
                break
            assert depth < 100, "an attribution is nested in itself"
            depth, at = depth + 1, at.parent


def _parties(report: Report) -> Iterator[Party]:
    yield from (*report.actors, *report.recipients)
    for attribution in _attributions(report):
        yield from attribution.source


def _words(reading: Reading, span: Span) -> str:
    assert span.article == reading.article.id
    assert span.end <= len(reading.article.text)
    return reading.article.text[span.start : span.end]
