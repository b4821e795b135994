"""Every mention of a possible party in a Doc, resolved to the article's entities.

Mentions are made in text order, so that a pronoun or "the two sides" finds what was named before. A mention is
known by the token that heads its phrase; a country's adjective ("Russian gas") is kept apart as a modifier,
which makes a party only of what it owns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from dragoman.coding import groups, people, reference, styled
from dragoman.coding.belonging import (
    LIKELY_COUNTRIES,
    STATE_KINDS,
    country_of,
    named_after_comma,
    own_code,
    owner_name,
    place,
)
from dragoman.coding.dateline import dateline
from dragoman.coding.finder import Found, finder
from dragoman.coding.grammar import base, children, preposition
from dragoman.coding.groups import MODIFIES
from dragoman.coding.naming import NOT_NAMES
from dragoman.coding.phrases import phrase_start
from dragoman.coding.quotes import quotations
from dragoman.coding.register import Draft, Register
from dragoman.language.evoked import evoked
from dragoman.model import Article
from dragoman.ontology import Name, Ontology, Title
from dragoman.ontology.lexicon import load_lexicon
from dragoman.ontology.persons import plain

FEW_DISASTERS = 2  # words for it from which a report is of a disaster
# Of a report of two states: their share among the parties, and that of states among all named. Chosen on few reports:
# long ones of two states alone are rare among those that were judged.
TWO, NAMED = 0.8, 0.45
SHORT = 60  # words under which a text is no report, but a sentence or two
DISPATCH = 450  # words above which a report is more than a dispatch
FEW = 10  # parties with a country under which a report is too short to tell
FEWEST = 6  # the same of a dispatch that no country has the most part of
SOME = 6  # persons and states named, likewise
STATES = 0.4  # share of states among those under which a report is one of persons
LONG = 100  # mentions from which a report is a long piece, in which much is told that is no act
RARE_IN_LONG = 0.25  # the same of such a piece
RARE = 0.1  # share of states among all that a report names, under which it is not of states
FEWER = 0.14  # the same of a report that names far more persons than states
MOST = 0.6  # the same of a report that names far more persons than states
HOME = 0.8  # share of a report's parties from which it is one country's affair
PLACED = frozenset({"in", "at", "from", "to", "near", "for", "into", "outside", "around", "of", "across"})
NEW = frozenset({"a", "an", "another", "any", "no", "every", "each", "some", "which", "what"})
ORGANS = frozenset({"GOV", "MIL"})
OFFICE_WORDS = frozenset({"minister", "spokesman", "spokeswoman", "spokesperson", "envoy", "commander", "prosecutor"})


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
    why: str = ""  # the rule that found its country, where its phrase names none

    @property
    def reason(self) -> str:
        """How it was resolved, in words."""
        return f"{self.rule}, by {self.why}" if self.why else self.rule


def _kind(draft: Draft) -> str:
    """A draft's kind; a country's ministers and troops speak for the state as its name does."""
    return "state" if draft.kind == "group" and draft.code and draft.sector in ORGANS else draft.kind


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
    paragraphs: list[int] = field(default_factory=list)  # first token of each of the article's paragraphs
    dateline: str | None = None  # country of the town the report is sent from
    quotes: list[frozenset[int]] = field(default_factory=list)  # the tokens inside each quotation
    voices: dict[int, Token] = field(default_factory=dict)  # quoted token -> who says it, told in another sentence
    first: dict[str, int] = field(default_factory=dict)  # code -> first token of its first mention

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Tokens inside quotations."""
        return frozenset(i for quote in self.quotes for i in quote)

    @cached_property
    def at_home(self) -> bool:
        """Whether the report is of one country: nearly all of its parties are of one, or hardly any is a state."""
        named = [*self.order, *self._adjectives]
        states = sum(any(d.kind == "state" for d in m.drafts) for m in named)
        rare = RARE_IN_LONG if len(self.order) >= LONG else RARE
        if len(self.order) >= FEW and states < rare * len(named):
            return True
        if self.largest_share >= MOST and self.of_persons:
            return True
        return self._parties_told >= FEW and self.largest_share >= HOME

    @cached_property
    def of_persons(self) -> bool:
        """Whether the report names persons far more than states, of however many countries."""
        kinds = Counter(kind for m in self.order for kind in {_kind(d) for d in m.drafts})
        states = kinds["state"] + len(self._adjectives)
        named = kinds["person"] + states
        return named >= SOME and states < STATES * named and states < FEWER * len(self.order)

    @cached_property
    def evoked(self) -> Mapping[int, Mapping[str, float]]:
        """Token -> category -> how likely the word evokes an event of it; empty where another pipeline read."""
        return evoked(self.doc)

    @cached_property
    def between_states(self) -> bool:
        """Whether the report, long enough to tell, is of more than one country."""
        short = SHORT <= len(self.doc) <= DISPATCH
        mixed = short and self._parties_told >= FEWEST and self.largest_share < HOME
        return (self._parties_told >= FEW or mixed) and not (self.at_home or self.of_persons)

    @cached_property
    def is_dispatch(self) -> bool:
        """Whether the report is a short one between states, which holds hardly anything but acts."""
        return self.between_states and len(self.doc) <= DISPATCH

    @cached_property
    def of_two_states(self) -> bool:
        """Whether a report, however long, is of the dealings of two states, by its parties and by who is named."""
        two = sum(count for _, count in self._told.most_common(2))
        states = sum(any(d.kind == "state" for d in m.drafts) for m in self.order)
        return self.between_states and two >= TWO * self._parties_told and states >= NAMED * len(self.order)

    @cached_property
    def codes(self) -> Counter[str]:
        """How often each party's code is told."""
        return _codes(self.order)

    @cached_property
    def _adjectives(self) -> list[Mention]:
        """Of a short report the states named by adjectives of things: whose ships and depots it tells of, it is of."""
        if not SHORT <= len(self.doc) <= DISPATCH:
            return []
        return [m for at, m in self.modifiers.items() if at not in self.taken]

    @cached_property
    def _told(self) -> Counter[str]:
        return self.codes + _codes(self._adjectives)

    @property
    def _parties_told(self) -> int:
        return self._told.total()

    @property
    def largest_share(self) -> float:
        return max(self._told.values(), default=0) / max(1, self._told.total())

    @cached_property
    def of_disaster(self) -> bool:
        """Whether the report is of a flood or an earthquake rather than of violence."""
        lexicon = load_lexicon()
        words = Counter(token.lemma_.lower() for token in self.doc)
        harm = sum(words[word] for word in lexicon.disasters)
        return harm >= FEW_DISASTERS and harm > sum(words[word] for word in lexicon.violent_words)

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


