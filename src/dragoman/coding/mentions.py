"""Every mention of a possible party in a Doc, resolved to the article's entities.

Mentions are made in text order, so that a pronoun or "the two sides" finds what was named before. A mention is
known by the token that heads its phrase; a country's adjective ("Russian gas") is kept apart as a modifier,
which makes a party only of what it owns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from dragoman.coding import people, reference
from dragoman.coding.finder import Found, finder
from dragoman.coding.grammar import base, children, preposition
from dragoman.coding.register import Draft, Register
from dragoman.model import Article
from dragoman.ontology import Agent, Name, Ontology, Title, gazetteer
from dragoman.ontology.lexicon import load_lexicon

MODIFIES = frozenset({"amod", "compound", "nmod:unmarked", "nmod:desc", "flat"})
COUNTRY_PATH = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "flat", "nmod:unmarked"})
OF = frozenset({"of", "for", "at", "from", "within", "in the name of", "on behalf of"})
OFFICE_WORDS = frozenset({"minister", "spokesman", "spokeswoman", "spokesperson", "envoy", "commander", "prosecutor"})
LIKELY_COUNTRIES = 4
STATE_KINDS = frozenset({"country", "capital", "seat", "adjective", "people"})


@dataclass(eq=False)
class Mention:
    """Tokens ``start`` to ``end`` (exclusive) that stand for the drafts. ``rule`` says how they were resolved."""

    drafts: tuple[Draft, ...]
    head: int
    start: int
    end: int
    rule: str
    office: str | None = None
    plural: bool = False


@dataclass
class Scene:
    """A Doc with its mentions: ``at`` by head token, ``modifiers`` by the token of a country's adjective."""

    doc: Doc
    article: Article
    ontology: Ontology
    register: Register
    found: Found
    at: dict[int, Mention] = field(default_factory=dict)
    modifiers: dict[int, Mention] = field(default_factory=dict)
    order: list[Mention] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    ents: dict[int, Span] = field(default_factory=dict)  # by first token: a Doc makes its list anew at every call
    starts: list[int] = field(default_factory=list)  # first token of each sentence
    dated: set[int] = field(default_factory=set)  # tokens of time expressions
    people: set[int] = field(default_factory=set)  # tokens of persons' phrases, titles included
    first: dict[str, int] = field(default_factory=dict)  # code -> first token of its first mention

    def add(self, mention: Mention, *heads: int) -> None:
        """Keep a mention under its head and any other token that may stand for its phrase."""
        self.order.append(mention)
        for draft in mention.drafts:
            if draft.code:
                self.first.setdefault(draft.code, mention.start)
        self.taken.update(range(mention.start, mention.end))
        for head in (mention.head, *heads):
            self.at.setdefault(head, mention)

    def state(self, code: str) -> Draft:
        """The draft of a country."""
        country = self.ontology.countries[code]
        return self.register.named("state", country.name, known_id=f"state:{code}", code=code)


def scene(doc: Doc, article: Article, ontology: Ontology) -> Scene:
    """All mentions of a Doc."""
    out = Scene(
        doc,
        article,
        ontology,
        Register(),
        finder().find(doc),
        ents={e.start: e for e in doc.ents},
        starts=[s.start for s in doc.sents],
        dated={i for span in doc.spans.get("times", ()) for i in range(span.start, span.end)},
    )
    found = people.spans(out)
    for person in found.values():
        for start, end in ((person.start, person.end), *((s.start, s.end) for s, _ in person.titles)):
            out.people.update(range(start, end))
    for token in doc:
        i = token.i
        if i in found:
            people.add(out, found[i])
        elif i in out.taken or i in out.people:
            continue
        else:
            _common(out, token)
    return out


def _common(scene: Scene, token: Token) -> None:
    """A mention that begins at a token and is no person's name, if there is one."""
    i, found = token.i, scene.found
    if reference.points_at_two(token):
        reference.add(scene, token)
        return
    organisation = _entity(scene, i)
    longest = max((s.end for s, _ in _at(found, i)), default=0)
    if organisation is not None and organisation.end > longest and not _organ_inside(scene, organisation):
        _organisation(scene, organisation)
    elif i in found.names and found.names[i][0].end >= longest:
        _name(scene, *found.names[i])
    elif i in found.agents and found.agents[i][0].end >= longest and not _holds_office(scene, i):
        _agent(scene, *found.agents[i])
    elif i in found.titles:
        _office(scene, *found.titles[i])
    elif not people.add_surname(scene, token):
        reference.add(scene, token)


