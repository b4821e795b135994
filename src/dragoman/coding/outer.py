"""With which verb a past form is joined, where the parse joined it to one with which it shares no tense."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.arcs import base, children, first_conjunct
from dragoman.ontology.lexicon import load_lexicon


def outer(verb: Token) -> Token | None:
    """The verb that a past-tense conjunct is joined with where the parse joined it to one that cannot be.

    In "said it would go on and accused Peru" nobody would accuse: an infinitive or a verb under a modal shares no
    tense with a past form, so the verb above it does.
    """
    if base(verb) != "conj" or verb.tag_ not in ("VBD", "VBZ") or children(verb, "nsubj", "nsubj:pass", "aux"):
        return None
    first = first_conjunct(verb)
    bare = first.tag_ == "VB" or any(a.tag_ == "MD" for a in children(first, "aux")) or _says_also(verb)
    bare = bare or (verb.tag_ == "VBD" and _in_present(first))  # "said it is hers and urged": of another time
    bare = bare or _only_said(first, verb)
    going_on = first.tag_ == "VBG" and bool(children(first, "aux"))  # "were obscuring it and urged": of another time
    holder = _above(first, verb.tag_) if going_on else first.head
    fits = holder.tag_ == verb.tag_ and base(first) in ("ccomp", "xcomp", "advcl", "acl", "parataxis")
    return holder if (bare or going_on) and fits and holder.i != first.i else None


def _only_said(first: Token, verb: Token) -> bool:
    """ "said the ban was a mistake and advised Peru": a thing that is called something does not speak as well"""
    thing = any(s.pos_ == "NOUN" for s in children(first, "nsubj"))
    called = first.pos_ in ("NOUN", "ADJ") and bool(children(first, "cop"))
    return thing and called and load_lexicon().reporting_verbs.get(verb.lemma_) == "act"


def _in_present(verb: Token) -> bool:
    """Whether a clause is in the plain present."""
    finite = verb.tag_ in ("VBZ", "VBP") and not children(verb, "aux")
    return finite or any(c.tag_ in ("VBZ", "VBP") for c in children(verb, "cop"))


def _above(verb: Token, tag: str) -> Token:
    """The nearest verb above, through the clauses it governs, that has a tag; else the one right above."""
    at = verb.head
    while at.tag_ != tag and base(at) in ("ccomp", "xcomp", "advcl", "acl") and at.head.i != at.i:
        at = at.head
    return at if at.tag_ == tag else verb.head


def _says_also(verb: Token) -> bool:
    """ "said Y had fled and also accused Z": what is said beside a saying is said by the same"""
    also = any(c.lower_ == "also" for c in children(verb, "advmod"))
    return also and load_lexicon().reporting_verbs.get(verb.lemma_) == "act"
