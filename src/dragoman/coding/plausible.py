"""Which cues tell of a political act in a report of one country's own affairs.

Among states nearly every "support", "meeting" or "attack" is an act. In a report of one country, a campaign or a trial, the same words are mostly talk, so more is asked there of a cue and of its
parties.
"""

from __future__ import annotations

from dragoman.coding import heads
from dragoman.coding.cues import Candidate
from dragoman.coding.register import Draft
from dragoman.coding.roles import Roles
from dragoman.ontology.lexicon import load_lexicon

SURE = 0.7  # weight from which a cue is taken at its word also at home
SECTORS = frozenset({"GOV", "MIL", "LEG", "PRE", "COP", "SPY", "JUD", "REB", "PRM", "UAF", "OPP", "PTY", "ELI", "SOC"})
ACTS = frozenset({"state", "organisation"})
VAGUE = frozenset({"it", "its", "they", "them", "their"})  # at home these mostly stand for things nobody named
MUTUAL = frozenset({"ACCUSE", "AGREE", "SUPPORT", "CONSULT"})  # words that need a hearer to be acts


def passing(candidate: Candidate, filled: Roles) -> bool:
    """Whether a noun that no verb carries names an act of one party only in passing ("after the attack in Paris")."""
    return candidate.token.pos_ == "NOUN" and candidate.carrier is None and len(filled.drafts) < 2


def plausible(candidate: Candidate, filled: Roles, category: str) -> bool:
    """Whether an event of a report of home affairs is likely one; what two countries do to each other always is."""
    if len({d.code for d in filled.drafts if d.code}) > 1:
        return True
    return _sure(candidate) and _pointed(candidate, filled) and _political(candidate, filled, category)


def _sure(candidate: Candidate) -> bool:
    """A word that hardly ever means anything else; nothing that only the network read."""
    if candidate.sense.entry == heads.RULE:
        return False
    return candidate.sense.weight >= SURE or candidate.token.lemma_.lower() in load_lexicon().home_acts


def _pointed(candidate: Candidate, filled: Roles) -> bool:
    """Whether no party is only an "it" or a "they"."""
    everyone = (*filled.actors, *filled.recipients)
    return not any(m.rule == "pronoun" and candidate.token.doc[m.head].lower_ in VAGUE for m in everyone)


def _political(candidate: Candidate, filled: Roles, category: str) -> bool:
    """Whether those it tells of are parties of political life, and as many as the act needs."""
    drafts = filled.drafts
    if any(d.kind == "state" for d in drafts) and category not in MUTUAL:
        return True
    if category in MUTUAL and len(drafts) < 2:
        return False
    if category == "CONSULT" and not all(map(_public, drafts)):
        return False
    return category in heads.DEEDS or any(map(_public, drafts))


def _public(draft: Draft) -> bool:
    return draft.kind in ACTS or draft.sector in SECTORS
