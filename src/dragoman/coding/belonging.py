"""Whose a noun phrase says its head is: "Algerian ...", "Algeria's ...", "... of Algeria", "NATO ..."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from dragoman.coding import reference
from dragoman.coding.grammar import base, children, first_conjunct, preposition
from dragoman.ontology import Name, gazetteer
from dragoman.ontology.lexicon import load_lexicon

if TYPE_CHECKING:
    from dragoman.coding.mentions import Scene

COUNTRY_PATH = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "flat", "nmod:unmarked"})
OF = frozenset({"of", "for", "at", "from", "within", "in the name of", "on behalf of"})
STATE_KINDS = frozenset({"country", "capital", "seat", "adjective", "people"})
LIKELY_COUNTRIES = 4
DWARFED = 20  # times as many people as a namesake has from which a city is meant wherever it is named
DEPTH = 3  # words from a head to its country: "member of the parliament of Peru"
LEFT = 4  # words before a head among which its country's adjective may stand


def country_of(scene: Scene, root: Token, start: int) -> str | None:
    """The country, or code of the organisation, that a noun phrase names for its head."""
    before = _left_code(scene, start)
    if before:
        return before
    for child in sorted(root.children, key=lambda t: (t.i > root.i, t.i)):
        code = _path_code(scene, child, depth=DEPTH)
        if code:
            return code
    return _shared_code(scene, root)


def _shared_code(scene: Scene, root: Token) -> str | None:
    """ "the government and people of Iraq": what the last of several nouns is of, all of them are of"""
    of = (c for other in children(root, "conj") for c in children(other, "nmod") if preposition(c) == "of")
    return next((code for c in of if (code := _path_code(scene, c, depth=DEPTH))), None) or _first_s_code(scene, root)


def _first_s_code(scene: Scene, root: Token) -> str | None:
    """ "Iraq's president and foreign ministers": whose the first of several nouns is, without an article all are"""
    first = first_conjunct(root)
    if first.i == root.i or children(root, "det", "nmod:poss", "amod:poss"):
        return None
    owners = children(first, "nmod:poss")
    return next((code for c in owners if (code := _path_code(scene, c, depth=DEPTH))), None)


def owner_name(scene: Scene, code: str) -> str:
    """What a code is called as part of an entity's name: a country's name, or the organisation named last with it."""
    if code in scene.ontology.countries:
        return scene.ontology.countries[code].name
    drafts = (d for m in reversed(scene.order) for d in m.drafts)
    return next((d.name for d in drafts if d.code == code and d.kind == "organisation"), code)


def countries_of(scene: Scene, root: Token) -> list[str]:
    """Every country that a plural phrase names, where it joins them: "of A and B", "from A and B", "A and B ..."."""
    for child in root.children:
        words = [child, *(c for c in children(child, "conj"))]
        fits = child.dep_ in COUNTRY_PATH or (base(child) == "nmod" and preposition(child) in ("of", "from"))
        codes = [code for word in words if fits and (code := own_code(scene, word))]
        if fits and reference.points_at_two(child):
            codes = reference.pair_codes(scene, child)
        if len(codes) > 1:
            return list(dict.fromkeys(codes))
    return []


def own_code(scene: Scene, token: Token) -> str | None:
    """The country a word names by itself or as the head of a name."""
    readings = scene.found.names.get(token.i)
    named = _state(scene, readings[1]) if readings else None
    return named or _inside_name(scene, token)


def place_of(scene: Scene, token: Token) -> str | None:
    """The country of a place that a word names: a country, a capital, a town the gazetteer has."""
    code = own_code(scene, token)
    if code:
        return code
    held = scene.at.get(token.i)
    if held is not None:
        return held.drafts[0].code if held.drafts[0].kind in ("place", "state") else None
    ent = next((e for e in scene.ents.values() if e.start <= token.i < e.end and e.label_ == "LOC"), None)
    if ent is None:
        return None
    found = place(scene, ent.text)
    return named_after_comma(scene, ent) or (found.code if found else None)


def named_after_comma(scene: Scene, town: Span) -> str | None:
    """ "Carthage, Ill.", "Paris, Texas": the state or country after the comma says which town is meant"""
    doc, end = scene.doc, town.end
    if end + 1 >= len(doc) or doc[end].text != ",":
        return None
    states = load_lexicon().american_states
    return "USA" if {doc[end + 1].text, doc[end + 1 : end + 3].text} & states else None


def place(scene: Scene, text: str) -> gazetteer.Place | None:
    """The place of a name: in a country the report speaks of, if there is one of that name there."""
    likeliest = gazetteer.find(text)
    for code in reference.salient(scene)[:LIKELY_COUNTRIES]:
        found = gazetteer.find(text, country=code)
        if found is None or (found.code == code and not _dwarfed(found, likeliest)):
            return found
    return likeliest


def _dwarfed(found: gazetteer.Place, likeliest: gazetteer.Place | None) -> bool:
    """Whether a town is so small beside its namesake that nobody means it by the bare name: Paris in Texas."""
    small, large = found.population, likeliest.population if likeliest is not None else None
    towns = found.precision == "city" and likeliest is not None and likeliest.precision == "city"
    return towns and (large or 0) > DWARFED * (small or 0)


def place_inside(scene: Scene, root: Token) -> str | None:
    """The country of the place a phrase says its head is in: "workers in Harstad", "the ministry in Dhaka"."""
    for child in children(root, "nmod"):
        if preposition(child) == "in":
            return place_of(scene, child) or (country_of(scene, child, child.i) if child.pos_ == "NOUN" else None)
    return None


def _state(scene: Scene, readings: tuple[Name, ...]) -> str | None:
    """The country of a name's readings; a part of one country ("Scottish") is its country's."""
    for name in readings:
        if name.code in scene.ontology.countries and name.kind in STATE_KINDS | {"region"}:
            return name.code
    return None


def _owner(scene: Scene, readings: tuple[Name, ...]) -> str | None:
    """The country of a name's readings, or the code of the organisation it is: "EU foreign ministers"."""
    return _state(scene, readings) or next((n.code for n in readings if n.kind == "organisation"), None)


