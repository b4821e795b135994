"""Where an event stands on the field's scales: PLOVER's quad class and score, CAMEO's code, Goldstein's value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.ontology.ontology import Ontology, load

# By number, as the PLOVER manual (draft 2.0) counts them.
QUADS = {1: "verbal_cooperation", 2: "material_cooperation", 3: "verbal_conflict", 4: "material_conflict"}


@dataclass(frozen=True, slots=True)
class Scales:
    """``quad`` 1 to 4 (:data:`QUADS`); ``score`` and ``goldstein`` from -10 (conflict) to 10 (cooperation); ``cameo``
    of two to four digits. All None for a category of no PLOVER."""

    quad: int | None = None
    score: float | None = None
    goldstein: float | None = None
    cameo: str | None = None

    @property
    def quad_name(self) -> str | None:
        """``verbal_cooperation``, ``material_cooperation``, ``verbal_conflict`` or ``material_conflict``."""
        return QUADS[self.quad] if self.quad else None


def scales(category: str, modes: Sequence[str] = (), contexts: Iterable[str] = ()) -> Scales:
    """The scales of a PLOVER event. Of several modes the one of the strongest score speaks, the first among equals."""
    ontology = load()
    found = ontology.categories.get(category)
    if found is None:
        return Scales()
    known = [mode for mode in modes if mode in found.modes]
    mode = max(known, key=lambda one: abs(found.modes[one]), default=None)
    cameo = ontology.cameo(category, mode, contexts)
    return Scales(ontology.quad(category), ontology.score(category, mode), _goldstein(ontology, cameo), cameo)


def _goldstein(ontology: Ontology, cameo: str) -> float | None:
    try:
        return ontology.goldstein(cameo)
    except KeyError:
        return None
