"""The entries of the ontology: what a category, a country, a name, a title and an agent is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

NameKind = Literal["country", "adjective", "people", "capital", "seat", "organisation", "region"]
TitleKind = Literal["office", "rank", "honorific"]
AgentKind = Literal["organ", "people", "force"]

Key = tuple[str, ...]
"""The casefolded words of a name, as split on spaces; see :func:`dragoman.ontology.words.key`."""


@dataclass(frozen=True, slots=True)
class Category:
    """A PLOVER event category. ``score`` and the modes' scores run from -10 (conflict) to 10 (cooperation)."""

    name: str
    quad: int
    score: float
    modes: Mapping[str, float]
    requires_recipient: bool
    description: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1 (and Kosovo). ``territory_of`` is the state that controls it, if any."""

    code: str
    name: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    also: tuple[str, ...]
    territory_of: str | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body with an identity of its own: an international organisation, an armed group, a ministry, a company.

    ``id`` is an entity id (``org:nato``); ``code`` a country's or one of PLOVER's non-state codes; ``members``
    country codes, only where the list is short.
    """

    id: str
    name: str
    code: str
    sector: str | None
    other_sectors: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A region of several countries, or a part of one: a place, never a party. ``members`` are country codes."""

    id: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a name. ``name`` is the canonical name of what it stands for, ``written`` the form listed.

    ``entity_id`` is ``state:USA``, ``org:nato`` or ``region:sahel``. A capital stands for its state's government
    (sector GOV) where it is not meant as a place; a seat stands for its own institution. ``code`` of a region is
    None, but for a part of one country that country's.
    """

    name: str
    entity_id: str
    kind: NameKind
    code: str | None
    sector: str | None
    other_sectors: tuple[str, ...]
    members: tuple[str, ...]
    case_sensitive: bool
    written: str
    historical: bool = False

    def fits(self, text: str) -> bool:
        """Whether the name may be read in these words of a report: "us" is not the country, "Turkey" not the bird.

        A case-sensitive abbreviation must be written as listed or all in capitals; any other case-sensitive name
        must begin with a capital letter.
        """
        if not self.case_sensitive:
            return True
        if sum(letter.isupper() for letter in self.written) >= 2 and " " not in self.written:
            return text.replace(".", "") in {self.written, self.written.upper()}
        return text.removeprefix("the ")[:1].isupper()


@dataclass(frozen=True, slots=True)
class Title:
    """An office, rank or form of address. ``name`` is canonical ("defence minister"); ``plural`` of several holders.

    ``sector`` is None where the word alone does not tell (a chairman is of his body's sector). ``held_in`` are the only
    countries that have the office, ``not_held_in`` some that have none; both empty where nothing is known of it.
    """

    words: Key
    name: str
    sector: str | None
    other_sectors: tuple[str, ...]
    kind: TitleKind
    plural: bool
    held_in: frozenset[str] = frozenset()
    not_held_in: frozenset[str] = frozenset()

    def is_held_in(self, code: str | None) -> bool:
        """Whether the country can have such an office, as far as is known."""
        return code not in self.not_held_in and (not self.held_in or code in self.held_in)


@dataclass(frozen=True, slots=True)
class Agent:
    """A common noun that stands for an actor: ``organ`` ("the presidency"), ``force`` ("troops") or ``people``."""

    words: Key
    name: str
    sector: str
    other_sectors: tuple[str, ...]
    kind: AgentKind
    plural: bool
