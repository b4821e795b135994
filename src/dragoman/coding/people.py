"""Persons with their titles: who is named, which offices stand beside the name, for which country."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from dragoman.coding import naming, reference
from dragoman.coding.american import PARTIES, is_american
from dragoman.coding.belonging import OF, country_of, own_code, place_inside
from dragoman.coding.grammar import base, children, first_conjunct, preposition, subtree
from dragoman.coding.groups import ABROAD, KINDS
from dragoman.coding.home import Home, Kind, home, is_open
from dragoman.coding.register import Styled
from dragoman.model import Office
from dragoman.model import Span as Words
from dragoman.ontology import Title
from dragoman.ontology.lexicon import load_lexicon
from dragoman.ontology.persons import Asked, country_of_holder, holder, load_persons, plain

if TYPE_CHECKING:
    from dragoman.coding.mentions import Mention, Scene
    from dragoman.coding.register import Draft

FORMER = frozenset({"former", "ex", "late", "then", "ousted", "deposed", "outgoing", "one-time"})
LINKS = frozenset({"of", "for", "the", "and", "-", "to", "in", "at", "'s", "’s"})
REACH = 9  # tokens between an office and the name it stands before ("director of external security X")
SURNAME_LENGTH = 3
ENVOYS = frozenset({
    "ambassador", "deputy ambassador", "special envoy", "permanent representative", "high commissioner",
    "chargé d'affaires", "consul general", "consul", "attaché", "military attaché",
})  # fmt: skip
OF_NO_STATE = frozenset({"diplomat", "emissary", "mediator", "negotiator", "leader", "special rapporteur"})
HEADS = frozenset({"president", "chairman", "chairwoman", "director", "secretary", "chief", "head", "leader"})
STATE = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})
LOCAL = frozenset({"governor", "deputy governor", "mayor", "deputy mayor", "councillor", "prefect"})


@dataclass
class PersonSpan:
    """A person's name with the titles around it; ``titles`` in text order, each as its own span."""

    name: Span
    titles: list[tuple[Span, Title]]
    start: int
    end: int


def spans(scene: Scene) -> dict[int, PersonSpan]:
    """Every named person by the first token of the whole phrase, titles before the name included."""
    out = {}
    for name in naming.names(scene):
        titles, start = _before(scene, name)
        titles += _after(scene, name)
        out[start] = PersonSpan(name, titles, start, name.end)
    return out


def _before(scene: Scene, name: Span) -> tuple[list[tuple[Span, Title]], int]:
    titles: list[tuple[Span, Title]] = []
    start = name.start
    while True:
        found = _ending_at(scene, start, bool(titles))
        if found is None:
            return titles, start
        titles.insert(0, found)
        start = found[0].start


def _ending_at(scene: Scene, end: int, stacked: bool) -> tuple[Span, Title] | None:
    """A title that ends at a token, its complement included ("director of external security")."""
    for start in range(end - 1, max(-1, end - REACH), -1):
        token = scene.doc[start]
        if start in scene.found.titles:
            span, title = scene.found.titles[start]
            if span.text in load_lexicon().leanings:
                return None  # "her father X" is no priest
            between = scene.doc[span.end : end]
            if span.end <= end and (not len(between) or _linked(between, stacked=stacked)):
                return span, title
            return None
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.lower_ not in LINKS:
            return None
    return None


def _linked(between: Span, *, stacked: bool) -> bool:
    """Whether words after an office go on with it ("director of security"), or join it to another before a name."""
    if not stacked:
        return bool(between[0].lower_ in LINKS)
    return between[0].lower_ == "and" and all(t.text in PARTIES for t in between[1:])


def _after(scene: Scene, name: Span) -> list[tuple[Span, Title]]:
    """Titles in apposition on either side of the name, and those joined to them by "and"."""
    heads: list[Token] = [c for t in name for c in children(t, "appos") if c.i >= name.end]
    if base(name.root) == "appos":
        heads += _up(name.root.head)
    heads += [c for head in list(heads) for c in children(head, "conj")]
    indices = {head.i for head in heads if head.text.lower() not in load_lexicon().leanings or head.is_title}
    return [found for found in scene.found.titles.values() if found[0].root.i in indices]


