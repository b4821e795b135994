"""The smaller fields of a report: place, contexts, third parties, quantities, mode. Each from words of the clause."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dragoman.coding import grammar
from dragoman.coding.cues import Candidate, obliques
from dragoman.coding.grammar import base, children
from dragoman.coding.mentions import Scene
from dragoman.coding.roles import Roles
from dragoman.language import timex_words
from dragoman.model import Quantity, Span, Where
from dragoman.ontology import gazetteer
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_contexts

LOCATIVE = frozenset({"in", "at", "near", "inside", "outside", "across", "around", "throughout", "off", "along", "to"})
TOPIC = frozenset({"in", "on", "about", "over", "regarding", "concerning", "of", "against", "for"})
UNITS = frozenset(
    {
        "percent",
        "%",
        "dollar",
        "euro",
        "pound",
        "yuan",
        "ruble",
        "rouble",
        "rupee",
        "yen",
        "kilometre",
        "kilometer",
        "mile",
        "tonne",
        "ton",
        "barrel",
        "hectare",
        "acre",
        "metre",
        "meter",
    }
)
ARGUMENTS = frozenset({"obj", "nsubj", "nsubj:pass", "nmod", "obl"})
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def clause_words(candidate: Candidate) -> list[Token]:
    """The words of the cue's clause, without clauses that hang on it with a subject of their own."""
    top = candidate.predicate
    out = []
    for token in grammar.subtree(top):
        if token.i == top.i or not any(
            a.i != top.i and base(a) in ("parataxis", "conj", "ccomp", "advcl") and children(a, "nsubj", "nsubj:pass")
            for a in _path(token, top)
        ):
            out.append(token)
    return out


def _path(token: Token, top: Token) -> Iterable[Token]:
    for above in grammar.ancestors(token):
        if above.i == top.i:
            return
        yield above


def contexts(candidate: Candidate) -> tuple[str, ...]:
    """PLOVER contexts: those of the sense, then those the clause's words show."""
    words = clause_words(candidate)
    forms, lemmas = [t.lower_ for t in words], [t.lemma_.lower() for t in words]
    present, text = {*forms, *lemmas}, f" {' '.join(forms)} {' '.join(lemmas)} "
    shown = (name for name, listed in load_contexts().items() if listed.shown(present, text))
    return tuple(dict.fromkeys([*candidate.sense.contexts, *shown]))


def mode(candidate: Candidate) -> str | None:
    """The sense's mode, else the first mode of its category with a word among the cue's arguments."""
    sense = candidate.sense
    if sense.mode or sense.event is None:
        return sense.mode
    listed = load_cues().mode_words.get(sense.event, {})
    near = [candidate.token, *children(candidate.token, "compound", "amod", "obj", "obl", "nmod")]
    near += [t for c in grammar.complements(candidate.token) for t in (c, *children(c, "obj", "obl"))]
    lemmas = {t.lemma_.lower() for t in near}
    return next((name for name, words in listed.items() if words & lemmas), None)


def where(scene: Scene, candidate: Candidate) -> Where | None:
    """The place of the event: a place that stands in or at it, or that a visit goes to."""
    phrases = [t for p, t in obliques(candidate) if p.split(" ")[0] in LOCATIVE]
    if candidate.sense.mode == "visit":
        phrases += grammar.direct_objects(candidate.token)
    for token in phrases:
        mention = scene.at.get(token.i)
        if mention is None or mention.drafts[0].kind not in ("place", "state"):
            continue
        span = scene.doc[mention.start : mention.end]
        found = gazetteer.find(span.text, country=mention.drafts[0].code)
        if found is None:
            continue
        return Where(
            span.text, Span(scene.article.id, span.start_char, span.end_char), found.code, found.latitude,
            found.longitude, found.geonameid, found.precision,
        )  # fmt: skip
    return None


