"""What a report only recalls: events of undated clauses that belong to something far back.

A paragraph that turns to the past stays there until a date of its own, a perfect, a present or a plain verb of saying
brings it back.
"""

from __future__ import annotations

from datetime import date, timedelta

from spacy.tokens import Doc, Span, Token

from dragoman.coding import grammar
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import base, children
from dragoman.coding.times import Time, is_old
from dragoman.coding.when import Calendar
from dragoman.ontology.lexicon import load_lexicon

DURING = frozenset({"during", "at"})
LONG_GONE = timedelta(days=365)


class Background:
    """Which sentences of an article tell of the far past, and so which undated events do."""

    def __init__(self, doc: Doc, calendar: Calendar) -> None:
        self.calendar = calendar
        self.past: dict[int, date | None] = {}  # first token of a sentence -> last day of what it recalls
        before: Span | None = None
        for sentence in doc.sents:
            self.past[sentence.start] = self._past_of(sentence, before)
            before = sentence

    def recalls(self, candidate: Candidate) -> bool:
        """Whether an undated event is part of what its clause, or the course of the paragraph, recalls."""
        below = candidate.predicate
        for at in grammar.ancestors(candidate.predicate):
            if at is not below and base(below) == "conj" and grammar.tense(below) != grammar.tense(at):
                return False
            if at.pos_ in ("VERB", "AUX"):
                if _of_now(at):
                    return False
                dated = self.calendar.hanging_on(at)
                if dated is not None:
                    return self._old(dated)
                if self._on_old(at, candidate):
                    return True
            if at.dep_.endswith("relcl") and (self._follows_old(at) or self._of_old(at)):
                return True
            below = at
        past = self.past.get(below.sent.start)
        return past is not None and (below is candidate.predicate or not self._brings_back(below, past))

    def _past_of(self, sentence: Span, before: Span | None) -> date | None:
        root = sentence.root
        dates = [t for verb in grammar.conjuncts(root) if (t := self.calendar.hanging_on(verb)) is not None]
        if dates:
            return self._last_day(dates)
        if before is None or "\n" in before.text_with_ws or not grammar.is_past(root) or _of_now(root):
            return None
        past = self.past[before.start]
        if _is_sequel(sentence):
            return past or self._last_day(self.calendar.of(before.root))
        return None if past is not None and self._brings_back(root, past) else past

    def _last_day(self, dates: list[Time]) -> date | None:
        """The last day of dates that all lie far back; None where one does not."""
        return max(time.end for time in dates) if dates and all(map(self._old, dates)) else None

    def _brings_back(self, verb: Token, past: date) -> bool:
        """Plain words of saying bring a report back to its own day; statements, where the past is not long gone."""
        kind = load_lexicon().reporting_verbs.get(verb.lemma_)
        published = self.calendar.article.published
        return kind == "neutral" or (kind == "act" and published is not None and published - past < LONG_GONE)

    def _follows_old(self, clause: Token) -> bool:
        """ "since the war of 2008, after which it recognised ...": what a relative clause counts on from"""
        opening = [t for t in clause.subtree if t.lower_ == "which" and grammar.preposition(t) in ("after", "during")]
        inside = {t.i for t in clause.head.subtree if t.i < clause.i}
        known = self.calendar.of(clause)
        return bool(opening) and any(time.span.root.i in inside and self._old(time) for time in known)

    def _on_old(self, verb: Token, candidate: Candidate) -> bool:
        """ "during the 2012 campaign", "killed in the 2012 shooting": an occasion that an old date belongs to

        Who is charged in the 2012 shooting is charged now.
        """
        cases = DURING | {"in"} if candidate.sense.event == "ASSAULT" and verb is candidate.predicate else DURING
        nouns = {c.i for c in children(verb, "obl") if grammar.preposition(c) in cases}
        return any(t.span.root.head.i in nouns and self._old(t) for t in self.calendar.of(verb))

    def _of_old(self, clause: Token) -> bool:
        """ "the 1998 bombing of a clinic that killed a guard", "the bombing last year that killed him"

        The noun of a relative clause, one that it is part of, or what stands right before the clause has an old date.
        """
        noun, start = clause.head, clause.left_edge.i
        nouns = {noun.i, noun.head.i} if base(noun) == "nmod" else {noun.i}
        known = self.calendar.of(noun)
        return any((t.span.root.head.i in nouns or t.span.end == start) and self._old(t) for t in known)

    def _old(self, time: Time) -> bool:
        return is_old(time, self.calendar.article)


def _of_now(verb: Token) -> bool:
    """A clause in the present, the perfect or the future; forms without a tense are as their clause is."""
    if grammar.is_ahead(verb):
        return True
    helpers = children(verb, "aux", "aux:pass", "cop")
    finite = next((v for v in (*helpers, verb) if v.tag_ in ("VBP", "VBZ", "VBD", "MD")), None)
    return finite is not None and finite.tag_ in ("VBP", "VBZ", "MD") and finite.lower_ not in ("could", "might")


def _is_sequel(sentence: Span) -> bool:
    """Whether the main clause says that it followed on the sentence before: "then", "in return", "answered by"."""
    root = sentence.root
    if root.lemma_ in load_lexicon().answering_verbs:
        return True
    words = [t for verb in grammar.conjuncts(root) for t in children(verb, "advmod", "obl")]
    phrases = {" ".join(t.lower_ for t in grammar.phrase(word)) for word in words}
    return bool(phrases & load_lexicon().sequels) or any(t.lower_ in ("later", "afterwards") for t in words)