def _up(token: Token) -> list[Token]:
    """A word and those it is "of": parses hang a name on the last noun of "the speaker of the Senate, X"."""
    out = [token]
    while base(out[-1]) == "nmod" and preposition(out[-1]) in OF and out[-1].head.i < out[-1].i:
        out.append(out[-1].head)
    return out


def office_words(scene: Scene, span: Span) -> str:
    """An office as written, with what it is of ("Director of External Security"), without its country."""
    end = span.end
    doc = scene.doc
    if end + 1 < len(doc) and doc[end].lower_ in ("of", "for") and end + 1 not in scene.found.names:
        stop = end + 1
        while stop < len(doc) and stop - end < 6 and _office_part(scene, doc[stop]):
            stop += 1
        while doc[stop - 1].lower_ in ("of", "the", "and"):
            stop -= 1
        end = stop if stop > end + 1 else end
    return str(doc[span.start : end].text)


def _office_part(scene: Scene, token: Token) -> bool:
    if token.i in scene.found.names or token.ent_type_ == "PER":
        return False
    if token.lower_ == "and":
        return token.i + 1 not in scene.found.titles
    return token.pos_ in ("NOUN", "PROPN", "ADJ") or token.lower_ in ("the", "of")


def add(scene: Scene, found: PersonSpan) -> None:
    """Make the mention of a named person, with every office the phrase gives."""
    of = _of_country(scene, found.name)
    codes = [country_of(scene, span.root, span.start) or of for span, _ in found.titles]
    american = is_american(scene, found)
    draft = _draft(scene, found, {"USA"} if american else {code for code in codes if code})
    if american:
        codes = ["USA" for _ in codes]
        draft.code = draft.code or "USA"
    said = next((code for code in codes if code), None if found.titles else of)
    why = ""
    if not found.titles:
        _occupation(scene, draft, found.name)
        _as_counterpart(scene, draft, found)
    elif said is None and draft.code is None:
        why = _inherit(scene, draft, found)
    if said and (draft.code is None or draft.inferred):
        draft.code, draft.inferred = said, False
    for (span, title), code in zip(found.titles, codes, strict=True):
        hold(scene, draft, span, title, code or draft.code)
    if american:
        draft.sector = draft.sector or "LEG"
    if draft.code is None:
        draft.code = _appositive_country(scene, found.name)
    office = next((each for each in found.titles if each[1].kind != "honorific"), None)
    _keep(scene, found, draft, office_words(scene, office[0]) if office else None, why)


def _of_country(scene: Scene, name: Span) -> str | None:
    """ "President X of Peru", "Peru's X": the country that follows a name, or whose it is said to be"""
    after = [c for t in name for c in children(t, "nmod") if c.i >= name.end and preposition(c) == "of"]
    before = [c for c in children(name.root, "nmod:poss") if c.i < name.start]
    return next((code for c in (*after, *before) if (code := own_code(scene, c))), None)


def _inherit(scene: Scene, draft: Draft, found: PersonSpan) -> str:
    """Give a person whose office stands without a country the one the report tells; why, or "" where it tells none."""
    draft.code = _known_holder(scene, found)
    if draft.code:
        return "who holds the office"
    draft.code = inherited_country(scene, found.titles[0][0])
    if draft.code:
        return "the official named before"
    told = (home_of(scene, span, title, found) for span, title in found.titles)
    first = next((each for each in told if each), None)
    if first is not None:
        draft.code, draft.inferred = first.code, True
    return first.why if first else ""


