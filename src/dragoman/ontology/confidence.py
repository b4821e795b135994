"""The weights of the evidence for an event (``data/confidence.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from dragoman.errors import DataError
from dragoman.ontology.cues import read_data


@cache
def load_confidence() -> Mapping[str, float]:
    """Evidence -> weight, ``base`` that of no evidence at all, read once.

    Raises :class:`~dragoman.errors.DataError` where the file breaks its form.
    """
    data = read_data(files("dragoman.ontology") / "data" / "confidence.yaml", keys=["weights"])
    weights = data.get("weights")
    if not isinstance(weights, dict) or "base" not in weights:
        raise DataError("needs weights with a base", source="confidence.yaml")
    return MappingProxyType({str(name): float(value) for name, value in weights.items()})
