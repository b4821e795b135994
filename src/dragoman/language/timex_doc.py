"""Time expressions of a whole Doc: the tense around each, and values that count from one another in text order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Span, Token

from dragoman.language.timex import normalise
from dragoman.language.timex_join import joined
from dragoman.language.timex_values import Tense, Timex

KEY = "times"
_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_COMPARED = re.compile(r"\b(?:ago|earlier|last)\b", re.IGNORECASE)
_OTHER_PERIOD = re.compile(r"\bmonths\b|\bhalf\b|\bfiscal year\b", re.IGNORECASE)
_FUTURE = {"will", "shall", "'ll", "wo", "’ll"}
# Without "can" and "could", which tell of the past as well ("could not be reached Monday").
_MODAL = {"would", "may", "might", "must", "should"}
# What fixes a day to come: the day is that of what is planned, not of the planning.
_SCHEDULED = {"schedule", "reschedule", "slate", "scheduled", "due", "effective", "payable"}
# The same, where "for", "to" or "until" says so: "planned for Monday", "put off to Monday".
_PUT_OFF = {
    *("postpone", "delay", "defer", "adjourn", "extend", "prolong", "plan", "planned", "set", "expect", "expected"),
}
# What the present tense puts ahead, as a timetable does: "the talks resume Monday". "Meets" and "visits" stand in
# headlines for what is over as well.
_TIMETABLE = {
    *("begin", "start", "open", "resume", "convene", "reconvene", "close", "end", "expire", "conclude"),
    *("arrive", "depart", "fly", "travel", "leave"),
}
# The same in a sentence with a full stop.
_OCCASIONS = {"meet", "visit", "hold", "host", "attend"}
_VERBAL = {"VERB", "AUX"}
# Verbs whose infinitive complement lies ahead of them: "plans to meet Thursday".
_AHEAD = {
    *("plan", "expect", "intend", "agree", "promise", "schedule", "want", "hope", "prepare", "decide", "vow", "pledge"),
    *("go", "due", "set", "aim", "ready", "likely", "order", "ask", "urge", "slate", "threaten"),
}


def read_times(doc: Doc, *, anchor: date | None) -> Iterator[tuple[Span, Timex]]:
    """Each span of ``doc.spans["times"]`` in text order with its value; a span that no rule reads is left out.

    "The next day" counts from the single day read last before it, "that year" from the date of any width, and where
    a quarter's figures are reported, "a year earlier" is the same quarter a year before.
    """
    said = Said()
    for span in joined(doc.spans.get(KEY, [])):
        found = normalise(
            span.text,
            anchor=anchor,
            tense=tense_of(span),
            type=span.label_ or None,
            previous=said.day,
            spoken=said.last,
            quarter=said.quarter,
        )
        if found is None:
            continue
        yield span, found
        if not _is_limit(span):
            said.note(span.text, found, over=_is_over(found, span, anchor))


@dataclass
class Said:
    """What the text has spoken of so far, to count from."""

    day: date | None = None
    last: Timex | None = None
    quarter: Timex | None = None

    def note(self, words: str, found: Timex, *, over: bool) -> None:
        """Take in one more expression. Figures are of a quarter that is ``over``, the newest of those named."""
        if found.type in ("DATE", "TIME") and found.start is not None:
            self.last = found
            if found.precision == "day":
                self.day = found.start
        if _QUARTER.fullmatch(found.value):
            if over and not _COMPARED.search(words) and (self.quarter is None or self.quarter.value < found.value):
                self.quarter = found
        elif _OTHER_PERIOD.search(words):
            self.quarter = None


def _is_limit(span: Span) -> bool:
    """ "ruled until 1975": a limit of something else, from which the text does not count on."""
    return span.start > 0 and span.doc[span.start - 1].text.lower() in ("until", "till", "since")


def _is_over(found: Timex, span: Span, anchor: date | None) -> bool:
    """Whether a period has ended by the day of publication; where the calendar does not say, the tense does."""
    if anchor is not None and found.end is not None and found.end < anchor:
        return True
    return tense_of(span) == "past" or (span.end < len(span.doc) and span.doc[span.end].text.lower() == "ended")


def tense_of(span: Span) -> Tense | None:
    """Tense of what governs the span, from UD tree and tags; None where nothing says it.

    A day that something is planned for or put off to lies ahead, whatever the tense of the planning.
    """
    if not span.doc.has_annotation("DEP"):
        return None
    if _foretold(span):
        return "future"
    verb = told_by(span) or _governor(span.root)
    if verb is None:
        return None
    tense = _tense(verb)
    ahead = verb.lemma_ in _TIMETABLE or (verb.lemma_ in _OCCASIONS and span.doc[verb.sent.end - 1].text == ".")
    return "future" if tense == "present" and ahead and _dates(span.root, verb) else tense


def _foretold(span: Span) -> bool:
    """ "scheduled for Monday", "effective June 1", "as early as Tuesday"."""
    before = span.doc[max(span.start - 3, 0) : span.start].text.lower()
    if before.endswith(("as early as", "as soon as", "no later than")):
        return True
    head = span.root.head
    if head.pos_ not in ("VERB", "ADJ") or not _dates(span.root, head):
        return False
    cases = {child.text.lower() for child in span.root.children if child.dep_ == "case"}
    if head.lemma_.lower() in _PUT_OFF:
        return bool(cases & {"for", "to", "until", "till"})
    return head.lemma_.lower() in _SCHEDULED and not any(child.text.lower() == "as" for child in head.children)


def told_by(span: Span) -> Token | None:
    """ "said on Monday it would leave": the verb right before, where the parse gave the day to the clause after it."""
    start = min((t.i for t in span.root.subtree if t.i <= span.start), default=span.start)
    before = span.doc[start - 1] if start > span.sent.start else None
    clause = span.root.head
    if before is None or before.pos_ != "VERB" or clause.head != before or clause.dep_ not in ("ccomp", "parataxis"):
        return None
    return before if clause.i > span.root.i else None


def _dates(word: Token, above: Token) -> bool:
    """Whether the word is an adverbial of the one above, and no possessor or object of it."""
    return word.head == above and word.dep_.split(":")[0] in ("obl", "advmod", "nmod", "advcl") and not _owns(word)


def _owns(word: Token) -> bool:
    return any(child.tag_ == "POS" for child in word.children) or word.dep_ == "nmod:poss"


def _governor(token: Token) -> Token | None:
    """The nearest verb, or predicate with a copula, on the way from the token to its root."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in _VERBAL or any(child.dep_ == "cop" for child in ancestor.children):
            return ancestor
    return None


