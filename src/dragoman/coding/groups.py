"""Common nouns that stand for an actor: organs, forces and people, each with the country of its phrase or its home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from dragoman.coding import reference, styled
from dragoman.coding.belonging import countries_of, country_of, owner_name, place_inside
from dragoman.coding.grammar import base, children, first_conjunct, preposition
from dragoman.coding.home import Home, Kind, helped, home, is_open, opposed, paragraph_of
from dragoman.coding.phrases import phrase_start
from dragoman.ontology import Agent, Title
from dragoman.ontology.lexicon import load_lexicon
from dragoman.ontology.persons import Asked

if TYPE_CHECKING:
    from dragoman.coding.mentions import Scene
    from dragoman.coding.register import Draft

MODIFIES = frozenset({"amod", "compound", "nmod:unmarked", "nmod:desc", "flat"})
NOT_ITS_OWN = frozenset({"official", "officials", "diplomat", "diplomats"})  # "his officials" may be of his host
KINDS: dict[str, Kind] = {
    "GOV": "state", "LEG": "state", "OPP": "state", "PTY": "state", "SPY": "state", "MIL": "state",
    "COP": "local", "JUD": "local", "CVL": "people", "AGR": "people", "LAB": "people",
}  # fmt: skip
# Of no one state, or away from their own: whose they are only words of their phrase can say.
ABROAD = frozenset({
    "coalition", "peacekeepers", "diplomats", "embassy", "consulate", "delegation", "leaders", "ministers",
    "former officials", "refugees", "armed forces", "state media", "lawyers",
})  # fmt: skip
OTHER_STATES = frozenset({"ally", "rival", "foe", "opponent", "adversary", "partner", "enemy", "neighbor", "neighbour"})
# Several of these are of several states.
ONE_EACH = frozenset({"minister", "president", "premier", "chancellor", "king", "monarch"})
# Of somebody who is named or not, hardly ever of a state.
OF_SOMEBODY = frozenset({
    "supporters", "aides", "donors", "delegates", "allies", "campaign", "campaign managers", "rivals", "opposition",
})  # fmt: skip
NAMED = frozenset({"BUS", "SOC", "EDU", "JRN", "MED", "LAB", "COP"})  # sectors whose bodies go by names of their own
FOLLOWING = frozenset({"supporter", "backer", "loyalist", "aide", "staffer", "ally", "rival", "critic", "opponent"})
GOVERNMENT, COALITION, CAMPAIGN = "government", "coalition", "campaign"
THINGS = frozenset({
    "ad", "advertising", "smear", "bombing", "air", "military", "petition", "vaccination", "pressure", "marketing",
    "aerial", "disinformation", "propaganda", "awareness", "media", "fundraising", "influence", "terror", "diplomatic",
})  # fmt: skip
IN_THE_FIELD = frozenset({"troops", "soldiers", "special forces", "army unit", "military officials"})


def add(scene: Scene, span: Span, agent: Agent) -> None:
    """The mention of an agent noun, unless it only modifies or names a relation."""
    root = span.root
    if root.dep_ in MODIFIES or _relates(root) or _of_another_state(scene, root) or _is_quality(scene, root):
        return
    if agent.name == CAMPAIGN and any(c.lower_ in THINGS for c in children(root, "compound", "amod")):
        return  # "an ad campaign", "the bombing campaign"
    agent = _made_of(scene, root, agent)
    _group(scene, span, agent.name, agent.sector, agent.other_sectors, plural=agent.plural, organ=agent.kind == "organ")


def _made_of(scene: Scene, root: Token, agent: Agent) -> Agent:
    """ "a coalition of labour unions" is of their sector, and no force"""
    if agent.name != COALITION:
        return agent
    of = {c.i for c in children(root, "nmod") if preposition(c) == "of"}
    told = (each for span, each in scene.found.agents.values() if span.root.i in of and each.sector != "MIL")
    return next(told, agent)


def add_holders(scene: Scene, span: Span, title: Title) -> None:
    """The mention of an office in the plural ("the presidents", "two ambassadors")."""
    _group(scene, span, title.name, title.sector, title.other_sectors, plural=True)


def _relates(token: Token) -> bool:
    """ "an alliance between A and B" is a relation of theirs, not an actor"""
    return any(preposition(child) in ("between", "with") for child in children(token, "nmod"))


def _of_another_state(scene: Scene, root: Token) -> bool:
    """ "its allies", "Iraq's rivals", "the U.S. and its partners": states that nobody names, if a state's; and what
    states are to each other, "the two are close allies" """
    if root.lemma_.lower() not in OTHER_STATES:
        return False
    if children(root, "cop"):
        return True
    owner = next(iter(children(root, "nmod:poss")), None)
    if owner is None:
        return country_of(scene, root, root.i) is not None
    mention = scene.at.get(owner.i) or scene.modifiers.get(owner.i)
    return mention is not None and mention.drafts[0].kind in ("state", "organisation")


def _is_quality(scene: Scene, root: Token) -> bool:
    """ "praised Lee's leadership", "the campaign's leadership": what a person or a group is like or has, and no body"""
    if root.lemma_.lower() not in load_lexicon().qualities:
        return False
    held = (scene.at.get(c.i) for c in children(root, "nmod:poss"))
    return _of_person(scene, root) is not None or any(m.rule == "agent" for m in held if m is not None)


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
    from dragoman.coding.mentions import Mention

    root = span.root
    codes = countries_of(scene, root) if plural else []
    if len(codes) > 1:
        _groups(scene, span, name, sector, codes)
        return
    code, why = _country(scene, span, name, sector, organ=organ)
    if code is None and plural and organ:
        code, why = place_inside(scene, root), "the place of its phrase"
    elif code is None and not (plural and name.split()[-1] in ONE_EACH):
        found = _home(scene, span, name, sector)
        code, why = (found.code, found.why) if found else (None, "")
    whose = _of_person(scene, root) if not organ else None
    meant = styled.contender(scene, root, whose) if whose is not None else None
    if meant is not None:
        scene.add(Mention((meant,), root.i, phrase_start(scene, root, span.start), span.end, "description"))
        return
    code = code or (whose.code if whose is not None else None)
    full = _own_name(span, sector) or _of_whose(scene, span, name, whose, code)
    draft = scene.register.named("organisation" if organ else "group", full, code=code)
    draft.sector, draft.other_sectors = sector, list(other)
    draft.aliases.add(span.text)
    start = phrase_start(scene, root, span.start)
    scene.add(Mention((draft,), root.i, start, span.end, "agent", plural=plural, why=why))


def _own_name(span: Span, sector: str | None) -> str | None:
    """ "Ford Motor Company", "New York Police Department": a body's name that ends in the word for what it is"""
    doc, start = span.doc, span.start
    if sector not in NAMED or span.root.tag_ != "NNP" or not span.root.text[:1].isupper():
        return None
    while start > 0 and doc[start - 1].tag_ == "NNP" and doc[start - 1].head.i in range(start, span.end):
        start -= 1
    return str(doc[start : span.end].text) if start < span.start else None


