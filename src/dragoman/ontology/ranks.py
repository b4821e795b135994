"""How high an office is, and which offices are one under different names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dragoman.errors import DataError
from dragoman.ontology.data import merged, read, user_folder
from dragoman.ontology.terms import Key
from dragoman.ontology.words import key, unaccented


@dataclass(frozen=True, slots=True)
class Ranks:
    """``levels`` from the highest to the lowest; ``phrases`` tell an office's level, ``same`` its common name."""

    levels: tuple[str, ...]
    phrases: Mapping[Key, str]
    same: Mapping[str, str]

    def level(self, office: str | None) -> str | None:
        """The level of an office as it is written, of several the highest; None where its words tell none."""
        found = [level for part in re.split(r"\band\b|,|;", office or "") if (level := self._level(part))]
        return min(found, key=self.levels.index, default=None)

    def _level(self, office: str) -> str | None:
        words = key(unaccented(office))
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                if words[start:end] in self.phrases:
                    return self.phrases[words[start:end]]
        return None

    def reaches(self, office: str | None, least: str) -> bool:
        """Whether an office is of at least this level. KeyError-free: an unknown office reaches none."""
        level = self.level(office)
        return level is not None and self.levels.index(level) <= self.levels.index(least)

    def office(self, written: str) -> str:
        """The common name of an office: ``Secretary of Defense of the United States`` is the defence minister."""
        name = _title(key(unaccented(written.replace(",", " ")))) or written.casefold()
        return self.same.get(name.casefold(), name)


def load_ranks(extra: Path | None = None) -> Ranks:
    """The levels of office, read once; with a user's own ``ranks.yaml`` over the package's.

    :raises DataError: a file breaks its form: no level without a name, no phrase at two levels.
    """
    folder = user_folder()
    own = folder / "ranks.yaml" if folder else None
    return _load(extra or (own if own and own.exists() else None))


@cache
def _load(extra: Path | None) -> Ranks:
    found = read(files("dragoman.ontology") / "data" / "ranks.yaml")
    if extra is not None:
        found = merged(found, read(extra))
    try:
        levels = tuple(dict.fromkeys(str(level["name"]) for level in found["levels"]))
        pairs = [(key(unaccented(phrase)), level["name"]) for level in found["levels"] for phrase in level["phrases"]]
        same = {name.casefold(): names[0] for names in found["same"] for name in names}
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"breaks its form: {error!r}", source="ranks.yaml") from error
    return Ranks(levels, _phrases(pairs), same)


def _phrases(pairs: Sequence[tuple[Key, str]]) -> dict[Key, str]:
    phrases: dict[Key, str] = {}
    for words, level in pairs:
        if phrases.setdefault(words, level) != level:
            raise DataError(f"{' '.join(words)!r} stands at two levels", source="ranks.yaml")
    return phrases


def _title(words: Key) -> str | None:
    """The title of the ontology that the words hold: the leftmost, the longest where several begin there."""
    from dragoman.ontology.ontology import load

    titles = load().titles
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if words[start:end] in titles and titles[words[start:end]].kind == "office":
                return titles[words[start:end]].name
    return None
