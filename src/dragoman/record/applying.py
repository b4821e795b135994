"""A report with its corrections. What an analyst says has words too: those that he judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dragoman.model import Article, Correction, Json, Party, Report, Span, When, Where
from dragoman.ontology import load

_LISTS = ("modes", "contexts", "auxiliary", "about")


def changes_of(corrections: Iterable[Correction]) -> dict[str, Json]:
    """The last value of each field that was corrected, by field, in the order of the corrections' numbers."""
    ordered = sorted(corrections, key=lambda each: each.id)
    return {each.field: each.now for each in ordered if each.kind == "field" and each.field}


@dataclass(frozen=True, slots=True)
class Words:
    """Where the articles of corrected events speak of whom: for the parties and places that a correction names."""

    texts: Mapping[str, str]
    mentions: Mapping[tuple[str, str], list[Span]]

    def of(self, report: Report, entity: str, name: str) -> Span:
        """The words that name somebody, as near to the report's sentence as there are any; else those of its cue."""
        found = self.mentions.get((report.article, entity)) or list(self._named(report, name))
        inside = [span for span in found if _within(span, report.sentence)]
        near = inside or sorted(found, key=lambda span: abs(span.start - report.sentence.start))
        return near[0] if near else report.cues[0]

    def _named(self, report: Report, name: str) -> Iterator[Span]:
        at = self.texts.get(report.article, "").find(name) if name else -1
        while at >= 0:
            yield Span(report.article, at, at + len(name))
            at = self.texts[report.article].find(name, at + 1)

    def text(self, span: Span) -> str:
        """The words of a span."""
        return self.texts.get(span.article, "")[span.start : span.end]


def words_of(articles: Iterable[Article], reports: Iterable[Report]) -> Words:
    """What is needed to place corrected parties in these articles; ``reports`` are those that tell of the events."""
    mentions: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    for report in reports:
        spoken = (party for said in report.attribution for party in said.source)
        for party in (*report.actors, *report.recipients, *spoken):
            mentions[report.article, party.entity].append(party.span)
    return Words({article.id: article.text for article in articles}, mentions)


def _within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def applied(report: Report, changes: Mapping[str, Json], words: Words) -> Report:
    """The report as an analyst corrected it. A value of a form that is not known changes nothing."""
    return _Change(report, words).made(changes)


@dataclass
class _Change:
    report: Report
    words: Words
    values: dict[str, Any] = field(default_factory=dict)

    def made(self, changes: Mapping[str, Json]) -> Report:
        for name, value in changes.items():
            if name == "category" and isinstance(value, str):
                self.values["category"] = value
            elif name in _LISTS and isinstance(value, list):
                self.values[name] = tuple(str(one) for one in value)
            elif name == "when" and isinstance(value, dict | None):
                self.values["when"] = self._when(value)
            elif name == "where" and isinstance(value, dict | None):
                self.values["where"] = self._where(value)
            elif name in ("actors", "recipients") and isinstance(value, list):
                self.values[name] = tuple(self._party(one) for one in value if isinstance(one, dict))
        changed = replace(self.report, **self.values)
        return changed if "category" not in changes else replace(changed, modes=_modes(changed))

    def _when(self, said: dict[str, Any] | None) -> When | None:
        if said is None:
            return None
        span = self.report.when.span if self.report.when else None
        return When(
            date.fromisoformat(said["start"]), date.fromisoformat(said["end"]), said["precision"], "analyst", span
        )

    def _where(self, said: dict[str, Any] | None) -> Where | None:
        if said is None:
            return None
        name = said["name"]
        read = self.report.where
        span = read.span if read and read.name == name else self.words.of(self.report, "", name)
        return Where(span=span, **said)

    def _party(self, said: dict[str, Any]) -> Party:
        for party in (*self.report.actors, *self.report.recipients):
            if party.entity == said["entity"]:
                return replace(party, **{name: said[name] for name in ("name", "code", "sector", "office")})
        span = self.words.of(self.report, said["entity"], said["name"])
        text = self.words.text(span)
        return Party(said["entity"], said["name"], text, span, said["code"], said["sector"], said["office"])


def _modes(report: Report) -> tuple[str, ...]:
    """A mode belongs to its category: those of another fall with it."""
    known = load().categories.get(report.category)
    return report.modes if known is None else tuple(mode for mode in report.modes if mode in known.modes)