def _of_whose(scene: Scene, span: Span, name: str, whose: Draft | None, code: str | None) -> str:
    """ "campaign of Ann Lee", where a person has them; "supporters in Peru", who are nobody's; "army of Peru" """
    if whose is not None:
        return f"{span.text.lower()} of {whose.name}"
    return f"{name} {'in' if name in OF_SOMEBODY else 'of'} {owner_name(scene, code)}" if code else name


def _of_person(scene: Scene, root: Token) -> Draft | None:
    """Whose followers or campaign they are, where that is a person: "the Lee campaign", "critics of Ann Lee"."""
    held = (scene.at.get(c.i) for c in children(root, "nmod:poss", "compound"))
    drafts = [m.drafts[0] for m in held if m is not None and len(m.drafts) == 1]
    named = next((d for d in drafts if d.kind == "person"), None)
    named = named or next((_person(scene, c) for c in children(root, "nmod") if _is_person_s(c)), None)
    return named or _turned_to(scene, root)


def _turned_to(scene: Scene, root: Token) -> Draft | None:
    """ "X thanked supporters", "X slammed critics": those of whom does it"""
    described = [c for c in children(root, "nmod:poss", "amod", "compound", "acl") if c.dep_ != "acl:relcl"]
    if root.lemma_.lower() not in FOLLOWING or base(root) not in ("obj", "iobj") or described:
        return None
    held = (scene.at.get(s.i) for s in children(root.head, "nsubj"))
    return next((m.drafts[0] for m in held if m is not None and m.drafts[0].kind == "person"), None)