def _known_holder(scene: Scene, found: PersonSpan) -> str | None:
    """ "President Bush", "Chancellor Merkel": the country of the one who held the office by that surname alone then"""
    published = scene.article.published
    if found.name.end - found.name.start > 1:
        return None
    year = published.year if published else None
    told = (
        country_of_holder(found.name.text, title.name, None if _former(span) else year) for span, title in found.titles
    )
    return next((code for code in told if code), None)


def home_of(scene: Scene, span: Span, title: Title, found: PersonSpan | None = None) -> Home | None:
    """Whose an office is that names no country, if it is a state's."""
    owned = reference.possessor_code(scene, span.root)
    if owned:
        return Home(owned, "whose it is said to be")
    kind = None if is_open(span) or _of_pronoun(span.root) else _kind(scene, span, title)
    root = scene.doc[found.start : found.end].root if found is not None else span.root
    return home(scene, root, kind, title=title) if kind else None


def _of_pronoun(root: Token) -> bool:
    """ "its president": of somebody named before, though nobody knows of whom"""
    return any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in root.children)


def _kind(scene: Scene, span: Span, title: Title) -> Kind | None:
    """How to look for whose an office is; None where it need not be a state's."""
    if title.kind == "honorific" or title.name in OF_NO_STATE:
        return None
    if title.name in ENVOYS:
        return "envoy"
    if title.name in LOCAL:
        return "local"
    before = scene.doc[span.start - 1] if span.start else None
    if before is not None and before.dep_ == "compound" and before.i not in scene.taken:
        bodies = (agent for each, agent in scene.found.agents.values() if each.end == span.start)
        body = next(bodies, None)
        return KINDS.get(body.sector) if body is not None and body.name not in ABROAD else None
    return KINDS.get(title.sector or "")


def _draft(scene: Scene, found: PersonSpan, codes: Set[str]) -> Draft:
    """The person of a name: known by name, or until now only by the office, or new."""
    styled = _styled(found)
    if not scene.register.knows(found.name.text, styled):
        holder = _only_by_office(scene, found)
        if holder is not None:
            scene.register.name(holder, found.name.text)
    name = _full_name(scene, found)
    asked = Asked(
        scene.article.published,
        frozenset(codes),
        frozenset(plain(office_words(scene, span)) for span, _ in found.titles),
    )
    return scene.register.person(name, asked, on=scene.article.published, styled=styled)


def _full_name(scene: Scene, found: PersonSpan) -> str:
    """ "President Clinton" is the one of that surname who ever was president, whoever else of the name is told of"""
    if found.name.end - found.name.start > 1 or _styled(found).royal:
        return found.name.text
    surname, titles = plain(found.name.text), {title.name for _, title in found.titles if title.kind == "office"}
    named = [d for d in scene.register.drafts if d.kind == "person" and not d.known_id]
    if any(d.surname == surname and d.titles & titles for d in named):
        return found.name.text  # whom the report has called so before
    held = (holder(surname, title) for title in sorted(titles))
    return next((person.name for person in held if person is not None), found.name.text)


def _styled(found: PersonSpan) -> Styled:
    """What the titles say of the name they stand before: "Mrs. X" is a woman, "King X" goes by his given name."""
    lexicon = load_lexicon()
    names = [title.name.lower() for span, title in found.titles if span.end <= found.name.start]
    gender = next((lexicon.gendered_titles[name] for name in names if name in lexicon.gendered_titles), None)
    return Styled(gender, any(name in lexicon.royal_titles for name in names))


def _only_by_office(scene: Scene, found: PersonSpan) -> Draft | None:
    """ "a ministry spokesman said ... the spokesman, X, added"; "the minister met ... X told reporters" """
    mentions = _unnamed(scene, found)
    if found.titles:
        span, title = found.titles[0]
        definite = any(c.lower_ == "the" for c in span.root.children)
        last = title.name.split()[-1]
        fits = [m for m in mentions if definite and any(t.split()[-1] == last for t in m.drafts[0].titles)]
        return fits[0].drafts[0] if fits else _the_only_one(scene, mentions, span, title)
    if plain(found.name.text) in load_persons():
        return None  # who is known by name is no spokesman of a moment ago
    root = found.name.root
    speaks = root.dep_ == "nsubj" and not children(root, "appos")
    acting = {m.drafts[0].id: m.drafts[0] for m in mentions if _acts_alone(scene.doc[m.head]) and not _reigns(m)}
    return next(iter(acting.values())) if speaks and len(acting) == 1 else None


