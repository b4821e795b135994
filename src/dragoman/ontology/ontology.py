"""The ontology as one object, built from its data files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import DataError
from dragoman.ontology import data as files_of
from dragoman.ontology import events, names, offices
from dragoman.ontology.data import Data
from dragoman.ontology.form import problems
from dragoman.ontology.terms import Agent, Category, Country, Key, Name, Organisation, Region, Title

if TYPE_CHECKING:
    from dragoman.ontology import roster


@dataclass(frozen=True, slots=True)
class Ontology:
    """What Dragoman knows before it reads: events, states, organisations, offices and the words for them.

    ``names``, ``titles`` and ``agents`` are keyed by :func:`dragoman.ontology.words.key`; a name has one or several
    readings, the likeliest first.
    """

    categories: Mapping[str, Category]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    nonstate: Mapping[str, str]
    auxiliary: tuple[str, ...]
    countries: Mapping[str, Country]
    organisations: Mapping[str, Organisation]
    regions: Mapping[str, Region]
    names: Mapping[Key, tuple[Name, ...]]
    titles: Mapping[Key, Title]
    agents: Mapping[Key, Agent]
    cameo_entries: Mapping[str, Mapping[str, Any]]
    goldstein_values: Mapping[str, float]

    def quad(self, category: str) -> int:
        """The quad class: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict. KeyError if unknown."""
        return self.categories[category].quad

    def score(self, category: str, mode: str | None = None) -> float:
        """The PLOVER score of a category, or of its mode where given; -10 to 10. KeyError if either is unknown."""
        found = self.categories[category]
        return found.score if mode is None else found.modes[mode]

    def cameo(self, category: str, mode: str | None = None, contexts: Iterable[str] = ()) -> str:
        """The CAMEO code, of two to four digits as text, nearest to a PLOVER event. KeyError for an unknown category.

        A mode or context without a code of its own changes nothing. Table: ``data/cameo.yaml``.
        """
        return events.cameo_code(self.cameo_entries[category], mode, contexts)

    def goldstein(self, cameo: str) -> float:
        """The Goldstein value of a CAMEO code, -10 to 10; a longer code has its parent's. KeyError if there is none."""
        for end in range(len(cameo), 1, -1):
            if cameo[:end] in self.goldstein_values:
                return self.goldstein_values[cameo[:end]]
        raise KeyError(cameo)


def load(extra: Path | None = None) -> Ontology:
    """The ontology, read once and kept; with a user's own data files (a folder, or one file) over the package's.

    A user's file bears the name of the file it extends (``countries.yaml``); its entries come before the package's.
    Raises :class:`~dragoman.errors.DataError`, naming the file and the entry, where a file breaks its form.
    """
    return _load(extra or files_of.user_folder())


def packaged() -> Ontology:
    """The ontology of the package alone, whatever a user's own data hold."""
    return _load(None)


@cache
def _load(extra: Path | None) -> Ontology:
    found = {name: files_of.read(path) for name, path in files_of.package_files().items()}
    return build(found if extra is None else _extended(found, extra))


def _extended(found: Mapping[str, Data], extra: Path) -> dict[str, Data]:
    users = {name: files_of.read(path) for name, path in files_of.user_files(extra).items()}
    both = {name: files_of.merged(own, users.get(name, {})) for name, own in found.items()}
    for problem in problems(users, known=both):
        raise DataError(problem.reason, source=f"{problem.file}, {problem.entry}")
    return _with_registered(both, extra)


def _with_registered(found: dict[str, Data], folder: Path) -> dict[str, Data]:
    """The data with the organisations of a user's registers, which come before all others."""
    from dragoman.ontology import roster  # most runs have no register of their own

    paths = roster.files_of(folder if folder.is_dir() else None)
    named = [(path, each) for path in paths for each in roster.read(path) if each.kind == "organisation"]
    codes = found["countries"]["countries"].keys() | found["plover"]["nonstate"].keys()
    for path, each in named:
        if each.country not in codes:
            raise DataError(f"{each.name}: unknown country {each.country!r}", source=str(path))
    entries = [_entry(each) for _, each in reversed(named)]
    return found | {"organisations": files_of.merged(found["organisations"], {"organisations": entries})}


def _entry(named: roster.Named) -> Data:
    entry = {"id": named.entity_id.removeprefix("org:"), "name": named.name, "code": named.country}
    return entry | {"sector": named.sector, "words": list(named.variants)}


def build(found: Mapping[str, Data]) -> Ontology:
    """The ontology of data files already read, by name; they are taken to be in form."""
    plover, cameo, countries = found["plover"], found["cameo"], found["countries"]
    return Ontology(
        categories=events.categories(plover),
        contexts=plover["contexts"],
        sectors=plover["sectors"],
        nonstate=plover["nonstate"],
        auxiliary=tuple(plover["auxiliary"]),
        countries=names.countries(countries),
        organisations=names.organisations(found["organisations"], countries["seats"]),
        regions=names.regions(found["regions"]),
        names=names.names(found),
        titles=offices.titles(found["offices"]),
        agents=offices.agents(found["agents"], found["offices"]),
        cameo_entries=cameo["categories"],
        goldstein_values={code: float(value) for code, value in cameo["goldstein"].items()},
    )
