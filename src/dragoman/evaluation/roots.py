"""PLOVER's categories under the names that annotated files give them, old ones too.

PLOVER split YIELD into CONCEDE (in words) and RETREAT (in deeds) only later, and files that keep YIELD cannot tell
the two apart: for comparison both are YIELD, whatever the file calls them. The other old names are read as the
manual's table of CAMEO's cue categories has them (draft 2.0, "CAMEO to PLOVER translation").
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.ontology import load

YIELD = "YIELD"
SAME = {
    "CONCEDE": YIELD,
    "RETREAT": YIELD,
    "INVESTIGATE": "ACCUSE",
    "DISAPPROVE": "ACCUSE",
    "DEMAND": "REQUEST",
    "FIGHT": "ASSAULT",
}


def root_of(name: str) -> str:
    """The root a category is compared by."""
    name = name.strip().upper()
    return SAME.get(name, name)


def is_root(root: str) -> bool:
    """Whether it is one of PLOVER's roots, YIELD in place of CONCEDE and RETREAT."""
    return root == YIELD or (root in load().categories and root not in SAME)


def quad_of(root: str) -> int:
    """The quad class, 1 to 4. YIELD is material cooperation (2), as PLV's own column of classes has it: that is
    RETREAT's class; CONCEDE's is 1. KeyError for what is no root."""
    return load().quad("RETREAT" if root == YIELD else root)


def folded(probabilities: Mapping[str, float]) -> dict[str, float]:
    """Probabilities of categories to those of roots: CONCEDE and RETREAT summed."""
    out: dict[str, float] = {}
    for name, probability in probabilities.items():
        root = root_of(name)
        out[root] = out.get(root, 0.0) + probability
    return out
