"""Whom a description means that names nobody: "the Democratic nominee", "the former secretary of state", "her rival".

A person whom the report has named is meant where the register of persons says that he is what the description says,
in the year of the report, and says so of nobody else of whom the report has spoken much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from dragoman.coding.grammar import children
from dragoman.ontology import Title
from dragoman.ontology.persons import PersonOffice, load_persons, plain

if TYPE_CHECKING:
    from dragoman.coding.mentions import Scene
    from dragoman.coding.register import Draft

PARTIES = {"republican": "republican", "gop": "republican", "democratic": "democratic", "democrat": "democratic"}
CANDIDATE, NOMINEE = "presidential candidate", "presidential nominee"
CONTENDERS = frozenset({"opponent", "rival", "challenger", "foe"})  # of a candidate: another candidate
CLEARLY = 3  # times as often as the next
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})


def holder(scene: Scene, span: Span, title: Title) -> Draft | None:
    """The person named before whom an office without a name means, if it is a candidacy or a past office."""
    if not any(child.lower_ in DEFINITE for child in span.root.children):
        return None
    if title.name == "candidate":
        told = _party(span.root) or "presidential" in span.text.lower()
        return _meant(scene, _candidates(scene, span.root)) if told else None
    past = any(child.lower_ == "former" for child in span.root.children)
    return _meant(scene, _past_holders(scene, title)) if past else None


def contender(scene: Scene, root: Token, of: Draft) -> Draft | None:
    """The person named before whom "his rival" or "her Republican opponent" means, where a candidate has one."""
    if root.lemma_.lower() not in CONTENDERS or root.tag_ != "NN" or not any(_runs(scene, of, CANDIDATE, None)):
        return None
    return _meant(scene, [d for d in _candidates(scene, root) if d is not of])


def contradicts(scene: Scene, span: Span, draft: Draft) -> bool:
    """Whether a candidate is known to be another party's than the description says."""
    party = _party(span.root)
    own = {held.office.split()[0].lower() for held in _runs(scene, draft, CANDIDATE, None)}
    return party is not None and bool(own) and party not in own


def _party(noun: Token) -> str | None:
    words = (child.lower_ for child in children(noun, "amod", "compound", "nmod"))
    return next((PARTIES[word] for word in words if word in PARTIES), None)


def _meant(scene: Scene, found: list[Draft]) -> Draft | None:
    """Of several the one of whom the report has spoken far more often than of any other, if there is one."""
    found = list(dict.fromkeys(found))
    named = Counter(d for m in scene.order for d in m.drafts if d in found)
    ranked = sorted(found, key=lambda d: -named[d])
    clear = len(ranked) == 1 or (len(ranked) > 1 and named[ranked[0]] >= CLEARLY * named[ranked[1]])
    return ranked[0] if clear else None


def _candidates(scene: Scene, noun: Token) -> list[Draft]:
    """Those named who stand for president as a noun says: of its party, if it tells one, and chosen, if "nominee"."""
    office = NOMINEE if noun.lemma_.lower() == "nominee" else CANDIDATE
    return [d for d in scene.register.drafts if any(_runs(scene, d, office, _party(noun)))]


def _runs(scene: Scene, draft: Draft, office: str, party: str | None) -> Iterator[PersonOffice]:
    """The candidacies of a person in the report's year, of a party or any."""
    published = scene.article.published
    for held in _offices(draft) if published is not None else ():
        words = plain(held.office)
        fits = words.endswith(office) and (party is None or words.startswith(party))
        if fits and published is not None and (held.since or 0) <= published.year <= (held.until or published.year):
            yield held


def _past_holders(scene: Scene, title: Title) -> list[Draft]:
    """Those named who held an office and left it by the report's year."""
    published = scene.article.published
    if published is None:
        return []
    return [
        draft
        for draft in scene.register.drafts
        for held in _offices(draft)
        if plain(held.office) == plain(title.name) and held.until is not None and held.until <= published.year
    ]


def _offices(draft: Draft) -> tuple[PersonOffice, ...]:
    """The offices of a person whom the register of persons knows, past ones included."""
    known = load_persons().get(plain(draft.name)) if draft.kind == "person" and draft.known_id else None
    return known.offices if known is not None else ()