def _holds_office(scene: Scene, i: int) -> bool:
    """Whether a word that is both ("foreign minister") stands for one who holds an office, not for some official."""
    found = scene.found
    if i not in found.titles or found.titles[i][0].end < found.agents[i][0].end:
        return False
    span, title = found.titles[i]
    word = span.root.lemma_.lower()
    nameless = word in load_lexicon().anonymous_nouns and word not in OFFICE_WORDS
    return not title.plural and title.kind == "office" and not nameless


def _at(found: Found, i: int) -> Iterator[tuple[Span, object]]:
    for kind in (found.names, found.titles, found.agents):
        if i in kind:
            yield kind[i]


def _entity(scene: Scene, i: int) -> Span | None:
    """A body or place of the network that begins at a token and is no part of an office or a person's phrase."""
    ent = scene.ents.get(i)
    if ent is None or ent.label_ not in ("ORG", "LOC"):
        return None
    within = range(ent.start, ent.end)
    return None if any(j in scene.found.titles or j in scene.people for j in within) else ent


def _organ_inside(scene: Scene, span: Span) -> bool:
    """Whether a named body is a state's organ ("US Department of Defense"), to be coded by its agent noun."""
    return any(
        i in scene.found.agents
        and scene.found.agents[i][1].kind == "organ"
        and scene.found.agents[i][0].end >= span.end
        for i in range(span.start, span.end)
    )


def _name(scene: Scene, span: Span, readings: tuple[Name, ...]) -> None:
    name = _reading(span, readings)
    root = span.root
    if name.kind == "region":
        scene.taken.update(range(span.start, span.end))
        return
    if name.kind == "capital" and _elsewhere(scene, span.text, name):
        _place(scene, span, span.text)
        return
    draft = _named_draft(scene, name)
    mention = Mention((draft,), root.i, span.start, span.end, f"name:{name.kind}")
    if name.kind in STATE_KINDS and _modifies(root, span):
        scene.modifiers[root.i] = mention
        return
    if name.kind == "people":
        people_draft = scene.register.named("group", span.text, code=name.code)
        people_draft.sector = people_draft.sector or "CVL"
        mention.drafts, mention.plural = (people_draft,), True
    elif name.kind == "adjective":
        scene.modifiers[root.i] = mention
        return
    draft.aliases.add(span.text)
    scene.add(mention)


def _elsewhere(scene: Scene, text: str, name: Name) -> bool:
    """Whether a capital's name is that of a town in a country the report speaks of (San Juan in Argentina)."""
    spoken_of = reference.salient(scene)[:LIKELY_COUNTRIES]
    if name.code in spoken_of or not spoken_of:
        return False
    place = _gazetteer(scene, text)
    return place is not None and place.code in spoken_of


def _reading(span: Span, readings: tuple[Name, ...]) -> Name:
    """The reading that fits the word's place: adjective before a noun, people where plural, else the first."""
    root = span.root
    modifies = root.pos_ == "ADJ" or _modifies(root, span)
    wanted = ("adjective",) if modifies else ("people",) if root.tag_ in ("NNS", "NNPS") else ()
    for kind in wanted:
        for name in readings:
            if name.kind == kind:
                return name
    plain = [n for n in readings if n.kind not in ("adjective", "people")]
    return (plain or list(readings))[0]


def _modifies(root: Token, span: Span) -> bool:
    return root.dep_ in MODIFIES and not span.start <= root.head.i < span.end


def _named_draft(scene: Scene, name: Name) -> Draft:
    if name.kind in ("country", "capital", "adjective", "people") and name.code in scene.ontology.countries:
        return scene.state(str(name.code))
    draft = scene.register.named("organisation", name.name, known_id=name.entity_id, code=name.code)
    draft.sector, draft.members = draft.sector or name.sector, name.members
    draft.other_sectors = draft.other_sectors or list(name.other_sectors)
    return draft


def _organisation(scene: Scene, span: Span) -> None:
    """A body or place that only the network knows: an organisation with the country its phrase names, if any."""
    text = span.text.removeprefix("the ").removeprefix("The ")
    if span.label_ == "LOC":
        _place(scene, span, text)
        return
    code = country_of(scene, span.root, span.start)
    draft = scene.register.named("organisation", text, code=code)
    draft.code = draft.code or code
    draft.aliases.add(text)
    scene.add(Mention((draft,), span.root.i, span.start, span.end, "reader:ORG"))