def _codes(mentions: list[Mention]) -> Counter[str]:
    return Counter(d.code for m in mentions for d in m.drafts if d.code and d.kind != "place")


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
        paragraphs=_paragraphs(doc, article),
        dateline=dateline(article, ontology),
        quotes=quotations(doc),
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


def _paragraphs(doc: Doc, article: Article) -> list[int]:
    """The first token of each paragraph."""
    offsets = [token.idx for token in doc]
    return [bisect_left(offsets, paragraph.start) for paragraph in article.paragraphs]


def _common(scene: Scene, token: Token) -> None:
    """A mention that begins at a token and is no person's name, if there is one."""
    i, found = token.i, scene.found
    if reference.points_at_two(token) or reference.points_at_dyad(scene, token):
        reference.add(scene, token)
        return
    organisation = _entity(scene, i)
    longest = max((s.end for s, _ in _at(found, i)), default=0)
    if organisation is not None and organisation.end > longest and not _organ_inside(scene, organisation):
        _organisation(scene, organisation)
    elif i in found.names and found.names[i][0].end >= longest:
        _name(scene, *found.names[i])
    elif i in found.agents and found.agents[i][0].end >= longest and not _holds_office(scene, i):
        groups.add(scene, *found.agents[i])
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
    told = any(j in scene.found.titles or j in scene.people for j in within) or _known_at_end(scene, ent)
    return None if told else ent


def _known_at_end(scene: Scene, ent: Span) -> bool:
    """Whether only an article or a country's adjective stands before a body's known name ("the Taliban")."""
    start = ent.start
    while start < ent.end and (scene.doc[start].lower_ == "the" or _is_adjective(scene, start)):
        start += 1
    name = scene.found.names.get(start)
    return ent.start < start and name is not None and name[0].end == ent.end and name[1][0].kind == "organisation"


def _is_adjective(scene: Scene, i: int) -> bool:
    name = scene.found.names.get(i)
    return name is not None and name[0].end == i + 1 and name[1][0].kind == "adjective"


def _organ_inside(scene: Scene, span: Span) -> bool:
    """Whether a named body is a state's organ ("US Department of Defense"), to be coded by its agent noun."""
    return any(
        i in scene.found.agents
        and scene.found.agents[i][1].kind == "organ"
        and scene.found.agents[i][0].end >= span.end
        for i in range(span.start, span.end)
    )


def _name(scene: Scene, span: Span, readings: tuple[Name, ...]) -> None:
    name = _seated(scene, span, readings) or _reading(span, readings)
    root = span.root
    if _is_surname(scene, span, name) and people.add_surname(scene, root):
        return
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
    if draft.sector == "PTY" and root.tag_ in ("NNPS", "NNS"):
        mention.plural = True  # "Republicans ... they"
    if name.kind == "people":
        people_draft = scene.register.named("group", span.text, code=_where_they_live(scene, root) or name.code)
        people_draft.sector = people_draft.sector or "CVL"
        mention.drafts, mention.plural = (people_draft,), True
    elif name.kind == "adjective":
        scene.modifiers[root.i] = mention
        return
    draft.aliases.add(span.text)
    scene.add(mention)