def _reigns(mention: Mention) -> bool:
    """Whether an office is one whose holder nobody introduces by name: "the pope", "the king" """
    return bool({title.lower() for title in mention.drafts[0].titles} & load_lexicon().royal_titles)


def _acts_alone(holder: Token) -> bool:
    """Whether who holds an office is the subject of a clause, without a name beside the office, and still holds it."""
    named = any(c.pos_ == "PROPN" for c in children(holder, "appos", "flat"))
    former = any(c.lower_ in FORMER for c in holder.children)
    return base(first_conjunct(holder)) == "nsubj" and not named and not former


def _the_only_one(scene: Scene, mentions: list[Mention], span: Span, title: Title) -> Draft | None:
    """ "Kenya's trade minister ... Trade Minister X": the only one of that very office, if the name's has no country"""
    fits = {m.drafts[0].id: m.drafts[0] for m in mentions if title.name in m.drafts[0].titles and m.drafts[0].code}
    alone = len(fits) == 1 and " " in title.name and country_of(scene, span.root, span.start) is None
    return next(iter(fits.values())) if alone else None


def _unnamed(scene: Scene, found: PersonSpan) -> list[Mention]:
    """The mentions of people known by an office alone in this paragraph and the two before, the latest first."""
    at = max(0, bisect_right(scene.paragraphs, found.start) - 3)
    start = scene.paragraphs[at] if scene.paragraphs else 0
    out = []
    for mention in reversed(scene.order):
        if mention.start < start:
            break
        if mention.rule == "office" and mention.drafts[0].unnamed:
            out.append(mention)
    return out


def _occupation(scene: Scene, draft: Draft, name: Span) -> None:
    """What an apposition with an article calls a person who holds no listed office: "X, a teacher in ..."."""
    for head in (c for t in name for c in children(t, "appos")):
        told = head.tag_ == "NN" and head.lemma_.lower() not in load_lexicon().leanings
        if told and head.i > name.start and children(head, "det") and head.i not in scene.at:
            words = [t for t in subtree(head) if t.i <= head.i and (t.i == head.i or t.dep_ in ("amod", "compound"))]
            span = scene.doc[words[0].i : head.i + 1]
            evidence = Words(scene.article.id, span.start_char, span.end_char)
            known = scene.found.agents.get(span.start)
            draft.hold(
                Office(span.text[:1].upper() + span.text[1:], None, evidence=evidence),
                title=head.lemma_,
                sector=known[1].sector if known else None,
                other=(),
            )
            return


def _as_counterpart(scene: Scene, draft: Draft, found: PersonSpan) -> None:
    """ "her Somali counterpart, X": X holds, for that country, the office of whom the report has just named"""
    before = found.name.root.head if base(found.name.root) == "appos" else None
    if before is None and found.start:
        before = scene.doc[found.start - 1]
    held = reference.counterpart(scene, before) if before is not None and before.lemma_ == "counterpart" else None
    if held is None or before is None:
        return
    code, office, sector = held
    draft.code = draft.code or code
    if office:
        evidence = Words(scene.article.id, before.idx, before.idx + len(before))
        draft.hold(Office(office, code, evidence=evidence), title=office.lower(), sector=sector, other=())


def add_surname(scene: Scene, token: Token) -> bool:
    """A capitalised word that is the surname of a person named before is that person, though the network missed it."""
    if token.pos_ != "PROPN" or len(token) < SURNAME_LENGTH or not token.text[0].isupper():
        return False
    if not any(d.kind == "person" and d.surname == plain(token.text) and " " in d.name for d in scene.register.drafts):
        return False
    add(scene, PersonSpan(scene.doc[token.i : token.i + 1], [], token.i, token.i + 1))
    return True


