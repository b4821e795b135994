"""What a report only recalls: events of undated clauses that belong to something far back.

A paragraph that turns to the past stays there until a date of its own, a perfect, a present or a plain verb of saying
brings it back.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dragoman.coding import grammar
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import base, children
from dragoman.coding.times import Time, is_old
from dragoman.coding.when import Calendar
from dragoman.ontology.lexicon import load_lexicon


class Background:
    """Which sentences of an article tell of the far past, and so which undated events do."""

    def __init__(self, doc: Doc, calendar: Calendar) -> None:
        self.calendar = calendar
        self.past: dict[int, bool] = {}
        before = None
        for sentence in doc.sents:
            goes_on = before is not None and self.past[before.start] and "\n" not in before.text_with_ws
            self.past[sentence.start] = self._tells_of_past(sentence.root, goes_on)
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
            if at.dep_.endswith("relcl") and self._follows_old(at):
                return True
            below = at
        return self.past.get(below.sent.start, False) and (below is candidate.predicate or not _says(below))

    def _tells_of_past(self, root: Token, goes_on: bool) -> bool:
        dates = [t for verb in grammar.conjuncts(root) if (t := self.calendar.hanging_on(verb)) is not None]
        if dates:
            return all(map(self._old, dates))
        return goes_on and grammar.is_past(root) and not _of_now(root) and not _says(root)

    def _follows_old(self, clause: Token) -> bool:
        """ "since the war of 2008, after which it recognised ...": what a relative clause counts on from"""
        opening = [t for t in clause.subtree if t.lower_ == "which" and grammar.preposition(t) in ("after", "during")]
        inside = {t.i for t in clause.head.subtree if t.i < clause.i}
        known = self.calendar.of(clause)
        return bool(opening) and any(time.span.root.i in inside and self._old(time) for time in known)

    def _old(self, time: Time) -> bool:
        return is_old(time, self.calendar.article)


def _of_now(verb: Token) -> bool:
    """A clause in the present, the perfect or the future; forms without a tense are as their clause is."""
    if grammar.is_ahead(verb):
        return True
    helpers = children(verb, "aux", "aux:pass", "cop")
    finite = next((v for v in (*helpers, verb) if v.tag_ in ("VBP", "VBZ", "VBD", "MD")), None)
    return finite is not None and finite.tag_ in ("VBP", "VBZ", "MD") and finite.lower_ not in ("could", "might")


def _says(verb: Token) -> bool:
    """Plain verbs of saying bring a report back to its own day."""
    return verb.lemma_ in load_lexicon().speech_verbs