def about(scene: Scene, candidate: Candidate, roles: Roles) -> tuple[str, ...]:
    """Countries that the act concerns without being its parties."""
    parties = {d.code for d in roles.drafts}
    found: dict[str, None] = {}
    tokens = [
        *grammar.direct_objects(candidate.token),
        *(t for p, t in obliques(candidate) if p in TOPIC and not (p == "in" and _named_place(scene, t))),
        *grammar.complements(candidate.token),
    ]
    for token in tokens:
        for word in token.subtree:
            mention = scene.at.get(word.i) or scene.modifiers.get(word.i)
            for draft in mention.drafts if mention else ():
                if draft.code in scene.ontology.countries and draft.code not in parties:
                    found.setdefault(str(draft.code))
    return tuple(found)


def _named_place(scene: Scene, token: Token) -> bool:
    """ "met in Paris" is not about France"""
    mention = scene.at.get(token.i)
    return mention is not None and any(draft.kind in ("state", "place") for draft in mention.drafts)


def quantities(scene: Scene, candidate: Candidate) -> tuple[Quantity, ...]:
    """Numbers that count something in the cue's arguments, with their unit and what they count."""
    out: list[Quantity] = []
    words = [t for t in clause_words(candidate) if not _of_another_act(t, candidate.predicate)]
    for token in words:
        if token.i not in scene.dated and not token.ent_type_ and (base(token) == "nummod" or _stands_alone(token)):
            quantity = _quantity(scene, token)
            if quantity is not None and all(q.span != quantity.span for q in out):
                out.append(quantity)
    return tuple(out)


def _of_another_act(token: Token, verb: Token) -> bool:
    """ "killed 22 people and wounded 35": the second verb counts for itself where the first has its own object"""
    joined = [a for a in (token, *_path(token, verb)) if base(a) == "conj" and a.pos_ == "VERB" and a.head.i == verb.i]
    return bool(joined) and bool(grammar.direct_objects(verb)) and bool(children(joined[0], "obj"))


def _stands_alone(token: Token) -> bool:
    """ "detained eleven", "40 of its members": the number itself is the argument"""
    return token.pos_ == "NUM" and token.lower_ != "one" and token.dep_ in ARGUMENTS and not children(token, "nummod")


def _quantity(scene: Scene, token: Token) -> Quantity | None:
    doc = scene.doc
    start, end = token.i, token.i + 1
    while start and doc[start - 1].pos_ == "NUM" and doc[start - 1].head in (token, token.head):
        start -= 1
    while end < len(doc) and doc[end].lemma_.lower() in SCALES:
        end += 1
    value = number(doc[start:end].text)
    if value is None:
        return None
    counted = grammar.counted(token) if _stands_alone(token) else token.head
    if counted.i < end and counted.head.i >= end:
        counted = counted.head
    if any(t.lower_ == "old" for t in doc[end : end + 4]) and counted.lemma_.lower() in ("year", "month"):
        return None  # an age
    unit, of = _unit(doc, counted, start) if counted.i != token.i else (None, None)
    stop = max(end, counted.i + 1)
    words = doc[start:stop]
    return Quantity(value, words.text, Span(scene.article.id, words.start_char, words.end_char), unit, of)


def _unit(doc: Doc, counted: Token, start: int) -> tuple[str | None, str | None]:
    """(unit, what is counted): "90 percent of its equipment", "$5 million", "200 soldiers"."""
    if start and doc[start - 1].text in ("$", "€", "£", "¥"):
        return {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}[doc[start - 1].text], None
    if counted.lemma_.lower() in UNITS:
        of = next(
            (
                " ".join(w.text for w in grammar.phrase(t) if base(w) != "case")
                for p, t in grammar.obliques(counted)
                if p == "of"
            ),
            None,
        )
        return counted.lemma_.lower().replace("%", "percent"), of
    return None, counted.lemma_.lower()


def number(text: str) -> float | None:
    """The value of digits or number words: "3,000", "twenty", "1.5 million"; None where they are none."""
    total: float | None = None
    scale = 1.0
    for word in timex_words.prepare(text).replace(",", "").split():
        if word.rstrip("s") in SCALES:
            scale *= SCALES[word.rstrip("s")]
        elif total is None and _DIGITS.fullmatch(word):
            total = float(word)
        else:
            return None
    return None if total is None and scale == 1.0 else (1.0 if total is None else total) * scale