def _left_code(scene: Scene, start: int) -> str | None:
    """A country's adjective or name straight before, past adjectives and nouns of the same phrase."""
    at = start - 1
    while at >= 0 and start - at < LEFT:
        for begin in range(max(0, at - 3), at + 1):
            if begin in scene.found.names and scene.found.names[begin][0].end == at + 1:
                code = _owner(scene, scene.found.names[begin][1])
                if code is not None:
                    return code
                break
        token = scene.doc[at]
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") and token.text not in ("-", "'s", "’s"):
            return None
        at -= 1
    return None


def _path_code(scene: Scene, token: Token, *, depth: int) -> str | None:
    if not depth or not _leads_to_country(token):
        return None
    named = scene.found.names.get(token.i)
    code = _owner(scene, named[1]) if named else None
    if code:
        return code
    held = scene.at.get(token.i) or scene.modifiers.get(token.i)
    if held and held.drafts[0].code:
        return held.drafts[0].code
    below = (_path_code(scene, child, depth=depth - 1) for child in token.children)
    return next((code for code in below if code), None) or _inside_name(scene, token)


def _inside_name(scene: Scene, token: Token) -> str | None:
    """The country of a name of several words whose head the token is ("the United States")."""
    return next((code for names in _names_headed(scene, token) if (code := _state(scene, names))), None)


def _names_headed(scene: Scene, token: Token) -> Iterator[tuple[Name, ...]]:
    for begin in range(max(0, token.i - 3), token.i):
        if begin in scene.found.names and scene.found.names[begin][0].root.i == token.i:
            yield scene.found.names[begin][1]


def _leads_to_country(token: Token) -> bool:
    if token.dep_ in COUNTRY_PATH:
        return True
    if base(token) == "nmod":
        return preposition(token) in OF
    return base(token) in ("appos", "acl") and bool(children(token, "amod", "compound", "obj", "nmod"))
