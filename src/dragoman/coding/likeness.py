"""Cues that nobody listed: words that the network finds used like the words of a category.

The lexicon decides wherever one of its senses holds, also one that says "no event". Where none does, a noun or verb
that evokes a category clearly enough is taken for a cue with the parties that such words mostly have.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.tokens import Token

from dragoman.coding.mentions import Scene
from dragoman.ontology.cues import Cue
from dragoman.ontology.lexicon import load_lexicon

if TYPE_CHECKING:
    from dragoman.coding.cues import Candidate
    from dragoman.coding.roles import Roles

RULE = "a word used like those of the category"

# From which probability a word is a cue: between two countries, done to somebody, and otherwise, which is mostly no act
# between parties. Chosen on the tune half and the further reports.
BETWEEN, DONE, OTHERWISE = 0.25, 0.35, 0.6

LIKELY = 0.5  # confidence of the event that such a word must tell of; otherwise it is more often wrong than right

_PREPOSITIONS = ("prep:against", "prep:on", "prep:with", "prep:at", "prep:to", "prep:from", "prep:for", "prep:of")


def sense(scene: Scene, token: Token) -> Cue | None:
    """The sense of a word by resemblance; None where it resembles no category enough, or is part of a name."""
    shares = scene.evoked.get(token.i)
    if not shares or token.ent_type_ or token.lemma_ in load_lexicon().reporting_verbs:
        return None
    category = max(sorted(shares), key=shares.__getitem__)
    if shares[category] < BETWEEN:
        return None
    mutual = category == "CONSULT"
    verb = token.pos_ == "VERB"
    recipient = () if mutual else ("object", *_PREPOSITIONS) if verb else _PREPOSITIONS
    return Cue(
        lemma=token.lemma_.lower(), pos=token.pos_, event=category, weight=shares[category], entry=RULE,
        actor=("subject",) if verb else ("owner", "prep:by"), recipient=recipient, symmetric=mutual, light=not verb,
    )  # fmt: skip


def resembles(cue: Cue) -> bool:
    """Whether a sense is one by resemblance."""
    return cue.entry == RULE


def kept(told: Iterable[tuple[Candidate, Roles | None]]) -> list[tuple[Candidate, Roles | None]]:
    """The candidates without the words by resemblance that do not resemble enough, or that tell nothing new.

    Where a listed cue of the sentence tells of the same parties already, such a word mostly describes the same act.
    """
    found = list(told)
    listed = [(c.token.sent.start, _parties(r)) for c, r in found if r is not None and not resembles(c.sense)]
    return [
        (c, r)
        for c, r in found
        if not resembles(c.sense) or (r is not None and _enough(c.sense, r) and not _told(c, _parties(r), listed))
    ]


def _parties(filled: Roles) -> set[str]:
    return {draft.code or draft.id for draft in filled.drafts}


def _told(candidate: Candidate, parties: set[str], listed: Iterable[tuple[int, set[str]]]) -> bool:
    start = candidate.token.sent.start
    return any(at == start and parties <= others for at, others in listed)


def _enough(cue: Cue, filled: Roles) -> bool:
    """Whether a word of such parties resembles its category enough."""
    if len({draft.code for draft in filled.drafts if draft.code}) > 1:
        return True
    return cue.weight >= (OTHERWISE if filled.actors else DONE)