def _tense(verb: Token) -> Tense | None:
    helpers = [child for child in verb.children if child.dep_.split(":")[0] in ("aux", "cop")]
    if any(helper.text.lower() in _FUTURE for helper in helpers):
        return "future"
    if any(helper.text.lower() in _MODAL for helper in helpers):
        return "past" if any(helper.lemma_ == "have" for helper in helpers) else "future"
    if any(child.tag_ == "TO" or _marks_infinitive(child) for child in verb.children):
        ordained = any(helper.lemma_ == "be" and helper.tag_ in ("VBP", "VBZ") for helper in helpers)
        return "future" if ordained and verb.tag_ == "VB" else _of_infinitive(verb)
    finite = [helper for helper in helpers if helper.tag_ in ("VBD", "VBP", "VBZ")] or [verb]
    if any(word.tag_ == "VBD" for word in finite) or any(
        helper.lemma_ == "have" for helper in finite if helper != verb
    ):
        return "past"
    if finite[0].tag_ in ("VBP", "VBZ"):
        return "present"
    return "past" if verb.tag_ == "VBN" and not helpers else None


def _marks_infinitive(child: Token) -> bool:
    return child.dep_ == "mark" and child.text.lower() == "to"


def _of_infinitive(verb: Token) -> Tense | None:
    # "is due to fly": the parse hangs "due" on the infinitive
    above = [verb.head, *(child for child in verb.children if child.dep_ in ("advmod", "mark"))]
    if any(word.lemma_.lower() in _AHEAD or word.text.lower() in _AHEAD for word in above):
        return "future"
    # "will begin to send": one tense for both
    return "future" if verb.dep_ == "xcomp" and verb.head.pos_ == "VERB" and _tense(verb.head) == "future" else None
