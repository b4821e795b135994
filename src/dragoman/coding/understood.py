"""Acts of which a dispatch between states leaves a party to be understood.

"A missile hit a farmer's house": a dispatch that tells of two states need not say again whose the missile is. The act
is told all the same, with the party that is known; who the other is stays open. Who acts may stay open only where it is
harm, or where a passive leaves it out. It holds of verbs only: a noun without parties mostly points back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from dragoman.coding import described, grammar
from dragoman.coding.cues import VERBAL, Candidate, obliques
from dragoman.coding.grammar import base, children
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.register import Draft
from dragoman.ontology.cues import load_cues

SURE = 0.5  # weight from which a verb tells an act though a party is missing; chosen on the tune half
VERBS = ("VERB", "AUX")
CAPITAL = "name:capital"  # rule of a mention that a capital's name made
HARMS = frozenset({"ASSAULT", "COERCE"})
HARMED = ("homes", "lands", "vessels", "machines", "arms")
ATTRIBUTIVE = frozenset({"acl", "amod", "advcl"})
DOERS = (
    "arms", "troops", "police", "militia", "warships", "vessels", "observers", "diplomats", "officials", "protesters",
    "talks", "visits", "violence", "treaties", "persons", "machines",
)  # fmt: skip


def tells(scene: Scene, candidate: Candidate, drafts: list[Draft]) -> bool:
    """Whether a verb tells an act by itself, in a dispatch between states, though not all its parties are known."""
    sense, verb = candidate.sense, candidate.predicate
    if not scene.is_dispatch or sense.demand or sense.weight < SURE or verb.pos_ not in VERBS:
        return False
    if sense.event == "CONSULT" and sense.mode == "visit":
        return False  # who visits whom is all that a visit tells
    if sense.event in HARMS and not _harms(scene, candidate):
        return False
    known = any(d.code or d.sector for d in drafts)
    if sense.event in VERBAL and not known and base(verb) in ATTRIBUTIVE:
        return False
    return known or _acted(scene, candidate)


def hides_who(candidate: Candidate) -> bool:
    """Whether the words leave open who did it: "two villages were shelled", "a missile hit a farmer's house"."""
    passive = grammar.is_passive(candidate.predicate) and grammar.subject(candidate.predicate) is None
    return candidate.sense.event in HARMS or (passive and candidate.sense.event == "COOPERATE")


def _harms(scene: Scene, candidate: Candidate) -> bool:
    """Whether what is harmed can be: a house, a post, people; who fights waves or poisons a friendship harms nobody."""
    if candidate.sense.symmetric:
        return False  # between whom is what a fight tells
    aimed_at = (noun for preposition, noun in obliques(candidate) if preposition == "against")
    things = [c for noun in (*grammar.direct_objects(candidate.token), *aimed_at) for c in grammar.conjuncts(noun)]
    named = candidate.sense.objects
    return not things or any(t.lemma_.lower() in named or _is_party(scene, t) or _is_one(t, HARMED) for t in things)


def _acted(scene: Scene, candidate: Candidate) -> bool:
    """Whether what stands as the subject can act: a storm or a price that attacks and retreats does not."""
    verb = candidate.predicate
    subject = grammar.subject(verb)
    if grammar.is_passive(verb):
        return subject is None or _acts(scene, subject)
    return subject is not None and _acts(scene, subject)


def _acts(scene: Scene, noun: Token) -> bool:
    word = grammar.counted(noun)
    return _is_party(scene, word) or any(sense.event for sense in load_cues().find(word.lemma_, "NOUN"))


def _is_party(scene: Scene, noun: Token) -> bool:
    word = grammar.counted(noun)
    people = word.pos_ == "PRON" or described.names_people(word)
    return word.i in scene.at or people or _is_one(word, DOERS)


def _is_one(word: Token, names: Iterable[str]) -> bool:
    classes = load_cues().classes
    return any(word.lemma_.lower() in classes[name] for name in names)


def asserts(candidate: Candidate) -> bool:
    """Whether a clause says that it happened ("talks will begin", "six papers were signed"), not where or what for.

    Two states that a report was of so far need not be those that a war, or what somebody is to discuss, is between.
    """
    word = candidate.token
    if candidate.sense.event == "ASSAULT":
        return False
    if word.pos_ == "VERB":
        return grammar.is_passive(word)
    return word.pos_ != "NOUN" or base(grammar.first_conjunct(word)) in ("nsubj", "obj")


def there_for(noun: Token) -> bool:
    """ "X is in Beijing for consultations with Y": who is somewhere for it takes part; who is "due" there will"""
    place = noun.head
    due = any(c.lower_ in ("due", "expected") for c in place.children)
    return grammar.preposition(noun) == "for" and bool(children(place, "cop") and children(place, "case")) and not due


def where_for(noun: Token) -> list[Token]:
    """ "X is in Armenia on a visit": where somebody is for what the noun names"""
    there = base(noun) == "obl" and children(noun.head, "cop") and children(noun.head, "case")
    return [noun.head] if there else []


def hosts(scene: Scene, candidate: Candidate) -> Iterator[Mention]:
    """ "X said after talks in Moscow": whose capital it is talks there, where the report names that state besides"""
    if candidate.sense.event != "CONSULT" or candidate.token.pos_ != "NOUN":
        return
    for preposition, place in grammar.obliques(candidate.token):
        held = scene.at.get(place.i)
        if preposition == "in" and held is not None and held.rule == CAPITAL:
            named = (m.drafts[0] for m in scene.order if m.rule != CAPITAL)
            if any(d.kind == "state" and d.code == held.drafts[0].code for d in named):
                yield held
