"""Acts on an act that the report has told before: "rejected the accusation", "condemned Friday's test"."""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Token

from dragoman.coding import deeds, grammar
from dragoman.coding.belonging import own_code
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import base, children
from dragoman.coding.mentions import Mention, Scene
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon

SAID = frozenset({"SUPPORT", "CONCEDE", "AGREE", "ACCUSE", "REQUEST", "REJECT"})  # said to whom one talks with
SPOKEN = frozenset({"ACCUSE", "REJECT", "SUPPORT"})  # acts on what another has done
REACH = 250  # tokens before it among which whose an act was is told
POINTING = frozenset({"the", "this", "that", "these", "those", "such"})


def takes_up(scene: Scene, candidate: Candidate) -> bool:
    """Whether the object of a cue is an act that the report has told."""
    return any(_names_an_act(scene, o) for o in grammar.direct_objects(candidate.token))


def partner(scene: Scene, candidate: Candidate, taken: Set[str | None]) -> Mention | None:
    """ "spoke with X and voiced thanks", "telephoned X to express thanks": what is said is said to X"""
    verb = candidate.predicate
    above = verb.head
    purpose = base(verb) in ("advcl", "xcomp") and grammar.is_infinitive(verb)
    if candidate.sense.event not in SAID or not (base(verb) == "conj" or purpose) or children(verb, "nsubj"):
        return None
    if not any(sense.event == "CONSULT" for sense in load_cues().find(above.lemma_, "VERB")):
        return None
    spoken_to = [*grammar.direct_objects(above), *(t for p, t in grammar.obliques(above) if p in ("with", "to"))]
    met = (scene.at[word.i] for word in spoken_to if word.i in scene.at)
    return next((m for m in met if any(d.code and d.code not in taken for d in m.drafts)), None)


def owner_before(scene: Scene, candidate: Candidate, taken: Set[str | None]) -> str | None:
    """The country whose act of the same name was told last: "Peru's test ... condemned the test"."""
    if candidate.sense.event not in SPOKEN:
        return None
    for noun in grammar.direct_objects(candidate.token):
        if not _names_an_act(scene, noun) or deeds.is_deed(noun) or _told_apart(scene, noun):
            continue
        for other in reversed(list(scene.doc[max(0, noun.i - REACH) : noun.i])):
            if other.lemma_ == noun.lemma_ and other.pos_ == "NOUN" and (code := _whose(scene, other)) is not None:
                return code if code not in taken else None
    return None


def _told_apart(scene: Scene, noun: Token) -> bool:
    """Whether words beside the noun say which one is meant: "the test of a bomb", "the nuclear test" """
    return any(c.i not in scene.dated for c in children(noun, "nmod"))


def _whose(scene: Scene, noun: Token) -> str | None:
    codes = (own_code(scene, c) for c in children(noun, "nmod:poss", "amod", "compound"))
    return next((code for code in codes if code in scene.ontology.countries), None)


def _names_an_act(scene: Scene, noun: Token) -> bool:
    """ "the accusation", "Friday's test": a noun of an act, told to be known by its determiner or its day"""
    known = any(c.lower_ in POINTING or (c.dep_ == "nmod:poss" and c.i in scene.dated) for c in noun.children)
    lexicon = load_cues()
    listed = any(noun.lemma_.lower() in lexicon.classes.get(name, ()) for name in ("proposals", "complaints"))
    listed = listed or noun.lemma_.lower() in load_lexicon().general_acts
    return known and (listed or any(sense.event for sense in lexicon.find(noun.lemma_, "NOUN")))
