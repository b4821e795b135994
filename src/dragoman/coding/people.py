"""Persons with their titles: who is named, which offices stand beside the name, for which country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from dragoman.coding import reference
from dragoman.coding.grammar import base, children, subtree
from dragoman.model import Office
from dragoman.model import Span as Words
from dragoman.ontology import Title
from dragoman.ontology.persons import load_persons, plain

if TYPE_CHECKING:
    from dragoman.coding.mentions import Scene
    from dragoman.coding.register import Draft

FORMER = frozenset({"former", "ex", "late", "then", "ousted", "deposed", "outgoing", "one-time"})
LINKS = frozenset({"of", "for", "the", "and", "-", "to", "in", "at", "'s", "’s"})
REACH = 9  # tokens between an office and the name it stands before ("director of external security X")
SURNAME_LENGTH = 3
NOT_NAMES = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr."})


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
    for name in _names(scene):
        titles, start = _before(scene, name)
        titles += _after(scene, name)
        out[start] = PersonSpan(name, titles, start, name.end)
    return out


def _names(scene: Scene) -> list[Span]:
    """The network's persons without titles at their front, and titles followed by a capitalised name."""
    doc, found = scene.doc, scene.found
    names = []
    for ent in _whole(scene):
        start = ent.start
        while start < ent.end and (start in found.titles or doc[start].lower_ in NOT_NAMES):
            start = found.titles[start][0].end if start in found.titles else start + 1
        known = found.names.get(start)
        if start < ent.end and not (known and known[0].end >= ent.end):
            names.append(doc[start : ent.end])
    covered = {i for ent in scene.ents.values() for i in range(ent.start, ent.end)}
    for span, title in found.titles.values():
        name = _mistaken(scene, span, title) or _titled(scene, span, title)
        if name is not None and (name.start not in covered or name.label_ in ("LOC", "ORG")):
            names.append(name)
    return names


def _mistaken(scene: Scene, span: Span, title: Title) -> Span | None:
    """A name right after an office is a person's, though the network took it for a place or body."""
    ent = scene.ents.get(span.end)
    if ent is None or ent.label_ == "PER" or title.plural or title.kind == "honorific" or not span.text[0].isupper():
        return None
    known = span.end in scene.found.names or span.end in scene.found.agents
    return ent if not known and all(t.pos_ == "PROPN" for t in ent) else None


def _whole(scene: Scene) -> list[Span]:
    """The network's persons; two that touch and that the tree holds for one name are one."""
    out: list[Span] = []
    for ent in scene.ents.values():
        if ent.label_ != "PER":
            continue
        if out and out[-1].end == ent.start and ent.root.dep_ == "flat" and ent.root.head in out[-1]:
            out[-1] = scene.doc[out[-1].start : ent.end]
        else:
            out.append(ent)
    return out


def _titled(scene: Scene, span: Span, title: Title) -> Span | None:
    """Capitalised words right after a title that the network did not mark ("Minister Esper")."""
    if title.plural or not span.text[0].isupper():
        return None
    doc, end = scene.doc, span.end
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper() and end - span.end < 4:
        if end in scene.found.names or end in scene.found.agents or end in scene.found.titles:
            break
        end += 1
    related = end > span.end and any(
        t.head in span or span.root.head in (t, t.head) or t in span.root.children for t in doc[span.end : end]
    )
    return doc[span.end : end] if related else None


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
            between = scene.doc[span.end : end]
            if span.end <= end and (not len(between) or (not stacked and between[0].lower_ in LINKS)):
                return span, title
            return None
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.lower_ not in LINKS:
            return None
    return None


def _after(scene: Scene, name: Span) -> list[tuple[Span, Title]]:
    """Titles in apposition on either side of the name, and those joined to them by "and"."""
    heads: list[Token] = [c for t in name for c in children(t, "appos") if c.i >= name.end]
    if base(name.root) == "appos":
        heads.append(name.root.head)
    heads += [c for head in list(heads) for c in children(head, "conj")]
    indices = {head.i for head in heads}
    return [found for found in scene.found.titles.values() if found[0].root.i in indices]


