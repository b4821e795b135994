"""The entities of one article as they are met: who is who, under which names and in which offices.

A draft grows while the article is read and becomes a :class:`~dragoman.model.Entity` at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from spacy.matcher import levenshtein

from dragoman.model import Entity, EntityKind, Office
from dragoman.ontology.lexicon import load_lexicon
from dragoman.ontology.persons import Known, Person, plain, slug

MISSPELT_LENGTH = 5  # shorter surnames one letter apart are as often two people
PART_LENGTH = 3  # a shorter part of a name stands for nobody ("Al")
ARTICLES = ("al-", "el-", "as-", "ar-", "ad-", "an-", "ash-")  # Arabic, before a surname: often left out
DEPUTIES = frozenset({"vice", "deputy", "assistant", "under"})
HONORIFIC_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})


def _without_initials(name: str) -> str:
    """ "john f kerry" as he is known: John Kerry"""
    words = name.split()
    return " ".join(w for at, w in enumerate(words) if len(w.strip(".")) > 1 or at in (0, len(words) - 1))


def gender_of(name: str) -> str | None:
    """ "he" or "she" by the given name of a full one; None where it is not known or tells neither."""
    words = plain(name).split()
    return load_lexicon().given_names.get(words[0]) if len(words) > 1 else None


@dataclass(frozen=True, slots=True)
class Styled:
    """What the titles before a name tell of it: whether "he" or "she", and whether it is a given name ("King X")."""

    gender: str | None = None
    royal: bool = False


@dataclass(eq=False)
class Draft:
    """An entity being collected."""

    kind: EntityKind
    name: str
    code: str | None = None
    sector: str | None = None
    other_sectors: list[str] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    offices: list[Office] = field(default_factory=list)
    known_id: str | None = None
    wikidata_id: str | None = None
    known_offices: tuple[Office, ...] = ()  # held on the day of publication, by a user's register and not the report
    titles: set[str] = field(default_factory=set)
    members: tuple[str, ...] = ()
    inferred: bool = False  # the code is told by the report's course, not by words of a phrase
    unnamed: bool = False  # a person known by an office alone
    gender: str | None = None  # "he" or "she", where a title or a given name tells
    pronoun: str | None = None  # the same, or what has stood for the person
    royal: bool = False  # known by a given name, as kings and popes are

    @property
    def id(self) -> str:
        """Stable across articles: what it is, its name, its country."""
        if self.known_id:
            return self.known_id
        short = {"organisation": "org"}.get(self.kind, self.kind)
        return ":".join(x for x in (short, slug(self.name), (self.code or "").lower()) if x)

    @property
    def surname(self) -> str:
        """The last word of a person's name, lower-case, without accents."""
        words = [w for w in plain(self.name).split() if w not in HONORIFIC_SUFFIXES]
        return bare(words[-1]) if words else ""

    def hold(self, office: Office, *, title: str, sector: str | None, other: tuple[str, ...]) -> None:
        """Note an office; the first one that is not a past one sets the sector."""
        if not any(o.office.lower() == office.office.lower() and o.former == office.former for o in self.offices):
            self.offices.append(office)
        self.titles.add(title)
        self.is_told(load_lexicon().gendered_titles.get(title.lower()))
        if sector and self.sector is None:
            self.sector = sector
        extra = [s for s in (sector, *other) if s and s != self.sector and s not in self.other_sectors]
        self.other_sectors += extra

    def is_told(self, gender: str | None) -> None:
        """Note whether "he" or "she" stands for the person; the first that tells counts."""
        self.gender = self.gender or gender
        self.pronoun = self.gender or self.pronoun

    def entity(self) -> Entity:
        """The finished entity."""
        aliases = tuple(sorted(self.aliases - {self.name}))
        told = {plain(office.office) for office in self.offices}
        known = (office for office in self.known_offices if plain(office.office) not in told)
        return Entity(
            id=self.id, kind=self.kind, name=self.name, code=self.code, sector=self.sector,
            other_sectors=tuple(self.other_sectors), aliases=aliases, offices=(*self.offices, *known),
            wikidata_id=self.wikidata_id,
        )  # fmt: skip


