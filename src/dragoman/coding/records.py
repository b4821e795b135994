"""What a record implies: "the first to visit since X" says that X visited before."""

from __future__ import annotations

from dragoman.coding import grammar
from dragoman.coding.cues import Candidate, obliques
from dragoman.coding.grammar import base
from dragoman.coding.mentions import Scene
from dragoman.coding.roles import Roles

RECORDS = frozenset({"first", "only", "last", "no", "not", "n't", "never", "nobody", "none", "most", "best", "highest"})


def since_whom(scene: Scene, candidate: Candidate, filled: Roles) -> Roles | None:
    """ "the first to visit X since Y": Y is thereby said to have visited X before."""
    chosen = candidate.token.head if base(candidate.token) == "acl" else candidate.token
    for preposition, token in [*obliques(candidate), *grammar.obliques(chosen)] if _is_record(candidate) else ():
        mention = scene.at.get(token.i)
        if preposition == "since" and mention is not None and mention.drafts[0].kind == "person":
            return Roles([mention], list(filled.recipients), {"actor": "the last before", "recipient": "as above"})
    return None


def _is_record(candidate: Candidate) -> bool:
    """Whether an act is told as the first or only one, or as none: "the first to visit X since Y" """
    sentence = candidate.token.sent
    return any(token.lower_ in RECORDS for token in candidate.token.doc[sentence.start : sentence.end])