def _keep(scene: Scene, found: PersonSpan, draft: Draft, office: str | None, why: str) -> None:
    from dragoman.coding.mentions import Mention

    whole = scene.doc[found.start : found.end]
    heads = {whole.root.i, found.name.root.i, *(s.root.i for s, _ in found.titles)}
    colleague = found.name.root.head
    if base(found.name.root) == "appos" and colleague.lemma_ == "counterpart":
        heads.add(colleague.i)
    mention = Mention((draft,), found.name.root.i, found.name.start, found.name.end, "person", office=office, why=why)
    scene.add(mention, *sorted(heads))
    scene.taken.update(range(found.start, found.end))
    for span, _ in found.titles:
        scene.taken.update(range(span.start, span.end))


def _appositive_country(scene: Scene, name: Span) -> str | None:
    """The country of what stands in apposition to a name: "X, an analyst at the Y, a French institute"."""
    for token in name:
        for apposed in children(token, "appos"):
            code = _said_country(scene, apposed)
            if code:
                return code
    return None


def _said_country(scene: Scene, noun: Token) -> str | None:
    """The country a description tells; of "a Chilean supporter of Peru" or "Peru's critic" only by an adjective."""
    if noun.lemma_.lower() in load_lexicon().leanings:
        return next((scene.modifiers[c.i].drafts[0].code for c in noun.children if c.i in scene.modifiers), None)
    return country_of(scene, noun, noun.i) or place_inside(scene, noun)


def inherited_country(scene: Scene, span: Span) -> str | None:
    """A domestic office without a country takes that of the official named before it in the sentence.

    Not across the verb: in "the US secretary met Sultan X" nothing makes the sultan American.
    """
    sentence = span.root.sent
    title = scene.found.titles[span.start][1]
    abroad = ENVOYS if title.name not in ENVOYS else frozenset[str]()
    for mention in reversed(scene.order):
        if mention.start < sentence.start or mention.start >= span.start:
            continue
        draft = mention.drafts[0]
        across = base(scene.doc[mention.head]) == "nsubj" and scene.doc[mention.head].head.i < span.start
        across = across or bool(abroad & draft.titles)  # an envoy is met by ministers of where he is
        if mention.office and draft.code and draft.kind == "person" and not across and title.is_held_in(draft.code):
            return draft.code
    return None


def hold(scene: Scene, draft: Draft, span: Span, title: Title, code: str | None) -> None:
    """Note on a person the office that a title's words name."""
    told = load_lexicon().gendered_titles.get(title.name.lower(), draft.gender)
    if draft.gender not in (None, told):
        return  # "Ann Lee, the pope said": the title is another's
    words = office_words(scene, span)
    evidence = Words(scene.article.id, span.start_char, span.end_char)
    office = Office(words[:1].upper() + words[1:], code, _former(span), evidence=evidence)
    sector = None if title.sector == "GOV" and _of_body(scene, span) else title.sector
    draft.hold(office, title=title.name, sector=sector, other=title.other_sectors)


def _of_body(scene: Scene, office: Span) -> bool:
    """ "president of the Hill Institute": the head of a body that is no state's"""
    if office.root.lemma_.lower() not in HEADS:
        return False
    for child in (c for c in children(office.root, "nmod") if preposition(c) in OF and c.pos_ == "PROPN"):
        state = own_code(scene, child) or child.i in scene.found.names or child.i in scene.found.titles
        organ = any(a.kind == "organ" and a.sector in STATE for s, a in scene.found.agents.values() if child in s)
        if child.ent_type_ == "ORG" and not (state or organ):
            return True
    return False


def _former(span: Span) -> bool:
    before = span.doc[max(0, span.start - 3) : span.start]
    return any(t.lower_ in FORMER for t in before if not t.is_punct)
