"""Whom an act of a quarrel is against where its words leave that out: the other of the two states that are at odds.

"Peru expelled two Chilean diplomats. Santiago protested, and will answer in kind": in a dispatch between states one of
those told of last protests to the other. Somebody whom the words name instead is never passed over for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding import described, grammar, reference
from dragoman.coding.cues import Candidate, obliques
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.owners import owners
from dragoman.coding.places import tokens_at
from dragoman.coding.register import Draft
from dragoman.model import Party
from dragoman.ontology.cues import load_cues

if TYPE_CHECKING:
    from dragoman.coding.roles import Roles

AT_ODDS = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION"})
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "PRE"})
MEASURES = frozenset({"SANCTION", "REQUEST", "ACCUSE"})
BODIES = frozenset({"EUR", "UNO", "IGO"})  # that quarrel as states do
LIKEWISE = frozenset({"also", "too", "likewise", "similarly", "similar", "same", "identical"})
OURS = frozenset({"our", "my"})
ELSEWHERE = frozenset({"to", "against", "with", "on", "from", "at"})  # before whom an act is done to


def counterpart(scene: Scene, candidate: Candidate, roles: Roles, rivals: Sequence[Party]) -> str | None:
    """The code of the other side, where one of the two whose conflict was told last acts on nobody named."""
    own = _state_of(scene, roles.actors)
    if own is None or not scene.is_dispatch or not _of_a_quarrel(candidate) or _names_others(scene, candidate):
        return None
    return _other_than(scene, candidate, own, rivals)


def behind_passive(scene: Scene, candidate: Candidate, roles: Roles, rivals: Sequence[Party]) -> list[Mention]:
    """ "Two Peruvian diplomats were expelled": the other side, where a passive leaves out who does it to one of two"""
    token, hit = candidate.predicate, _state_of(scene, roles.recipients)
    passive = token.pos_ == "VERB" and grammar.is_passive(token) and grammar.subject(token) is None
    if passive and candidate.sense.mode == "withdraw":  # "the Peruvian envoy was recalled"
        return [m for thing in grammar.direct_objects(candidate.token) for m in owners(scene, thing)]
    if hit is None or not passive or not scene.is_dispatch or candidate.sense.event not in MEASURES:
        return []
    other = _other_than(scene, candidate, hit, rivals)
    roles.rules["actor"] = "the other side"
    return [Mention((draft_of(scene, other),), token.i, token.i, token.i + 1, "implied")] if other else []


def _other_than(scene: Scene, candidate: Candidate, own: str, rivals: Sequence[Party]) -> str | None:
    """Of the two at odds that were told of last, or that the report is of, the other."""
    told = {str(p.code) for p in rivals if p.code in scene.ontology.countries or p.code in BODIES}
    if own not in told and len(told) == 2 and _likewise(candidate):
        return str(rivals[-1].code) if rivals[-1].code in told else None
    pair = told if own in told and len(told) == 2 else set(reference.dyad(scene, candidate.token.i))
    return next(iter(pair - {own})) if own in pair else None


def _likewise(candidate: Candidate) -> bool:
    """ "Brazil also protested", "announced a similar ban": what is done to the one to whom it was done before"""
    around = [*candidate.predicate.children, *(c for o in grammar.direct_objects(candidate.token) for c in o.children)]
    return any(c.lower_ in LIKEWISE for c in around)


def draft_of(scene: Scene, code: str) -> Draft:
    """The state of a code, or the body of that code that the report named last."""
    if code in scene.ontology.countries:
        return scene.state(code)
    bodies = (d for m in reversed(scene.order) for d in m.drafts if d.code == code)
    return next(bodies, None) or scene.state(code)


def _state_of(scene: Scene, mentions: list[Mention]) -> str | None:
    """The code of the one state, or body of states, whose officials these all are."""
    drafts = [d for m in mentions for d in m.drafts]
    official = all(d.kind == "state" or d.sector in OFFICIAL or d.code in BODIES for d in drafts)
    codes = {str(d.code) for d in drafts}
    known = codes <= scene.ontology.countries.keys() | BODIES
    return next(iter(codes)) if official and len(codes) == 1 and known else None


def _of_a_quarrel(candidate: Candidate) -> bool:
    """Whether the act is one of conflict, or asks the other to give way ("demanded their release")."""
    event, word = candidate.sense.event, candidate.token
    if event != "REQUEST":
        return event in AT_ODDS
    asked = (*grammar.complements(word), *grammar.direct_objects(word), *(t for _, t in obliques(candidate)))
    if any(grammar.is_mandative(t) and grammar.is_passive(t) for t in asked):
        return True  # "insisted that those responsible be punished"
    return any(t.lemma_.lower() in load_cues().mode_words["REQUEST"]["yield"] for t in asked)


def _names_others(scene: Scene, candidate: Candidate) -> bool:
    """Whether the act is done to people, or to somebody with a name, though to no state."""
    verb = candidate.token
    words = grammar.direct_objects(verb) if verb.pos_ == "VERB" else []
    words = [*words, *(t for p, t in obliques(candidate) if p in ELSEWHERE)]
    named = (c for word in words for c in grammar.conjuncts(grammar.counted(word)) if c.i not in scene.dated)
    named = (c for c in named if c.lemma_.lower() not in candidate.sense.objects)  # "recalled its ambassador"
    return any(described.names_people(c) or c.ent_type_ or c.pos_ == "PROPN" for c in named)


def not_own(candidate: Candidate, roles: Roles) -> list[Mention]:
    """The recipients; where diplomats are expelled or recalled only another: "cut ties and ordered its envoys out" """
    if candidate.sense.mode not in ("expel", "withdraw") or "diplomatic" not in candidate.sense.contexts:
        return roles.recipients
    codes = {d.code for m in roles.actors for d in m.drafts if d.code}
    return [m for m in roles.recipients if not codes.issuperset(d.code for d in m.drafts)]


def of_himself(scene: Scene, candidate: Candidate, roles: Roles) -> bool:
    """ "our farmers would pay the price": what a speaker says of his own side charges and threatens nobody"""
    if candidate.sense.actor[:1] != ("speaker",) or "subject" not in candidate.sense.recipient:
        return False
    words = [t for t in tokens_at(candidate, "subject") if t.lower_ not in reference.NEUTER]  # "it": the deed
    held = (scene.at.get(t.i) for t in words)
    states = {d.code for m in held if m is not None for d in m.drafts if d.kind == "state"}
    ours = any(c.lower_ in OURS for t in words for c in grammar.children(t, "nmod:poss"))
    return ours or bool(states & {d.code for m in roles.actors for d in m.drafts})