def _place(scene: Scene, span: Span, text: str) -> None:
    """A city acts for nobody, but is a goal of travel and a place: it keeps its country."""
    inside = next((n for n in range(span.start, span.end) if n in scene.found.names), None)
    found = _gazetteer(scene, text)
    if found is None and inside is not None:
        _name(scene, *scene.found.names[inside])
        return
    draft = scene.register.named("place", text, code=found.code if found else None)
    if _modifies(span.root, span):
        scene.taken.update(range(span.start, span.end))
        return
    scene.add(Mention((draft,), span.root.i, span.start, span.end, "reader:LOC"))


def _gazetteer(scene: Scene, text: str) -> gazetteer.Place | None:
    """The place of a name: in a country the report speaks of, if there is one of that name there."""
    for code in reference.salient(scene)[:LIKELY_COUNTRIES]:
        place = gazetteer.find(text, country=code)
        if place is None or place.code == code:
            return place
    return gazetteer.find(text)


def _office(scene: Scene, span: Span, title: Title) -> None:
    """An office without a name: the person known to hold it, else its holder."""
    root = span.root
    if title.kind != "office" or root.dep_ in MODIFIES or title.plural:
        if title.plural and root.dep_ not in MODIFIES:
            _group(scene, span, title.name, title.sector, title.other_sectors, plural=True)
        return
    if base(root) == "appos" and root.head.i in scene.at and scene.at[root.head.i].drafts[0].kind == "person":
        return
    office = people.office_words(scene, span)
    code = country_of(scene, root, span.start) or people.inherited_country(scene, span)
    draft = scene.register.office_holder(title.name, code, office)
    if draft is None:
        country = scene.ontology.countries.get(code or "")
        name = f"{office} of {country.name}" if country else office
        draft = scene.register.named("person", name, code=code)
        draft.aliases.add(span.text)
    people.hold(scene, draft, span, title, code)
    draft.code = draft.code or code
    start = _phrase_start(scene, root, span.start)
    scene.add(Mention((draft,), root.i, start, span.end, "office", office=office))


def _agent(scene: Scene, span: Span, agent: Agent) -> None:
    """A common noun for an actor: an organ, a force or people, with the country its phrase names."""
    if span.root.dep_ in MODIFIES or _relates(span.root):
        return
    _group(scene, span, agent.name, agent.sector, agent.other_sectors, plural=agent.plural, organ=agent.kind == "organ")


def _relates(token: Token) -> bool:
    """ "an alliance between A and B" is a relation of theirs, not an actor"""
    return any(preposition(child) in ("between", "with") for child in children(token, "nmod"))


def _group(
    scene: Scene,
    span: Span,
    name: str,
    sector: str | None,
    other: tuple[str, ...],
    *,
    plural: bool,
    organ: bool = False,
) -> None:
    root = span.root
    codes = countries_of(scene, root) if plural else []
    if len(codes) > 1:
        _groups(scene, span, name, sector, codes)
        return
    code = country_of(scene, root, span.start)
    if code is None and not organ and root.lower_ not in ("official", "officials", "diplomat", "diplomats"):
        code = reference.possessor_code(scene, root)
    if code is None and sector not in ("MIL", "GOV"):
        code = _place_code(scene, root)
    if code is None and _definite(root):
        code = _same_before(scene, name)
    country = scene.ontology.countries.get(code or "")
    draft = scene.register.named(
        "organisation" if organ else "group", f"{name} of {country.name}" if country else name, code=code
    )
    draft.sector, draft.other_sectors = sector, list(other)
    draft.aliases.add(span.text)
    start = _phrase_start(scene, root, span.start)
    scene.add(Mention((draft,), root.i, start, span.end, "agent", plural=plural))


def _definite(root: Token) -> bool:
    return any(c.lower_ == "the" for c in root.children)


def _same_before(scene: Scene, name: str) -> str | None:
    """ "the ministry", "the police": the one of that name that was named last with its country"""
    for mention in reversed(scene.order):
        draft = mention.drafts[0]
        if mention.rule == "agent" and draft.code and draft.name.startswith(f"{name} of "):
            return draft.code
    return None


def _place_code(scene: Scene, root: Token) -> str | None:
    """The country of the place a group is in: "workers in Harstad"; soldiers and officials may be abroad."""
    for child in children(root, "nmod"):
        if preposition(child) == "in":
            ent = next((e for e in scene.ents.values() if e.start <= child.i < e.end and e.label_ == "LOC"), None)
            place = _gazetteer(scene, ent.text) if ent is not None else None
            return place.code if place else None
    return None


