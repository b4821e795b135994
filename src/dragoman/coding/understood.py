"""Acts of which a report between states leaves a party, or every party, to be understood.

"A missile hit a house", "the posts could be opened sooner", "we will buy eight million tonnes": a dispatch that tells
of two states need not say again whose the missile is and who buys. The act is told all the same, with the parties that
are known; who the others are stays open. It holds of verbs only: a noun without parties mostly points back.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding import described, grammar
from dragoman.coding.cues import VERBAL, Candidate
from dragoman.coding.grammar import base
from dragoman.coding.mentions import Scene
from dragoman.coding.register import Draft
from dragoman.ontology.cues import load_cues

SURE = 0.5  # weight from which a verb tells an act though a party is missing; chosen on the tune half
VERBS = ("VERB", "AUX")
ATTRIBUTIVE = frozenset({"acl", "amod", "advcl"})
DOERS = (
    "arms", "troops", "police", "militia", "warships", "vessels", "observers", "diplomats", "officials", "protesters",
    "talks", "visits", "violence", "treaties", "persons", "machines",
)  # fmt: skip


def tells(scene: Scene, candidate: Candidate, drafts: list[Draft]) -> bool:
    """Whether a verb tells an act by itself, in a report between states, though not all its parties are known."""
    sense, verb = candidate.sense, candidate.predicate
    if not scene.between_states or sense.demand or sense.weight < SURE or verb.pos_ not in VERBS:
        return False
    if sense.event == "CONSULT" and sense.mode == "visit":
        return False  # who visits whom is all that a visit tells
    known = any(d.code or d.sector for d in drafts)
    if sense.event in VERBAL and not known and base(verb) in ATTRIBUTIVE:
        return False
    return known or _acted(scene, candidate)


def _acted(scene: Scene, candidate: Candidate) -> bool:
    """Whether what stands as the subject can act: a storm or a price that attacks and retreats does not."""
    verb = candidate.predicate
    subject = grammar.subject(verb)
    if grammar.is_passive(verb):
        return subject is None or _acts(scene, subject)
    return subject is not None and _acts(scene, subject)


def _acts(scene: Scene, noun: Token) -> bool:
    word = grammar.counted(noun)
    if word.i in scene.at or word.pos_ == "PRON" or described.names_people(word):
        return True
    cues = load_cues()
    listed = any(word.lemma_.lower() in cues.classes.get(name, ()) for name in DOERS)
    return listed or any(sense.event for sense in cues.find(word.lemma_, "NOUN"))
