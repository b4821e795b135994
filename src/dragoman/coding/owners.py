"""Whose a thing is that a phrase names: "Peru's exports", "Chilean ships", "Taliban positions"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.coding import grammar
from dragoman.coding.grammar import base, children
from dragoman.coding.mentions import Mention, Scene
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon


def acting(scene: Scene, mention: Mention) -> Mention:
    """A city stands for the state it lies in."""
    draft = mention.drafts[0]
    if draft.kind != "place" or draft.code not in scene.ontology.countries:
        return mention
    state = scene.state(str(draft.code))
    return Mention((state,), mention.head, mention.start, mention.end, "state of the place")


def owners(scene: Scene, token: Token) -> Iterator[Mention]:
    """Whose a thing is: possessor, country's adjective or name before it, in text order, else who made or gave it."""
    found = list(_named(scene, token))
    yield from found or _makers(scene, token)


def _makers(scene: Scene, token: Token) -> Iterator[Mention]:
    """ "the sacrifices made by Ethiopian troops", "tents donated by Peru" """
    made = (verb for verb in children(token, "acl") if verb.lemma_ in load_lexicon().making_verbs)
    for verb in filter(grammar.is_passive, made):
        maker = grammar.subject(verb)
        mention = scene.at.get(maker.i) if maker is not None else None
        if mention is not None:
            yield acting(scene, mention)


def _named(scene: Scene, token: Token) -> Iterator[Mention]:
    for child in children(token, "nmod:poss", "amod", "compound", "nmod:unmarked", "nmod:desc"):
        mention = scene.at.get(grammar.antecedent(child).i)
        if mention is not None and child.dep_ != "nmod:poss" and not _may_own(mention):
            mention = None
        if _is_somebody(token) or _named_after(scene, child, token) or _is_largest(token) or _is_lacking(token):
            continue
        mention = mention or scene.modifiers.get(child.i) or _beneath(scene, child)
        if mention is not None:
            yield acting(scene, mention)
            for other in grammar.conjuncts(child)[1:]:
                joined = scene.modifiers.get(other.i) or scene.at.get(other.i)
                if joined is not None:
                    yield joined


def _may_own(mention: Mention) -> bool:
    """Whether a name straight before a thing says whose it is: a person's, or that of a body the ontology knows."""
    draft = mention.drafts[0]
    return draft.kind == "person" or (draft.kind == "organisation" and draft.known_id is not None)


def _named_after(scene: Scene, town: Token, token: Token) -> bool:
    """ "the Paris agreement", "the Minsk talks": a capital where it was made, not whose it is"""
    found = scene.found.names.get(town.i)
    classes = load_cues().classes
    made = any(token.lemma_.lower() in classes[name] for name in ("treaties", "talks"))
    return (
        found is not None
        and made
        and base(town) == "compound"
        and any(n.kind in ("capital", "country") for n in found[1])
    )


def _is_lacking(noun: Token) -> bool:
    """ "attacked without UN approval": what there is none of"""
    return grammar.preposition(noun) == "without"


def _is_largest(noun: Token) -> bool:
    """ "the nation's largest union", "Peru's oldest paper": one of all that there are in a country, and not its own"""
    return any(c.tag_ in ("JJS", "RBS") or c.lower_ in ("most", "leading") for c in noun.children)


def _beneath(scene: Scene, noun: Token) -> Mention | None:
    """The country of a word that itself modifies: "Chilean coast guard ships", "the Chilean side's guns", "a
    Chilean-owned tanker"
    """
    owning = noun.lower_ in load_lexicon().owning_participles and bool(grammar.hyphenated(noun))
    if not owning and not (noun.dep_ in ("compound", "nmod:poss") and noun.pos_ == "NOUN"):
        return None
    return next((scene.modifiers[c.i] for c in children(noun, "amod", "compound") if c.i in scene.modifiers), None)


def _is_somebody(token: Token) -> bool:
    """Whether a noun is of another person, known by whose he is: what a senator's wife does is not the senator's."""
    return token.lemma_.lower() in load_lexicon().dependants