def _groups(scene: Scene, span: Span, name: str, sector: str | None, codes: list[str]) -> None:
    """ "the presidents of A and B", "Russian and Turkish troops": one entity a country"""
    drafts = []
    for code in codes:
        draft = scene.register.named("group", f"{name} of {scene.ontology.countries[code].name}", code=code)
        draft.sector = sector
        draft.aliases.add(span.text)
        drafts.append(draft)
    scene.add(Mention(tuple(drafts), span.root.i, span.start, span.end, "agent", plural=True))


def countries_of(scene: Scene, root: Token) -> list[str]:
    """Every country that a plural phrase names, where it joins them: "of A and B", "A and B ..."."""
    for child in root.children:
        words = [child, *(c for c in children(child, "conj"))]
        fits = child.dep_ in COUNTRY_PATH or (base(child) == "nmod" and preposition(child) == "of")
        codes = [code for word in words if fits and (code := _own_code(scene, word))]
        if fits and reference.points_at_two(child):
            codes = reference.pair_codes(scene, child)
        if len(codes) > 1:
            return list(dict.fromkeys(codes))
    return []


def _own_code(scene: Scene, token: Token) -> str | None:
    """The country a word names by itself or as the head of a name."""
    readings = scene.found.names.get(token.i)
    named = next((n.code for n in readings[1] if n.kind in STATE_KINDS), None) if readings else None
    code = named or _inside_name(scene, token)
    return code if code in scene.ontology.countries else None


def _phrase_start(scene: Scene, root: Token, start: int) -> int:
    """Where a phrase begins, its country's adjective and other modifiers included, its article left out."""
    while start > 0:
        before = scene.doc[start - 1]
        if before.i in scene.taken or before.head.i not in range(start, root.i + 1):
            break
        if base(before) not in ("amod", "compound", "flat") and before.dep_ != "nmod:desc":
            break
        start -= 1
    return start


def country_of(scene: Scene, root: Token, start: int) -> str | None:
    """The country a noun phrase names for its head: "Algerian ...", "Algeria's ...", "... of Algeria"."""
    before = _left_country(scene, start)
    if before:
        return before
    for child in sorted(root.children, key=lambda t: (t.i > root.i, t.i)):
        code = _path_code(scene, child, depth=3)
        if code:
            return code
    return None


def _left_country(scene: Scene, start: int) -> str | None:
    """A country's adjective or name straight before, past adjectives and nouns of the same phrase."""
    at = start - 1
    while at >= 0 and start - at < 4:
        for begin in range(max(0, at - 3), at + 1):
            if begin in scene.found.names and scene.found.names[begin][0].end == at + 1:
                return next(
                    (
                        n.code
                        for n in scene.found.names[begin][1]
                        if n.kind in STATE_KINDS and n.code in scene.ontology.countries
                    ),
                    None,
                )
        token = scene.doc[at]
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") and token.text not in ("-", "'s", "’s"):
            return None
        at -= 1
    return None


def _path_code(scene: Scene, token: Token, *, depth: int) -> str | None:
    if not depth or not _leads_to_country(token):
        return None
    if token.i in scene.found.names:
        for name in scene.found.names[token.i][1]:
            if name.code in scene.ontology.countries and name.kind in STATE_KINDS:
                return name.code
    held = scene.at.get(token.i) or scene.modifiers.get(token.i)
    if held and held.drafts[0].code:
        return held.drafts[0].code
    for child in token.children:
        code = _path_code(scene, child, depth=depth - 1)
        if code:
            return code
    return _inside_name(scene, token)


def _inside_name(scene: Scene, token: Token) -> str | None:
    """The country of a name of several words whose head the token is ("the United States")."""
    for begin in range(max(0, token.i - 3), token.i):
        if begin in scene.found.names and scene.found.names[begin][0].root.i == token.i:
            return next(
                (
                    n.code
                    for n in scene.found.names[begin][1]
                    if n.code in scene.ontology.countries and n.kind in STATE_KINDS
                ),
                None,
            )
    return None


def _leads_to_country(token: Token) -> bool:
    if token.dep_ in COUNTRY_PATH:
        return True
    if base(token) == "nmod":
        return preposition(token) in OF
    return base(token) in ("appos", "acl") and bool(children(token, "amod", "compound", "obj", "nmod"))