def _seated(scene: Scene, span: Span, readings: tuple[Name, ...]) -> Name | None:
    """ "Brussels": the body that has its seat in a capital, where the report names that body and not the country"""
    body = next((n for n in readings if n.kind == "organisation"), None)
    capital = next((n for n in readings if n.kind == "capital"), None)
    if body is None or capital is None or preposition(span.root) in PLACED:
        return None
    others = [n for found in scene.found.names.values() for n in found[1][:1] if n.kind != "capital"]
    told = any(n.code == body.code for n in others) and all(n.code != capital.code for n in others)
    return body if told else None


def _is_surname(scene: Scene, span: Span, name: Name) -> bool:
    """ "Ann Washington ... Washington thanked": a capital's or a paper's name that is the surname of one just named"""
    placed = preposition(span.root) in PLACED or base(span.root) in ("compound", "nmod")
    if len(span) > 1 or name.kind not in ("capital", "organisation") or placed:
        return False
    after_the = span.start > 0 and scene.doc[span.start - 1].lower_ == "the"
    start = scene.paragraphs[max(0, bisect_right(scene.paragraphs, span.start) - 2)] if scene.paragraphs else 0
    named = (d for m in scene.order if m.start >= start for d in m.drafts if d.kind == "person")
    return not after_the and any(d.surname == plain(span.text) and " " in d.name for d in named)


def _where_they_live(scene: Scene, people: Token) -> str | None:
    """ "the Armenians of Peru": a people's part that is another state's"""
    of = (c for c in children(people, "nmod") if preposition(c) == "of")
    return next((code for c in of if (code := own_code(scene, c))), None)


def _elsewhere(scene: Scene, text: str, name: Name) -> bool:
    """Whether a capital's name is that of a town in a country the report speaks of (San Juan in Argentina)."""
    spoken_of = reference.salient(scene)[:LIKELY_COUNTRIES]
    if name.code in spoken_of or not spoken_of:
        return False
    found = place(scene, text)
    return found is not None and found.code in spoken_of


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
    found = place(scene, text)
    told = named_after_comma(scene, span)
    if found is None and inside is not None:
        _name(scene, *scene.found.names[inside])
        return
    draft = scene.register.named("place", text, code=told or (found.code if found else None))
    if _modifies(span.root, span):
        scene.taken.update(range(span.start, span.end))
        return
    scene.add(Mention((draft,), span.root.i, span.start, span.end, "reader:LOC"))


def _office(scene: Scene, span: Span, title: Title) -> None:
    """An office without a name: the person known to hold it, else its holder."""
    root = span.root
    if span.start and scene.doc[span.start - 1].lower_ in NOT_NAMES and people.add_surname(scene, root):
        return  # "Mr. King"
    if title.kind != "office" or root.dep_ in MODIFIES or title.plural:
        if title.plural and root.dep_ not in MODIFIES:
            groups.add_holders(scene, span, title)
        return
    if base(root) == "appos" and root.head.i in scene.at and scene.at[root.head.i].drafts[0].kind == "person":
        return
    office = people.office_words(scene, span)
    code = country_of(scene, root, span.start) or people.inherited_country(scene, span)
    draft = styled.holder(scene, span, title)
    if draft is not None:
        scene.add(Mention((draft,), root.i, phrase_start(scene, root, span.start), span.end, "description"))
        return
    draft = None if _is_new(root) else _last_called(scene, title, code, office)
    draft = None if draft is not None and styled.contradicts(scene, span, draft) else draft
    found = people.home_of(scene, span, title) if code is None and (draft is None or draft.code is None) else None
    code = found.code if found else code
    draft = draft or _holder(scene, office, code)
    draft.aliases.add(span.text)
    people.hold(scene, draft, span, title, code)
    draft.code, draft.inferred = draft.code or code, draft.inferred or found is not None
    start = phrase_start(scene, root, span.start)
    why = found.why if found else ""
    scene.add(Mention((draft,), root.i, start, span.end, "office", office=office, why=why))


def _last_called(scene: Scene, title: Title, code: str | None, office: str) -> Draft | None:
    """ "the president": of several who hold the office, where no country is told, who was called by it last"""
    holders = list(scene.register.office_holders(title.name, code, office))
    if len(holders) > 1 and title.name == "candidate":
        return next((d for m in reversed(scene.order) for d in m.drafts if d in holders), None)
    if len(holders) > 1 and code is None:
        last = title.name.split()[-1:]
        called = (m.drafts[0] for m in reversed(scene.order) if (m.office or "").lower().split()[-1:] == last)
        return next((d for d in called if d in holders and not d.unnamed), holders[0])
    return holders[0] if holders else None


def _is_new(root: Token) -> bool:
    """ "a spokesman": somebody else than the spokesman named before"""
    return any(child.lower_ in NEW for child in root.children)


def _holder(scene: Scene, office: str, code: str | None) -> Draft:
    """Who holds an office, without a name; where the report says whose it is, one for each country."""
    name = f"{office} of {owner_name(scene, code)}" if code else office
    draft = scene.register.named("person", name, code=code)
    draft.unnamed = True
    return draft
