"""Time expressions of a whole Doc: the tense around each, and values that count from one another in text order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc, Span, Token

from dragoman.language.timex import normalise
from dragoman.language.timex_values import Tense, Timex

KEY = "times"
_FUTURE = {"will", "shall", "'ll", "wo", "’ll"}
_VERBAL = {"VERB", "AUX"}
# Verbs whose infinitive complement lies ahead of them: "plans to meet Thursday".
_AHEAD = {
    *("plan", "expect", "intend", "agree", "promise", "schedule", "want", "hope", "prepare", "decide", "vow", "pledge"),
    *("go", "due", "set", "aim", "ready", "likely", "order", "ask", "urge", "slate", "threaten"),
}


def read_times(doc: Doc, *, anchor: date | None) -> Iterator[tuple[Span, Timex | None]]:
    """Each span of ``doc.spans["times"]`` in text order with its value, None where no rule reads it.

    The date spoken of last, from which "the next day" counts, is the last single day read before it.
    """
    previous: date | None = None
    for span in sorted(doc.spans.get(KEY, []), key=lambda span: span.start):
        found = normalise(span.text, anchor=anchor, tense=tense_of(span), type=span.label_ or None, previous=previous)
        yield span, found
        if found is not None and found.precision == "day" and found.type in ("DATE", "TIME"):
            previous = found.start


def tense_of(span: Span) -> Tense | None:
    """Tense of the verb that governs the span, from UD tree and tags; None where no verb does or it has none."""
    if not span.doc.has_annotation("DEP"):
        return None
    verb = _governor(span.root)
    return None if verb is None else _tense(verb)


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
    if any(child.tag_ == "TO" for child in verb.children):
        return _of_infinitive(verb)
    finite = [helper for helper in helpers if helper.tag_ in ("VBD", "VBP", "VBZ")] or [verb]
    if any(word.tag_ == "VBD" for word in finite) or any(
        helper.lemma_ == "have" for helper in finite if helper != verb
    ):
        return "past"
    if finite[0].tag_ in ("VBP", "VBZ"):
        return "present"
    return "past" if verb.tag_ == "VBN" and not helpers else None


def _of_infinitive(verb: Token) -> Tense | None:
    above = [verb.head, *(child for child in verb.children if child.dep_ == "advmod")]  # "is due to fly", parsed so
    return "future" if any(word.lemma_.lower() in _AHEAD or word.lower_ in _AHEAD for word in above) else None