class Register:
    """All drafts of one article."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []

    def named(self, kind: EntityKind, name: str, *, known_id: str | None = None, code: str | None = None) -> Draft:
        """The draft of this name (or ontology id), made if it is new."""
        for draft in self.drafts:
            if known_id and draft.known_id == known_id:
                return draft
            same = draft.kind == kind and not known_id and slug(draft.name) == slug(name)
            if same and (draft.code == code or code is None):
                return draft
        draft = Draft(kind, name, code=code, known_id=known_id)
        self.drafts.append(draft)
        return draft

    def person(self, name: str, register: Known, *, on: date | None = None, styled: Styled | None = None) -> Draft:
        """The person of this name: known by full name, surname, or a surname one letter off; else a new one.

        Whom a user's register knows holds the offices it gives for the day ``on``.
        """
        styled = styled or Styled()
        found = self._person(name, styled)
        if found is None:
            found = Draft("person", name)
            self.drafts.append(found)
        found.royal = found.royal or styled.royal
        if len(name.split()) > len(found.name.split()):
            found.aliases.add(found.name)
            found.name = name
        found.aliases.add(name)
        known = register.get(plain(found.name)) or register.get(_without_initials(plain(found.name)))
        if known and (found.code is None or (known.own and found.code == known.code and not found.known_id)):
            _identify(found, known, on)
        found.is_told(styled.gender or gender_of(found.name))
        return found

    def knows(self, name: str, styled: Styled | None = None) -> bool:
        """Whether the article has named the person before."""
        return self._person(name, styled or Styled()) is not None

    def name(self, holder: Draft, name: str) -> None:
        """Give a person known by an office alone the name that the article tells at last."""
        holder.aliases.add(holder.name)
        holder.name, holder.unnamed = name, False

    def _person(self, name: str, styled: Styled) -> Draft | None:
        people = [d for d in reversed(self.drafts) if d.kind == "person" and not d.unnamed]
        words = plain(name).split()
        if len(words) == 1:
            people = [d for d in people if styled.gender is None or d.gender in (None, styled.gender)]
        for draft in people:
            if any(plain(alias) == plain(name) for alias in {draft.name, *draft.aliases}):
                return draft
        for draft in people if not styled.royal else ():
            known = plain(draft.name).split()
            same = draft.surname == bare(words[-1]) and not (draft.royal and len(known) == 1)
            if same and _compatible(words, known):
                return draft
        if len(words) == 1 and len(name) >= PART_LENGTH:
            parts = [d for d in people if words[0] in plain(d.name).split() and (d.royal or not styled.royal)]
            if len(parts) == 1:
                return parts[0]
        near = [d for d in people if _misspelt(words, d) and not (styled.royal or d.royal)]
        return near[0] if len(near) == 1 else None

    def office_holder(self, title: str, code: str | None, words: str) -> Draft | None:
        """The latest person of the article who holds this office for this country (unknown fits any)."""
        return next(self.office_holders(title, code, words), None)

    def office_holders(self, title: str, code: str | None, words: str) -> Iterator[Draft]:
        """The persons who hold this office for this country, the latest first."""
        for draft in reversed(self.drafts):
            if draft.kind != "person" or (code and draft.code and draft.code != code):
                continue
            current = [o for o in draft.offices if not o.former]
            if (title in draft.titles and current) or any(_is_called(plain(o.office), plain(words)) for o in current):
                yield draft


def _is_called(office: str, words: str) -> bool:
    """Whether an office may be called so: a foreign minister "minister", but no vice president "president"."""
    below = (set(office.split()) - set(words.split())) & DEPUTIES
    same = office.split()[-1:] == words.split()[-1:] or f" {words} " in f" {office} "
    return same and not below


def _identify(draft: Draft, known: Person, on: date | None) -> None:
    draft.name, draft.code, draft.known_id = known.name, known.code, known.entity_id
    draft.sector = draft.sector or known.sector_on(on)
    if known.own:
        held = known.offices_on(on)
        draft.sector = next((office.sector for office in held if office.sector), draft.sector)
        draft.wikidata_id = known.wikidata_id
        draft.known_offices = tuple(Office(o.office, known.code, since=o.first, until=o.last) for o in held)


def _compatible(words: list[str], known: list[str]) -> bool:
    """Same surname: the other names must not contradict each other ("Mark" and "M." agree, "Ann" does not)."""
    if len(words) == 1 or len(known) == 1:
        return True
    return words[0][0] == known[0][0] and (words[0] == known[0] or "." in words[0] + known[0] or len(words[0]) == 1)


def _misspelt(words: list[str], draft: Draft) -> bool:
    last = bare(words[-1])
    if len(words) > 1 and words[0] != plain(draft.name).split()[0]:
        return False
    if min(len(last), len(draft.surname)) < MISSPELT_LENGTH:
        return False
    return last[0] == draft.surname[0] and levenshtein(last, draft.surname, k=1) == 1


def bare(surname: str) -> str:
    """A surname without the Arabic article that one report writes and another leaves out."""
    article = next((a for a in ARTICLES if surname.startswith(a) and len(surname) > len(a) + 2), "")
    return surname.removeprefix(article)