def office_words(scene: Scene, span: Span) -> str:
    """An office as written, with what it is of ("Director of External Security"), without its country."""
    end = span.end
    doc = scene.doc
    if end + 1 < len(doc) and doc[end].lower_ in ("of", "for") and end + 1 not in scene.found.names:
        stop = end + 1
        while stop < len(doc) and stop - end < 6 and _office_part(scene, doc[stop]):
            stop += 1
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
    from dragoman.coding.mentions import country_of

    draft = scene.register.person(found.name.text, load_persons())
    codes = [country_of(scene, span.root, span.start) for span, _ in found.titles]
    if not found.titles:
        _occupation(scene, draft, found.name)
        _as_counterpart(scene, draft, found)
    elif draft.code is None and not any(codes):
        draft.code = inherited_country(scene, found.titles[0][0])
    draft.code = draft.code or next((code for code in codes if code), None)
    for (span, title), code in zip(found.titles, codes, strict=True):
        hold(scene, draft, span, title, code or draft.code)
    if draft.code is None:
        draft.code = _appositive_country(scene, found.name)
    office = found.titles[0] if found.titles else None
    _keep(scene, found, draft, office_words(scene, office[0]) if office else None)


def _occupation(scene: Scene, draft: Draft, name: Span) -> None:
    """What an apposition with an article calls a person who holds no listed office: "X, a teacher in ..."."""
    for head in (c for t in name for c in children(t, "appos")):
        if head.tag_ == "NN" and head.i > name.start and children(head, "det") and head.i not in scene.at:
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


def _keep(scene: Scene, found: PersonSpan, draft: Draft, office: str | None) -> None:
    from dragoman.coding.mentions import Mention

    whole = scene.doc[found.start : found.end]
    heads = {whole.root.i, found.name.root.i, *(s.root.i for s, _ in found.titles)}
    mention = Mention((draft,), found.name.root.i, found.name.start, found.name.end, "person", office=office)
    scene.add(mention, *sorted(heads))
    scene.taken.update(range(found.start, found.end))
    for span, _ in found.titles:
        scene.taken.update(range(span.start, span.end))


def _appositive_country(scene: Scene, name: Span) -> str | None:
    """The country of what stands in apposition to a name: "X, an analyst at the Y, a French institute"."""
    from dragoman.coding.mentions import country_of

    for token in name:
        for apposed in children(token, "appos"):
            code = country_of(scene, apposed, apposed.i)
            if code:
                return code
    return None


def inherited_country(scene: Scene, span: Span) -> str | None:
    """A domestic office without a country takes that of the official named before it in the sentence.

    Not across the verb: in "the US secretary met Sultan X" nothing makes the sultan American.
    """
    sentence = span.root.sent
    for mention in reversed(scene.order):
        if mention.start < sentence.start or mention.start >= span.start:
            continue
        draft = mention.drafts[0]
        across = base(scene.doc[mention.head]) == "nsubj" and scene.doc[mention.head].head.i < span.start
        if mention.office and draft.code and draft.kind == "person" and not across:
            return draft.code
    return None


def hold(scene: Scene, draft: Draft, span: Span, title: Title, code: str | None) -> None:
    """Note on a person the office that a title's words name."""
    words = office_words(scene, span)
    evidence = Words(scene.article.id, span.start_char, span.end_char)
    office = Office(words[:1].upper() + words[1:], code, _former(span), evidence=evidence)
    draft.hold(office, title=title.name, sector=title.sector, other=title.other_sectors)


def _former(span: Span) -> bool:
    before = span.doc[max(0, span.start - 3) : span.start]
    return any(t.lower_ in FORMER for t in before if not t.is_punct)
