"""What Dragoman knows before it reads: PLOVER and CAMEO, sectors, countries, organisations, offices, regions.

Data files and one loader; no code here reads text. :func:`load` gives the whole as one :class:`Ontology`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.ontology.terms import Agent, Category, Country, Key, Name, Organisation, Region, Title
from dragoman.ontology.words import key

if TYPE_CHECKING:
    from dragoman.ontology.ontology import Ontology

__all__ = [
    "Agent", "Category", "Country", "Key", "Name", "Ontology", "Organisation", "Region", "Title", "key", "load",
]  # fmt: skip


def load(extra: Path | None = None) -> Ontology:
    """The ontology, read once and kept; with a user's own data files (a folder, or one file) over the package's.

    A user's file bears the name of the file it extends (``countries.yaml``, ``organisations.yaml``, ...) and has its
    form; its entries come before the package's. Raises :class:`~dragoman.errors.DataError`, naming the file and the
    entry, where a file breaks its form.
    """
    from dragoman.ontology.ontology import load as load_files  # here, so that importing the room reads no YAML

    return load_files(extra)


def __getattr__(name: str) -> Any:
    if name == "Ontology":
        from dragoman.ontology.ontology import Ontology

        return Ontology
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