def _is_person_s(phrase: Token) -> bool:
    return preposition(phrase) == "of" and phrase.ent_type_ == "PER"


def _person(scene: Scene, token: Token) -> Draft:
    """The person whose name stands at a token, who has no mention yet."""
    name = next(e for e in scene.ents.values() if e.start <= token.i < e.end)
    published = scene.article.published
    return scene.register.person(name.text, Asked(published), on=published)


def _country(scene: Scene, span: Span, name: str, sector: str | None, *, organ: bool) -> tuple[str | None, str]:
    """(code, why) that words of the phrase tell: its country, whose it is, where it is, the one of its name before."""
    root = span.root
    code = country_of(scene, root, span.start)
    if code is None and (not organ or _of_whom(root)) and root.lower_ not in NOT_ITS_OWN:
        code = reference.possessor_code(scene, root)
    if code is None and sector not in ("MIL", "GOV"):
        code = place_inside(scene, root)
    if code is None and sector in ("PTY", "LEG", "GOV"):
        code = _example_s(scene, root)
    if code is None and name == GOVERNMENT:
        code = helped(scene, root)
        if code is not None:
            return code, "the place of the clause"
    if code is None and _definite(root):
        return _same_before(scene, root, name), "the one of its name before"
    return code, ""


def _example_s(scene: Scene, root: Token) -> str | None:
    """ "candidates like X", "leaders including X": the country of one of them"""
    named = (c for c in children(root, "nmod") if preposition(c) in ("like", "such as", "including"))
    return next((code for c in named if c.ent_type_ == "PER" and (code := _person(scene, c).code)), None)


def _of_whom(root: Token) -> bool:
    """ "whose parliament": an organ's own state, beyond doubt"""
    return any(c.lower_ == "whose" for c in root.children)


def _definite(root: Token) -> bool:
    return any(c.lower_ == "the" for c in root.children)


def _same_before(scene: Scene, root: Token, name: str) -> str | None:
    """ "the ministry": the one of that name in this paragraph, or the only one the report has named.

    "The administration" is another than "the Russian government", though both are governments.
    """
    start, codes = paragraph_of(scene, root.i), set()
    for mention in reversed(scene.order):
        draft = mention.drafts[0]
        said = name != GOVERNMENT or scene.doc[mention.head].lemma_.lower() == root.lemma_.lower()
        if mention.rule == "agent" and draft.code and _alike(draft, name) and said:
            if mention.start >= start:
                return draft.code
            codes.add(draft.code)
    return codes.pop() if len(codes) == 1 else None


def _alike(draft: Draft, name: str) -> bool:
    """Whether a group is of a name; followers, rivals and campaigns of one report are of one country."""
    return draft.name.startswith(f"{name} of ") or (name in OF_SOMEBODY and draft.sector in ("PTY", "OPP"))


def _home(scene: Scene, span: Span, name: str, sector: str | None) -> Home | None:
    kind, root = KINDS.get(sector or ""), span.root
    if kind is None or name in ABROAD or is_open(span):
        return None
    own = opposed(scene, root) if sector == "OPP" else None
    if own is not None:
        return own
    if name in IN_THE_FIELD:
        kind = "troops"
        if base(first_conjunct(root)) not in ("nsubj", "nsubj:pass"):
            return None  # whom an act hits may be of either side
    return home(scene, root, kind)


def _groups(scene: Scene, span: Span, name: str, sector: str | None, codes: list[str]) -> None:
    """ "the presidents of A and B", "Russian and Turkish troops": one entity a country"""
    from dragoman.coding.mentions import Mention

    drafts = []
    for code in codes:
        draft = scene.register.named("group", f"{name} of {scene.ontology.countries[code].name}", code=code)
        draft.sector = sector
        draft.aliases.add(span.text)
        drafts.append(draft)
    scene.add(Mention(tuple(drafts), span.root.i, span.start, span.end, "agent", plural=True))
