"""The words that stand in the places of a cue: its subject, its objects, what its preposition governs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from spacy.tokens import Token

from dragoman.coding import grammar
from dragoman.coding.belonging import place_of
from dragoman.coding.cues import Candidate, obliques
from dragoman.coding.grammar import base, children
from dragoman.coding.mentions import Mention, Scene
from dragoman.ontology.lexicon import load_lexicon

INNER = frozenset({"of", "between", "with", "to", "for", "on", "against", "among", "toward", "towards"})


def tokens_at(candidate: Candidate, place: str) -> Iterator[Token]:
    """The words in a place of the cue, by the names of :mod:`dragoman.ontology.cues`."""
    if place.startswith("prep:"):
        wanted = place.removeprefix("prep:")
        yield from (t for p, t in obliques(candidate) if p == wanted)
    elif place.startswith("complement"):
        yield from _complement(candidate, place)
    elif place in _FINDERS:
        yield from _FINDERS[place](candidate)


def _subject(candidate: Candidate) -> Iterator[Token]:
    found = grammar.subject(candidate.predicate)
    if found is not None:
        yield _author(found)


def _speaker(candidate: Candidate) -> Iterator[Token]:
    found = candidate.speaker
    if found is not None:
        yield found


def _owner(candidate: Candidate) -> Iterator[Token]:
    """What is owned: the thing a verb is done to and who does it, or the noun itself."""
    token = candidate.token
    if token.pos_ not in ("VERB", "AUX"):
        yield token
        return
    yield from grammar.direct_objects(token)
    subject = grammar.subject(token)
    if subject is not None:
        yield subject


def _conditions(candidate: Candidate) -> Iterator[Token]:
    yield from (t for c in grammar.conditions(candidate.predicate) if (t := grammar.subject(c)) is not None)


def _receivers(verb: Token) -> Iterator[Token]:
    """The indirect object; of a passive verb that keeps its object, the subject: "Li was awarded the order" """
    yield from children(verb, "iobj") or (grammar.direct_objects(verb) if grammar.retained(verb) else [])


_FINDERS: Mapping[str, Callable[[Candidate], Iterator[Token]]] = MappingProxyType(
    {
        "subject": _subject,
        "object": lambda candidate: iter(grammar.direct_objects(candidate.token)),
        "iobj": lambda candidate: _receivers(candidate.token),
        "speaker": _speaker,
        "condition_subject": _conditions,
        "owner": _owner,
    }
)


def _author(subject: Token) -> Token:
    """ "passed a resolution condemning Peru": who issues a paper says what it says"""
    if subject.lemma_ not in load_lexicon().papers or base(subject) != "obj":
        return subject
    return grammar.subject(subject.head) or subject


def _complement(candidate: Candidate, place: str) -> Iterator[Token]:
    for verb in grammar.complements(candidate.token):
        if place == "complement_subject":
            agent = grammar.subject(verb) if candidate.sense.event == "ACCUSE" and grammar.is_passive(verb) else None
            if agent is not None:  # "alleged that the attack was plotted by X"
                yield agent
                continue
            if candidate.sense.event == "REQUEST" and children(verb, "nsubj:pass"):
                continue  # "requested that X be released": of whom, is not told
            own = children(verb, "nsubj", "nsubj:pass") or grammar.before_infinitive(verb)
            own = own or _called_for(candidate.token, verb)
            yield from own or grammar.direct_objects(candidate.token)
        else:
            yield from children(verb, "iobj")  # "agreed to lend Peru two ships"
            yield from grammar.direct_objects(verb)
            yield from (t for p, t in grammar.obliques(verb) if p in INNER)


def _called_for(token: Token, verb: Token) -> list[Token]:
    """ "called for X to resign": a subject the parse hung on the verb above, between the marks of the clause"""
    marks = [m.i for m in children(verb, "mark")]
    return [c for c in children(token, "obl") if marks and not grammar.preposition(c) and min(marks) < c.i < max(marks)]


def hit_by(clause: Token, measure: Token) -> Iterator[Token]:
    """What a relative clause says that a measure is directed at: "sanctions that bar trade with X" """
    yield from (t for t in grammar.direct_objects(clause) if t.i != measure.i)
    yield from (t for p, t in grammar.obliques(clause) if p in INNER)


def is_place(scene: Scene, token: Token) -> bool:
    """Whether a word names a place or a state."""
    mention = scene.at.get(token.i)
    return mention is not None and mention.drafts[0].kind in ("place", "state")


def town_before(scene: Scene, candidate: Candidate) -> list[Mention]:
    """ "attacked Odesa port": the state of the town whose name stands before what is hit"""
    for name in (c for thing in grammar.direct_objects(candidate.token) for c in children(thing, "compound")):
        code = place_of(scene, name)
        if code in scene.ontology.countries:
            return [Mention((scene.state(str(code)),), name.i, name.i, name.i + 1, "state of the place")]
    return []


def ahead(scene: Scene, candidate: Candidate) -> list[Token]:
    """ "threatened to put tariffs on X's exports": the thing that what is threatened or promised is done to"""
    verbs = grammar.complements(candidate.token) if candidate.sense.event in ("THREATEN", "AGREE") else []
    return [t for verb in verbs for t in grammar.direct_objects(verb) if t.i not in scene.at]


def joined_with(scene: Scene, mention: Mention, found: list[Mention]) -> list[Mention]:
    """Those of the mentions that "and" joins to one, or that own the same thing: "American and British objections" """
    first = scene.doc[mention.head]
    joined = grammar.conjuncts(first)[1:]
    beside = children(first.head, "amod", "compound") if base(first) in ("amod", "compound") else []
    return [m for m in found if m is not mention and scene.doc[m.head] in (*joined, *beside)]
